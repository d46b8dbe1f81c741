"""From a text with highlights to the parts that a template writes one after the other."""

from collections.abc import Iterator, Sequence

from search.results import Highlight, Snippet
from web.views.page_models import MarkedText


def marked_text(snippet: Snippet) -> MarkedText:
    """Return a snippet as a template and the JSON see it."""
    return MarkedText(snippet.text, snippet.highlights)


def lines_of(text: str, highlights: Sequence[Highlight]) -> Iterator[Snippet]:
    """Yield each line of a text with the highlights that lie in it, counted from its start."""
    start = place = 0
    for line in text.split("\n"):
        stop = start + len(line)
        spans = []
        while place < len(highlights) and highlights[place].start < stop:
            span = highlights[place]
            spans.append(Highlight(span.start - start, min(span.stop, stop) - start))
            place += 1
        yield Snippet(line, tuple(spans))
        start = stop + 1
