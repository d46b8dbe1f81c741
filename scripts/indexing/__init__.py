"""The parts of `scripts/reindex.py`: its report."""
