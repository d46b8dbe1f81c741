"""What follows from all articles together: index/corpus."""
