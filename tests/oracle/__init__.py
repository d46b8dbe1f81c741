"""Whoosh's own codec and matchers as an oracle for our index, its kernels and its codec.

The same documents are written into our index and into one of Whoosh's own codec (pair.py).

- What the kernels find for a plan, or for a text as readers type it, must be what Whoosh's matchers
  find in Whoosh's own index for the same query written in Whoosh's classes: plans.py, texts.py and
  trees.py draw them at random, whoosh_query.py translates them, whoosh_scoring.py scores them as
  Lucene does, plain.py filters, counts and sorts what matches.
- What Whoosh finds in our index through `index.whoosh_codec` must be what it finds in its own:
  queries.py draws queries of every class of `whoosh.query`, within each other, too.

Archives: random_archives.py and random_pairs.py with a small schema, random_documents.py and
archive.py with the product's. `python -m tests.oracle PATH...` compares on real articles; cases.py
draws what it compares, comparing.py compares.
"""
