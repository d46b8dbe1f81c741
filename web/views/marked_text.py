"""Highlighted text: a text with marked spans, cut into the parts that a template writes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from search import Highlight, Snippet

_NO_BREAK = "\xa0"
"""A blank at which no line ends; as long as the other, so that spans stay."""


CAPITALS_LEAST = 12
"""Letters of a headline that is set smaller when all of them are capitals."""


class TextPart(NamedTuple):
    """A stretch of text, marked or not."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text with marked spans (start, stop), counted in code points."""

    text: str
    highlights: tuple[tuple[int, int], ...]

    @property
    def is_capitals(self) -> bool:
        """Whether all of its letters are capitals, and they are more than a word or two.

        >>> MarkedText("HARGA BERAS NAIK", ()).is_capitals, MarkedText("PSSI", ()).is_capitals
        (True, False)
        """
        letters = sum(map(str.isalpha, self.text))
        return letters >= CAPITALS_LEAST and self.text.isupper()

    @property
    def parts(self) -> tuple[TextPart, ...]:
        """The text cut where spans begin and end; only templates need it.

        >>> [part.text for part in MarkedText("harga beras", ((6, 11),)).parts]
        ['harga ', 'beras']
        """
        return tuple(_cut(_tie_ellipses(self.text), self.highlights))


def to_marked_text(snippet: Snippet) -> MarkedText:
    """Return a snippet as templates and the JSON see it."""
    return MarkedText(snippet.text, snippet.highlights)


def split_lines(text: str, highlights: Sequence[Highlight]) -> Iterator[Snippet]:
    """Yield each line of a text with its own highlights, counted from the line's start."""
    start = number = 0
    for line in text.split("\n"):
        stop = start + len(line)
        spans = []
        while number < len(highlights) and highlights[number].start < stop:
            span = highlights[number]
            spans.append(Highlight(span.start - start, min(span.stop, stop) - start))
            number += 1
        yield Snippet(line, tuple(spans))
        start = stop + 1


def _tie_ellipses(text: str) -> str:
    r"""Return a text whose ellipses are tied to their words, so that none has a line of its own.

    >>> _tie_ellipses("… harga beras …")
    '…\xa0harga beras\xa0…'
    """
    if text.startswith("… "):
        text = f"…{_NO_BREAK}{text[2:]}"
    return f"{text[:-2]}{_NO_BREAK}…" if text.endswith(" …") else text


def _cut(text: str, highlights: Sequence[tuple[int, int]]) -> Iterator[TextPart]:
    end = 0
    for start, stop in highlights:
        if start > end:
            yield TextPart(text[end:start], marked=False)
        yield TextPart(text[start:stop], marked=True)
        end = stop
    if end < len(text):
        yield TextPart(text[end:], marked=False)
