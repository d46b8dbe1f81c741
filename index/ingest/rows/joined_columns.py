"""Joined columns: a value that a table has in several: paragraphs, a date in parts, a name in two.

>>> names = ("judul", "isi_1", "isi_2", "tanggal", "bulan", "tahun")
>>> groups = find_groups(names)
>>> row = dict(zip(names, ("Panen", "Garam.", "Naik.", "5", "Maret", "2024")))
>>> [join(row, group) for group in groups]
[['Garam.', 'Naik.'], '5 Maret 2024']
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from index.ingest.rows.keys import Row

_ORDINALS = "pertama kedua ketiga keempat kelima keenam ketujuh kedelapan kesembilan kesepuluh"
_NUMBERS = {word: number for number, word in enumerate(_ORDINALS.split(), 1)}
_NUMBERED = re.compile(
    rf"(?P<stem>.*?[^\d\s_-])[\s_-]*(?P<number>\d{{1,3}}|{'|'.join(_NUMBERS)})", re.DOTALL
)
"""The name of a column whose text goes on in the next one."""
_FOLLOWED = (("introtext", "fulltext"),)
"""Columns whose text goes on in another, as Joomla has it."""
_WORD = re.compile(r"[^\W\d_]+")
_YEARS, _MONTHS = frozenset({"tahun", "thn", "year"}), frozenset({"bulan", "bln", "month"})
_DAYS = frozenset({"tanggal", "tgl", "day", "hari", "date"})
_DAY = re.compile(r"\d{1,2}")
_FIRST = re.compile(r"(?P<before>.*(?<![a-z]))(?P<word>first|depan)(?P<behind>.*)", re.IGNORECASE)
_LAST = {"first": "last", "depan": "belakang"}


class Group(NamedTuple):
    """Columns that hold one value together.

    Attributes:
        key: the key of the value, "" for one of those that may be lists.
        names: the columns, in their order; of a date the year, the month, and any that hold a day.
    """

    key: str
    names: tuple[str, ...]


def find_groups(names: Sequence[str]) -> tuple[Group, ...]:
    """Return the groups of the columns of a table."""
    return (*_texts(names), *_dates(names), *_people(names))


def join(row: Row, group: Group) -> object:
    """Return the value of a group in a row; None for a date without a day."""
    if group.key == "date":
        year, month, *days = (str(row[name]).strip() for name in group.names)
        day = next(filter(_DAY.fullmatch, days), "")
        return ("-" if month.isdigit() else " ").join((day, month, year)) if day else None
    if group.key == "author":
        return " ".join(str(row[name] or "") for name in group.names).strip()
    return [row[name] for name in group.names]


def _texts(names: Sequence[str]) -> Iterator[Group]:
    by_stem: defaultdict[str, dict[int, str]] = defaultdict(dict)
    for found in filter(None, map(_NUMBERED.fullmatch, names)):
        number = found["number"]
        by_stem[found["stem"]][_NUMBERS.get(number) or int(number)] = found[0]
    by_stem.pop("column", None)  # so a column without a name is called
    for parts in by_stem.values():
        if len(parts) > 1:
            yield Group("", tuple(parts[number] for number in sorted(parts)))
    lower = {name.lower(): name for name in names}
    for parts_in_order in _FOLLOWED:
        if lower.keys() >= set(parts_in_order):
            yield Group("body", tuple(lower[name] for name in parts_in_order))


def _dates(names: Sequence[str]) -> Iterator[Group]:
    words = {name: set(_WORD.findall(name.lower())) for name in names}
    years, months, days = (
        [name for name in names if words[name] & kind] for kind in (_YEARS, _MONTHS, _DAYS)
    )
    if len(years) == len(months) == 1 and days:
        yield Group("date", (years[0], months[0], *days))


def _people(names: Sequence[str]) -> Iterator[Group]:
    for found in filter(None, map(_FIRST.fullmatch, names)):
        word = _LAST[found["word"].lower()]
        last = f"{found['before']}{word}{found['behind']}".lower()
        yield from (Group("author", (found[0], name)) for name in names if name.lower() == last)
