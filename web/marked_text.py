"""From a text with highlights to the parts that a template writes one after the other."""

from collections.abc import Iterator, Sequence

from search.results import Highlight, Snippet
from web.view_models import MarkedText, TextPart


def marked_text(snippet: Snippet) -> MarkedText:
    """Return a snippet as a template and the JSON see it.

    >>> [part.text for part in marked_text(Snippet("harga beras", (Highlight(6, 11),))).parts]
    ['harga ', 'beras']
    """
    spans = tuple((span.start, span.stop) for span in snippet.highlights)
    return MarkedText(snippet.text, spans, tuple(_parts(snippet)))


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


def _parts(snippet: Snippet) -> Iterator[TextPart]:
    end = 0
    for span in snippet.highlights:
        if span.start > end:
            yield TextPart(snippet.text[end : span.start], marked=False)
        yield TextPart(snippet.text[span.start : span.stop], marked=True)
        end = span.stop
    if end < len(snippet.text):
        yield TextPart(snippet.text[end:], marked=False)
