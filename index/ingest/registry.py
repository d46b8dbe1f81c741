"""Registry of file formats: which reader reads which file name.

A new kind of file is a module with a format reader and a row of this table.

>>> find_reader("Arsip/2024.JSONL.GZ") is read_lines_file
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
    CHUNK_BYTES,
    PACKINGS,
    FormatReader,
    NumberedItem,
    Origin,
    look_ahead,
    split_packing,
    to_utf_8,
)
from index.ingest.pages import read_html_file, read_page_file, read_unnamed_file
from index.ingest.rows import (
    OLD_MARK,
    ZIP_MARK,
    count_known_columns,
    read_json,
    read_json_lines,
    read_table,
    read_workbook,
    starts_as_json,
)

_PACKED_MARKS = (b"\x1f\x8b", b"\x28\xb5\x2f\xfd", ZIP_MARK)
"""The first bytes of gzip, Zstandard and zip files."""
_COLUMNS_LEAST = 2
"""Fewest known columns in the first line of a file without a telling name that make it a table."""

_COLUMNS_SURE = 4
"""The same for a file called .txt, where none is known as the text."""


def read_text_file(stream: BinaryIO, origin: Origin) -> Iterator[NumberedItem]:
    """Read a file called .txt: a saved page, unless it begins as JSON, a feed or a table does."""
    yield from _read_unless(read_page_file, stream, origin)


def read_rows_file(stream: BinaryIO, origin: Origin) -> Iterator[NumberedItem]:
    """Read a file called .csv or .tsv: a table, unless it begins as something else does."""
    yield from _read_unless(read_table, stream, origin)


def read_spreadsheet(stream: BinaryIO, origin: Origin) -> Iterator[NumberedItem]:
    """Read a file called .xlsx or .xls: a workbook, or the table of text that some call so.

    Raises:
        SourceError: not_supported for a table of HTML or XML; or as the reader that is chosen.
    """
    head, stream = look_ahead(to_utf_8(stream), CHUNK_BYTES)
    if head.lstrip().startswith(b"<") and not is_feed(head.lstrip()):
        detail = "it is a table of HTML or XML that is called a workbook; save it as .xlsx or CSV"
        raise SourceError("not_supported", detail)
    yield from _read_unless(read_table, stream, origin)


def read_json_file(stream: BinaryIO, origin: Origin) -> Iterator[NumberedItem]:
    """Read a file called .json, unless it begins as a feed or a table does."""
    yield from _read_unless(read_json, stream, origin)


def read_lines_file(stream: BinaryIO, origin: Origin) -> Iterator[NumberedItem]:
    """Read a file called .jsonl: an object a line, unless it begins as something else does."""
    head, stream = look_ahead(to_utf_8(stream), CHUNK_BYTES)
    if holds_json_lines(head):
        yield from read_json_lines(stream, origin)
    else:
        yield from _read_unless(read_json_lines, stream, origin)


def holds_json_lines(head: bytes) -> bool:
    """Tell whether a file called .jsonl holds what its name says: an object on its first line."""
    first, newline, _ = head.lstrip().partition(b"\n")
    return first.startswith(b"{") and (not newline or first.rstrip().endswith((b"}", b"},")))


_HEAD_BYTES = 16_384
"""Bytes of a page that are searched for the beginning of a feed."""


def read_html(stream: BinaryIO, origin: Origin) -> Iterator[NumberedItem]:
    """Read a saved HTML page, or a feed that was saved under such a name.

    Raises:
        SourceError: as `index.ingest.pages.read_html_file` and `read_xml`.
    """
    yield from _read_feed_or(read_html_file, stream, origin)


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
    ".txt": read_text_file,
    ".html": read_html,
    ".htm": read_html,
    ".jsonl": read_lines_file,
    ".ndjson": read_lines_file,
    ".jl": read_lines_file,
    ".jsonlines": read_lines_file,
    ".json": read_json_file,
    ".csv": read_rows_file,
    ".tsv": read_rows_file,
    ".xlsx": read_spreadsheet,
    ".xlsm": read_spreadsheet,
    ".xls": read_spreadsheet,
    ".xml": read_xml,
    ".rss": read_xml,
    ".atom": read_xml,
    ".warc": read_warc,
}
"""The format readers by the suffix of a file's name. Each file may be packed, see `PACKINGS`. What
a file of text begins with counts more than its suffix."""

PROGRAM_SUFFIXES = (".php", ".asp", ".aspx", ".jsp", ".cfm", ".shtml", ".xhtml")
"""Suffixes of URLs whose pages a program writes; crawlers name files after them."""

ARCHIVE_SUFFIX = ".zip"
"""The suffix of an archive, whose members are read like files."""

_REMEDIES = {
    (".xlsb", ".ods"): "save each sheet as CSV, and index that",
    (".parquet", ".feather", ".arrow"): "write it as JSON lines (DataFrame.to_json with lines)",
    (".sql", ".dump"): "load the dump into its database, and export the table of articles as CSV",
    (".db", ".sqlite", ".sqlite3"): "export the table of articles as CSV",
    (".bson", ".archive"): "export the collection as JSON lines (mongoexport)",
    (".pkl", ".pickle", ".joblib", ".npy"): "write it as JSON lines where it was made",
    (".pdf", ".doc", ".docx", ".odt", ".rtf", ".epub"): "save it as plain text or HTML",
    (".tar", ".tgz", ".bz2", ".xz", ".7z", ".rar"): "unpack it, or pack it as .zip or .gz",
    (".mhtml", ".mht"): "save the page as HTML",
}
"""What to do instead with files that many archives hold."""


def find_reader(name: str) -> FormatReader | None:
    """Return the format reader for a file's name, packed or not; None if there is none.

    A question mark in a name may begin the parameters of a URL, or end a headline. A name without a
    suffix says nothing of the format; files that crawlers save like that are mostly HTML.
    """
    own_name = name.rpartition("/")[2]
    if own_name and "." not in own_name:
        return read_unnamed
    plain_name = split_packing(name)[0].lower()
    for candidate in (plain_name, plain_name.partition("?")[0]):
        if candidate.endswith(PROGRAM_SUFFIXES):
            return read_unnamed
        for suffix, read in READERS.items():
            if candidate.endswith(suffix):
                return read
    return None


def is_archive(name: str) -> bool:
    """Tell whether a name is that of an archive."""
    return name.lower().endswith(ARCHIVE_SUFFIX)


def describe_kinds() -> str:
    """Return the kinds of files that are read, as a list for messages."""
    return f"{', '.join(READERS)}, also with {', '.join(PACKINGS)} or in a {ARCHIVE_SUFFIX}"


def describe_unsupported(name: str) -> str:
    """Return why a file is not read and what to do instead."""
    plain_name = split_packing(name)[0].lower()
    for suffixes, remedy in _REMEDIES.items():
        suffix = next((each for each in suffixes if plain_name.endswith(each)), "")
        if suffix:
            return f"no file of the kind {suffix} is read; {remedy}"
    return f"there are readers for {describe_kinds()}"


def read_by_content(stream: BinaryIO, origin: Origin) -> Iterator[NumberedItem]:
    """Read standard input by its first bytes: a crawl, JSON, XML, a table, else a page.

    Raises:
        SourceError: not_supported for packed bytes; or as the format reader that is chosen.
    """
    head, stream = look_ahead(to_utf_8(stream), origin.limits.line_bytes + 1)
    if head.startswith(_PACKED_MARKS):
        detail = "it is packed; unpack it on its way here, or name the file"
        raise SourceError("not_supported", detail)
    reader = read_warc if head.lstrip().startswith(WARC_MARK) else _recognize(head, origin)
    yield from (reader or read_page_file)(stream, origin)


def _read_unless(usual: FormatReader, stream: BinaryIO, origin: Origin) -> Iterator[NumberedItem]:
    """Read a file as its name says, unless its first bytes say otherwise."""
    head, stream = look_ahead(to_utf_8(stream), CHUNK_BYTES)
    yield from (_recognize(head, origin, usual) or usual)(stream, origin)


def _recognize(
    head: bytes, origin: Origin, usual: FormatReader = read_page_file
) -> FormatReader | None:
    """Return the reader for a file that begins so; None if the first bytes do not tell."""
    if head.startswith((ZIP_MARK, OLD_MARK)):
        return read_workbook
    if starts_as_json(head):
        return read_json
    if is_feed(head.lstrip()):
        return read_xml
    known = set() if usual is read_table else count_known_columns(_first_line(head), origin)
    is_sure = "body" in known or len(known) >= _COLUMNS_SURE
    is_table = len(known) >= _COLUMNS_LEAST and (usual is not read_page_file or is_sure)
    return read_table if is_table else None


def _first_line(head: bytes) -> bytes:
    return next(iter(head.lstrip().splitlines()), b"")
