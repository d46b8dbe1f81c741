"""The index on an OpenSearch cluster: where it is, what it holds, and how it is written.

OpenSearch shards, replicates and recovers; here is what it is told. Text is analysed by the one
analyzer, and sent as tokens.

>>> str(parse_address("opensearch://es1,es2:9201/berita"))
'opensearch://es1:9200,es2:9201/berita'

The words used here:

- address: the nodes of a cluster, and the name of an index there;
- alias: that name, which stands for the index of the current generation;
- physical index: the index of one generation, `NAME-000042`;
- state index: `NAME-state`, which has the lock, and the files of each generation in chunks;
- role: the part of a document in its group of near duplicates.

The modules:

- `address`, `connection`, `failures`, `errors`: to reach a cluster, and what can be wrong with it;
- `mapping`: the fields of an index; `encoding`: documents as OpenSearch takes them.

Left out: queries (`search`), and reading articles (`index.ingest`).
"""

from index.opensearch.address import is_cluster_address, mask, parse_address
from index.opensearch.connection import ClusterOptions, Connection, read_password
from index.opensearch.encoding import (
    DocumentEncoder,
    Role,
    document_key,
    from_keyword,
    from_token,
    read_document,
    to_keyword,
    to_token,
)
from index.opensearch.errors import (
    AddressError,
    CertificateError,
    ClusterAccessError,
    ClusterBusyError,
    ClusterReadOnlyError,
    ClusterRefusedError,
    ClusterUnavailableError,
    HostUnknownError,
    MappingChangedError,
    PasswordFileError,
)
from index.opensearch.failures import told_error
from index.opensearch.mapping import FACETS, META_KEY, find_difference, make_mapping, make_settings
