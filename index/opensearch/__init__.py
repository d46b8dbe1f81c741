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

- `address`, `options`, `client`, `connection`, `failures`, `errors`: to reach a cluster, and what
  can be wrong with it;
- `mapping`: the fields of an index; `encoding`: documents as OpenSearch takes them; `token_lines`:
  their tokens and stems; `roles`: what they are told of each other;
- `bulk`: documents sent in parallel; `indices`: the index of each generation, and the alias;
- `state`: the files of each generation; `lock`: one writer at a time;
- `inspection`: whether all of it is sound.

Left out: queries (`search`), and reading articles (`index.ingest`).
"""

from index.opensearch.address import ClusterAddress, is_cluster_address, mask, parse_address
from index.opensearch.bulk import Row, send_rows
from index.opensearch.connection import Connection
from index.opensearch.encoding import (
    DocumentEncoder,
    Role,
    document_key,
    from_keyword,
    read_document,
    to_keyword,
)
from index.opensearch.errors import (
    AddressError,
    BackupMismatchError,
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
from index.opensearch.indices import (
    clone_index,
    count_documents,
    count_values,
    current_index_number,
    find_sources,
    make_index,
    name_index,
    read_facet,
    read_numbers,
    read_source,
    read_sources,
    refresh_index,
    remove_indices,
    seal_index,
)
from index.opensearch.inspection import check_mapping, find_sealed, inspect_cluster
from index.opensearch.lock import ClusterLock, cluster_lock
from index.opensearch.mapping import FACETS, META_KEY, find_difference, make_mapping, make_settings
from index.opensearch.options import ClusterOptions, read_password
from index.opensearch.roles import NO_ROLE, make_roles
from index.opensearch.state import fetch_file, fetch_files, remove_files, save_files
from index.opensearch.token_lines import from_token, to_token
