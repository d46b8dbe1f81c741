"""Records: the values of one row, from any kind of file, to a document.

A row has the keys of `KEYS`; `title` and `body` are required. Numbers are kept as they are written,
so `"id": 17` is the id "17".

>>> row = b'{"title": "Harga turun", "body": "Harga beras turun.", "date": "28/8/2024"}'
>>> to_document(parse_record(row), location="a.jsonl#1", limits=LIMITS).date
datetime.date(2024, 8, 28)
"""

import html
import json
import textwrap
from collections.abc import Callable
from typing import cast

from index.document import Document
from index.errors import SourceError
from index.ingest.fields import (
    DateLine,
    PeopleKind,
    choose_doc_id,
    deduplicate_tags,
    find_date_line,
    find_opening,
    find_outlet,
    find_people,
    find_section,
    identify,
    read_stated_date,
    remove_outlets,
    split_tags,
)
from index.ingest.io import LIMITS, Limits, NumberedItem, Origin, Trimmer
from index.ingest.text import (
    clean_text,
    decode_text,
    join_broken_words,
    remove_boilerplate,
    split_paragraphs,
    to_one_line,
)

KEYS = {
    "id": "an id of your own; else one is made of the url, else of outlet, day, headline and text",
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

_FIELDS = {"author": "authors", "editor": "editors"}
"""The fields whose name differs from their key."""
_PLURALS = {"authors": "author", "editors": "editor"}
"""Other spellings of keys."""
_SHOWN_CHARS = 80
"""Characters of a malformed row that an error shows."""

_TOO_DEEP = "the row is nested too deeply"

Row = dict[str, object]
"""The values of a row by key, of any type."""

TITLE_CHARS = 80
"""Most characters of a text whose beginning stands in for a missing title."""


def read_row(parse: Callable[[], Row], number: int, origin: Origin) -> NumberedItem:
    """Make a document of one row, or its rejection if the row has an error.

    Args:
        parse: returns the row's values, or raises SourceError.
        number: the number of the row in its file, from 1; former ids are made of it.
        origin: the file.

    >>> row = {"title": "Harga turun", "body": "Harga beras turun."}
    >>> read_row(lambda: row, 3, Origin(path="a.csv", location="a.csv"))[1].title
    'Harga turun'
    """
    try:
        return number, to_document(parse(), f"{origin.location}#{number}", origin.limits)
    except SourceError as error:
        return origin.reject(number, error)


def parse_record(row: bytes) -> Row:
    """Parse one row of JSON, which must be an object.

    Raises:
        SourceError: malformed, or as `index.ingest.text.decoding.decode_text`.
    """
    text = decode_text(row)
    try:
        values = json.loads(
            text, strict=False, parse_constant=_refuse_constant, parse_int=str, parse_float=str
        )
    except ValueError as error:
        raise SourceError("malformed", f"no JSON: {error}") from error
    except RecursionError as error:
        raise SourceError("malformed", _TOO_DEEP) from error
    if not isinstance(values, dict):
        raise SourceError("malformed", f"no object: {to_one_line(clean_text(text[:_SHOWN_CHARS]))}")
    return cast("Row", values)


def to_document(row: Row, location: str, limits: Limits = LIMITS) -> Document:
    """Make a document of the values of a row.

    Raises:
        SourceError: malformed, no_title or no_body.
    """
    given = {_PLURALS.get(key, key): value for key, value in row.items() if value is not None}
    try:
        return identify(_to_document(given, limits), row=location)
    except RecursionError as error:
        raise SourceError("malformed", _TOO_DEEP) from error


def _refuse_constant(name: str) -> object:
    raise SourceError("malformed", f"{name} is no JSON")


def _to_document(row: Row, limits: Limits) -> Document:
    trimmer = Trimmer()
    body, cut = remove_boilerplate(split_paragraphs(_text(row, "body")), headings=True)
    title = join_broken_words(to_one_line(_text(row, "title"))) or _beginning(body, trimmer)
    _check_complete(title, body)
    url = _url(row, trimmer, limits)
    text = "\n".join(body)
    when, extras = _date(row, text, trimmer, limits)
    authors, editors = _people(row, trimmer, limits)
    opening = find_opening(body[0])
    return Document(
        doc_id=choose_doc_id(to_one_line(_text(row, "id")), url),
        title=trimmer.trim_text("title", title, limits.title_chars),
        body=text,
        place=opening.place if opening else "",
        date=when.date,
        date_source=when.date_source,
        date_doubtful=when.is_doubtful,
        authors=authors,
        editors=editors,
        tags=_tags(row, trimmer, limits),
        category=trimmer.trim_text(
            "category", to_one_line(_text(row, "category")) or find_section(url), limits.value_chars
        ),
        source=trimmer.trim_text(
            "source", to_one_line(_text(row, "source")) or find_outlet(url), limits.value_chars
        ),
        url=url,
        extras={**_extras(row, trimmer, limits), **extras},
        notes=tuple(trimmer.notes),
        origins={_FIELDS.get(key, key): f"the row's {key}" for key in row if key in KEYS},
        cut_lines=tuple(cut),
    )


def _beginning(body: list[str], trimmer: Trimmer) -> str:
    """Return the first words of the text, which stand in for a missing title, and note it."""
    if not body:
        return ""
    trimmer.add_note("There is no title; the beginning of the text stands for it.")
    return textwrap.shorten(body[0], TITLE_CHARS, placeholder=" …")


def _check_complete(title: str, body: list[str]) -> None:
    if not title:
        raise SourceError("no_title", f"the text begins: {' '.join(body)[:_SHOWN_CHARS]}")
    if not body:
        raise SourceError("no_body", f"the title is: {title[:_SHOWN_CHARS]}")


def _text(row: Row, key: str) -> str:
    value = row.get(key, "")
    if not isinstance(value, str):
        raise SourceError("malformed", f"{key} is a {type(value).__name__}, no text")
    return clean_text(html.unescape(value))


def _values(row: Row, key: str, split: Callable[[str], list[str]]) -> list[str]:
    """Return the values of a list, or the parts of a text that is split."""
    given = row.get(key)
    if given in (None, "", []):
        return []
    if not isinstance(given, list):
        return split(to_one_line(_text(row, key)))
    items = [item for item in given if item is not None]
    if not all(isinstance(item, str) for item in items):
        raise SourceError("malformed", f"{key} holds something that is no text")
    values = (to_one_line(clean_text(html.unescape(item))).strip("# ") for item in items)
    return [value for value in values if value]


def _tags(row: Row, trimmer: Trimmer, limits: Limits) -> tuple[str, ...]:
    tags = deduplicate_tags(_values(row, "tags", split_tags))
    return trimmer.trim_values("tag", tags, limits.tag_count, limits.value_chars)


def _people(row: Row, trimmer: Trimmer, limits: Limits) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the authors and the editors; a byline of authors may name editors as well."""
    author_bylines, editor_bylines = _bylines(row, "author"), _bylines(row, "editor")
    if not author_bylines and not editor_bylines:
        return (), ()
    source, url = to_one_line(_text(row, "source")), _text(row, "url")

    def people(name: str, kind: PeopleKind) -> tuple[str, ...]:
        names = [each for text in author_bylines for each in find_people(text, kind, "authors")]
        names += [each for text in editor_bylines for each in find_people(text, kind, "editors")]
        kept = remove_outlets(names, source=source, url=url)
        return trimmer.trim_values(name, kept, limits.person_count, limits.value_chars)

    return people("author", "authors"), people("editor", "editors")


def _bylines(row: Row, key: str) -> list[str]:
    return _values(row, key, lambda text: [text] if text else [])


def _url(row: Row, trimmer: Trimmer, limits: Limits) -> str:
    url = _text(row, "url").strip()
    if len(url) <= limits.url_chars:
        return url
    trimmer.add_note(f"The url has {len(url)} characters and was left out.")
    return ""


def _date(row: Row, body: str, trimmer: Trimmer, limits: Limits) -> tuple[DateLine, dict[str, str]]:
    """Return the date; a text that could not be read as one comes second, as an extra."""
    text = to_one_line(_text(row, "date"))
    stated = read_stated_date(text, limits.date_order)
    for note in stated.notes:
        trimmer.add_note(note)
    if stated.date:
        return DateLine(stated.date, "stated"), {}
    if text and not stated.notes:
        trimmer.add_note("The date could not be read.")
    return _dated_by_text(body, trimmer), {"date": text[:_SHOWN_CHARS]} if text else {}


def _dated_by_text(body: str, trimmer: Trimmer) -> DateLine:
    """Return the date line of the text, and note what is doubtful in it."""
    found = find_date_line(body) or DateLine(None, "unknown")
    for note in found.notes:
        trimmer.add_note(note)
    return found


def _extras(row: Row, trimmer: Trimmer, limits: Limits) -> dict[str, str]:
    unknown = [key for key in row if key not in KEYS]
    if len(unknown) > limits.extra_count:
        trimmer.add_note(
            f"Of {len(unknown)} unknown keys the first {limits.extra_count} were kept."
        )
    extras: dict[str, str] = {}
    for key in unknown[: limits.extra_count]:
        value = row[key]
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        name = trimmer.trim_text(
            "name of an unknown key", to_one_line(clean_text(key)), limits.value_chars
        )
        extras[name] = trimmer.trim_text(name, to_one_line(clean_text(text)), limits.extra_chars)
    return extras
