"""Past months: the latest month or year that a text speaks of as past.

A month that its clause puts into the future does not count: "akan ... pada Maret 2025", "2026
mendatang" and "hingga 2030" say nothing about when the article was written.

>>> find_latest_past_month("Sejak Mei 2024 harga naik. Bendungan ditargetkan rampung pada 2027.")
datetime.date(2024, 5, 1)
"""

import datetime as dt
import re
from collections.abc import Iterator

from index.ingest.fields.calendar_names import MONTH_NAMES, build_pattern, parse_month

_MONTH = build_pattern(MONTH_NAMES)
_MENTION = re.compile(
    # A year stands alone or ends a date. These are none: 2.024, Rp2024, the 25 of 2024/25, -2029.
    rf"(?<![\w.,/–-])(?:(?P<name>{_MONTH})\.? )?(?P<year>(?:18|19|20)\d\d)(?![\w%]|[.,]\d|-an)"
    r"|(?<![\d/.-])\d\d?[/-](?P<month>0?[1-9]|1[0-2])[/-](?P<full_year>(?:18|19|20)\d\d)(?![\d/-])",
    re.ASCII | re.IGNORECASE,
)
_COUNTED = re.compile(
    r" ?(?:orang|warga|jiwa|unit|ton|kilogram|kg|meter|kilometer|km|hektare|hektar|rupiah|persen|"
    r"buah|ekor|rumah|lembar|siswa|peserta|mdpl|cc|watt|mw|hari|jam|tahun)\b",
    re.IGNORECASE,
)
"""Words that show that the four digits before them count something and are no year."""

_ASIDE = re.compile(
    r", (?:kata|ujar|tutur|ungkap|jelas|imbuh|tambah|ucap|menurut)[^,.\n]{0,80},", re.IGNORECASE
)
"""The words ", kata ...," inside a sentence, which do not end a clause."""
_CLAUSE_END = re.compile(
    r"[.!?;:]\s|, |\n|[()]| (?:sementara|sedangkan|setelah|meski|meskipun|karena|namun|tetapi) ",
    re.IGNORECASE,
)
_FUTURE_BEFORE = re.compile(
    r"\b(?:akan|bakal|hingga|sampai|menuju|menjelang|target\w*|ditarget\w*|menarget\w*|rencana\w*|"
    r"direncanakan|berencana|merencanakan|dijadwalkan|diperkirakan|diproyeksikan|diprediksi|"
    r"diharapkan|paling lambat|selambat-lambatnya|tahun depan|calon|proyeksi|menyongsong)\b",
    re.IGNORECASE,
)
_FUTURE_AFTER = re.compile(r"\b(?:mendatang|nanti|kelak|yang akan datang)\b", re.IGNORECASE)
_PAST_BEFORE = re.compile(r"\b(?:sejak|semenjak)(?: \w+){0,2} ?$", re.IGNORECASE)
_PAST_AFTER = re.compile(r" ?(?:lalu|silam|yang lalu)\b", re.IGNORECASE)
_NEAR_CHARS = 40
"""How many characters before a mention are searched for the word "sejak"."""


def find_latest_past_month(body: str) -> dt.date | None:
    """Return the first day of the latest month or year named as past; None without one."""
    return max(_past_mentions(_ASIDE.sub("", body)), default=None)


def _past_mentions(body: str) -> Iterator[dt.date]:
    for clause in _CLAUSE_END.split(body):
        future = _FUTURE_BEFORE.search(clause)
        future_from = future.start() if future else len(clause)
        future_stop = max((match.start() for match in _FUTURE_AFTER.finditer(clause)), default=0)
        for mention in _MENTION.finditer(clause):
            is_future = future_from < mention.start() or future_stop > mention.end()
            if not _is_counted(mention) and (not is_future or _is_surely_past(mention)):
                yield _first_day(mention)


def _is_counted(mention: re.Match[str]) -> bool:
    bare_year = mention["year"] and not mention["name"]
    return bool(bare_year and _COUNTED.match(mention.string, mention.end()))


def _is_surely_past(mention: re.Match[str]) -> bool:
    before = mention.string[max(0, mention.start() - _NEAR_CHARS) : mention.start()]
    return bool(_PAST_BEFORE.search(before) or _PAST_AFTER.match(mention.string, mention.end()))


def _first_day(mention: re.Match[str]) -> dt.date:
    if mention["full_year"]:
        return dt.date(int(mention["full_year"]), int(mention["month"]), 1)
    month = parse_month(mention["name"]) if mention["name"] else 1
    return dt.date(int(mention["year"]), month, 1)
