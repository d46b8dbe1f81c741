"""The segment file: index/segments."""
