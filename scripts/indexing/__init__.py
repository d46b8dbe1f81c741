"""The options and the report of `scripts/reindex.py`, and how commands like it end."""
