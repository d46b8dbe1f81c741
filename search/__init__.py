"""From a search request to results.

A `SearchRequest` goes into an engine, `SearchResults` come out; both are frozen values, complete
when returned. The query language and the query tree are Kliping's own: no engine's syntax leaves
its module.
"""
