"""What a page still tells: a field that a change has taken away is left out of account.

A field is told if its words stand outside the text, with a word for their role before them: "Oleh
Ani", `"author": {"name": "Ani"}`, `<a href="/tag/garam">garam</a>`. A day is told in any form.

>>> still_told("authors", ["Ani"], Page("<p>Penulis: Ani</p>", {}))
True
>>> still_told("authors", ["Ani"], Page("<p class=x1>Ani</p>", {}))
False
"""

import datetime as dt
import re
from typing import Any

from reading.changes.dates import find_day
from reading.changes.page_parts import Page, words_of, words_pattern

ROLES = {
    "title": r"<h1|<title|og:title|headline",
    "authors": r"author|penulis|pewarta|reporter|oleh|wartawan|jurnalis|creator|\bby\b|laporan",
    "editors": r"editor|redaktur|penyunting",
    "tags": r"tag|topi[ck]|keyword|kata kunci",
    "category": r"section|categor|kategori|rubrik|breadcrumb|kanal",
    "source": r"site_name|publisher|sumber",
    "url": r"canonical|og:url|mainEntity",
}
"""By field, the words that tell what a value is."""
_REACH = 200
"""How many characters before a value its role may stand."""


def still_told(field: str, value: Any, page: Page) -> bool:
    """Tell whether a page tells the value of a field."""
    if not value:
        return True  # nothing is told, and nothing should be read
    if field == "date":
        return bool(find_day(dt.date.fromisoformat(value)).search(page.outside()))
    if field not in ROLES:
        return True
    values = value if isinstance(value, list) else [value]
    outside = page.outside()
    found = [_has_role(words_pattern(words_of(each)), ROLES[field], outside) for each in values]
    return all(found)


def _has_role(words: re.Pattern[str], role: str, html: str) -> bool:
    """Tell whether words stand behind their role."""
    starts = (match.start() for match in words.finditer(html))
    return any(re.search(role, html[max(0, s - _REACH) : s], re.IGNORECASE) for s in starts)
