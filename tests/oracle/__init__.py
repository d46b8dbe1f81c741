"""Whoosh's own codec and matchers as an oracle for the columnar index and its kernels.

queries.py: random queries of every class of `whoosh.query`; trees.py: some within others;
differences.py: where the kernels are meant to differ from Whoosh's matchers, and why; matchers.py:
Whoosh's matchers with lengths that are handed in; plain.py: filters, totals and facets, counted a
document at a time; pair.py: an archive in both indexes, and what each finds.

`python -m tests.oracle PATH...` uses them on real articles, `tests/oracle/test_kernels.py` on
random ones; archive.py, kinds.py and comparing.py are the command's alone.
"""
