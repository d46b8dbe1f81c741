"""Write documents into the segments of a new Whoosh index, in bounded memory."""

from itertools import count
from pathlib import Path
from typing import Self

from index.analysis import Stems, tokenize_batch
from index.document import Document
from index.generations.document_columns import BATCH_DOCS, make_batch
from index.schema import LAYOUT
from index.segments import SegmentWriter
from index.whoosh_codec.codec import INDEX_NAME, ColumnarSegment
from index.whoosh_codec.table_of_contents import write_contents


class DocumentWriter:
    """Writes documents into segment files, which are numbered from `first_number` on."""

    def __init__(self, folder: Path, *, first_number: int = 1) -> None:
        self._numbers = count(first_number)
        self._writer = SegmentWriter(
            folder, LAYOUT, tokenize=tokenize_batch, derive=Stems(), name=self.next_name
        )
        self._waiting: list[Document] = []

    def next_name(self) -> str:
        """Return a name that no other segment has."""
        return f"{INDEX_NAME}_{next(self._numbers):06d}"

    def add(self, document: Document) -> None:
        """Add one document; its number is the number of documents added before."""
        self._waiting.append(document)
        if len(self._waiting) == BATCH_DOCS:
            self._add_waiting()

    def finish(self) -> list[ColumnarSegment]:
        """Write what is left; return the segments, in the order of their documents."""
        if self._waiting:
            self._add_waiting()
        return [
            ColumnarSegment(INDEX_NAME, name.removeprefix(f"{INDEX_NAME}_"), doc_count)
            for name, doc_count in self._writer.finish()
        ]

    def close(self) -> None:
        """End the threads."""
        self._writer.close()

    def _add_waiting(self) -> None:
        self._writer.add(make_batch(self._waiting))
        self._waiting = []


class GenerationWriter:
    """Builds one generation in an empty folder; nothing is visible to readers before `commit`.

    Used in a `with`, which ends its threads.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._segments = DocumentWriter(folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._segments.close()

    def add(self, document: Document) -> None:
        """Add one document; its number is the number of documents added before."""
        self._segments.add(document)

    def commit(self) -> None:
        """Write everything to the folder."""
        write_contents(self._folder, self._segments.finish())
