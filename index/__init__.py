"""From article files to a Whoosh index.

Article files are read by `index.ingest` into frozen `Document` values, analysed by
`index.analysis.analyzer` and written by `index.indexer.build` into a new generation of the index.
Nothing here knows of queries or pages.
"""
