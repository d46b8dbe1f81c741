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
_ANY = re.compile("|".join(_NAMED[:5]), re.IGNORECASE)
_CAPITALS = re.compile("|".join(_NAMED[5:]))
"""The rules for what outlets write in capitals, where small letters are a part of a sentence."""
_SIGNS = (
    *("(", "[", "||", "SCROLL TO", "ADVERTISEMENT", "ideo", "oto", "IDEO", "OTO"),
    *(".,", "?,", "!,", '",', "”,", "’,", ". ,", "? ,", "! ,"),
)
"""What a text has that holds a link inside a line, or glued paragraphs: one of these at least."""
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

    text = _CAPITALS.sub(note, _ANY.sub(note, line))
    return (" ".join(text.split()), cut) if cut else (line, [])


def may_hold_links(text: str) -> bool:
    """Tell whether a text has a sign that a link inside a line or a glued paragraph has.

    To ask once for a text takes a fraction of the time of looking for them in every line.
    """
    return any(sign in text for sign in _SIGNS)


def split_glued(text: str) -> list[str]:
    """Return the paragraphs of a text that a scraper glued with commas."""
    return [part for part in _GLUE.split(text) if part]


def drop_commas(lines: list[str]) -> list[str]:
    """Return the lines without those of commas alone, and without the commas that ended the others.

    >>> drop_commas(["Lembang --  ,", ",", ", ,"]), drop_commas(["Panen, garam,", "dan kapal."])
    (['Lembang --'], ['Panen, garam,', 'dan kapal.'])
    """
    alone = [_COMMAS_ALONE.fullmatch(line) is not None for line in lines]
    if not any(alone):
        return lines
    kept = (line.strip(" ,") for line, is_alone in zip(lines, alone, strict=True) if not is_alone)
    return [line for line in kept if line]
