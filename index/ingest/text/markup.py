r"""Markup in a text: lines out of HTML that stands in a cell of a table or a value of JSON.

This is for texts that are HTML in passing, not for pages: tags go, and blocks end a line.

>>> strip_markup("<p>Panen <b>garam</b>.</p><script>x()</script><p>Harga turun.<br>Naik.</p>")
'\nPanen garam.\n\n\nHarga turun.\nNaik.\n'
>>> strip_markup("jika a < b dan c > d")
'jika a < b dan c > d'
"""

import re
from functools import lru_cache

_UNSEEN = re.compile(
    r"<(script|style|noscript|iframe|figure|svg|template|button|form|!--)", re.IGNORECASE
)
"""Elements whose contents are no text of an article."""
_BLOCK = re.compile(
    r"</?(?:p|br|div|h[1-6]|li|ul|ol|tr|td|th|table|section|article|blockquote|header|footer|hr"
    r"|figcaption|aside|pre|center|dd|dt|dl|main|nav)\b[^<>]{0,2000}>",
    re.IGNORECASE,
)
_TAG = re.compile(
    r"</?(?:a|abbr|b|bdi|big|cite|code|del|em|embed|font|html|body|head|i|img|ins|label|link|mark|"
    r"meta|o:p|object|param|q|s|small|source|span|strike|strong|sub|sup|time|title|tt|u|video|"
    r"audio|picture|wbr|script|style|iframe|figure|input|amp-[a-z-]{1,30})\b[^<>]{0,2000}/?>"
    r"|<!doctype[^<>]{0,200}>|<!\[CDATA\[|\]\]>",
    re.IGNORECASE,
)


def strip_markup(text: str) -> str:
    """Return the text without tags; what stands in blocks stands on lines of its own."""
    if "<" not in text:
        return text
    return _TAG.sub("", _BLOCK.sub("\n", _without_unseen(text)))


def _without_unseen(text: str) -> str:
    """Return the text without the elements of `_UNSEEN`; one that is never closed stays."""
    kept: list[str] = []
    position = 0
    unclosed: set[str] = set()
    for opening in _UNSEEN.finditer(text):
        name = opening[1].lower()
        if opening.start() < position or name in unclosed:
            continue
        closing = _closing(name).search(text, opening.end())
        if closing is None:
            unclosed.add(name)
            continue
        kept.append(text[position : opening.start()])
        position = closing.end()
    return "\n".join([*kept, text[position:]]) if kept else text


@lru_cache(maxsize=16)
def _closing(name: str) -> re.Pattern[str]:
    return re.compile("-->" if name == "!--" else rf"</{name}\s{{0,9}}>", re.IGNORECASE)
