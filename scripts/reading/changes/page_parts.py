r"""Where an article stands in a page: found by the words of its truth, whatever the mark-up is.

>>> page = find_parts("<h1>Panen</h1><p>Garam naik.</p><p>Harga turun.</p>",
...                   {"title": "Panen", "body": ["Garam naik.", "Harga turun."]})
>>> [page.html[at:at + 5] for at in (page.before, page.within)], page.html[page.after:]
(['<p>Ga', '<p>Ha'], '')
"""

import re
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from reading.truths import Truth

_HIDDEN = re.compile(
    r"<script\b.*?</script\s*>|<style\b.*?</style\s*>|<!--.*?-->|<head\b.*?</head\s*>",
    re.DOTALL | re.IGNORECASE,
)
"""What no reader sees; a text is not looked for there."""
_CODE = re.compile(
    r"(<script\b.*?</script\s*>|<style\b.*?</style\s*>|<!--.*?-->)", re.DOTALL | re.IGNORECASE
)
TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_GAP = r"(?:<[^>]*>|&#?\w+;|[^\w<])*+"
"""What may stand between two words of a sentence: mark-up and signs."""
_WORD = re.compile(r"[^\W_]+")
_BLOCK = re.compile(
    r"<(p|div|td|section|article|main|blockquote|li|h[1-6]|figure|figcaption)\b[^>]*>",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"</p\s*>", re.IGNORECASE)
_PARAGRAPH_END = re.compile(r"</p\s*>|(?:<br\b[^>]*>\s*)+", re.IGNORECASE)
_SENTENCE_END = re.compile(
    r"""(?:[.!?"'”’)\]]|&[a-z]+;|</(?:strong|b|em|i|a|span)\s*>)*""", re.IGNORECASE
)
_HEADLINE = re.compile(r"<h1\b[^>]*>.*?</h1\s*>", re.DOTALL | re.IGNORECASE)
_WORDS_MOST = 6
"""The first and the last words by which a text is found."""
_WORDS_LEAST = 2


@dataclass(frozen=True, slots=True)
class Page:
    """A page, and the positions in it that changes need; None where there is none.

    Attributes:
        html: the whole page.
        truth: what is told of its article.
        before: where the first paragraph of the text opens.
        within: between two paragraphs, near the middle.
        after: behind the last paragraph.
        headline: where the element of the headline starts and ends.
    """

    html: str
    truth: Truth
    before: int | None = None
    within: int | None = None
    after: int | None = None
    headline: tuple[int, int] | None = None

    def outside(self) -> str:
        """Return all but the text."""
        if self.before is None or self.after is None:
            return self.html
        return f"{self.html[: self.before]} {self.html[self.after :]}"


def find_parts(html: str, truth: Truth) -> Page:
    """Find the parts of a page."""
    seen = _HIDDEN.sub(lambda hidden: " " * len(hidden[0]), html)
    headline = _HEADLINE.search(seen)
    first, last = _ends_of(truth)
    end = _last_match(last, seen)
    start = _last_match(first, seen[: end.end()]) if end else None
    span = headline.span() if headline else None
    if not (start and end):
        return Page(html, truth, headline=span)
    before, after = _open_before(seen, start.start()), _close_behind(seen, end.end())
    return Page(html, truth, before, _middle(seen, start.end(), end.start()), after, span)


def outside_code(html: str, change: Callable[[str], str]) -> str:
    """Change a page, but for its scripts, styles and comments."""
    parts = _CODE.split(html)
    return "".join(part if number % 2 else change(part) for number, part in enumerate(parts))


def words_pattern(words: Sequence[str]) -> re.Pattern[str]:
    """Return a pattern that finds words in a row, whatever mark-up stands between them."""
    return re.compile(_GAP.join(map(re.escape, words)), re.IGNORECASE)


def words_of(text: str) -> list[str]:
    """Return the words of a text."""
    return _WORD.findall(text)


def _ends_of(truth: Truth) -> tuple[list[str], list[str]]:
    """Return the first and the last words of a text; a word that may be cut in half is left out."""
    lines = [line for line in truth.get("body", ()) if words_of(line)]
    if lines:
        return words_of(lines[0])[:_WORDS_MOST], words_of(lines[-1])[-_WORDS_MOST:]
    first, last = words_of(truth.get("starts", "")), words_of(truth.get("ends", ""))
    return first[:-1][:_WORDS_MOST], last[1:][-_WORDS_MOST:]


def _last_match(words: Sequence[str], html: str) -> re.Match[str] | None:
    if len(words) < _WORDS_LEAST:
        return None
    return _last(words_pattern(words).finditer(html))


def _last(matches: Iterable[re.Match[str]]) -> re.Match[str] | None:
    found = deque(matches, maxlen=1)
    return found[0] if found else None


def _open_before(html: str, start: int) -> int:
    opening = _last(_BLOCK.finditer(html, 0, start))
    if opening is None:
        return start
    return opening.start() if opening[1].lower() == "p" else opening.end()


def _close_behind(html: str, end: int) -> int:
    closing, opening = _CLOSED.search(html, end), _BLOCK.search(html, end)
    if closing and not (opening and opening.start() < closing.start()):
        return closing.end()
    sentence_end = _SENTENCE_END.match(html, end)
    return sentence_end.end() if sentence_end else end


def _middle(html: str, start: int, end: int) -> int | None:
    places = [found.end() for found in _PARAGRAPH_END.finditer(html, start, end)]
    return min(places, key=lambda place: abs(place - (start + end) // 2), default=None)
