"""What is sent to a cluster: documents, which wait on disk until their roles are known."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Self

import numpy as np

from index.arrays import Int32Array, Int64Array
from index.corpus import PHRASE_SAMPLE_MOST, PHRASE_TEXT_LENGTH_MOST, group_near_duplicates
from index.document import Document
from index.generations import Catalog
from index.indexer.change import Change
from index.indexer.spool import Packer, Spool
from index.indexer.workspace import Workspace
from index.opensearch import (
    NO_ROLE,
    Connection,
    DocumentEncoder,
    Role,
    Row,
    count_values,
    find_sources,
    from_keyword,
    make_roles,
    read_document,
    read_sources,
)
from index.segments import NO_NUMBER

BATCH_DOCS = 500
"""Documents that are encoded, or read back, at once."""
_OUTLET, _DAY = "outlet", "day"


class ClusterWriter:
    """Collects the documents of a generation, to be sent when all roles are known."""

    def __init__(self, workspace: Workspace) -> None:
        """Collect in the folder of a workspace."""
        self._folder = workspace.folder
        self._packer = Packer()
        self._spool = Spool(workspace.index_path)
        self.count = 0
        self.deleted: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Keep the spool, which is read later; the store closes it when the run ends."""

    def add(self, document: Document) -> None:
        """Add one document."""
        self._packer.add(document)
        self.count += 1
        self._move_blocks()

    def delete(self, doc_id: str) -> None:
        """Delete the document of an id, where the base has one."""
        self.deleted.add(doc_id)

    def commit(self) -> int:
        """Write what waits to the spool; return how many documents the generation has."""
        self._packer.pack()
        self._move_blocks()
        with Catalog.opened(self._folder) as catalog:
            return sum(1 for _ in catalog.ids())

    def batches(self) -> Iterator[list[Document]]:
        """Yield the documents that were added, some hundred at a time."""
        documents = (document for _, document in self._spool.documents([True] * self.count))
        while batch := list(islice(documents, BATCH_DOCS)):
            yield batch

    def close(self) -> None:
        """Remove the spool."""
        self._spool.close()

    def _move_blocks(self) -> None:
        if self._packer.blocks:
            self._spool.add(self._packer.blocks)
            self._packer.blocks.clear()


def make_rows(
    connection: Connection,
    index: str,
    writer: ClusterWriter,
    change: Change,
    roles: Mapping[str, Role],
) -> Iterator[Row]:
    """Yield what is sent: added documents, deletions, and documents whose role has changed."""
    encoder = DocumentEncoder()
    added: set[str] = set()
    for batch in writer.batches():
        if change.base:
            added.update(document.doc_id for document in batch)
        yield from _encoded(encoder, batch, roles)
    yield from (Row(doc_id, None) for doc_id in sorted(writer.deleted - added))
    for ids in _changed_roles(change, roles, added | writer.deleted):
        found = read_sources(connection, index, ids)
        batch = [read_document(source) for source in found.values()]
        yield from _encoded(encoder, batch, roles)


def _changed_roles(
    change: Change, roles: Mapping[str, Role], sent: set[str]
) -> Iterator[list[str]]:
    """Yield the ids of documents of the base that stay, but have another role now."""
    if change.base is None:
        return
    with Catalog.opened(change.base) as catalog:
        before = make_roles(group_near_duplicates(*catalog.signatures()), catalog)
    ids = iter(
        doc_id
        for doc_id in sorted({*before, *roles} - sent)
        if before.get(doc_id, NO_ROLE) != roles.get(doc_id, NO_ROLE)
    )
    while batch := list(islice(ids, BATCH_DOCS)):
        yield batch


def read_sample(connection: Connection, index: str) -> list[str]:
    """Return the texts in which frequent phrases are looked for."""
    body = {
        "size": PHRASE_SAMPLE_MOST,
        "query": {"term": {"is_copy": False}},
        "sort": [{"sample": "asc"}],
        "_source": ["document"],
    }
    found = find_sources(connection, index, body)
    documents = (read_document(source["document"]) for source in found)
    return [document.body[:PHRASE_TEXT_LENGTH_MOST] for document in documents]


def read_articles(
    connection: Connection, index: str
) -> tuple[Sequence[str], Int64Array, Int32Array]:
    """Return the outlets, and of each article its outlet and its day."""
    names: dict[str, int] = {"": 0}
    outlets, days, counts = [], [], []
    fields = {_OUTLET: "facets.source", _DAY: "date"}
    for row, count in count_values(connection, index, fields):
        name = from_keyword(row[_OUTLET] or "").encode(errors="replace").decode()
        outlets.append(names.setdefault(name, len(names)))
        days.append(NO_NUMBER if row[_DAY] is None else row[_DAY])
        counts.append(count)
    return (
        list(names),
        np.repeat(np.array(outlets, np.int64), counts),
        np.repeat(np.array(days, np.int32), counts),
    )


def _encoded(
    encoder: DocumentEncoder, batch: Sequence[Document], roles: Mapping[str, Role]
) -> Iterator[Row]:
    own = [roles.get(document.doc_id, NO_ROLE) for document in batch]
    for document, raw in zip(batch, encoder.encode(batch, own), strict=True):
        yield Row(document.doc_id, raw)
