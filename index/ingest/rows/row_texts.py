"""Row texts: the texts of a value of a row, each a plain line without markup.

>>> read_texts({"author": ["<b>Ani Lestari</b>", " ", "Budi"]}, "author")
['Ani Lestari', 'Budi']
"""

import html
from collections.abc import Iterable

from index.ingest.rows.keys import Row
from index.ingest.rows.values import NAMES_OF_TEXTS, Number, find_texts
from index.ingest.text import clean_text, strip_markup, to_one_line

_EXACT = frozenset({"id", "url"})
"""Keys whose values are no prose: what looks like a tag in them is a part of the value."""
_WITH_NUMBERS = frozenset({"id", "date"})
"""Keys whose values may be numbers."""


def read_texts(row: Row, key: str, names: tuple[str, ...] = NAMES_OF_TEXTS) -> list[str]:
    """Return the texts of a value, each on one line. A number is an id or a date, and no name."""
    value = row.get(key)
    if not value:  # as in half of all fields
        return []
    given = find_texts(value, names)
    if key not in _WITH_NUMBERS:
        given = drop_numbers(given)
    return _filled(map(_exact_line, given)) if key in _EXACT else plain_lines(given)


def drop_numbers(texts: list[str]) -> list[str]:
    """Return the texts that are no numbers of JSON."""
    return [text for text in texts if not isinstance(text, Number)]


def plain_lines(texts: Iterable[str]) -> list[str]:
    """Return texts without markup, each on one line, and without those that say nothing."""
    return _filled(map(_plain_line, texts))


def _filled(lines: Iterable[str]) -> list[str]:
    return [line for line in lines if line]


def _plain_line(text: str) -> str:
    if text.isascii() and text.isprintable() and "<" not in text and "&" not in text:
        return to_one_line(text)  # as most values, and at half the time
    return to_one_line(clean_text(html.unescape(strip_markup(text))))


def _exact_line(text: str) -> str:
    return to_one_line(clean_text(html.unescape(text)))


def read_text(row: Row, key: str) -> str:
    """Return the first text of a value, "" for none."""
    return next(iter(read_texts(row, key)), "")
