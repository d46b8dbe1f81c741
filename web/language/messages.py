"""The messages: every text a reader sees in both languages, read from files that translators edit.

`messages.toml` has a table for each key. A text may hold {placeholders}, which `message` fills.
Keys that belong to a code are made of it, so that no second table is needed: notice_CODE (of a
`Notice`), alternative_KIND, facet_NAME, missing_NAME, sort_NAME, date_source_SOURCE,
corrected_FIELD, refused_REASON. Errors have a
file of their own (see `web.language.problems`), and so has the help page.

>>> message("id", "filters_count", count=2)
'Saring (2)'
>>> message("en", "chip_from", day=dt.date(2024, 8, 28))
'from 28 August 2024'
"""

import datetime as dt
from functools import cache
from typing import TypeVar

import msgspec

from index.errors import PackageError
from index.installed import read_packaged
from web.language.formatting import format_day, format_number, format_seconds

EXAMPLE_QUERIES = ('"harga beras"', "gempa ATAU banjir", "judul:beras -ekspor")
"""Example searches on the front page: a phrase, an OR, a field with an exclusion."""

TEXT_MOST = 200
"""Characters of a reader's own text that a message repeats."""

Texts = TypeVar("Texts")
"""What a file of texts is read as."""


class TextRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table in a file of texts: an unknown key is refused, and so is a missing one."""


class Wording(TextRow, frozen=True, rename={"indonesian": "id", "english": "en"}):
    """A text in both languages, with the same placeholders."""

    indonesian: str
    english: str

    def fill(self, lang: str, **values: object) -> str:
        """Return the text in `lang` (Indonesian unless it is "en"), its placeholders filled.

        Args:
            lang: "id" or "en".
            **values: what the placeholders stand for. Whole numbers and days are written as the
                language writes them, `milliseconds` as a time. A text is cut at `TEXT_MOST`, but
                for `known`, which is a list of our own.

        Raises:
            KeyError: for a placeholder without a value, a mistake of the program.
        """
        template = self.english if lang == "en" else self.indonesian
        if values:  # a page has more than a hundred messages, and most of them have none
            values = {name: _written(lang, name, value) for name, value in values.items()}
        return template.format_map(values)


def message(lang: str, key: str, **values: object) -> str:
    """Return the message of a key, its placeholders filled as by `Wording.fill`.

    Raises:
        KeyError: for a key that does not exist, a mistake of the program.
    """
    return load_messages()[key].fill(lang, **values)


@cache
def load_messages() -> dict[str, Wording]:
    """Return every message by its key."""
    return read_texts("messages.toml", dict[str, Wording])


def read_texts(name: str, kind: type[Texts]) -> Texts:
    """Return a TOML file of this package as a type that is made of `TextRow`.

    Raises:
        PackageError: for a file that cannot be read, is no TOML, or lacks a language.
    """
    text = read_packaged("web.language", name)
    try:
        return msgspec.toml.decode(text, type=kind)
    except msgspec.DecodeError as error:
        raise PackageError(f"{name} of the package web.language: {error}") from error


def _written(lang: str, name: str, value: object) -> str:
    if name == "milliseconds" and isinstance(value, int | float):
        return format_seconds(lang, value)
    if isinstance(value, int):
        return format_number(lang, value)
    if isinstance(value, dt.date):
        return format_day(lang, value)
    text = str(value)
    is_ours = name == "known"
    return text if is_ours or len(text) <= TEXT_MOST else f"{text[:TEXT_MOST]}…"
