"""JSON arrays: each object of a list becomes a document, in the memory of one row.

The list is the whole file, or the only list of objects inside an object, at any depth:

>>> from io import BytesIO
>>> data = BytesIO(b'{"total": 1, "articles": [{"title": "Panen", "body": "Membaik."}]}')
>>> [item.title for _, item in read_json_array(data, Origin(path="a.json", location="a.json"))]
['Panen']

A row that is no article or is nested too deeply is rejected alone. Invalid JSON and a row that is
too large end the reading of the file, because the beginning of the next row cannot be found.
"""

import re
from collections.abc import Iterator
from functools import partial
from itertools import chain
from typing import BinaryIO

import ijson

from index.errors import SourceError
from index.ingest.io import CHUNK_BYTES, NumberedItem, Origin, mend_utf_8
from index.ingest.rows.column_names import Named
from index.ingest.rows.json_rows import name_row
from index.ingest.rows.record import read_row
from index.ingest.rows.values import Number

_DIGITS_MOST = 4_299
_LONG_NUMBER = re.compile(rb"[0-9]{%d}" % (_DIGITS_MOST + 1))
"""More digits than Python makes a number of (4,300). The parser in C would go on with that error
pending, and the program would end elsewhere, so such a run of digits is rejected before."""

_CONSTANT = re.compile(rb"([:\[,]\s{0,20})(?:NaN|-?Infinity)(?=\s{0,20}[,}\]])")
_CUT_CONSTANT = re.compile(rb"[:\[,]\s{0,20}-?(?:N|I)[A-Za-z]{0,8}\s{0,20}\Z")
"""A number that is none, and one at the end of a chunk, whose other bytes may follow."""

_CONSTANT_BYTES = 64
_BETWEEN_LISTS = b"\n][\n"
"""Where Scrapy appends to a file of an earlier run; no string of JSON holds a line break."""

_Event = tuple[str, object]
"""A parser event of ijson: its name and its value."""
_DEPTH_CHANGE = {"start_map": 1, "start_array": 1, "end_map": -1, "end_array": -1}


def read_json_array(stream: BinaryIO, origin: Origin) -> Iterator[NumberedItem]:
    """Read the rows of a list of objects, numbered from 1.

    The stream is UTF-8 without a byte order mark, or cp1252.

    Raises:
        SourceError: empty, malformed, too_large, or what the stream raises.
    """
    bounded = _RowBound(mend_utf_8(stream), origin.limits.line_bytes)
    events = _parse(bounded)
    number = 0
    for number, first in enumerate(_find_rows(events), 1):
        yield read_row(partial(_build_row, first, events, origin), number, origin)
        bounded.begin_row()
    if not number:
        raise SourceError("empty", "the list has no row")


class _RowBound:
    """A stream that returns no more bytes than a row may have before the next row begins."""

    def __init__(self, stream: BinaryIO, row_bytes: int) -> None:
        self._stream = stream
        self._row_bytes = row_bytes
        self._given = 0
        self._last = b""
        self._tail = b""

    def read(self, size: int) -> bytes:
        """Return the next bytes; the parser asks for a chunk at a time."""
        # The chunk in which a row begins may hold other rows before it, so it is not counted.
        if self._given > self._row_bytes:
            detail = f"there are more than {self._row_bytes} bytes without a row that ends"
            raise SourceError("too_large", f"{detail}; what follows was not read")
        data = self._take(size)
        self._given += len(data)
        if _LONG_NUMBER.search(self._last + data):
            detail = f"there are more than {_DIGITS_MOST} digits without end"
            raise SourceError("malformed", f"{detail}; what follows was not read")
        self._last = data[-_DIGITS_MOST:]
        return data

    def _take(self, size: int) -> bytes:
        """Return the next bytes, with null for NaN, which JSON does not know and Python writes."""
        data = (self._tail + self._stream.read(size)).replace(_BETWEEN_LISTS, b",\n")
        self._tail = b""
        if b"N" not in data and b"Infinity" not in data:
            return data
        cut = _CUT_CONSTANT.search(data, max(0, len(data) - _CONSTANT_BYTES))
        if cut and len(data) > _CONSTANT_BYTES:
            data, self._tail = data[: cut.start()], data[cut.start() :]
        return _CONSTANT.sub(rb"\1null", data)

    def begin_row(self) -> None:
        """Count the bytes of the next row from 0."""
        self._given = 0


def _parse(stream: _RowBound) -> Iterator[_Event]:
    try:
        yield from ijson.basic_parse(stream, buf_size=CHUNK_BYTES)
    except (ijson.JSONError, ValueError, ArithmeticError) as error:  # numbers beyond all bounds
        raise SourceError("malformed", f"no JSON: {error}; what follows was not read") from error


def _find_rows(events: Iterator[_Event]) -> Iterator[_Event]:
    """Yield the first event of each row; the caller takes the row's other events."""
    event, _ = next(events)
    if event == "start_array":
        yield from _first_events(events)
    elif event == "start_map":
        yield from _search_object(events)
    else:
        raise SourceError("malformed", "it is neither a list nor an object")
    for _ in events:  # what follows the list must be valid JSON as well
        pass


def _first_events(events: Iterator[_Event]) -> Iterator[_Event]:
    for event in events:
        if event[0] == "end_array":
            return
        yield event


def _search_object(events: Iterator[_Event]) -> Iterator[_Event]:
    name: object = ""
    found: object = None
    for event, value in events:
        if event == "map_key":
            name = value
        elif event == "start_array":
            first = next(events)
            if first[0] != "start_map":
                _skip(chain([first], events), depth=1)
                continue
            if found is not None:
                detail = f"beside {found} there is a second list of objects, {name}, left unread"
                raise SourceError("malformed", detail)
            found = name
            yield from _first_events(chain([first], events))
    if found is None:
        raise SourceError("malformed", "there is no list of objects in it")


def _skip(events: Iterator[_Event], depth: int) -> None:
    while depth:
        depth += _DEPTH_CHANGE.get(next(events)[0], 0)


def _build_row(first: _Event, events: Iterator[_Event], origin: Origin) -> Named:
    """Read a row to its end and return its values; numbers are kept as text."""
    builder = ijson.ObjectBuilder()
    depth = deepest = 0
    for event, value in chain([first], events):
        depth += _DEPTH_CHANGE.get(event, 0)
        deepest = max(deepest, depth)
        if deepest <= origin.limits.depth:
            builder.event(event, Number(value) if event == "number" else value)
        if not depth:
            break
    if deepest > origin.limits.depth:
        raise SourceError("malformed", "the row is nested too deeply")
    return name_row(builder.value, origin)
