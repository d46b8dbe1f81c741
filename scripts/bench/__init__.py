"""The parts of `scripts/benchmark.py`: Kliping measured beside its peers, in one run.

peer.py: the protocol of an engine; kliping.py, tantivy.py, lucene.py, sqlite.py, whoosh.py: one
engine each; peers.py: which of them can run here. corpus.py and facets.py: the documents, the same
for all; choice.py: the queries, chosen by document frequency. running.py: all engines on one
corpus; rounds.py: timing in turns; agreement.py: whether all gave the same answers. open_once.py:
opening in a fresh process; serving.py and load.py: the server under load. machine.py, results.py,
tables.py, chart.py, figures_page.py: the report.
"""
