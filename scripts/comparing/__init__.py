"""The parts of compare_engines.py: requests of an archive's words, differences of answers."""
