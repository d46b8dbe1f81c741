r"""CSV cell reader: from lines to the cells of each row, in bounded memory.

Quoted cells may hold line breaks, the delimiter and doubled quotes. A quote inside a cell that does
not begin with one is an ordinary character, and so is one inside a quoted cell that stands between
other characters, as programs leave it that do not double it or that write a backslash before it.
A malformed row is yielded as its error, and reading goes on at the line below the row's first line,
so one unclosed quote does not swallow the file.

>>> lines = [(1, b'Panen;"satu\n'), (2, b'""dua"" tiga"\n'), (3, b'a;b;c\n'), (4, b'a;"b')]
>>> for number, cells in split_rows(lines, b";", 2, 100):
...     print(number, cells if isinstance(cells, list) else cells.detail)
1 [b'Panen', b'satu\n"dua" tiga']
3 the row has more than 2 cells
4 the quote that opens cell 2 is never closed

The parser of the standard library was no choice: its limit on the length of a cell is a setting of
the whole process, and it cannot go back after an unclosed quote.
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator

from index.errors import SourceError
from index.ingest.io import NumberedLine

NumberedCells = tuple[int, list[bytes] | SourceError]
"""The number of a row's first line, and its cells or the error in them."""

REREAD_FACTOR = 20
"""How many times the bytes of a file may be read again after unclosed quotes. Ordinary faults need
one or two; a file whose every line closes a cell and opens the next needs one for each column."""

_OPENING = re.compile(rb' *+"')
_TO_CLOSING = re.compile(rb'[^"]*+(?:""[^"]*+)*+"')
_SPACES = re.compile(rb" *+")
_BEFORE_LETTER = (b" ", b"(", b"[", b"\\")
"""What stands before a quote that opens something said, or is written with a backslash."""
_BEHIND_LETTER = (b" ", b")", b"]", b".", b"?", b"!")
"""What stands behind a quote that ends something said: a cell that begins has none of it."""
_ESCAPED_QUOTE = re.compile(rb'\\(?=")')


def split_rows(
    lines: Iterable[NumberedLine], delimiter: bytes, cell_count: int, row_bytes: int
) -> Iterator[NumberedCells]:
    """Yield the cells of every row that is not blank.

    Args:
        lines: the lines with their numbers.
        delimiter: the byte between two cells.
        cell_count: most cells of a row.
        row_bytes: most bytes of a row, and so of memory.
    """
    source = _Lines(lines)
    while (line := source.take()) is not None:
        if line[1] is None or line[1].strip():
            yield line[0], _read_row(line, source, _OpenRow(delimiter, cell_count), row_bytes)


class _Lines:
    """Lines that can be put back and read again, until `REREAD_FACTOR` is used up."""

    def __init__(self, lines: Iterable[NumberedLine]) -> None:
        self._lines = iter(lines)
        self._put_back: deque[NumberedLine] = deque()
        self._bytes_allowed = 0

    def take(self) -> NumberedLine | None:
        """Return the next line, None at the end."""
        if self._put_back:
            return self._put_back.popleft()
        line = next(self._lines, None)
        self._bytes_allowed += REREAD_FACTOR * _size(line)
        return line

    def put_back(self, lines: list[NumberedLine]) -> bool:
        """Put lines back, to be taken next in this order; return False if that is not allowed."""
        self._bytes_allowed -= sum(map(_size, lines))
        if self._bytes_allowed < 0:
            return False
        self._put_back.extendleft(reversed(lines))
        return True


def _size(line: NumberedLine | None) -> int:
    return len(line[1] or b"") if line else 0


class _OpenRow:
    """The cells of a row, as far as it was read.

    Attributes:
        cells: the finished cells.
        is_open: whether the last cell has a quote that is not closed yet.
    """

    def __init__(self, delimiter: bytes, cell_count: int) -> None:
        self.cells: list[bytes] = []
        self.is_open = False
        self._delimiter = delimiter
        self._cell_count = cell_count
        self._parts: list[bytes] = []

    def add(self, line: bytes) -> None:
        """Read one more line of the row."""
        stop = len(line.rstrip(b"\r\n"))
        position = 0
        while position <= stop:
            opening = None if self.is_open else _OPENING.match(line, position)
            if not self.is_open and opening is None:
                position = self._read_plain(line, position, stop)
            else:
                position = self._read_quoted(line, opening.end() if opening else 0, stop)
            if self.is_open:
                return
            if len(self.cells) > self._cell_count:
                raise SourceError("malformed", f"the row has more than {self._cell_count} cells")
            position += len(self._delimiter)

    def _read_plain(self, line: bytes, start: int, stop: int) -> int:
        end = line.find(self._delimiter, start, stop)
        end = stop if end < 0 else end
        self.cells.append(line[start:end])
        return end

    def _read_quoted(self, line: bytes, start: int, stop: int) -> int:
        position = start
        while closing := _TO_CLOSING.match(line, position):
            position = closing.end()
            end = _end_of_spaces(line, position)
            if end >= stop or line.startswith(self._delimiter, end):
                self._close(line[start : position - 1])
                return end
            if not self._is_letter(line, position - 1):
                number = len(self.cells) + 1
                raise SourceError("malformed", f"text follows the quote that closes cell {number}")
        self.is_open = True
        self._parts.append(line[start:])
        return stop

    def _is_letter(self, line: bytes, place: int) -> bool:
        """Tell whether a quote within a cell is a letter: no cell and no line begins with it."""
        before = line[:place].rstrip(b" ")
        if before and line[place + 1 : place + 2] in _BEHIND_LETTER:
            return True
        if not before or before.endswith(self._delimiter):
            return False
        return line[place - 1 : place] in _BEFORE_LETTER

    def _close(self, last: bytes) -> None:
        cell = b"".join((*self._parts, last)).replace(b'""', b'"')
        self.cells.append(_ESCAPED_QUOTE.sub(b"", cell) if b"\\" in cell else cell)
        self.is_open = False
        self._parts = []


def _end_of_spaces(line: bytes, start: int) -> int:
    spaces = _SPACES.match(line, start)
    return spaces.end() if spaces else start


def _read_row(
    first: NumberedLine, source: _Lines, row: _OpenRow, row_bytes: int
) -> list[bytes] | SourceError:
    """Return the cells of the row that begins with a line.

    The other lines of a malformed row are put back, or its error says that they are skipped.
    """
    following: list[NumberedLine] = []
    try:
        _add(first[1], row, row_bytes)
        size = _size(first)
        while row.is_open:
            line = source.take()
            if line is None:
                raise _unclosed(row, "never closed")
            following.append(line)
            size += _size(line)
            if line[1] is None or size > row_bytes:
                raise _unclosed(row, f"not closed within {row_bytes} bytes")
            row.add(line[1])
    except SourceError as error:
        if source.put_back(following):
            return error
        lost = f"the {len(following)} lines below it are passed over"
        return SourceError(error.reason, f"{error.detail}; {lost}")
    return row.cells


def _add(line: bytes | None, row: _OpenRow, row_bytes: int) -> None:
    if line is None:
        raise SourceError("too_large", f"the row has more than {row_bytes} bytes")
    row.add(line)


def _unclosed(row: _OpenRow, what: str) -> SourceError:
    return SourceError("malformed", f"the quote that opens cell {len(row.cells) + 1} is {what}")
