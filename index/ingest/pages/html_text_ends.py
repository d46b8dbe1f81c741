"""Where the text of an article begins and ends among the lines of its element."""

from collections.abc import Sequence

from index.ingest.fields import find_opening, is_outlet
from index.ingest.pages.block_kinds import Kind
from index.ingest.pages.html_page_text import PageText
from index.ingest.pages.html_votes import home_of
from index.ingest.pages.text_page_lines import is_labelled

LINKS_AT_END = 3
"""So many links and lines of the site in a row end an article with little text behind them."""

REST_SHARE_MOST = 0.35
"""The share of the text so far that may stand behind the end of an article, and is not its own."""

SENTENCE_WORDS_LEAST = 6
"""Fewer words behind the last paragraph are no sentence."""

OPENING_TEXTS = 5
"""Paragraphs among which the one with the place stands first; what is above is a caption."""


def find_start(text: PageText, numbers: Sequence[int]) -> int:
    """Return where the article begins: at its first paragraph, or the place before it."""
    first = next((at for at, number in enumerate(numbers) if text.is_text(number)), 0)
    return _without_captions(text, numbers, _with_opening(text, numbers, first))


def _with_opening(text: PageText, numbers: Sequence[int], first: int) -> int:
    """Step back to a place that stands on a line of its own before the first paragraph."""
    before = numbers[first - 1] if first else None
    is_opening = before is not None and text.blocks[before].text.endswith(("-", "–", "—"))
    return first - 1 if is_opening else first


def _without_captions(text: PageText, numbers: Sequence[int], first: int) -> int:
    """Step on to the paragraph that opens with a place: what is above it is a caption or a deck."""
    texts = [at for at in range(first, len(numbers)) if text.is_text(numbers[at])]
    opened = (at for at in texts[:OPENING_TEXTS] if _is_opened(text.blocks[numbers[at]].text))
    return next(opened, first)


def _is_opened(line: str) -> bool:
    """Tell whether a paragraph opens with a known place, or with an outlet alone."""
    opening = find_opening(line, ())
    return opening is not None and (bool(opening.place) or is_outlet(opening.outlet))


def find_end(text: PageText, numbers: Sequence[int], first: int) -> int:
    """Return where the article ends: at its last paragraph before the lists of the site.

    Short lines right behind it stay: they may name the writer.
    """
    homes = set()
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
