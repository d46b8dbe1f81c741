"""HTML body extraction: the running text of a page, in lines, without what is not the article.

Outlets that mark their text are believed (the `body` rows of `html_selectors`) as long as the mark
holds most of the text. On other pages each paragraph votes for the elements around it, and the
element with the most votes holds the article. Inside it and beside it, what surrounds an article is
cut: by its shape (`html_surroundings`) and by its words (`index.ingest.text.boilerplate`).

>>> from index.ingest.pages.html_tree import parse_tree
>>> read_fragment(parse_tree("<p>Harga turun.<p>Baca juga: Panen raya")).lines
['Harga turun.']
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from lxml.html import HtmlElement

from index.document import CutLine
from index.ingest.fields import find_opening, find_signature
from index.ingest.pages.block_kinds import Kind, find_kind
from index.ingest.pages.html_blocks import Block, Blocks, Node, fold_words, read_blocks
from index.ingest.pages.html_index import HtmlPage
from index.ingest.pages.html_selectors import selectors_for
from index.ingest.pages.html_surroundings import Surroundings, is_headline
from index.ingest.pages.json_ld import read_texts
from index.ingest.pages.text_page_lines import is_labelled
from index.ingest.text import clean_text, find_rule, remove_boilerplate, split_paragraphs

CUT_CHARS_SHOWN = 200
"""Characters that are kept of a line that was cut, for whoever asks what was cut."""
TEXT_CHARS_LEAST = 60
"""A shorter text is a teaser or an empty element, and the next way is tried."""
MARKED_SHARE_LEAST = 0.4
"""A marked element with a smaller share of the text that the votes find is no article."""
VOTE_CHARS_MOST = 500
"""The most characters of a paragraph that count as votes."""
VOTES = (1.0, 0.7, 0.5, 0.35, 0.25, 0.18)
"""What a paragraph's votes are worth for the element around it, the one around that, and so on."""
LINKS_AT_END = 3
"""So many links and lines of the site in a row end an article with little text behind them."""
REST_SHARE_MOST = 0.35
"""The share of the text so far that may stand behind the end of an article, and is not its own."""
ABOVE_SHARE = 0.3
"""What votes are worth above the headline."""
HEADLINE_SHARE_LEAST = 0.6
"""The least share of a stated title that the headline on the page has."""
SENTENCE_WORDS_LEAST = 6
"""Fewer words behind the last paragraph are no sentence."""
STEPS_MOST = 30
"""How far below a headline its text is looked for."""
OPENING_TEXTS = 5
"""Paragraphs among which the one with the place stands first; what is above is a caption."""

PARTS_BLOCKS_MOST = 200
"""How many lines behind an element are searched for further parts of its text."""

_ENDINGS = frozenset({Kind.LINK, Kind.SITE, Kind.DATE})
"""The kinds of lines behind an element that end its text."""
_PARAGRAPHS = frozenset({"p", "li", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "dd", "dt"})
"""Tags that hold one paragraph; the element around them gets its votes."""


class Body(NamedTuple):
    """The text of an article.

    Attributes:
        lines: its lines.
        cut_lines: the lines that were cut from it.
        headlines: how many lines in and around it are links to other articles.
        origin: how it was found, such as the selector.
    """

    lines: list[str]
    cut_lines: list[CutLine]
    headlines: int = 0
    origin: str = ""


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


def read_body(page: HtmlPage, text: PageText) -> Body:
    """Return the text of a page: by its selectors, else by votes, else from JSON-LD."""
    for body in _candidates(page, text):
        kept, cut = remove_boilerplate(body.lines)
        if sum(map(len, kept)) >= TEXT_CHARS_LEAST:
            return body._replace(lines=kept, cut_lines=[*body.cut_lines, *cut])
    return Body([], [])


def read_fragment(root: HtmlElement) -> Body:
    """Return the text of a fragment of HTML that is all article, as feeds and exports hold it."""
    text = read_page_text(root, ())
    lines, cut_lines = _lines_of(text, range(len(text.blocks)))
    kept, cut = remove_boilerplate(lines)
    return Body(kept, [*cut_lines, *cut])


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


def _candidates(page: HtmlPage, text: PageText) -> Iterator[Body]:
    voted = _voted_range(text)
    most = text.count_chars(voted)
    node_by_element = {node.element: node for node in text.found.nodes}
    for selector in selectors_for("body"):
        elements = page.find_elements(selector.key)
        nodes = [node_by_element[each] for each in elements if each in node_by_element]
        numbers = sorted({number for node in nodes for number in range(node.start, node.stop)})
        if numbers and text.count_chars(numbers) >= MARKED_SHARE_LEAST * most:
            yield _to_body(text, numbers, f"text {selector.key}")
    yield _to_body(text, voted, "the element with the most paragraphs")
    for article in read_texts(page.article.get("articleBody")):
        yield Body(split_paragraphs(clean_text(article)), [], 0, "json_ld articleBody")


def _voted_range(text: PageText) -> Sequence[int]:
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


def _to_body(text: PageText, numbers: Sequence[int], origin: str) -> Body:
    """Return the text of the blocks, from its first paragraph on to its end."""
    top = -1 if text.headline is None else text.headline
    below = [number for number in numbers if number > top] or list(numbers)
    first = next((at for at, number in enumerate(below) if text.is_text(number)), 0)
    first = _without_captions(text, below, _with_opening(text, below, first))
    end = _find_end(text, below, first)
    inner, rest = below[first:end], below[end:]
    text.start, text.stop = (inner[0], inner[-1] + 1) if inner else (0, 0)
    lines, cut = _lines_of(text, inner)
    cut += [CutLine("frame", line) for number, line in text.found.hidden if number in set(inner)]
    cut += _cut_behind(text, rest)
    links = (n for n in inner if text.kinds[n] is Kind.LINK and not text.is_elsewhere(n))
    heads = sum(is_headline(text.blocks[n]) for n in links)
    return Body(lines, cut, heads, origin)


def _cut_behind(text: PageText, numbers: Sequence[int]) -> list[CutLine]:
    """Return the lines that stand behind the end of the article, in the same element."""
    behind = ((text.blocks[n].text, text.surroundings.rules.get(n, "below")) for n in numbers)
    return [
        CutLine(find_rule(line) or rule, line[:CUT_CHARS_SHOWN])
        for line, rule in behind
        if rule and not find_signature(line)
    ]


def _with_opening(text: PageText, numbers: Sequence[int], first: int) -> int:
    """Step back to a place that stands on a line of its own before the first paragraph."""
    before = numbers[first - 1] if first else None
    is_opening = before is not None and text.blocks[before].text.endswith(("-", "–", "—"))
    return first - 1 if is_opening else first


def _without_captions(text: PageText, numbers: Sequence[int], first: int) -> int:
    """Step on to the paragraph that opens with a place: what is above it is a caption or a deck."""
    texts = [at for at in range(first, len(numbers)) if text.is_text(numbers[at])]
    opened = (at for at in texts[:OPENING_TEXTS] if find_opening(text.blocks[numbers[at]].text))
    return next(opened, first)


def _find_end(text: PageText, numbers: Sequence[int], first: int) -> int:
    """Return where the article ends: at its last paragraph before the lists of the site.

    Short lines right behind it stay: they may name the writer.
    """
    homes: set[Node] = set()
    end, links = first, 0
    for at in range(first, len(numbers)):
        number = numbers[at]
        kind, home = text.kinds[number], home_of(text.blocks[number])
        if text.is_text(number):
            is_foreign = links >= LINKS_AT_END and home not in homes
            if is_foreign and _is_little(text, numbers, first, at):
                break
            homes.add(home)
            end, links = at + 1, 0
        elif kind in {Kind.LINK, Kind.SITE} or number in text.surroundings.rules:
            links += LINKS_AT_END if kind is Kind.SITE else 1
        elif kind is Kind.SHORT and not links and home in homes and _is_last_line(text, number):
            end = at + 1
    return end


def _is_last_line(text: PageText, number: int) -> bool:
    """Tell whether a short line behind the last paragraph belongs to the article.

    It does as an item of a list, as a byline, and as a sentence, whose words have small letters,
    unlike those of a headline.
    """
    block = text.blocks[number]
    words = block.text.split()
    is_long = len(words) >= SENTENCE_WORDS_LEAST or block.text.endswith((".", "!", "?", '"', "”"))
    is_sentence = is_long and 2 * sum(word[0].islower() for word in words) >= len(words)
    is_item = any(node.tag == "li" for node in block.node.chain())
    return is_sentence or is_item or is_labelled(block.text)


def _is_little(text: PageText, numbers: Sequence[int], first: int, at: int) -> bool:
    return text.count_chars(numbers[at:]) <= REST_SHARE_MOST * text.count_chars(numbers[first:at])


def home_of(block: Block) -> Node:
    """Return the element that holds the paragraph of a block, and others beside it."""
    chain = block.node.chain()
    return next((node for node in chain if node.tag not in _PARAGRAPHS), block.node)


def _lines_of(text: PageText, numbers: Sequence[int]) -> tuple[list[str], list[CutLine]]:
    """Return the text of the blocks, and the lines that were cut from it."""
    kept: list[str] = []
    cut: list[CutLine] = []
    for at, number in enumerate(numbers):
        line = text.blocks[number].text
        rule = text.surroundings.rules.get(number)
        if rule is None and text.kinds[number] is Kind.LINK:
            rule = "link"
        if rule is None and text.kinds[number] is Kind.DATE and not _is_within(text, numbers, at):
            rule = "frame"
        if rule is None:
            kept.append(line)
        elif rule:
            cut.append(CutLine(rule, line[:CUT_CHARS_SHOWN]))
    return split_paragraphs(clean_text("\n".join(kept))), cut


def _is_within(text: PageText, numbers: Sequence[int], at: int) -> bool:
    """Tell whether a block stands between two paragraphs."""
    beside = (numbers[near] for near in (at - 1, at + 1) if 0 <= near < len(numbers))
    return 0 < at < len(numbers) - 1 and all(map(text.is_text, beside))
