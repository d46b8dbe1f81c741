"""The source of a file's bytes: where they come from, and how they are to be read.

A format reader reads one kind of file. It is a function of a stream and an `Origin` that yields
items with their row numbers. When it cannot read on, it raises `SourceError`, and `read_items`
turns that into the last item:

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
"""The number of a row in its file, from 1 (0 means the whole file), and the document made of it or
its rejection."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The file or archive member that is read, and how it is to be read.

    Attributes:
        path: its path as it was found, for rejections.
        location: its path below the folder that was named, from which ids are made.
        limits: the most that is read of anything.
        key_by_column: the keys of the columns that the caller has mapped; see
            `index.ingest.rows.parse_column_map`.
    """

    path: str
    location: str
    limits: Limits = LIMITS
    key_by_column: Mapping[str, str] = field(default_factory=dict)

    def reject(self, number: int, error: SourceError) -> tuple[int, Rejection]:
        """Return the rejection of a row, or of the whole file if the number is 0."""
        return number, Rejection(self.path, number, error.reason, error.detail)


FormatReader = Callable[[BinaryIO, Origin], Iterator[NumberedItem]]
"""A function that reads one kind of file."""

ItemT = TypeVar("ItemT")


def read_items(
    stream: BinaryIO,
    origin: Origin,
    read: Callable[[BinaryIO, Origin], Iterator[tuple[int, ItemT]]],
) -> Iterator[tuple[int, ItemT | Rejection]]:
    """Yield the items of a format reader; an error that ends it comes last, as a rejection."""
    number = 0
    try:
        for number, item in read(stream, origin):
            yield number, item
    except SourceError as error:
        yield origin.reject(number, error)
