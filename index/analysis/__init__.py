"""Text to tokens and stems: index/analysis."""
