"""The parts of `scripts/measure_reading.py`: how well files are read, measured against truths.

truths.py: what was written by hand about a file; judging.py: what was read, compared with it;
figures.py: the shares and their tables; changes: what must not change what is read.
"""
