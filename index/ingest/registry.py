"""Registry of file formats: which reader reads which file name.

A new kind of file is a module with a format reader and a row of this table.

>>> find_reader("Arsip/2024.JSONL.GZ") is read_json_lines
True
>>> find_reader("foto.jpg") is None
True
"""

from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO

from index.errors import SourceError
from index.ingest.exports import WARC_MARK, is_feed, read_warc, read_xml
from index.ingest.io import (
    PACKINGS,
    FormatReader,
    NumberedItem,
    Origin,
    look_ahead,
    split_packing,
    to_utf_8,
)
from index.ingest.pages import read_html_file, read_page_file, read_unnamed_file
from index.ingest.rows import count_known_columns, read_json, read_json_lines, read_table

_HEAD_BYTES = 16_384
"""Bytes of a page that are searched for the beginning of a feed."""


def read_html(stream: BinaryIO, origin: Origin) -> Iterator[NumberedItem]:
    """Read a saved HTML page, or a feed that was saved under such a name.

    Raises:
        SourceError: as `index.ingest.pages.read_html_file` and `read_xml`.
    """
    yield from _read_feed_or(read_html_file, stream, origin)


def read_text(stream: BinaryIO, origin: Origin) -> Iterator[NumberedItem]:
    """Read a saved page of plain text, or a feed that was saved under such a name.

    Raises:
        SourceError: as `index.ingest.pages.read_page_file` and `read_xml`.
    """
    yield from _read_feed_or(read_page_file, stream, origin)


def read_unnamed(stream: BinaryIO, origin: Origin) -> Iterator[NumberedItem]:
    """Read a page or a feed whose name has no suffix, as crawlers save them.

    Raises:
        SourceError: as `index.ingest.pages.read_unnamed_file` and `read_xml`.
    """
    yield from _read_feed_or(read_unnamed_file, stream, origin)


def _read_feed_or(
    read_page: FormatReader, stream: BinaryIO, origin: Origin
) -> Iterator[NumberedItem]:
    head, stream = look_ahead(stream, _HEAD_BYTES)
    read = read_xml if is_feed(to_utf_8(BytesIO(head)).read()) else read_page
    yield from read(stream, origin)


READERS: dict[str, FormatReader] = {
    ".txt": read_text,
    ".html": read_html,
    ".htm": read_html,
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
    ".json": read_json,
    ".csv": read_table,
    ".tsv": read_table,
    ".xml": read_xml,
    ".rss": read_xml,
    ".atom": read_xml,
    ".warc": read_warc,
}
"""The format readers by the suffix of a file's name. Each file may be packed, see `PACKINGS`."""

PROGRAM_SUFFIXES = (".php", ".asp", ".aspx", ".jsp", ".cfm", ".shtml", ".xhtml")
"""Suffixes of URLs whose pages a program writes; crawlers name files after them."""

ARCHIVE_SUFFIX = ".zip"
"""The suffix of an archive, whose members are read like files."""

_PACKED_MARKS = (b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"PK\x03\x04")
"""The first bytes of gzip, Zstandard and zip files."""
_COLUMNS_LEAST = 2
"""Fewest known columns in the first line of standard input that make it a table."""


def find_reader(name: str) -> FormatReader | None:
    """Return the format reader for a file's name, packed or not; None if there is none.

    A question mark in a name begins the parameters of a URL. A name without a suffix says nothing
    of the format; files that crawlers save like that are mostly HTML.
    """
    own_name = name.rpartition("/")[2]
    if own_name and "." not in own_name:
        return read_unnamed
    plain_name = split_packing(name)[0].lower().partition("?")[0]
    if plain_name.endswith(PROGRAM_SUFFIXES):
        return read_unnamed
    return next((read for suffix, read in READERS.items() if plain_name.endswith(suffix)), None)


def is_archive(name: str) -> bool:
    """Tell whether a name is that of an archive."""
    return name.lower().endswith(ARCHIVE_SUFFIX)


def describe_kinds() -> str:
    """Return the kinds of files that are read, as a list for messages."""
    return f"{', '.join(READERS)}, also with {', '.join(PACKINGS)} or in a {ARCHIVE_SUFFIX}"


def read_by_content(stream: BinaryIO, origin: Origin) -> Iterator[NumberedItem]:
    """Read standard input by its first bytes: a crawl, JSON, XML, a table, else a page.

    Raises:
        SourceError: not_supported for packed bytes; or as the format reader that is chosen.
    """
    head, stream = look_ahead(to_utf_8(stream), origin.limits.line_bytes + 1)
    if head.startswith(_PACKED_MARKS):
        detail = "it is packed; unpack it on its way here, or name the file"
        raise SourceError("not_supported", detail)
    yield from _choose_reader(head.lstrip(), origin)(stream, origin)


def _choose_reader(head: bytes, origin: Origin) -> FormatReader:
    if head[:1] == b"{" or (head[:1] == b"[" and head[1:].lstrip()[:1] in (b"{", b"]")):
        return read_json
    if head.startswith(WARC_MARK):
        return read_warc
    if is_feed(head):
        return read_xml
    first_line = head.partition(b"\n")[0]
    is_table = count_known_columns(first_line, origin) >= _COLUMNS_LEAST
    return read_table if is_table else read_page_file
