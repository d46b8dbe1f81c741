"""Which kinds of files are read, and by what: a table. A new kind is a module and a row of it.

>>> reader_of("Arsip/2024.JSONL.GZ") is read_json_lines
True
>>> reader_of("foto.jpg") is None
True
"""

from collections.abc import Iterator
from typing import BinaryIO

from index.errors import SourceError
from index.ingest.exports.warc import read_warc
from index.ingest.exports.warc_records import WARC_MARK
from index.ingest.exports.xml_file import is_feed, read_xml
from index.ingest.io.compression import PACKINGS, split_packing
from index.ingest.io.source import NumberedItem, Origin, Read
from index.ingest.io.streams import as_utf_8, look_ahead
from index.ingest.pages.page_file import read_html, read_page, read_unnamed
from index.ingest.rows.csv_table import count_known_columns, read_table
from index.ingest.rows.json_file import read_json
from index.ingest.rows.json_lines import read_json_lines

READERS: dict[str, Read] = {
    ".txt": read_page,
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
"""How a file's name ends, and what reads it; each may be packed, see `PACKINGS`."""

PROGRAM_SUFFIXES = (".php", ".asp", ".aspx", ".jsp", ".cfm", ".shtml", ".xhtml")
"""How addresses end behind which a program writes pages; crawlers name files after them."""

ARCHIVE_SUFFIX = ".zip"
"""How the name of an archive ends, the members of which are read like files."""

_PACKED_MARKS = (b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"PK\x03\x04")
"""How gzip, Zstandard and zip files begin."""
_COLUMNS_LEAST = 2
"""Known columns that make the first line of a file without a name the header of a table."""


def reader_of(name: str) -> Read | None:
    """Return what reads the file that a name promises, packed or not.

    What follows a question mark is part of an address. A name without any ending promises nothing;
    what crawlers save so is mostly HTML.
    """
    own_name = name.rpartition("/")[2]
    if own_name and "." not in own_name:
        return read_unnamed
    plain_name = split_packing(name)[0].lower().partition("?")[0]
    if plain_name.endswith(PROGRAM_SUFFIXES):
        return read_unnamed
    return next((read for suffix, read in READERS.items() if plain_name.endswith(suffix)), None)


def is_archive(name: str) -> bool:
    """Tell whether a name promises an archive."""
    return name.lower().endswith(ARCHIVE_SUFFIX)


def known_suffixes() -> str:
    """Return what can be read, for the person whose file cannot."""
    packings = ", ".join(PACKINGS)
    return f"there are readers for {', '.join(READERS)}, also with {packings} or in a .zip"


def read_by_content(stream: BinaryIO, origin: Origin) -> Iterator[NumberedItem]:
    """Read what has no name by what it begins as: a crawl, JSON, XML, a table, else a page.

    Raises:
        SourceError: not_supported for what is packed; or as the reader that is chosen.
    """
    head, stream = look_ahead(as_utf_8(stream), origin.limits.line_bytes + 1)
    if head.startswith(_PACKED_MARKS):
        detail = "it is packed; unpack it on its way here, or name the file"
        raise SourceError("not_supported", detail)
    yield from _choose_reader(head.lstrip(), origin)(stream, origin)


def _choose_reader(head: bytes, origin: Origin) -> Read:
    if head[:1] == b"{" or (head[:1] == b"[" and head[1:].lstrip()[:1] in (b"{", b"]")):
        return read_json
    if head.startswith(WARC_MARK):
        return read_warc
    if is_feed(head):
        return read_xml
    first_line = head.partition(b"\n")[0]
    is_table = count_known_columns(first_line, origin) >= _COLUMNS_LEAST
    return read_table if is_table else read_page
