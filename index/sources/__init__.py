"""From files of articles to documents.

`read_paths` reads what crawlers and newsrooms leave behind: saved pages as plain text or HTML, and
rows of JSON. Every article becomes a `Document` or a `Rejection` with its reason; none is lost in
silence.

    for item in read_paths([Path("samples")]):
        ...

- `files` finds the files and knows which can be read; `text` decodes and cleans what they hold.
- `page_text` reads saved pages, with `page_parts` (labels and lists) and `datelines` (credit,
  place).
- `page_html` reads saved pages of HTML, parsed within bounds by `html_tree`: `html_page` indexes a
  page (and `json_ld` what it says to search engines), `html_places` is the table of where outlets
  keep their fields, `html_fields` and `html_body` read them.
- `records` reads rows; `bylines` and `dates` serve both; `identity` gives every document its id.
- `limits` bounds all of it.
"""

import gzip
import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, cast

from index.document import Document, Rejection
from index.errors import SourceError
from index.sources.files import (
    FORMATS,
    CountedFile,
    SourceFile,
    check_paths,
    find_files,
    shown,
)
from index.sources.html_tree import decode_html, is_html
from index.sources.identity import choose_doc_id
from index.sources.limits import LIMITS, Limits
from index.sources.page_html import read_page_html
from index.sources.page_text import read_page_text
from index.sources.records import NumberedItem, read_records
from index.sources.text import decode_text

__all__ = ["LIMITS", "Limits", "read_paths", "total_bytes"]


def _ignore(_count: int) -> None:
    """Take no notice of progress."""


def read_paths(
    paths: Sequence[Path], on_bytes: Callable[[int], None] = _ignore, limits: Limits = LIMITS
) -> Iterator[Document | Rejection]:
    """Read files and folders of articles, in an order that never changes.

    Args:
        paths: files, and folders that are walked to their depths.
        on_bytes: told how many bytes were read from disk (packed ones where a file is packed); in
            all it is told `total_bytes(paths)`.
        limits: what is refused or cut.

    Returns:
        An iterator of documents, each id once, and rejections; it reads as it goes.

    Raises:
        PathError: at once, when a path does not exist.
    """
    check_paths(paths)
    return _read_each(paths, on_bytes, limits)


def total_bytes(paths: Sequence[Path]) -> int:
    """Return the bytes on disk of the files that `read_paths` will read.

    Raises:
        PathError: when a path does not exist.
    """
    check_paths(paths)
    found = find_files(paths)
    return sum(file.size for file in found if isinstance(file, SourceFile) and file.format)


def _read_each(
    paths: Sequence[Path], on_bytes: Callable[[int], None], limits: Limits
) -> Iterator[Document | Rejection]:
    first_path_by_id: dict[str, str] = {}
    for file in find_files(paths):
        if isinstance(file, Rejection):
            yield file
            continue
        path = shown(file.path)
        for line, item in _read_file(file, on_bytes, limits):
            if isinstance(item, Rejection):
                yield item
            elif item.doc_id in first_path_by_id:
                yield _duplicate(item, path, line, first_path_by_id[item.doc_id])
            else:
                first_path_by_id[item.doc_id] = f"{path}:{line}" if line else path
                yield item


def _duplicate(document: Document, path: str, line: int, first_path: str) -> Rejection:
    # Without an id or a URL, an id comes from the path below the folder given, so that an archive
    # can be moved.
    remedy = "where two folders hold files of the same name, name the folder above both"
    detail = f"the id {document.doc_id} was already read from {first_path}; {remedy}"
    return Rejection(path, line, "duplicate", detail)


def _read_file(
    file: SourceFile, on_bytes: Callable[[int], None], limits: Limits
) -> Iterator[NumberedItem]:
    path = shown(file.path)
    if file.format is None:
        yield 0, _not_supported(path)
        return
    told = 0
    try:
        with CountedFile(file.path, on_bytes) as raw:
            yield from _read_stream(cast("BinaryIO", io.BufferedReader(raw)), file, limits)
            told = raw.told
    except OSError as error:
        yield 0, Rejection(path, 0, "unreadable", error.strerror or str(error))
    on_bytes(max(0, file.size - told))  # what was refused unread is done with, too


def _read_stream(stream: BinaryIO, file: SourceFile, limits: Limits) -> Iterator[NumberedItem]:
    if file.format is None or file.format.holds != "rows":
        yield 0, _read_page(stream, file, limits)
        return
    yield from read_records(
        cast("BinaryIO", gzip.GzipFile(fileobj=stream)) if file.format.packed else stream,
        path=shown(file.path),
        location=file.location,
        unpacked_most=limits.expansion_free_bytes + limits.expansion_factor * file.size,
        limits=limits,
    )


def _read_page(stream: BinaryIO, file: SourceFile, limits: Limits) -> Document | Rejection:
    data = stream.read(limits.file_bytes + 1)
    path = shown(file.path)
    if len(data) > limits.file_bytes:
        detail = f"the page has more than {limits.file_bytes} bytes"
        return Rejection(path, 0, "too_large", detail)
    try:
        return _read_kind(data, file, limits) or _not_supported(path)
    except SourceError as error:
        return Rejection(path, 0, error.reason, error.detail)


def _read_kind(data: bytes, file: SourceFile, limits: Limits) -> Document | None:
    """Read a page as what it is: HTML is known by how it begins, whatever its name promises."""
    holds = file.format.holds if file.format else "anything"
    text = decode_html(data)
    if holds == "html" or is_html(text):
        return read_page_html(text, location=file.location, limits=limits)
    if holds == "anything":
        return None
    doc_id = choose_doc_id("", "", file.location)
    return read_page_text(decode_text(data), doc_id=doc_id, limits=limits)


def _not_supported(path: str) -> Rejection:
    known = ", ".join(row.suffix for row in FORMATS)
    return Rejection(path, 0, "not_supported", f"there are readers for {known}")
