"""What a query marks in a text: the words, phrases and prefixes that it asked for.

Words are compared as the index compares them: a plain word marks every form with its stem, a phrase
only exactly these words, a prefix every word that begins so. What a query excludes marks nothing.
A snippet is the passage with most of that. HTML is the template's work: here are only offsets.

>>> from search.query import Term
>>> marks = marks_of(Term("dagang"))
>>> snippet("Perdagangan beras dan dagangan lain.", marks, "body").marked
['Perdagangan', 'dagangan']
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal, NamedTuple

from index.analysis import Token, tokenize
from index.stemming import stem
from search.leaves import positive_leaves
from search.query import Phrase, Prefix, Query, Term
from search.results import Highlight, Snippet

TEXT_LENGTH_MOST = 200_000
"""Characters that are searched for marks: more than 20,000 words, and less than half a second."""

SNIPPET_LENGTH = 240
"""Characters of a snippet: three lines of the page's measure."""

SNIPPET_LENGTH_LEAST = 40
"""Shorter snippets are not made: they would be ellipses around one word."""

LINE_BREAK = " · "
"""What stands for a line break in a snippet, so that a subhead does not run into a sentence."""

_LINE_END = " \n "
"""The same while marks are sought, since no phrase reaches over a line's end; just as long."""

_CUT_BEFORE, _CUT_AFTER = "… ", " …"
_SENTENCE_END = re.compile(r"[.!?][\"')\]\u201d\u2019]*\s+|\n ")


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing to mark.

    Attributes:
        kind: stem: tokens with these stems; exact: these tokens; prefix: any token that begins so.
        tokens: what to find, side by side, in order.
        field: the only field it holds for; None for every text.
    """

    kind: Literal["stem", "exact", "prefix"]
    tokens: tuple[str, ...]
    field: str | None = None


Marks = tuple[Mark, ...]
"""All that a query marks, each once, in the reader's order."""


class MarkedSpan(NamedTuple):
    """A marked part of a text, in code points, and the numbers of the marks that stand in it."""

    start: int
    stop: int
    mark_numbers: frozenset[int]


def marks_of(query: Query) -> Marks:
    """Return what the query marks; dates and excluded parts mark nothing."""
    marks = (_mark_of(leaf) for leaf in positive_leaves(query))
    return tuple(dict.fromkeys(mark for mark in marks if mark.tokens))


def highlight(text: str, marks: Marks, field: str) -> tuple[Highlight, ...]:
    """Return the marked spans of a field's text, in order and apart."""
    return tuple(Highlight(span.start, span.stop) for span in _marked_spans(text, marks, field))


def snippet(text: str, marks: Marks, field: str, length: int = SNIPPET_LENGTH) -> Snippet:
    """Return the best passage of a field's text, at most `length` characters with its ellipses.

    Best is the passage with most different marks, then with most marked spans, then the first one.
    It starts with a sentence where one begins near, and cuts no word that is shorter than itself.
    Without marks it is the beginning of the text.
    """
    shown = _LINE_END.join(filter(None, (line.strip() for line in text.splitlines())))
    spans = _marked_spans(shown, marks, field)
    length = max(length, SNIPPET_LENGTH_LEAST)
    if len(shown) <= length:
        return _cut_out(shown, spans, 0, len(shown))
    room = length - len(_CUT_BEFORE) - len(_CUT_AFTER)
    core_start, core_stop = _best_core(shown, spans, room)
    start = _start_of_reading(shown, core_start, core_stop, room)
    return _cut_out(shown, spans, start, _stop_of_reading(shown, start, core_stop, room))


def _mark_of(leaf: Term | Phrase | Prefix) -> Mark:
    tokens = tuple(token.text for token in tokenize(leaf.text) if token.text.strip())
    match leaf:
        case Term():
            if len(tokens) > 1:
                return Mark("exact", tokens, leaf.field)
            return Mark("stem", tuple(map(stem, tokens)), leaf.field)
        case Phrase():
            return Mark("exact", tokens, leaf.field)
        case Prefix():
            return Mark("prefix" if len(tokens) == 1 else "exact", tokens, leaf.field)


def _marked_spans(text: str, marks: Marks, field: str) -> list[MarkedSpan]:
    """Return the marked spans with their marks, in order; those that share a word are joined."""
    wanted = {n: mark for n, mark in enumerate(marks) if mark.field in {None, field}}
    if not wanted:
        return []
    tokens = list(takewhile(lambda token: token.stop <= TEXT_LENGTH_MOST, tokenize(text)))
    spans: list[MarkedSpan] = []
    for start, stop, number in sorted(_find(tokens, wanted)):
        span = MarkedSpan(tokens[start].start, tokens[stop - 1].stop, frozenset({number}))
        if spans and span.start < spans[-1].stop:
            spans[-1] = _joined(spans[-1], span)
        else:
            spans.append(span)
    return spans


def _find(tokens: Sequence[Token], marks: dict[int, Mark]) -> Iterator[tuple[int, int, int]]:
    """Yield (first token, token after the last, number of the mark) wherever a mark stands."""
    words = [token.text for token in tokens]
    places = [token.position for token in tokens]
    by_kind: dict[str, dict[int, Mark]] = {"stem": {}, "exact": {}, "prefix": {}}
    for number, mark in marks.items():
        by_kind[mark.kind][number] = mark
    if by_kind["stem"]:
        yield from _find_sequences([stem(word) for word in words], places, by_kind["stem"])
    if by_kind["exact"]:
        yield from _find_sequences(words, places, by_kind["exact"])
    for number, mark in by_kind["prefix"].items():
        for place, word in enumerate(words):
            if word.startswith(mark.tokens[0]):
                yield place, place + 1, number


def _find_sequences(
    words: list[str], positions: list[int], marks: dict[int, Mark]
) -> Iterator[tuple[int, int, int]]:
    by_first: dict[str, list[tuple[int, list[str]]]] = {}
    for number, mark in marks.items():
        by_first.setdefault(mark.tokens[0], []).append((number, list(mark.tokens)))
    for place, word in enumerate(words):
        for number, wanted in by_first.get(word, ()):
            stop = place + len(wanted)
            if words[place:stop] != wanted:
                continue
            if positions[stop - 1] - positions[place] == len(wanted) - 1:
                yield place, stop, number


def _joined(first: MarkedSpan, second: MarkedSpan) -> MarkedSpan:
    stop = max(first.stop, second.stop)
    return MarkedSpan(first.start, stop, first.mark_numbers | second.mark_numbers)


def _best_core(text: str, spans: Sequence[MarkedSpan], room: int) -> tuple[int, int]:
    """Return the stretch of whole words, `room` long at most, that holds the best marks."""
    edges = [_word_edges(text, span, room) for span in spans]
    counts: Counter[int] = Counter()
    best_score, best = (0, 0), (0, 0)
    first = 0
    for last, span in enumerate(spans):
        counts.update(span.mark_numbers)
        while edges[last][1] - edges[first][0] > room and first < last:
            counts -= Counter(spans[first].mark_numbers)
            first += 1
        score = (len(counts), last - first + 1)
        if score > best_score:
            best_score, best = score, (edges[first][0], edges[last][1])
    return best[0], min(best[1], best[0] + room)


def _word_edges(text: str, span: MarkedSpan, room: int) -> tuple[int, int]:
    """Return where the words around a span begin and end; the span itself if they are too long."""
    start = text.rfind(" ", max(0, span.start - room), span.start) + 1
    stop = text.find(" ", span.stop, span.stop + room)
    if not start and span.start > room:
        start = span.start
    if stop < 0:
        stop = len(text) if len(text) <= span.stop + room else span.stop
    return (start, stop) if stop - start <= room else (span.start, span.stop)


def _start_of_reading(text: str, core_start: int, core_stop: int, room: int) -> int:
    """Return where a passage with this core begins: with the text, a sentence or a word."""
    earliest = max(0, core_stop - room)
    if not earliest:
        return 0
    fullest = len(text) - room
    if fullest < core_start:
        # Near its end, the text is filled up from before rather than shown short.
        return _next_word_start(text, fullest, core_start)
    sentences = [found.end() for found in _SENTENCE_END.finditer(text, earliest, core_start)]
    if sentences:
        return sentences[-1]
    return _next_word_start(text, max(earliest, core_start - room // 4), core_start)


def _next_word_start(text: str, start: int, core_start: int) -> int:
    if text[start - 1] == " ":
        return start
    return text.find(" ", start, core_start) + 1 or core_start


def _stop_of_reading(text: str, start: int, core_stop: int, room: int) -> int:
    """Return where the passage ends: with a word, unless that would cut off the core."""
    if start + room >= len(text):
        return len(text)
    stop = text.rfind(" ", start, start + room + 1)
    return stop if stop > start and stop >= core_stop else start + room


def _cut_out(text: str, spans: Sequence[MarkedSpan], start: int, stop: int) -> Snippet:
    """Return a part of the text, with ellipses where it is cut and its highlights in place."""
    while start < stop and text[start] in _LINE_END:
        start += 1
    while start < stop and text[stop - 1] in _LINE_END:
        stop -= 1
    before = _CUT_BEFORE if start else ""
    after = _CUT_AFTER if stop < len(text) else ""
    shift = len(before) - start
    highlights = tuple(
        Highlight(max(span.start, start) + shift, min(span.stop, stop) + shift)
        for span in spans
        if span.stop > start and span.start < stop
    )
    shown = text[start:stop].replace(_LINE_END, LINE_BREAK)
    return Snippet(f"{before}{shown}{after}", highlights)
