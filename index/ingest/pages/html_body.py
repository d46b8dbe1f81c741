"""HTML body extraction: the running text of a page, in lines, without what is not the article.

Outlets that mark their text are believed (the `body` rows of `html_selectors`) as long as the mark
holds most of the text. On other pages the element with the most votes of paragraphs holds it
(`html_votes`), from its first paragraph to its last (`html_text_ends`). Inside it and beside it,
what surrounds an article is cut: by its shape (`html_surroundings`) and by its words
(`index.ingest.text.boilerplate`).

>>> from index.ingest.pages.html_tree import parse_tree
>>> read_fragment(parse_tree("<p>Harga turun.<p>Baca juga: Panen raya")).lines
['Harga turun.']
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lxml.html import HtmlElement

from index.document import CutLine
from index.ingest.fields import find_signature
from index.ingest.pages.block_kinds import Kind
from index.ingest.pages.html_index import HtmlPage
from index.ingest.pages.html_page_text import PageText, read_page_text
from index.ingest.pages.html_selectors import selectors_for
from index.ingest.pages.html_surroundings import is_headline
from index.ingest.pages.html_text_ends import find_end, find_start
from index.ingest.pages.html_votes import find_voted_range
from index.ingest.pages.json_ld import read_texts
from index.ingest.text import clean_text, find_rule, remove_boilerplate, split_paragraphs

CUT_CHARS_SHOWN = 200
"""Characters that are kept of a line that was cut, for whoever asks what was cut."""
TEXT_CHARS_LEAST = 60
"""A shorter text is a teaser or an empty element, and the next way is tried."""
MARKED_SHARE_LEAST = 0.4
"""A marked element with a smaller share of the text that the votes find is no article."""


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


def _candidates(page: HtmlPage, text: PageText) -> Iterator[Body]:
    voted = find_voted_range(text)
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


def _to_body(text: PageText, numbers: Sequence[int], origin: str) -> Body:
    """Return the text of the blocks, from its first paragraph on to its end."""
    top = -1 if text.headline is None else text.headline
    below = [number for number in numbers if number > top] or list(numbers)
    first = find_start(text, below)
    end = find_end(text, below, first)
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
