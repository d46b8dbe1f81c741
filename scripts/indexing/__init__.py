"""The parts of `scripts/reindex.py`: its options and its report."""
