"""Date of an HTML page: what it states for machines, else the date beside its headline."""

from collections.abc import Iterable, Iterator

from index.ingest.fields import StatedDate, find_stated_date, first_dated
from index.ingest.io import DateOrder
from index.ingest.pages.block_kinds import Kind
from index.ingest.pages.html_index import HtmlPage
from index.ingest.pages.html_page_text import PageText
from index.ingest.pages.html_selectors import Selector, selectors_for
from index.ingest.pages.html_surroundings import is_headline

ABOVE_MOST = 5
"""How many lines above the headline, and behind the text, are searched, also for tags."""

BESIDE_MOST = 15
"""How many lines below the headline are searched."""

DATED_CHARS_MOST = 160
"""A longer line is no byline with a date."""


def read_date(page: HtmlPage, text: PageText, order: DateOrder | None = None) -> StatedDate:
    """Return the date on which the article appeared, with notes on what is doubtful.

    What the page states for machines comes first, then the date beside the headline, then the marks
    that outlets use, which may stand at other articles as well.
    """
    selectors = selectors_for("date")
    stated = [each for each in selectors if _is_for_machines(each)]
    marked = [each for each in selectors if each not in stated]
    ways: list[tuple[Selector | str, Iterable[str]]] = [
        *((each, page.read_values(each)) for each in stated),
        ("the line beside the headline", (text.blocks[n].text for n in _beside_headline(text))),
        *((each, page.read_values(each)) for each in marked),
    ]
    noted = StatedDate(None)
    for origin, values in ways:
        found = first_dated(find_stated_date(value, order) for value in values)
        if found.date:
            page.note_origin("date", origin)
            return found
        noted = noted if noted.notes else found
    return noted


def _is_for_machines(selector: Selector) -> bool:
    """Tell whether a selector names a place that an outlet writes for programs that read it."""
    is_known = selector.kind != "script" or selector.family != "any"
    return is_known and selector.kind in {"json_ld", "meta", "script"}


def _beside_headline(text: PageText) -> Iterator[int]:
    """Yield the blocks that may hold the date of the article, the nearest to its headline first."""
    top = text.start if text.headline is None else text.headline
    stop = min(text.start, top + BESIDE_MOST)
    above = range(top - 1, max(-1, top - ABOVE_MOST - 1), -1)
    below = range(text.stop, min(len(text.blocks), text.stop + ABOVE_MOST))
    for number in [*range(top, max(stop, top)), *above, *below]:
        is_short = len(text.blocks[number].text) <= DATED_CHARS_MOST
        is_teaser = text.kinds[number] is Kind.LINK and is_headline(text.blocks[number])
        if (
            is_short
            and not is_teaser
            and number not in text.captions
            and not text.is_elsewhere(number)
        ):
            yield number
