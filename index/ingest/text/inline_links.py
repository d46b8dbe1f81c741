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

from index.document import CutLine

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
_LINK_STARTS = (
    r"baca|lihat|simak|tonton|saksikan|cek|"
    r"gambas|video|foto|embed|halaman|instagram|twitter|youtube"
)
_GROUPS = (
    (
        re.compile(rf"[(\[|] ?(?:{_LINK_STARTS})", re.IGNORECASE),
        re.compile("|".join(_NAMED[:4]), re.IGNORECASE),
    ),
    (
        re.compile(r"[VvFf](?:ideo|oto|IDEO|OTO)\b[^\"“'‘]{0,12}[\"“'‘]"),
        re.compile(_NAMED[4], re.IGNORECASE),
    ),
    (re.compile(r"SCROLL TO |ADVERTISEMENT|\[\+"), re.compile("|".join(_NAMED[5:]))),
)
"""The rules, each group with what every line has that holds one of its links.

A search for the latter takes a tenth of the time, since its first letter is known, and hardly any
line has it. What outlets write in capitals is a part of a sentence in small letters.
"""
_GLUED = re.compile(r"[.!?][\"”’]?\s?,")
"""What every glued text has: a search for it takes an eighth of the time of `_GLUE`."""
_GLUE = re.compile(r"(?<=[a-z0-9)\"”’][.!?])\s?,(?=[\"“‘(]?[A-Z“\"])|(?<=[.!?][\"”’]),(?=[\"“A-Z])")
"""The comma that a scraper puts between two paragraphs when it writes a list into one cell."""
_COMMAS_ALONE = re.compile(r"[\s,]*")


def remove_inline_links(line: str) -> tuple[str, list[CutLine]]:
    """Return a line without the links inside it, and what was cut."""
    cut: list[CutLine] = []

    def note(found: re.Match[str]) -> str:
        rule = (found.lastgroup or "").partition("_")[0]
        cut.append(CutLine(rule, found.group().strip()))
        return " "

    text = line
    for sign, links in _GROUPS:
        if sign.search(text):
            text = links.sub(note, text)
    return (" ".join(text.split()), cut) if cut else (line, [])


def may_hold_links(text: str) -> bool:
    """Tell whether any line of a text may hold a link, or glued paragraphs: few texts do."""
    return bool(_GLUED.search(text)) or any(sign.search(text) for sign, _ in _GROUPS)


def split_glued(text: str) -> list[str]:
    """Return the paragraphs of a text that a scraper glued with commas."""
    return [part for part in _GLUE.split(text) if part]


def drop_commas(lines: list[str]) -> list[str]:
    """Return the lines without those of commas alone, and without the commas that ended the others.

    >>> drop_commas(["Lembang --  ,", ",", ", ,"]), drop_commas(["Panen, garam,", "dan kapal."])
    (['Lembang --'], ['Panen, garam,', 'dan kapal.'])
    """
    alone = [line.startswith(",") and _COMMAS_ALONE.fullmatch(line) is not None for line in lines]
    if not any(alone):
        return lines
    kept = (line.strip(" ,") for line, is_alone in zip(lines, alone, strict=True) if not is_alone)
    return [line for line in kept if line]
