"""The parts of `scripts/reindex.py`: its options, its report and how it ends."""
