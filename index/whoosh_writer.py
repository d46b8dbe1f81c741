"""Write documents into a new Whoosh index and its columns, in bounded memory.

Whoosh sorts postings in runs of `RUN_MEGABYTES` that go to disk, and merges them at the commit; the
columns hold the id, a few numbers and the ordinals of each document.
"""

from pathlib import Path
from typing import Self

from whoosh.filedb.filestore import FileStorage

from index.columns import Columns, ColumnsWriter, write_columns
from index.document import Document
from index.manifest import sync
from index.schema import FIELDS, whoosh_schema

RUN_MEGABYTES = 192
"""Postings held in memory before a sorted run goes to disk, as Whoosh estimates their size."""


class GenerationWriter:
    """Builds one generation in an empty folder; nothing is visible to readers before `commit`.

    Used in a `with`, which closes Whoosh's files when it ends before the commit.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        whoosh = FileStorage(str(folder)).create_index(whoosh_schema())
        # Whoosh would put all in one compound file, and copy that into memory when it is read.
        self._writer = whoosh.writer(limitmb=RUN_MEGABYTES, compound=False)
        self._columns = ColumnsWriter()
        self._is_open = True
        self.doc_count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._is_open:
            self._writer.cancel()

    def add(self, document: Document) -> None:
        """Add one document; its number is the number of documents added before."""
        values = {field.name: field.value_of(document) for field in FIELDS}
        self._writer.add_document(**{k: v for k, v in values.items() if v not in (None, "")})
        self._columns.add(document)
        self.doc_count += 1

    def commit(self) -> Columns:
        """Write everything to the folder, sync it, and return the columns."""
        self._is_open = False  # from here on, Whoosh closes its files itself
        self._writer.commit(merge=False)
        columns = self._columns.columns()
        write_columns(columns, self._folder)
        for path in self._folder.iterdir():
            sync(path)
        sync(self._folder)
        return columns
