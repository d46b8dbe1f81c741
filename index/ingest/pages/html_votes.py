"""Choosing the element that holds the article: each paragraph votes for the elements around it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from index.ingest.pages.block_kinds import Kind
from index.ingest.pages.html_blocks import Block, Node
from index.ingest.pages.html_page_text import PageText

VOTE_CHARS_MOST = 500
"""The most characters of a paragraph that count as votes."""

VOTES = (1.0, 0.7, 0.5, 0.35, 0.25, 0.18)
"""What a paragraph's votes are worth for the element around it, the one around that, and so on."""

ABOVE_SHARE = 0.3
"""What votes are worth above the headline."""

PARTS_BLOCKS_MOST = 200
"""How many lines behind an element are searched for further parts of its text."""

_ENDINGS = frozenset({Kind.LINK, Kind.SITE, Kind.DATE})
"""The kinds of lines behind an element that end its text."""

_PARAGRAPHS = frozenset({"p", "li", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "dd", "dt"})
"""Tags that hold one paragraph; the element around them gets its votes."""


def find_voted_range(text: PageText) -> Sequence[int]:
    """Return the blocks of the element with the most votes, and what belongs to it beside it."""
    votes: dict[Node, float] = defaultdict(float)
    for number, block in enumerate(text.blocks):
        if not text.is_text(number):
            continue
        above = text.headline is not None and number < text.headline
        weight = min(len(block.text), VOTE_CHARS_MOST) * (ABOVE_SHARE if above else 1)
        around = block.node.chain()
        homes = (node for node in around if node.tag not in _PARAGRAPHS or node.parent is None)
        for node, share in zip(homes, VOTES, strict=False):
            votes[node] += weight * share
    best = max(votes, key=lambda node: votes[node], default=None)
    return _with_neighbours(text, best) if best else range(0)


def _with_neighbours(text: PageText, node: Node) -> range:
    """Return the blocks of an element, with the paragraphs right before it or built like it."""
    start, stop = node.start, node.stop
    shapes = {_shape_of(text.blocks[n]) for n in range(node.start, node.stop) if text.is_text(n)}
    top = -1 if text.headline is None else text.headline
    before = range(start - 1, max(top, start - PARTS_BLOCKS_MOST), -1)
    start = _last_part(text, before, shapes, start)
    while start - 1 > top and text.is_text(start - 1):
        start -= 1
    behind = range(stop, min(len(text.blocks), stop + PARTS_BLOCKS_MOST))
    return range(start, _last_part(text, behind, shapes, stop - 1) + 1)


def _last_part(
    text: PageText, numbers: Iterable[int], shapes: set[tuple[str, ...]], last: int
) -> int:
    """Return the last of the blocks beside an element that is a paragraph built like its own."""
    for number in numbers:
        if text.is_text(number):
            if _shape_of(text.blocks[number]) not in shapes:
                break
            last = number
        elif number not in text.surroundings.rules and text.kinds[number] in _ENDINGS:
            break
    return last


def _shape_of(block: Block) -> tuple[str, ...]:
    return tuple(node.tag for node in block.node.chain())


def home_of(block: Block) -> Node:
    """Return the element that holds the paragraph of a block, and others beside it."""
    chain = block.node.chain()
    return next((node for node in chain if node.tag not in _PARAGRAPHS), block.node)
