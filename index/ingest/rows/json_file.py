r"""JSON files: recognize JSON lines, a list of objects, or one article, and read it.

The name does not decide: many files called .json hold JSON lines.

>>> import io
>>> lines = io.BytesIO(b'{"title": "Panen", "body": "Membaik."}' + b"\n" + b'{"title": "Harga"}')
>>> [type(item).__name__ for _, item in read_json(lines, Origin(path="a", location="a"))]
['Document', 'Rejection']
"""

from collections.abc import Iterator
from typing import BinaryIO

from index.errors import SourceError
from index.ingest.io import NumberedItem, Origin, look_ahead, to_utf_8
from index.ingest.rows.column_names import rename_keys
from index.ingest.rows.json_array import read_json_array
from index.ingest.rows.json_lines import read_json_lines
from index.ingest.rows.record import Row, parse_record, read_row


def read_json(stream: BinaryIO, origin: Origin) -> Iterator[NumberedItem]:
    """Read a JSON file, in the memory of one row.

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
    article = _only_article(head, origin) if len(head) <= row_bytes else None
    if article is None:
        yield from read_json_array(stream, origin)
    else:
        yield read_row(lambda: article, 1, origin)


def _is_json_lines(head: bytes) -> bool:
    """Tell whether the first two lines begin with a brace; the lines of one object never do."""
    first, _, rest = head.lstrip().partition(b"\n")
    return first.startswith(b"{") and rest.lstrip().startswith(b"{")


def _only_article(data: bytes, origin: Origin) -> Row | None:
    """Return the values of a file that is one article, an object with a body; None for others."""
    if not data.lstrip().startswith(b"{"):
        return None
    try:
        row = rename_keys(parse_record(data), origin.key_by_column)
    except SourceError:  # `read_json_array` will say what is wrong
        return None
    return row if "body" in row else None
