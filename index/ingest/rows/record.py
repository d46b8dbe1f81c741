"""Records: the values of one row, from any kind of file, to a document.

A row has the keys of `KEYS`; `title` and `body` are required. Numbers are kept as they are written,
so `"id": 17` is the id "17".

>>> row = b'{"title": "Harga turun", "body": "Harga beras turun.", "date": "28/8/2024"}'
>>> to_document(parse_record(row), location="a.jsonl#1", limits=LIMITS).date
datetime.date(2024, 8, 28)
"""

import html
import json
import re
import textwrap
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import cast

from index.document import CutLine, Document
from index.errors import SourceError
from index.ingest.fields import (
    DateLine,
    PeopleKind,
    choose_doc_id,
    deduplicate_tags,
    find_address_date,
    find_behind_names,
    find_date_line,
    find_opening,
    find_outlet,
    find_people,
    find_section,
    find_stated_date,
    identify,
    is_newsroom,
    normalize_url,
    remove_false_names,
    remove_outlet_ends,
    remove_outlets,
    split_tags,
    take_bylines,
    trim_tag,
)
from index.ingest.io import LIMITS, Limits, NumberedItem, Origin, Trimmer
from index.ingest.rows.column_names import Named
from index.ingest.rows.keys import KEYS, Row
from index.ingest.rows.name_words import is_foreign
from index.ingest.rows.values import (
    NAMES_OF_ADDRESSES,
    NAMES_OF_TEXTS,
    Number,
    find_texts,
    is_nothing,
)
from index.ingest.text import (
    clean_text,
    decode_text,
    drop_commas,
    join_broken_words,
    may_hold_links,
    remove_boilerplate,
    remove_inline_links,
    split_glued,
    split_paragraphs,
    strip_markup,
    to_one_line,
)

_FIELDS = {"author": "authors", "editor": "editors"}
"""The fields whose name differs from their key."""
_PLURALS = {"authors": "author", "editors": "editor"}
"""Other spellings of keys."""
_SHOWN_CHARS = 80
"""Characters of a malformed row that an error shows."""

_TOO_DEEP = "the row is nested too deeply"

TITLE_CHARS = 80
"""Most characters of a text whose beginning stands in for a missing title."""


_ADDRESSED = frozenset({"category", "source", "date", "url"})
"""Keys whose field another value may give."""
_BETWEEN_LINKS = re.compile(r"</(?:a|li|span|button)>", re.IGNORECASE)
_BETWEEN_SECTIONS = re.compile(r"[>»›]")
_PRINTED_BREAK = re.compile(r"(?:\\r)?\\n")
"""A line break as programs print it: a backslash and a letter."""
_OPENING_ALONE = re.compile(r"[^.!?]{2,60} ?[-–—]{1,2}")
"""The place and the outlet that open a text, with nothing behind them."""
_UNREADABLE = "\N{REPLACEMENT CHARACTER}"
KEPT_ASIDE = "kept aside"
"""What notes say of values under unknown names, which are not searched."""
UNKNOWN_DATE = "No column is known as the date among"
"""How the note begins that tells of columns without a known name."""
NO_COLUMNS: Mapping[str, str] = MappingProxyType({})
"""The values of a row stand under the names of their keys."""


def read_row(parse: Callable[[], Named], number: int, origin: Origin) -> NumberedItem:
    """Make a document of one row, or its rejection if the row has an error.

    Args:
        parse: returns the row's values, or raises SourceError.
        number: the number of the row in its file, from 1; former ids are made of it.
        origin: the file.

    >>> row = Named({"title": "Harga turun", "body": "Harga beras turun."}, {})
    >>> read_row(lambda: row, 3, Origin(path="a.csv", location="a.csv"))[1].title
    'Harga turun'
    """
    try:
        row = parse()
        location = f"{origin.location}#{number}"
        return number, to_document(row.values, location, origin.limits, row.columns)
    except SourceError as error:
        return origin.reject(number, error)


def parse_record(row: bytes) -> Row:
    """Parse one row of JSON, which must be an object. NaN and the like are no values.

    Raises:
        SourceError: malformed, or as `index.ingest.text.decoding.decode_text`.
    """
    text = decode_text(row)
    values = parse_json(text)
    if not isinstance(values, dict):
        raise SourceError("malformed", f"no object: {to_one_line(clean_text(text[:_SHOWN_CHARS]))}")
    return cast("Row", values)


def parse_json(text: str) -> object:
    """Parse JSON, with numbers as they are written.

    Raises:
        SourceError: malformed.
    """
    try:
        return json.loads(
            text, strict=False, parse_constant=lambda _: None, parse_int=Number, parse_float=Number
        )
    except ValueError as error:
        raise SourceError("malformed", f"no JSON: {error}") from error
    except RecursionError as error:
        raise SourceError("malformed", _TOO_DEEP) from error


def to_document(
    row: Row, location: str, limits: Limits = LIMITS, columns: Mapping[str, str] = NO_COLUMNS
) -> Document:
    """Make a document of the values of a row.

    Args:
        row: the values by key.
        location: the path of the file below the folder that was named, and the row's number.
        limits: the most that is read of anything.
        columns: the file's own names for keys, where they differ.

    Raises:
        SourceError: malformed, no_title or no_body.
    """
    given = {_PLURALS.get(key, key): value for key, value in row.items() if value is not None}
    try:
        return identify(_to_document(given, limits, columns), row=location)
    except RecursionError as error:
        raise SourceError("malformed", _TOO_DEEP) from error


def _to_document(row: Row, limits: Limits, columns: Mapping[str, str]) -> Document:
    trimmer = Trimmer()
    body, cut = _body(row)
    source, url = _text(row, "source"), _url(row, trimmer, limits)
    if _is_address(source):
        source, url = "", url or source
    title = remove_outlet_ends(join_broken_words(_text(row, "title")), source=source, url=url)
    title = title or _beginning(body, trimmer)
    _check_complete(title, body)
    if not _texts(row, "author"):
        signed = take_bylines(body)
        if signed.cut and signed.lines:
            row = row | {"author": signed.authors}
            row = {"editor": signed.editors} | row
            body, cut = signed.lines, [*cut, *signed.cut]
    text = "\n".join(body)
    if _UNREADABLE in text:
        trimmer.add_note("Some letters of the text fit no known encoding; each became \ufffd.")
    when, extras = _date(row, url, text, trimmer, limits)
    if not when.date and "date" not in row:
        _note_unknown_date(row, trimmer)
    authors, editors = _people(row, source, url, trimmer, limits)
    opening = find_opening(body[0])
    document = Document(
        doc_id=choose_doc_id(_text(row, "id"), url),
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
            "category", _category(row) or find_section(url), limits.value_chars
        ),
        source=trimmer.trim_text("source", source or find_outlet(url), limits.value_chars),
        url=url,
        extras={**_extras(row, trimmer, limits), **extras},
        notes=tuple(trimmer.notes),
        cut_lines=tuple(cut),
    )
    document.origins.update(_origins(row, document, columns))
    return document


def _body(row: Row) -> tuple[list[str], list[CutLine]]:
    """Return the lines of the text, and what was cut from it."""
    texts = (text for text in find_texts(row.get("body")) if not isinstance(text, Number))
    given = "\n".join(texts)
    if "\\n" in given and "\n" not in given:
        given = _PRINTED_BREAK.sub("\n", given)
    lines = drop_commas(split_paragraphs(clean_text(html.unescape(strip_markup(given)))))
    cut: list[CutLine] = []
    if may_hold_links(given):
        found = [remove_inline_links(part) for line in lines for part in split_glued(line)]
        lines = [line for line, _ in found if line]
        cut = [each for _, links in found for each in links]
    body, boilerplate = remove_boilerplate(lines, headings=True)
    if len(body) == 1 and _OPENING_ALONE.fullmatch(body[0]):
        body = []
    return body, [*cut, *boilerplate]


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


def _texts(row: Row, key: str, names: tuple[str, ...] = NAMES_OF_TEXTS) -> list[str]:
    """Return the texts of a value, each on one line. A number is an id or a date, and no name."""
    value = row.get(key)
    if not value:  # as in half of all fields
        return []
    given = find_texts(value, names)
    if key not in {"id", "date"}:
        given = (text for text in given if not isinstance(text, Number))
    return _plain_lines(given)


def _plain_lines(texts: Iterable[str]) -> list[str]:
    """Return texts without markup, each on one line, and without those that say nothing."""
    lines = (to_one_line(clean_text(html.unescape(strip_markup(text)))) for text in texts)
    return [line for line in lines if line]


def _text(row: Row, key: str) -> str:
    """Return the first text of a value, "" for none."""
    return next(iter(_texts(row, key)), "")


def _tags(row: Row, trimmer: Trimmer, limits: Limits) -> tuple[str, ...]:
    given = [text for text in find_texts(row.get("tags")) if not isinstance(text, Number)]
    parted = (_BETWEEN_LINKS.sub("\n", html.unescape(text)).split("\n") for text in given)
    texts = _plain_lines(text for lines in parted for text in lines)
    tags = split_tags(texts[0]) if len(texts) == 1 else list(map(trim_tag, texts))
    return trimmer.trim_values("tag", deduplicate_tags(tags), limits.tag_count, limits.value_chars)


def _category(row: Row) -> str:
    """Return the section; of a path such as "Home > Ekonomi" the last part."""
    parts = _BETWEEN_SECTIONS.split(_text(row, "category"))
    return next((part for part in reversed(parts) if part.strip()), "").strip()


def _people(
    row: Row, source: str, url: str, trimmer: Trimmer, limits: Limits
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the authors and the editors; a byline of authors may name editors as well."""
    author_bylines, editor_bylines = _texts(row, "author"), _texts(row, "editor")
    if not author_bylines and not editor_bylines:
        return (), ()
    author_bylines = remove_false_names(author_bylines)
    for text in (*author_bylines, *editor_bylines):
        for behind in remove_outlets(find_behind_names(text), source=source, url=url):
            trimmer.add_note(f"A name has ({behind}) behind it, which was left out.")

    def people(name: str, kind: PeopleKind) -> tuple[str, ...]:
        names = [each for text in author_bylines for each in find_people(text, kind, "authors")]
        names += [each for text in editor_bylines for each in find_people(text, kind, "editors")]
        kept = remove_outlets(remove_false_names(names), source=source, url=url)
        if len(remove_false_names(names)) < len(names):  # so is the desk a piece of the page
            kept = [each for each in kept if not is_newsroom(each)] or kept
        return trimmer.trim_values(name, kept, limits.person_count, limits.value_chars)

    return people("author", "authors"), people("editor", "editors")


def _url(row: Row, trimmer: Trimmer, limits: Limits) -> str:
    texts = _texts(row, "url", NAMES_OF_ADDRESSES)
    url = next(filter(_is_address, texts), next(iter(texts), "")).strip()
    if len(url) <= limits.url_chars:
        return url
    trimmer.add_note(f"The url has {len(url)} characters and was left out.")
    return ""


def _is_address(text: str) -> bool:
    """Tell whether a text is the address of a page below a front page."""
    return text.startswith(("http://", "https://")) and normalize_url(text) != ""


def _date(
    row: Row, url: str, body: str, trimmer: Trimmer, limits: Limits
) -> tuple[DateLine, dict[str, str]]:
    """Return the date; a text that could not be read as one comes second, as an extra."""
    texts = _texts(row, "date")
    found = [find_stated_date(text, limits.date_order, changes=True) for text in texts]
    stated = next((each for each in found if each.date), next(iter(found), None))
    for note in stated.notes if stated else ():
        trimmer.add_note(note)
    if stated and stated.date:
        return DateLine(stated.date, "stated"), {}
    if stated and not stated.notes:
        trimmer.add_note("The date could not be read.")
    unread = {"date": texts[0][:_SHOWN_CHARS]} if texts else {}
    addressed = find_address_date(url)
    if addressed:
        return DateLine(addressed, "stated"), unread
    return _dated_by_text(body, trimmer), unread


def _note_unknown_date(row: Row, trimmer: Trimmer) -> None:
    """Note the columns of an undated row that may hold the date under a name that nobody knows."""
    unknown = [name for name in row if name not in KEYS and not is_foreign(name)]
    if unknown:
        shown = ", ".join(to_one_line(clean_text(name))[:40] for name in unknown[:10])
        trimmer.add_note(f"{UNKNOWN_DATE} {shown}; if one is: --map COLUMN=date.")


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
            f"Of {len(unknown)} values {KEPT_ASIDE} the first {limits.extra_count} were kept."
        )
    extras: dict[str, str] = {}
    for key in unknown[: limits.extra_count]:
        value = row[key]
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        name = to_one_line(clean_text(key))[: limits.value_chars]
        shown = f"value {KEPT_ASIDE} as {name}"
        extras[name] = trimmer.trim_text(shown, to_one_line(clean_text(text)), limits.extra_chars)
    return extras


def _origins(row: Row, document: Document, columns: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """Yield for each field with a value the part of the row that gave it."""
    for key in KEYS:
        field = _FIELDS.get(key, key)
        if field != "id" and getattr(document, field):
            has_own = key in row and not (key in _ADDRESSED and is_nothing(row[key]))
            yield field, f"the row's {columns.get(key, key)}" if has_own else "the address"
    if document.date and document.date_source != "stated":
        yield "date", "the text"
    elif document.date and "date" in document.extras:
        yield "date", "the address"
    if document.place:
        yield "place", "the text"
