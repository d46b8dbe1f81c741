"""Search an index on an OpenSearch cluster: the engine behind an address of one.

    tree -> plan -> query, filters, aggregations -> one round trip -> total, hits, counts

Bodies and answers are plain values, made and read by pure functions (`query_body`, `search_body`,
`answers`, `dictionary`); `ClusterReader` sends them for one request (`search.backend.Backend`), and
`ClusterEngine` opens it. What an answer is made of, from relaxation to snippets, is shared by all
engines.

Words: a *round trip* is one request to the cluster, with one search or several; a *group* of facets
is counted behind the same filters.

Not here: how an index gets there, and its mapping (`index.opensearch`).
"""

from search.opensearch.cluster_engine import ClusterEngine
