"""The parts of `scripts/make_corpus.py`: an invented archive of any size, for load tests.

draws.py: seeded random numbers; words.py: the vocabulary; text.py: bodies and titles; rows.py:
whole articles with dates, people and tags.
"""
