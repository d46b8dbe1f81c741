"""Write documents into the segments of a new generation, in bounded memory."""

from itertools import count
from pathlib import Path
from typing import Self

from index.analysis import Stems, tokenize_batch
from index.document import Document
from index.generations.document_columns import BATCH_DOCS, make_batch
from index.schema import LAYOUT
from index.segments import SegmentWriter
from index.whoosh_codec import INDEX_NAME, ColumnarSegment, write_contents


class GenerationWriter:
    """Writes a generation into an empty folder; readers see nothing of it before it is published.

    It is used in a `with`, which ends its threads.
    """

    def __init__(self, folder: Path, *, first_number: int = 1) -> None:
        """Write into a folder; the segments are numbered from `first_number` on."""
        self._folder = folder
        self._numbers = count(first_number)
        self._segments = SegmentWriter(
            folder, LAYOUT, tokenize=tokenize_batch, derive=Stems(), name=self._next_name
        )
        self._waiting: list[Document] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._segments.close()

    def add(self, document: Document) -> None:
        """Add one document; its number is the count of documents added before."""
        self._waiting.append(document)
        if len(self._waiting) == BATCH_DOCS:
            self._add_waiting()

    def commit(self) -> int:
        """Write everything to the folder; return the count of documents."""
        entries = self._finish_segments()
        write_contents(self._folder, entries)
        return sum(entry.doc_count() for entry in entries)

    def _finish_segments(self) -> list[ColumnarSegment]:
        """Write what is left; return the new segments, in the order of their documents."""
        if self._waiting:
            self._add_waiting()
        return [ColumnarSegment.of_file(*written) for written in self._segments.finish()]

    def _next_name(self) -> str:
        """Return a name that no other segment has."""
        return f"{INDEX_NAME}_{next(self._numbers):06d}"

    def _add_waiting(self) -> None:
        self._segments.add(make_batch(self._waiting))
        self._waiting = []
