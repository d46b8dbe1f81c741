"""Value shapes: whether a value has the form of a text, a headline, an address or a date.

Where the name of a column says nothing, this decides.

>>> is_address("https://pagi.example/a"), is_date("28 Agustus 2024"), is_headline("Panen naik 2 x")
(True, True, True)
"""

import re

from index.ingest.fields import normalize_url, read_stated_date
from index.ingest.rows.values import find_texts

TEXT_CHARS_LEAST = 250
"""Shortest text of a column without a known name that is taken for the article's."""
_DATE_CHARS_MOST = 45
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_ADDRESS = re.compile(r"https?://[^\s\"'<>]{4,1900}")
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|mp4|mp3|pdf)\b", re.IGNORECASE)


def join_texts(value: object) -> str:
    """Return the texts of a value in one."""
    return " ".join(find_texts(value))


def is_text(value: object) -> bool:
    """Tell whether a value is long prose."""
    if not isinstance(value, str | list):
        return False
    text = join_texts(value)
    return len(text) >= TEXT_CHARS_LEAST and text.count(" ") * 20 > len(text)


def is_address(value: object) -> bool:
    """Tell whether a value is the address of a page, and not of a picture."""
    return (
        isinstance(value, str)
        and _ADDRESS.fullmatch(value.strip()) is not None
        and not _PICTURE.search(value)
        and normalize_url(value) != ""
    )


def is_headline(value: object) -> bool:
    """Tell whether a value is some words, as a headline is."""
    is_short = isinstance(value, str) and value.count(" ") > 1 and len(value) < TEXT_CHARS_LEAST
    return is_short and not is_date(value)


def is_date(value: object) -> bool:
    """Tell whether a value is a date and nothing else."""
    if not isinstance(value, str) or len(value) > _DATE_CHARS_MOST or not _YEAR.search(value):
        return False
    return not value.strip().isdigit() and read_stated_date(value).date is not None
