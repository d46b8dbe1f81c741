r"""JSON files: recognize JSON lines, a list of objects, or one article, and read it.

The name does not decide: many files called .json hold JSON lines.

>>> import io
>>> lines = io.BytesIO(b'{"title": "Panen", "body": "Membaik."}' + b"\n" + b'{"title": "Harga"}')
>>> [type(item).__name__ for _, item in read_json(lines, Origin(path="a", location="a"))]
['Document', 'Rejection']
"""

import re
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

from index.errors import SourceError
from index.ingest.io import NumberedItem, Origin, look_ahead, to_utf_8
from index.ingest.rows.json_array import read_json_array
from index.ingest.rows.json_lines import read_json_lines
from index.ingest.rows.json_rows import find_rows, name_row
from index.ingest.rows.json_values import is_printed, parse_json, parse_printed
from index.ingest.rows.record import read_row
from index.ingest.text import decode_text

_SCRIPT = re.compile(
    rb"\s*+(?:export\s+)?(?:default\s+)?(?:(?:const|let|var)\s+)?[\w.]{1,60}\s*+[=(]\s*+(?=[\[{])"
    rb"|\s*+export\s+default\s+(?=[\[{])|\s*+module\.exports\s*+=\s*+(?=[\[{])"
)
_WHOLE_LIST = re.compile(rb'\s*+\[\s*+(?:\[|\{\s*+"type"\s*+:\s*+"header")')
"""A list of lists, and what phpMyAdmin writes: its tables are objects in a list."""
_PRINTED = re.compile(rb"\s*+\[?\s*+\{\s*+'")
"""What Python printed, where JSON was meant."""
_BETWEEN_OBJECTS = re.compile(r"^\},?\s*^\{", re.MULTILINE)
"""Where an object of several lines follows another, as a program leaves it that appends them."""
_SCRIPT_END = re.compile(rb"\)?\s*;?\s*\Z")
"""JavaScript around JSON, as in `const articles = [...];`."""


def read_json(stream: BinaryIO, origin: Origin) -> Iterator[NumberedItem]:
    """Read a JSON file, in the memory of a few rows.

    Raises:
        SourceError: empty, malformed, too_large, or what the stream raises.
    """
    row_bytes = origin.limits.line_bytes
    head, stream = look_ahead(to_utf_8(stream), row_bytes + 1)
    if not head.strip():
        raise SourceError("empty", "there is nothing but white space")
    if _is_json_lines(head):
        yield from read_json_lines(stream, origin)
        return
    rows = _find_rows(head) if len(head) <= row_bytes else []
    if rows:
        for number, row in enumerate(rows, 1):
            yield read_row(partial(name_row, row, origin), number, origin)
    else:
        yield from read_json_array(stream, origin)


def starts_as_json(head: bytes) -> bool:
    """Tell whether a file begins as JSON does, or as JavaScript with JSON in it."""
    start = head[_script_size(head) :].lstrip()[:200]
    return start[:1] == b"{" or (
        start[:1] == b"[" and (start[1:].lstrip()[:1] in (b"{", b"]") or _script_size(head) > 0)
    )


def _is_json_lines(head: bytes) -> bool:
    """Tell whether the first two lines begin with a brace; the lines of one object never do."""
    first, *rest = re.split(rb"[\r\n]", head.lstrip(), maxsplit=1)
    return first.startswith(b"{") and b"".join(rest).lstrip().startswith(b"{")


def _find_rows(data: bytes) -> list[object]:
    """Return the articles of a whole file that is an object; none for a list, or if it is damaged.

    `read_json_array` reads a list as it comes, and says what is wrong with a damaged file.
    """
    size = _script_size(data)
    if size:
        data = _SCRIPT_END.sub(b"", data[size:])
    elif not (_PRINTED.match(data) or data.lstrip().startswith(b"{") or _WHOLE_LIST.match(data)):
        return []
    try:
        text = decode_text(data)
        if is_printed(text):
            return find_rows(parse_printed(text))
        several = _BETWEEN_OBJECTS.sub("},{", text)
        return find_rows(parse_json(text if several == text else f"[{several}]"))
    except (SourceError, RecursionError):
        return []


def _script_size(head: bytes) -> int:
    """Return the number of bytes of JavaScript before the JSON."""
    found = _SCRIPT.match(head)
    return found.end() if found else 0
