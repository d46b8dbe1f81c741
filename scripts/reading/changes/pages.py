r"""Changes of a page: mark-up that has nothing to do with its article.

Each change takes a page and a source of random draws, and returns the changed page, or None where
it makes no sense.

>>> page = Page("<p class=lead id='a1'>Garam naik.", {})
>>> PAGE_CHANGES["no classes or ids"].make(page, Random(1))
'<p>Garam naik.'
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from random import Random

from reading.changes.dates import SHOWN_FORMS, find_day, write_day
from reading.changes.noise import HEADLINES, NOISE, SUMMARIES, TEASED_NAME
from reading.changes.page_parts import TAG, Page, outside_code

Make = Callable[[Page, Random], str | None]


@dataclass(frozen=True, slots=True)
class PageChange:
    """A change of pages.

    Attributes:
        make: makes the changed page.
        removes: whether it takes something away, so that a field may be told no more.
    """

    make: Make
    removes: bool = False


_MARKS = re.compile(r"""\s(?:class|id)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)""", re.IGNORECASE)
_JSON_LD = re.compile(r"<script\b[^>]*ld\+json[^>]*>.*?</script\s*>", re.DOTALL | re.IGNORECASE)
_META = re.compile(r"<meta\b(?![^>]*charset)[^>]*>", re.IGNORECASE)
_SECTIONS = re.compile(
    r"(</?)(?:article|main|section|header|footer|nav|aside|figure|address)\b", re.IGNORECASE
)
_INLINE = re.compile(r"(</?)(?:time|figcaption)\b", re.IGNORECASE)
_BLOCKS = r"(?:p|div|ul|ol|li|section|article|main|header|footer|h[1-6]|table|tr|td|head|body|html)"
_BLOCK_TAG = re.compile(rf"\s*(</?{_BLOCKS}\b[^>]*>)\s*", re.IGNORECASE)
_PARAGRAPH = re.compile(r"<p\b[^>]*>", re.IGNORECASE)
_PARAGRAPH_END = re.compile(r"</p\s*>", re.IGNORECASE)
_BODY_END = re.compile(r"</body\s*>|</html\s*>", re.IGNORECASE)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"

TAILS = (
    "<script>var x = 1;</script>",
    "<div><img src=/pixel.gif></div>",
    "<style>p { margin: 0 }</style>",
    "<noscript><img src=/pixel.gif></noscript>",
    "<p></p>",
    "selesai",
)
"""What servers append behind a page."""


def add_after_html(page: Page, draw: Random) -> str:
    """Put an element or a word behind the end of the page."""
    ending = "" if re.search(r"</html\s*>", page.html, re.IGNORECASE) else "</body></html>"
    return f"{page.html}{ending}\n{draw.choice(TAILS)}\n"


def remove_marks(page: Page, _draw: Random) -> str:
    """Take every class and id away."""
    return outside_code(page.html, partial(TAG.sub, lambda tag: _MARKS.sub("", tag[0])))


def rename_marks(page: Page, draw: Random) -> str:
    """Give every class and id another name, as programs that build sites do."""
    names: dict[str, str] = {}

    def rename(name: re.Match[str]) -> str:
        return names.setdefault(name[0], "".join(draw.choices(_LETTERS, k=7)))

    def rename_value(mark: re.Match[str]) -> str:
        kept = mark[0][: mark.start(1) - mark.start()]
        return kept + re.sub(r"[^\s\"']+", rename, mark[1])

    return outside_code(page.html, partial(TAG.sub, lambda tag: _MARKS.sub(rename_value, tag[0])))


def remove_json_ld(page: Page, _draw: Random) -> str | None:
    """Take JSON-LD away."""
    changed = _JSON_LD.sub("", page.html)
    return changed if changed != page.html else None


def remove_meta(page: Page, _draw: Random) -> str:
    """Take every meta element away, but for the one of the encoding."""
    return _META.sub("", page.html)


def remove_semantics(page: Page, _draw: Random) -> str:
    """Make every section a div, and every time a span."""
    return outside_code(
        page.html, lambda html: _INLINE.sub(r"\1span", _SECTIONS.sub(r"\1div", html))
    )


def put_noise(page: Page, draw: Random, name: str, place: str) -> str | None:
    """Put noise before, within or after the text."""
    at = getattr(page, place)
    return None if at is None else _inserted(page.html, at, NOISE[name](draw))


def bare_first_paragraph(page: Page, _draw: Random) -> str | None:
    """Take the first paragraph out of its element."""
    if page.before is None or not (opening := _PARAGRAPH.match(page.html, page.before)):
        return None
    closing = _PARAGRAPH_END.search(page.html, opening.end())
    if not closing or page.after is None or closing.end() >= page.after:
        return None
    lead = page.html[opening.end() : closing.start()]
    return f"{page.html[: page.before]}{lead}{page.html[closing.end() :]}"


def break_paragraphs(page: Page, _draw: Random) -> str | None:
    """Divide paragraphs by line breaks instead of elements."""
    if page.before is None or page.after is None:
        return None
    text = page.html[page.before : page.after]
    if not _PARAGRAPH.match(text):
        return None
    text = _PARAGRAPH_END.sub("<br><br>\n", _PARAGRAPH.sub("", text))
    return page.html[: page.before] + text + page.html[page.after :]


def minify(page: Page, _draw: Random) -> str:
    """Take all white space away that is not seen."""
    return outside_code(
        page.html, lambda html: _BLOCK_TAG.sub(r"\1", re.sub(r"[ \t\r\n]+", " ", html))
    )


def add_white_space(page: Page, draw: Random) -> str:
    """Put each block on a line of its own, and break lines between words."""
    gap = "\n" * draw.randint(1, 3) + "\t" * draw.randint(1, 4)
    return outside_code(
        page.html,
        lambda html: _BLOCK_TAG.sub(rf"{gap}\1{gap}", re.sub(r"(?<=\w) (?=\w)", "\n  ", html)),
    )


def shout_tags(page: Page, _draw: Random) -> str:
    """Write the names of elements in capitals."""
    return re.sub(r"</?[a-z][a-z0-9]*\b", lambda name: name[0].upper(), page.html)


def add_comments(page: Page, draw: Random) -> str:
    """Put comments and CDATA sections between paragraphs."""
    hidden = (f"<!-- <p>{SUMMARIES[0]}</p> -->", "<!--[if IE]><p></p><![endif]-->", "<![CDATA[ ]]>")
    return _PARAGRAPH_END.sub(lambda end: end[0] + draw.choice(hidden), page.html)


def frame(page: Page, draw: Random) -> str:
    """Put the body into a frame of divs."""
    depth = draw.randint(2, 6)
    opened = re.sub(r"<body\b[^>]*>", lambda tag: tag[0] + "<div>" * depth, page.html, count=1)
    end = _BODY_END.search(opened)
    if opened == page.html or not end:
        return "<div>" * depth + page.html + "</div>" * depth
    return _inserted(opened, end.start(), "</div>" * depth)


def tease_below(page: Page, draw: Random) -> str:
    """Show the beginning of another article below, with its date and writer."""
    teased = (
        f'<article><h2><a href="/baca/77">{draw.choice(HEADLINES)}</a></h2>'
        f"<p>Oleh {TEASED_NAME}</p><time>Kamis, 4 Maret 2021</time><p>{draw.choice(SUMMARIES)}</p>"
        '<a href="/baca/77">Selengkapnya</a></article>'
    )
    end = _BODY_END.search(page.html)
    return _inserted(page.html, end.start() if end else len(page.html), teased)


def date_beside_headline(page: Page, draw: Random, form: str) -> str | None:
    """Tell the date beside the headline alone, before it, after it, or within a line."""
    told = page.truth.get("date")
    if not (told and page.headline and page.before is not None):
        return None
    day = dt.date.fromisoformat(told)
    start, end = page.headline
    if not start < end <= page.before:
        return None
    forget = partial(find_day(day).sub, "")
    shown = write_day(day, form)
    before, after = draw.choice(
        ((f"<div>{shown}</div>", ""), ("", f"<div>{shown}</div>"), ("", _line(shown)))
    )
    head, headline, between = page.html[:start], page.html[start:end], page.html[end : page.before]
    text, below = page.html[page.before : page.after], page.html[page.after :]
    parts = (forget(head), before, headline, after, forget(between), text, forget(below))
    return _META.sub(_without_dates, _JSON_LD.sub("", "".join(parts)))


def _line(shown: str) -> str:
    return f"<p><span>Kabar Lembah</span> | <span>{shown}</span> | <span>3 menit baca</span></p>"


def _without_dates(meta: re.Match[str]) -> str:
    return "" if re.search(r"date|time|publi|modif", meta[0], re.IGNORECASE) else meta[0]


def _inserted(html: str, at: int, added: str) -> str:
    return f"{html[:at]}{added}{html[at:]}"


def _noise_changes() -> Iterator[tuple[str, PageChange]]:
    for name in NOISE:
        for place, said in (("before", "before"), ("within", "in"), ("after", "after")):
            make = partial(put_noise, name=name, place=place)
            yield f"{name} {said} the text", PageChange(make)


def _date_changes() -> Iterator[tuple[str, PageChange]]:
    for form in SHOWN_FORMS:
        shown = write_day(dt.date(2019, 1, 21), form)
        make = partial(date_beside_headline, form=form)
        yield f"date beside the headline: {shown}", PageChange(make, True)


PAGE_CHANGES = {
    "something after the page": PageChange(add_after_html),
    "no classes or ids": PageChange(remove_marks, removes=True),
    "classes renamed": PageChange(rename_marks, removes=True),
    "no JSON-LD": PageChange(remove_json_ld, removes=True),
    "no meta": PageChange(remove_meta, removes=True),
    "no semantic elements": PageChange(remove_semantics, removes=True),
    **dict(_noise_changes()),
    "bare first paragraph": PageChange(bare_first_paragraph),
    "paragraphs by line breaks": PageChange(break_paragraphs),
    "white space minified": PageChange(minify),
    "white space added": PageChange(add_white_space),
    "tags in capitals": PageChange(shout_tags),
    "comments and CDATA": PageChange(add_comments),
    "a frame of divs": PageChange(frame),
    "another article teased below": PageChange(tease_below),
    **dict(_date_changes()),
}
"""The changes of pages by name."""
