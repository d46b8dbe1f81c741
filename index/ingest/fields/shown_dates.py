"""Find the date that a text shows: in a byline, beside a headline, in a cell of a table.

Where `dates` reads a text that is a date and nothing else, here the date may stand among other
words, as outlets show it: their name before it, a label, a clock, the date of a change behind it.

>>> find_date("Kabar Pagi - Senin, 9 Februari 2026 | 21:04 WIB, diperbarui 10 Februari 2026")
datetime.date(2026, 2, 9)
"""

import datetime as dt
import re
from collections.abc import Iterable

from index.ingest.fields.dates import StatedDate, find_doubt, make_date, read_stated_date
from index.ingest.io import DateOrder

_CHANGED = re.compile(r"\b(?:diperbarui|diperbaharui|update[ds]?|modified|diubah)\b", re.IGNORECASE)
_CLOCK = (
    r"(?:(?:T|[^\w\n]{1,4}(?:at |pukul |jam )?)(\d\d?[:.]\d\d(?:[:.]\d\d)?(?:\.\d{1,9})?)"
    r"\s?(wib|wita|wit|z|[+-]\d\d:?\d\d)?)?"
)
_WRITTEN = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(\d{{4}}[-/]\d\d?[-/]\d\d?){_CLOCK}",
        rf"\b(\d\d?(?:[ -][a-z]{{3,9}}\.?[ -]|/\d\d?/|-\d\d?-)\d{{4}})\b{_CLOCK}",
    )
)
_IN_ADDRESS = re.compile(
    r"/(\d{4})[/-](\d\d?)[/-](\d\d?)(?=[/-])|/((?:19|20)\d\d)([01]\d)([0-3]\d)(?:\d{4}|\d{6})?(?=[/-])"
)
_MONTH_FIRST = re.compile(r"\b([a-z]{3,9})\.? (\d\d?), ?(\d{4})\b", re.IGNORECASE)


def find_date(text: str) -> dt.date | None:
    """Return the first date in a text, unless it is that of a change; None without one."""
    return find_stated_date(text).date


def find_stated_date(
    text: str, order: DateOrder | None = None, *, changes: bool = False
) -> StatedDate:
    """Return the first date in a text, with its notes, unless it is that of a change.

    Args:
        text: the text around the date.
        order: what comes first in a date of numbers alone; None when that is not known.
        changes: whether the date of a change counts where no other stands before it, as in a field
            that holds nothing but the date.
    """
    before, *behind = _CHANGED.split(text, maxsplit=1)
    text = (behind[0] if changes and behind and not before.strip() else before).strip()[:300]
    whole = read_stated_date(text, order)
    if whole.date:
        return whole
    text = _MONTH_FIRST.sub(r"\2 \1 \3", text)
    texts = (
        " ".join(part for part in match.groups() if part)
        for pattern in _WRITTEN
        for match in pattern.finditer(text)
    )
    return first_dated([whole, *(read_stated_date(text, order) for text in texts)])


def find_address_date(url: str) -> dt.date | None:
    """Return the day that an article's address names; None without one.

    >>> find_address_date("https://pagi.example/read/2021/10/15/22181238/harga-garam")
    datetime.date(2021, 10, 15)
    >>> find_address_date("https://pagi.example/tekno/20210804140659-37-266073/ponsel")
    datetime.date(2021, 8, 4)
    """
    path = url.partition("://")[2].partition("?")[0][:500]
    for match in _IN_ADDRESS.finditer(path):
        year, month, day = (int(part) for part in match.groups() if part)
        date = make_date(year, month, day)
        if date and not find_doubt(date):
            return date
    return None


def first_dated(dates: Iterable[StatedDate]) -> StatedDate:
    """Return the first that has a date; without one, the first that has a note."""
    noted = StatedDate(None)
    for stated in dates:
        if stated.date:
            return stated
        noted = noted if noted.notes else stated
    return noted
