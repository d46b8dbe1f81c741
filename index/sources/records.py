"""Rows of JSON, one article a line -> Document or Rejection, row by row.

A row is an object with the keys of `KEYS`; `title` and `body` are required. A bad row is refused
alone. Numbers are read as they are written, so `"id": 17` is the id "17".

>>> row = b'{"title": "Harga turun", "body": "Harga beras turun.", "date": "28/8/2024"}'
>>> read_record(row, location="a.jsonl#1").date
datetime.date(2024, 8, 28)
"""

import datetime as dt
import gzip
import html
import json
import textwrap
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO, cast

from index.document import Document, Rejection
from index.errors import SourceError
from index.sources.bylines import split_people, split_tags
from index.sources.datelines import find_opening
from index.sources.dates import parse_date
from index.sources.identity import choose_doc_id
from index.sources.limits import LIMITS, Cuts, Limits
from index.sources.text import clean_text, decode_text, one_line, paragraphs

KEYS = {
    "id": "an id of your own; else one is made of the url, else of file and row",
    "title": "the headline; required",
    "body": "the article's text, paragraphs on lines of their own; required",
    "date": "the day it appeared: 2024-08-28, 28/8/2024, 28 Agustus 2024, with or without a clock",
    "author": "people: a list, or a text with commas between them; also authors",
    "editor": "the same for editors; also editors",
    "tags": "tags: a list, or a text with commas between them",
    "category": "the section",
    "source": "the outlet",
    "url": "the article's address",
}
"""The keys that a row may have; others are kept as extras."""

_PLURALS = {"authors": "author", "editors": "editor"}
_SHOWN_CHARS = 80
"""How much of a faulty row an error shows."""

_Row = dict[str, object]

NumberedItem = tuple[int, Document | Rejection]
"""A row's number within its file, from 1 (0 for the whole file), and what became of it."""
TITLE_CHARS = 80
"""Longest beginning of a text that stands for a title that is missing."""


def read_records(
    stream: BinaryIO, *, path: str, location: str, unpacked_most: int, limits: Limits = LIMITS
) -> Iterator[NumberedItem]:
    """Read a file of rows, one after the other, in bounded memory.

    Args:
        stream: the file, unpacked as it is read.
        path: the file as it was found, for rejections.
        location: its path below the folder named, for ids.
        unpacked_most: bytes that the stream may give in all; then the rest of the file is refused.
        limits: what is refused or cut.
    """
    number = row_count = 0
    try:
        for number, line in _numbered_lines(stream, limits.line_bytes, unpacked_most):
            if line is None or line.strip():
                row_count += 1
                yield number, _read_line(line, path, f"{location}#{number}", number, limits)
    except SourceError as error:
        yield number, Rejection(path, number, error.reason, error.detail)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        detail = f"the packed file is damaged after row {number}: {error}"
        yield number, Rejection(path, number, "malformed", detail)
    else:
        if row_count == 0:
            yield 0, Rejection(path, 0, "empty", "the file has no row")


def read_record(row: bytes, *, location: str, limits: Limits = LIMITS) -> Document:
    """Read one row; `location` is its file and number, from which an id is made if it has none.

    Raises:
        SourceError: malformed, no_title, no_body, or as `index.sources.text.decode_text`.
    """
    try:
        return _to_document(_parse_row(row), location, limits)
    except RecursionError as error:
        raise SourceError("malformed", "the row is nested too deeply") from error


def _numbered_lines(
    stream: BinaryIO, line_bytes: int, unpacked_most: int
) -> Iterator[tuple[int, bytes | None]]:
    """Yield each line with its number from 1, None in place of one that is too long."""
    number = unpacked = 0
    while line := stream.readline(line_bytes + 1):
        number += 1
        unpacked += len(line)
        is_too_long = len(line) > line_bytes and not line.endswith(b"\n")
        while is_too_long and line and not line.endswith(b"\n"):
            _check_unpacked(unpacked, unpacked_most)
            line = stream.readline(line_bytes)
            unpacked += len(line)
        _check_unpacked(unpacked, unpacked_most)
        yield number, None if is_too_long else line


def _check_unpacked(unpacked: int, unpacked_most: int) -> None:
    if unpacked > unpacked_most:
        detail = f"the file unpacks to more than {unpacked_most} bytes; what follows was not read"
        raise SourceError("too_large", detail)


def _read_line(
    line: bytes | None, path: str, location: str, number: int, limits: Limits
) -> Document | Rejection:
    if line is None:
        detail = f"the row has more than {limits.line_bytes} bytes"
        return Rejection(path, number, "too_large", detail)
    try:
        return read_record(line, location=location, limits=limits)
    except SourceError as error:
        return Rejection(path, number, error.reason, error.detail)


def _parse_row(row: bytes) -> _Row:
    text = decode_text(row)
    try:
        values = json.loads(
            text, strict=False, parse_constant=_refuse_constant, parse_int=str, parse_float=str
        )
    except ValueError as error:
        raise SourceError("malformed", f"no JSON: {error}") from error
    if not isinstance(values, dict):
        raise SourceError("malformed", f"no object: {one_line(clean_text(text[:_SHOWN_CHARS]))}")
    given = cast("dict[str, object]", values)
    return {_PLURALS.get(key, key): value for key, value in given.items() if value is not None}


def _refuse_constant(name: str) -> object:
    raise SourceError("malformed", f"{name} is no JSON")


def _to_document(row: _Row, location: str, limits: Limits) -> Document:
    cuts = Cuts()
    body = paragraphs(_text(row, "body"))
    title = one_line(_text(row, "title")) or _beginning(body, cuts)
    _check_complete(title, body)
    url = _url(row, cuts, limits)
    date, extras = _date(row, cuts)
    opening = find_opening(body[0])
    return Document(
        doc_id=choose_doc_id(one_line(_text(row, "id")), url, location),
        title=cuts.text("title", title, limits.title_chars),
        body="\n".join(body),
        place=opening.place if opening else "",
        date=date,
        date_source="stated" if date else "unknown",
        authors=_people(row, "author", cuts, limits),
        editors=_people(row, "editor", cuts, limits),
        tags=cuts.values(
            "tag", _values(row, "tags", split_tags), limits.tag_count, limits.value_chars
        ),
        category=cuts.text("category", one_line(_text(row, "category")), limits.value_chars),
        source=cuts.text("source", one_line(_text(row, "source")), limits.value_chars),
        url=url,
        extras={**_extras(row, cuts, limits), **extras},
        notes=tuple(cuts.notes),
    )


def _beginning(body: list[str], cuts: Cuts) -> str:
    """Return the text's first words, to stand for a title that is missing."""
    if not body:
        return ""
    cuts.note("There is no title; the beginning of the text stands for it.")
    return textwrap.shorten(body[0], TITLE_CHARS, placeholder=" …")


def _check_complete(title: str, body: list[str]) -> None:
    if not title:
        raise SourceError("no_title", f"the text begins: {' '.join(body)[:_SHOWN_CHARS]}")
    if not body:
        raise SourceError("no_body", f"the title is: {title[:_SHOWN_CHARS]}")


def _text(row: _Row, key: str) -> str:
    value = row.get(key, "")
    if not isinstance(value, str):
        raise SourceError("malformed", f"{key} is a {type(value).__name__}, no text")
    return clean_text(html.unescape(value))


def _values(row: _Row, key: str, split: Callable[[str], list[str]]) -> list[str]:
    """Return the values of a list, or of a text that is split."""
    given = row.get(key, "")
    if not isinstance(given, list):
        return split(one_line(_text(row, key)))
    items = [item for item in given if item is not None]
    if not all(isinstance(item, str) for item in items):
        raise SourceError("malformed", f"{key} holds something that is no text")
    values = (one_line(clean_text(html.unescape(item))).strip("# ") for item in items)
    return [value for value in values if value]


def _people(row: _Row, key: str, cuts: Cuts, limits: Limits) -> tuple[str, ...]:
    names = _values(row, key, split_people)
    return cuts.values(key, names, limits.person_count, limits.value_chars)


def _url(row: _Row, cuts: Cuts, limits: Limits) -> str:
    url = _text(row, "url").strip()
    if len(url) <= limits.url_chars:
        return url
    cuts.note(f"The url has {len(url)} characters and was left out.")
    return ""


def _date(row: _Row, cuts: Cuts) -> tuple[dt.date | None, dict[str, str]]:
    """Return the day, and the text of a date that could not be read, as an extra."""
    text = one_line(_text(row, "date"))
    date = parse_date(text)
    if date or not text:
        return date, {}
    cuts.note("The date could not be read.")
    return None, {"date": text[:_SHOWN_CHARS]}


def _extras(row: _Row, cuts: Cuts, limits: Limits) -> dict[str, str]:
    unknown = [key for key in row if key not in KEYS]
    if len(unknown) > limits.extra_count:
        cuts.note(f"Of {len(unknown)} unknown keys the first {limits.extra_count} were kept.")
    extras: dict[str, str] = {}
    for key in unknown[: limits.extra_count]:
        value = row[key]
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        name = cuts.text("name of an unknown key", one_line(clean_text(key)), limits.value_chars)
        extras[name] = cuts.text(name, one_line(clean_text(text)), limits.extra_chars)
    return extras
