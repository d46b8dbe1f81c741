"""All that a template or the JSON may see.

The page and the JSON are two faces of these values. They are complete: every number is counted,
every address built, every label in the reader's language; a template chooses, it does not compute.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from web.language.help_sections import HelpSection


class TextPart(NamedTuple):
    """A stretch of text, marked or not."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text with marked spans (start, stop) in code points."""

    text: str
    highlights: tuple[tuple[int, int], ...]

    @property
    def parts(self) -> tuple[TextPart, ...]:
        """The text cut where marks begin and end, for templates; the JSON has no use for it.

        >>> [part.text for part in MarkedText("harga beras", ((6, 11),)).parts]
        ['harga ', 'beras']
        """
        return tuple(_parts(self.text, self.highlights))


class Link(NamedTuple):
    """A text that leads somewhere; `selected` when it is where the reader already is."""

    label: str
    url: str
    selected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands around every page.

    Attributes:
        query_text: what stands in the search box.
        languages: the same page in each language.
        search_url: where the search form goes.
        suggest_url: what the search box asks for while a reader types.
    """

    lang: str
    query_text: str
    languages: tuple[Link, ...]
    search_url: str
    suggest_url: str
    home_url: str
    help_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One line of an article's body."""

    text: MarkedText
    is_subhead: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Another article in a list: a near copy, or one on the same subject.

    `is_here` is the article itself among its copies, `is_representative` the one that stands for
    all of them.
    """

    doc_id: str
    title: str
    date: str
    date_label: str
    source: str
    page_url: str
    is_representative: bool = False
    is_here: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePage:
    """One article in full.

    `back_url` leads to the results the reader came from (the front page if there were none);
    `estimated_note` explains an inferred date, "" otherwise; `copies` are near copies of the story,
    this article among them, some of `copy_total`.
    """

    frame: Frame
    doc_id: str
    title: MarkedText
    paragraphs: tuple[Paragraph, ...]
    caption: str
    credit: str
    place: str
    date: str
    date_label: str
    date_estimated: bool
    estimated_note: str
    authors: tuple[Link, ...]
    editors: tuple[Link, ...]
    tags: tuple[Link, ...]
    category: str
    source: str
    url: str
    page_url: str
    back_url: str
    json_url: str
    copies: tuple[Mention, ...]
    copy_total: int
    copies_note: str
    similar: tuple[Mention, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainPage:
    """A page without results: an error, or help, whose sections these are.

    `mended_url` is the same search without what was wrong in it, "" where there is none.
    """

    frame: Frame
    sections: tuple[HelpSection, ...] = ()
    mended_url: str = ""


def _parts(text: str, highlights: Sequence[tuple[int, int]]) -> Iterator[TextPart]:
    end = 0
    for start, stop in highlights:
        if start > end:
            yield TextPart(text[end:start], marked=False)
        yield TextPart(text[start:stop], marked=True)
        end = stop
    if end < len(text):
        yield TextPart(text[end:], marked=False)
