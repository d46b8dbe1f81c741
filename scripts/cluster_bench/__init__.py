"""The parts of `scripts/bench_cluster.py`: an index on a cluster measured beside what is bare.

searches.py: one request to Kliping, to the cluster alone, and to the embedded engine, in turns;
writing.py: the bulk of the same documents by Kliping and by opensearch-py; tables.py: the figures,
and where they lead with more articles (growth.py).
"""
