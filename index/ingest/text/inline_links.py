r"""Links inside a line: what announces other articles and videos between the sentences of a text.

Texts that a scraper joined into one line hold it between brackets or quotes. Without these nothing
tells where such a link ends, so it stays.

>>> line, cut = remove_inline_links("Panen. (Baca juga: Harga Garam) Harga turun.[Gambas:Video 2]")
>>> line, [each.text for each in cut]
('Panen. Harga turun.', ['(Baca juga: Harga Garam)', '[Gambas:Video 2]'])
>>> split_glued('Panen naik.,"Harga turun," katanya.,Ia pergi.')
['Panen naik.', '"Harga turun," katanya.', 'Ia pergi.']
"""

import re
from collections.abc import Sequence

from index.document import CutLine

_Group = tuple[tuple[re.Pattern[str], ...], re.Pattern[str]]

_LINK_WORDS = (
    r"(?:baca|lihat|simak|tonton|saksikan|cek)(?: (?:juga|pula|selengkapnya|lagi|di sini|disini))?"
)
_RULES = (
    ("link", rf"\({_LINK_WORDS} ?: ?[^()]{{1,200}}(?:\([^()]{{0,60}}\)[^()]{{0,100}})?\)"),
    ("link", rf"\[{_LINK_WORDS} ?: ?[^\[\]]{{1,250}}\]"),
    ("link", r"(?:\|\| ?)+(?:baca|lihat|simak)[^|]{1,250}\|\|"),
    ("media", r"\[(?:gambas|video|foto|embed|halaman|instagram|twitter|youtube)\b[^\[\]]{0,200}\]"),
    (
        "media",
        (
            r"(?:(?:simak|lihat|tonton|saksikan)(?: juga)? )(?:video|foto) ?(?::|tentang)? ?"
            r"(?:[\"“'‘][^\"“”\n]{3,150}[\"”'’])(?: ?:)?"
        ),
    ),
    (
        "advert",
        (
            r"(?:ADVERTISEMENT ?)?(?:SCROLL TO (?:CONTINUE|RESUME) (?:WITH|TO)? ?(?:CONTENT)?|"
            r"SCROLL TO CONTINUE)|\bADVERTISEMENT\b"
        ),
    ),
    ("advert", r"(?:…|\.\.\.)? ?\[\+\d{1,6} chars\]"),
)
_NAMED = [f"(?P<{rule}_{number}>{pattern})" for number, (rule, pattern) in enumerate(_RULES)]
_STARTS = (
    r" ?(?i:baca|lihat|simak|tonton|saksikan|cek|"
    r"gambas|video|foto|embed|halaman|instagram|twitter|youtube)"
)
_QUOTED = r"\b[^\"“'‘\n]{0,12}[\"“'‘]"
_GROUPS: tuple[_Group, ...] = tuple(
    (
        tuple(re.compile(re.escape(mark) + behind) for mark in marks),
        re.compile("|".join(links), flags),
    )
    for marks, behind, links, flags in (
        (("(", "[", "|"), _STARTS, _NAMED[:4], re.IGNORECASE),
        (("ideo", "oto", "IDEO", "OTO"), _QUOTED, _NAMED[4:5], re.IGNORECASE),
        (("SCROLL TO ", "ADVERTISEMENT", "[+"), "", _NAMED[5:], re.NOFLAG),
    )
)
"""The rules by groups, with the signs of each: what a text and a line have that hold such a link.

A search for a sign takes a tenth of the time, since it begins with a literal, and hardly any line
has one. What outlets write in capitals is a part of a sentence in small letters.
"""
_GLUED = re.compile(r",(?:(?<=[.!?],)|(?<=[.!?][\"”’\s],)|(?<=[.!?][\"”’]\s,))")
"""What every glued text has. It begins with the comma, so a search for it takes a thirtieth of the
time of `_GLUE`."""
_GLUE = re.compile(r"(?<=[a-z0-9)\"”’][.!?])\s?,(?=[\"“‘(]?[A-Z“\"])|(?<=[.!?][\"”’]),(?=[\"“A-Z])")
"""The comma that a scraper puts between two paragraphs when it writes a list into one cell."""
_COMMAS_ALONE = re.compile(r"[\s,]*")


def cut_inline_links(lines: list[str]) -> tuple[list[str], list[CutLine]]:
    """Return lines without the links inside them, glued paragraphs parted, and what was cut."""
    text = "\n".join(lines)
    if _GLUED.search(text):
        lines = [part for line in lines for part in split_glued(line)]
    groups = [group for group in _GROUPS if _has_sign(text, group[0])]
    if not groups:
        return lines, []
    found = [remove_inline_links(line, groups) for line in lines]
    return [line for line, _ in found if line], [each for _, links in found for each in links]


def remove_inline_links(line: str, groups: Sequence[_Group] = _GROUPS) -> tuple[str, list[CutLine]]:
    """Return a line without the links inside it, and what was cut."""
    cut: list[CutLine] = []

    def note(found: re.Match[str]) -> str:
        rule = (found.lastgroup or "").partition("_")[0]
        cut.append(CutLine(rule, found.group().strip()))
        return " "

    text = line
    for signs, links in groups:
        if _has_sign(text, signs):
            text = links.sub(note, text)
    return (" ".join(text.split()), cut) if cut else (line, [])


def _has_sign(text: str, signs: tuple[re.Pattern[str], ...]) -> bool:
    return any(sign.search(text) for sign in signs)


def split_glued(text: str) -> list[str]:
    """Return the paragraphs of a text that a scraper glued with commas."""
    return [part for part in _GLUE.split(text) if part]


def drop_commas(lines: list[str]) -> list[str]:
    """Return the lines without those of commas alone, and without the commas that ended the others.

    >>> drop_commas(["Lembang --  ,", ",", ", ,"]), drop_commas(["Panen, garam,", "dan kapal."])
    (['Lembang --'], ['Panen, garam,', 'dan kapal.'])
    """
    if "," not in {line[:1] for line in lines}:
        return lines
    alone = [line.startswith(",") and _COMMAS_ALONE.fullmatch(line) is not None for line in lines]
    if not any(alone):
        return lines
    kept = (line.strip(" ,") for line, is_alone in zip(lines, alone, strict=True) if not is_alone)
    return [line for line in kept if line]
