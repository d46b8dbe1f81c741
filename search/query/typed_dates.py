"""Dates in a query: the longest one that begins behind the name of the field of dates.

Dates have blanks in them (1 April 2024), so they are found before the rest is taken apart.

>>> find_date("beras tanggal:1 April 2024 jagung", 14)
('1 April 2024', 26)
>>> find_date("tanggal:[2024-04 TO *] jagung", 8)
('2024-04..', 22)
>>> find_date("tanggal:entah", 8)
('', 8)
"""

import datetime as dt
import re

from search.query.date_ranges import parse_date_range

DATE_WORDS_MOST = 9
"""Words of the longest date: from Senin, 1 April 2024 to Selasa, 2 April 2024."""

_SOME_DAY = dt.date(2024, 1, 1)
"""Whether a text is a date does not depend on the day from which it counts."""

_INSIDE = r"[^\s()\"\u201c\u201d\u201e\u00ab\u00bb]"
_WORDS = re.compile(rf"\s*({_INSIDE}+(?:\s+{_INSIDE}+){{0,{DATE_WORDS_MOST - 1}}})")
_GROUP = re.compile(r"\s*\((?P<days>[^()]+)\)")
_BRACKETS = re.compile(rf"\s*[\[{{](?P<low>{_INSIDE}+) TO (?P<high>{_INSIDE}+?)[\]}}]")
"""A range as Lucene writes it."""


def find_date(text: str, position: int) -> tuple[str, int]:
    """Return the date at a place of a cleaned text, and its end; or no text, and the place."""
    if found := _BRACKETS.match(text, position):
        days = f"{found['low']}..{found['high']}".replace("*", "")
        if parse_date_range(days, _SOME_DAY):
            return days, found.end()
    found = _GROUP.match(text, position)
    if found and parse_date_range(found["days"], _SOME_DAY):
        return found["days"], found.end()
    found = _WORDS.match(text, position)
    words = found[1].split() if found else []
    for count in range(len(words), 0, -1):
        days = " ".join(words[:count])
        if found and parse_date_range(days, _SOME_DAY):
            return days, found.start(1) + len(days)
    return "", position
