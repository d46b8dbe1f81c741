"""What surrounds an article on its page: teasers, lists, forms, captions, posts, frames.

Each is known by its shape, whatever its tags and classes are called: a teaser is a link with a
little text below it, a form is where readers write, a caption stands behind a picture. A class or a
tag that says so is believed, unless the element holds most of the text of the page.
"""

import re
from itertools import accumulate

from index.ingest.fields import has_photo_credit
from index.ingest.pages.block_kinds import Kind
from index.ingest.pages.html_blocks import Block, Blocks, Node

MAIN_SHARE = 0.5
"""An element that holds more of the text of the page is no frame around it."""
TEASER_CHARS_MOST = 500
"""The most text below the headline of a teaser."""
TEASER_TEXTS_MOST = 2
"""The most paragraphs below a headline that stands alone."""
FORM_CHARS_MOST = 300
"""The most characters in a form; half of them may be sentences."""
POST_CHARS_MOST = 1_000
"""The most text in a post of a social network."""
CAPTION_CHARS_MOST = 400
"""The longest caption."""
CAPTION_LINES_MOST = 2
"""The most lines of an element that holds an image and its caption."""
DATED_LINES_LEAST = 4
"""Fewest lines of a list in which headlines and dates take turns."""
HEADLINE_WORDS_LEAST = 3
"""Fewest words of a headline; a link with fewer is a name, a section or a button."""
HEADLINE_CHARS_LEAST = 18
"""The shortest headline; a shorter link may be a byline."""

_PARAGRAPHS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "body", "html"})
_POST_END = re.compile(
    r"(?:[—–-] .{1,60}\(@\w{1,30}\)|(?:a post shared by|(?:sebuah )?(?:kiriman|post) (?:yang )?"
    r"dibagikan(?: oleh)?) .{1,80}|view this (?:post|photo) on \w+|"
    r"lihat (?:postingan|unggahan|foto) ini di \w+|.{0,250}pic\.twitter\.com/\w+).{0,40}",
    re.IGNORECASE,
)


class Surroundings:
    """Tells which blocks of a page are no text of its article, and why.

    Attributes:
        rules: by the number of a block, the rule of `CUT_RULES` by which it is cut; "" for a field
            of the article that stands elsewhere, such as a caption.
        caption: the number of the block that is the caption of a photo, None without one.
    """

    def __init__(self, page: Blocks, kinds: list[Kind], headline: int | None) -> None:
        self._page, self._kinds, self._headline = page, kinds, headline
        self.rules: dict[int, str] = {}
        self.captions: list[int] = []
        self._count()
        self._cut_nodes()
        self._cut_captions()
        self._cut_dated_lists()

    def _count(self) -> None:
        """Add up text and headlines that are links, so that any element's sums are known."""
        blocks = list(zip(self._page.blocks, self._kinds, strict=True))
        texts = [len(block.text) if kind is Kind.TEXT else 0 for block, kind in blocks]
        self._chars = [0, *accumulate(texts)]
        self._all = [0, *accumulate(len(block.text) for block, _ in blocks)]
        heads = (is_headline(block) and kind is Kind.LINK for block, kind in blocks)
        self._heads = [0, *accumulate(heads)]

    def _cut_nodes(self) -> None:
        forms = self._around(self._page.controls, FORM_CHARS_MOST)
        posts = self._around(self._page.posts, POST_CHARS_MOST)
        for node in self._page.nodes:
            if node.start == node.stop or node.start in self.rules or self._is_main(node):
                continue
            if node.is_aside:
                self._cut(node, "frame" if node.is_noise else "")
            elif node in posts:
                self._cut(node, "media")
            elif node in forms:
                self._cut(node, "frame")
            elif self._is_teaser(node) or self._is_post(node):
                self._cut(node, "list" if self._heads_in(node) else "media")

    def _cut(self, node: Node, rule: str) -> None:
        for number in range(node.start, node.stop):
            self.rules.setdefault(number, rule)

    def _around(self, nodes: list[Node], most: int) -> set[Node]:
        """Return the elements around some with at most so much text and no headline in them."""
        found: set[Node] = set()
        for node in nodes:
            for each in node.chain():
                is_large = self._size_of(each) > most or self._chars_in(each) > most // 2
                if each in found or is_large or self._is_main(each):
                    break
                found.add(each)
        return found

    def _is_main(self, node: Node) -> bool:
        """Tell whether an element holds the headline or most of the text of the page."""
        if self._headline is not None and node.start <= self._headline < node.stop:
            return True
        return self._chars_in(node) > MAIN_SHARE * self._chars[-1]

    def _is_teaser(self, node: Node) -> bool:
        """Tell whether an element is a link to another article, or several, with little text."""
        heads = self._heads_in(node)
        if not heads or node.tag in _PARAGRAPHS:
            return False
        is_brief = self._chars_in(node) <= TEASER_CHARS_MOST * heads
        most = TEASER_TEXTS_MOST if heads == 1 else 1
        return is_brief and self._begins_with_link(node) and self._longest_run(node) <= most

    def _longest_run(self, node: Node) -> int:
        """Return how many paragraphs stand one below the other; those of teasers do not."""
        longest = run = 0
        for number in range(node.start, node.stop):
            run = run + 1 if self._kinds[number] is Kind.TEXT else 0
            longest = max(longest, run)
        return longest

    def _begins_with_link(self, node: Node) -> bool:
        for number in range(node.start, node.stop):
            if self._kinds[number] is Kind.TEXT:
                return False
            if self._kinds[number] is Kind.LINK and is_headline(self._page.blocks[number]):
                return True
        return False

    def _is_post(self, node: Node) -> bool:
        last = self._page.blocks[node.stop - 1].text
        is_brief = self._all[node.stop] - self._all[node.start] <= POST_CHARS_MOST
        return (
            is_brief and len(last) <= CAPTION_CHARS_MOST and _POST_END.fullmatch(last) is not None
        )

    def _cut_captions(self) -> None:
        for number, node in self._page.images:
            if number < len(self._page.blocks) and self._is_caption(number, node):
                self.captions.append(number)
                self.rules.setdefault(number, "")
        for number, block in enumerate(self._page.blocks):
            if len(block.text) <= CAPTION_CHARS_MOST and has_photo_credit(block.text):
                self.captions.append(number)
                self.rules.setdefault(number, "")

    def _is_caption(self, number: int, image: Node) -> bool:
        """Tell whether a block stands alone with an image in an element."""
        block = self._page.blocks[number]
        if len(block.text) > CAPTION_CHARS_MOST or number == self._headline:
            return False
        around = (node for node in image.chain() if node.stop > number)
        node = next(around, None)
        return (
            node is not None
            and node.stop - node.start <= CAPTION_LINES_MOST
            and not self._is_main(node)
        )

    def _cut_dated_lists(self) -> None:
        """Cut headlines that stand each beside a date of its own, two or more in a row."""
        kinds = self._kinds
        for number in range(1, len(kinds)):
            pair = {kinds[number - 1], kinds[number]}
            if number in self.rules or not (Kind.DATE in pair and pair & {Kind.LINK, Kind.SHORT}):
                continue
            run = self._dated_run(number - 1)
            if len(run) >= DATED_LINES_LEAST:
                for each in run:
                    self.rules.setdefault(each, "list")

    def _dated_run(self, start: int) -> range:
        """Return the run of blocks in which dates and short lines take turns."""
        kinds, stop = self._kinds, start + 1
        while stop < len(kinds) and (kinds[stop] is Kind.DATE) != (kinds[stop - 1] is Kind.DATE):
            if not self._is_dated_line(stop) or self._list_of(stop) is not self._list_of(start):
                break
            stop += 1
        return range(start, stop if self._is_dated_line(start) else start)

    def _is_dated_line(self, number: int) -> bool:
        """Tell whether a block may be a line of a list of headlines with their dates."""
        if number == self._headline:
            return False
        kind = self._kinds[number]
        is_line = kind in {Kind.LINK, Kind.SHORT} and is_headline(self._page.blocks[number])
        return kind is Kind.DATE or is_line

    def _size_of(self, node: Node) -> int:
        return self._all[node.stop] - self._all[node.start]

    def _list_of(self, number: int) -> Node | None:
        """Return the element that would be the list, if a block were a line of it."""
        return self._page.blocks[number].node.parent

    def _chars_in(self, node: Node) -> int:
        return self._chars[node.stop] - self._chars[node.start]

    def _heads_in(self, node: Node) -> int:
        return self._heads[node.stop] - self._heads[node.start]


def is_headline(block: Block) -> bool:
    """Tell whether a block is long enough for the headline of an article."""
    is_long = len(block.text) >= HEADLINE_CHARS_LEAST
    return is_long and len(block.text.split()) >= HEADLINE_WORDS_LEAST
