"""Records: the values of one row, from any kind of file, to a document.

A row has the keys of `KEYS`; `title` and `body` are required. Numbers are kept as they are written,
so `"id": 17` is the id "17".

>>> row = {"title": "Harga turun", "body": "Harga beras turun.", "date": "28/8/2024"}
>>> to_document(row, location="a.jsonl#1", limits=LIMITS).date
datetime.date(2024, 8, 28)
"""

import html
import json
import re
import textwrap
from collections.abc import Callable, Mapping

from index.document import Document
from index.errors import SourceError
from index.ingest.fields import (
    choose_doc_id,
    find_opening,
    find_outlet,
    find_section,
    identify,
    remove_outlet_ends,
    split_tags,
    trim_tag,
    trim_tags,
)
from index.ingest.io import LIMITS, Limits, NumberedItem, Origin, Trimmer
from index.ingest.rows.column_names import Named
from index.ingest.rows.json_values import SHOWN_CHARS, TOO_DEEP
from index.ingest.rows.keys import KEYS, Row
from index.ingest.rows.row_address import read_source_and_url
from index.ingest.rows.row_body import read_body
from index.ingest.rows.row_date import note_unknown_date, read_date
from index.ingest.rows.row_origins import NO_COLUMNS, list_origins
from index.ingest.rows.row_people import read_people, take_people
from index.ingest.rows.row_texts import drop_numbers, plain_lines, read_text
from index.ingest.rows.values import find_texts, is_nothing
from index.ingest.text import clean_text, join_broken_words, to_one_line

_PLURALS = {"authors": "author", "editors": "editor"}
"""Other spellings of keys."""
TITLE_CHARS = 80
"""Most characters of a text whose beginning stands in for a missing title."""


_NO_TAGS = frozenset(
    (
        "0 true yes lainnya others other anonim admin uncategorized tags: tag: topik: label: "
        "ref! value! name? div/0! n/a"
    ).split()
)
"""What a cell or a list of tags has for none, and the label before them."""
_BETWEEN_LINKS = re.compile(r"</(?:a|li|span|button)>", re.IGNORECASE)
_BETWEEN_SECTIONS = re.compile(r"[>»›]")
_BETWEEN_STEPS = re.compile(r"[>»›/|]")
_FROM_HOME = re.compile(r"(?:home|beranda)\s?[>»›/|]", re.IGNORECASE)
"""How a path of sections begins; without it, "Hukum/Kriminal" is one section."""
_UNREADABLE = "\N{REPLACEMENT CHARACTER}"
KEPT_ASIDE = "kept aside"
"""What notes say of values under unknown names, which are not searched."""


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
        raise SourceError("malformed", TOO_DEEP) from error


def _to_document(row: Row, limits: Limits, columns: Mapping[str, str]) -> Document:
    trimmer = Trimmer()
    body, cut = read_body(row)
    source, url = read_source_and_url(row, trimmer, limits)
    title = remove_outlet_ends(join_broken_words(read_text(row, "title")), source=source, url=url)
    title = title.removeprefix("# ") or _beginning(body, trimmer)
    _check_complete(title, body)
    row, body, signed = take_people(row, body)
    cut += signed
    text = "\n".join(body)
    if _UNREADABLE in text:
        trimmer.add_note("Some letters of the text fit no known encoding; each became \ufffd.")
    when, extras = read_date(row, url, text, trimmer, limits)
    if not when.date and "date" not in row:
        note_unknown_date(row, trimmer)
    authors, editors = read_people(row, source, url, trimmer, limits)
    opening = find_opening(body[0])
    document = Document(
        doc_id=choose_doc_id(read_text(row, "id"), url),
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
    document.origins.update(list_origins(row, document, columns))
    return document


def _beginning(body: list[str], trimmer: Trimmer) -> str:
    """Return the first words of the text, which stand in for a missing title, and note it."""
    if not body:
        return ""
    trimmer.add_note("There is no title; the beginning of the text stands for it.")
    return textwrap.shorten(body[0], TITLE_CHARS, placeholder=" …")


def _check_complete(title: str, body: list[str]) -> None:
    if not title:
        raise SourceError("no_title", f"the text begins: {' '.join(body)[:SHOWN_CHARS]}")
    if not body:
        raise SourceError("no_body", f"the title is: {title[:SHOWN_CHARS]}")


def _tags(row: Row, trimmer: Trimmer, limits: Limits) -> tuple[str, ...]:
    given = "\n".join(drop_numbers(find_texts(row.get("tags"))))
    texts = plain_lines(_BETWEEN_LINKS.sub("\n", html.unescape(given)).split("\n"))
    split = split_tags(texts[0]) if len(texts) == 1 else list(map(trim_tag, texts))
    tags = [tag for tag in split if not (_is_no_tag(tag) or is_nothing(tag))]
    return trim_tags(tags, trimmer, limits)


def _is_no_tag(tag: str) -> bool:
    return tag.replace(" :", ":").lower() in _NO_TAGS


def _category(row: Row) -> str:
    """Return the section; of a path such as "Home > Ekonomi" the last part."""
    text = read_text(row, "category")
    parts = (_BETWEEN_STEPS if _FROM_HOME.match(text) else _BETWEEN_SECTIONS).split(text)
    return next((part for part in reversed(parts) if part.strip()), "").strip()


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
