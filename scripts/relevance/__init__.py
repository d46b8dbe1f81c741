"""The parts of `scripts/evaluate.py`: ranking, measured by queries and relevance judgments."""
