"""A generation on a cluster, from which an update begins: read back a document at a time."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from index.corpus import group_near_duplicates
from index.document import Document
from index.generations import Catalog
from index.opensearch import Connection, read_document, read_facet, read_source, read_sources
from index.schema import FACET_FIELDS


@dataclass(frozen=True, slots=True)
class ClusterBase:
    """A generation on a cluster; see `index.indexer.store.Base`."""

    number: int
    folder: Path
    doc_count: int
    connection: Connection

    @property
    def index(self) -> str:
        """The name of its index."""
        return self.connection.address.physical_name(self.number)

    def find_document(self, doc_id: str) -> Document | None:
        """Return the stored document of an id."""
        source = read_source(self.connection, self.index, doc_id)
        return None if source is None else read_document(source)

    def near_duplicates(self, doc_id: str) -> list[Document]:
        """Return the other documents of an article's group of near duplicates."""
        with Catalog.opened(self.folder) as catalog:
            representatives = group_near_duplicates(*catalog.signatures())
        first = representatives.get(doc_id, doc_id)
        members = [each for each, other in representatives.items() if other == first]
        found = read_sources(self.connection, self.index, [first, *members]) if members else {}
        return [read_document(source) for each, source in found.items() if each != doc_id]

    def facet_values(self) -> dict[str, Iterable[str]]:
        """Return the values of each facet, as they are spelled."""
        return {row.name: read_facet(self.connection, self.index, row.name) for row in FACET_FIELDS}
