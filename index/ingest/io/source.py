"""The source of a file's bytes: where they come from, and how they are to be read.

A reader is a function of a stream and an `Origin` that yields numbered items, row by row; what it
cannot read at all it raises as `SourceError`, and `read_items` makes that the last item:

>>> from io import BytesIO
>>> def read_nothing(stream, origin):
...     raise SourceError("empty", "the file has no row")
...     yield
>>> list(read_items(BytesIO(), Origin(path="a.csv", location="a.csv"), read_nothing))
[(0, Rejection(path='a.csv', line=0, reason='empty', detail='the file has no row'))]
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO, TypeVar

from index.document import Document, Rejection
from index.errors import SourceError
from index.ingest.io.limits import LIMITS, Limits

NumberedItem = tuple[int, Document | Rejection]
"""A row's number within its file, from 1 (0 for the whole file), and what became of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """A file, or a member of an archive.

    Attributes:
        path: as it was found, for rejections.
        location: its path below the folder named, for ids.
        limits: what is refused or cut.
        key_by_column: which key a column of a table, or a name in JSON, stands for, where the
            reader has said so; see `index.ingest.rows.column_names`.
    """

    path: str
    location: str
    limits: Limits = LIMITS
    key_by_column: Mapping[str, str] = field(default_factory=dict)

    def reject(self, number: int, error: SourceError) -> tuple[int, Rejection]:
        """Return the refusal of a row, or of the file if the number is 0."""
        return number, Rejection(self.path, number, error.reason, error.detail)


FormatReader = Callable[[BinaryIO, Origin], Iterator[NumberedItem]]
"""A reader of one kind of file."""

ItemT = TypeVar("ItemT")


def read_items(
    stream: BinaryIO,
    origin: Origin,
    read: Callable[[BinaryIO, Origin], Iterator[tuple[int, ItemT]]],
) -> Iterator[tuple[int, ItemT | Rejection]]:
    """Yield what the reader yields; an error that ends it comes last, as a refusal."""
    number = 0
    try:
        for number, item in read(stream, origin):
            yield number, item
    except SourceError as error:
        yield origin.reject(number, error)
