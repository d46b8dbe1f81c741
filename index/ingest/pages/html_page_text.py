"""Page text: the lines of a page sorted by kind, with the place of its headline.

>>> from index.ingest.pages.html_tree import parse_tree
>>> page = parse_tree("<div><a href=x>Beranda</a></div><h1>Panen Garam</h1><p>Panen membaik.")
>>> read_page_text(page, ["Panen Garam"]).shown_headline
'Panen Garam'
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from index.ingest.pages.block_kinds import Kind, find_kind
from index.ingest.pages.html_blocks import Block, Blocks, fold_words, read_blocks
from index.ingest.pages.html_surroundings import Surroundings, is_headline

HEADLINE_SHARE_LEAST = 0.6
"""The least share of a stated title that the headline on the page has."""

STEPS_MOST = 30
"""How far below a headline its text is looked for."""


@dataclass(slots=True)
class PageText:
    """The blocks of a page, sorted.

    Attributes:
        found: the blocks as they were found.
        kinds: the kind of each block.
        headline: the number of the block that is the headline; None if it stands nowhere.
        surroundings: which blocks are no text of the article, and why.
        start: the number of the first block of the article's text.
        stop: the number behind its last block.
    """

    found: Blocks
    kinds: list[Kind]
    headline: int | None
    surroundings: Surroundings
    start: int = 0
    stop: int = 0

    @property
    def captions(self) -> list[int]:
        """The numbers of the blocks that are captions of photos."""
        return self.surroundings.captions

    @property
    def blocks(self) -> list[Block]:
        """The lines of the page."""
        return self.found.blocks

    @property
    def shown_headline(self) -> str:
        """The headline as a reader sees it, "" if it stands nowhere."""
        return "" if self.headline is None else self.blocks[self.headline].text

    def count_teasers(self) -> int:
        """Return how many headlines of other articles stand on the page."""
        pairs = zip(self.blocks, self.kinds, strict=True)
        return sum(kind is Kind.LINK and is_headline(block) for block, kind in pairs)

    def is_text(self, number: int) -> bool:
        """Tell whether a block is a paragraph that may belong to the article."""
        return self.kinds[number] is Kind.TEXT and number not in self.surroundings.rules

    def is_elsewhere(self, number: int) -> bool:
        """Tell whether a block belongs to another article or to a post."""
        return self.surroundings.rules.get(number) in {"list", "media"}

    def count_chars(self, numbers: Iterable[int]) -> int:
        """Return how many characters of the blocks may belong to the article."""
        return sum(len(self.blocks[number].text) for number in numbers if self.is_text(number))


def read_page_text(root: HtmlElement, titles: Sequence[str]) -> PageText:
    """Return the blocks of a page, sorted, with the place of its headline.

    Args:
        root: the page.
        titles: what the page states as its title, in any place.
    """
    found = read_blocks(root)
    kinds = [find_kind(block) for block in found.blocks]
    headline = find_headline(found.blocks, kinds, titles)
    surroundings = Surroundings(found, kinds, headline)
    return PageText(found, kinds, headline, surroundings)


def find_headline(
    blocks: Sequence[Block], kinds: Sequence[Kind], titles: Sequence[str]
) -> int | None:
    """Return the number of the block that is the headline, the nearest above a text; or None."""
    folded = list(dict.fromkeys(map(fold_words, titles)))
    longest = 2 * max(map(len, titles), default=0)
    short = ((number, block) for number, block in enumerate(blocks) if len(block.text) <= longest)
    same = [number for number, block in short if _is_one_of(fold_words(block.text), folded)]
    first = [number for number, block in enumerate(blocks) if block.node.tag == "h1"]
    best = [number for number in same if blocks[number].is_heading] or same or first[:1]
    return min(best, key=lambda number: _steps_to_text(kinds, number), default=None)


def _is_one_of(text: str, titles: Sequence[str]) -> bool:
    """Tell whether a text is a title, or most of it: an outlet may stand around the headline."""
    return text != "" and any(
        text in title
        if HEADLINE_SHARE_LEAST * len(title) <= len(text) <= len(title)
        else title in text and HEADLINE_SHARE_LEAST * len(text) <= len(title)
        for title in titles
    )


def _steps_to_text(kinds: Sequence[Kind], number: int) -> int:
    rest = islice(kinds, number, number + STEPS_MOST)
    return next((step for step, kind in enumerate(rest) if kind is Kind.TEXT), STEPS_MOST)
