"""Highlights and snippets: what a query marks in a text, and the passage with most of its marks.

Words are compared as the index compares them. A plain word marks every form with its stem, a phrase
exactly its words, near words only where they stand near each other, a prefix every word that begins
so. Excluded parts mark nothing. Highlights are offsets in code points; templates make HTML.

>>> from search.query.tree import Term
>>> marks = marks_of(Term("dagang"))
>>> snippet("Perdagangan beras dan dagangan lain.", marks, "body").marked
['Perdagangan', 'dagangan']
"""

import re
from collections.abc import Sequence
from itertools import starmap

import numpy as np

from index.analysis import stem, tokenize
from search.highlight.matching import Check, Finds, Mark, Marks, find_marks, no_limit
from search.kernels.passages import best_passages
from search.query import Leaf, Near, Phrase, Prefix, Query, Term, positive_leaves
from search.results import Highlight, Snippet

SNIPPET_LENGTH = 240
"""Characters of a snippet: three lines of the page's measure."""

READ_FIRST = 200_000
"""Characters of a text that are read for a snippet: more than 20,000 words. The rest of a longer
one is read, for a tenth of a second, only where no mark stands there."""

SNIPPET_LENGTH_LEAST = 40
"""Shorter snippets are not made: they would be ellipses around one word."""

LINE_BREAK = " · "
"""What stands for a line break in a snippet, so that a subhead does not run into a sentence."""

_LINE_END = " \n "
"""The same while marks are sought, since no phrase reaches over a line's end; just as long."""

_CUT_BEFORE, _CUT_AFTER = "… ", " …"
_SENTENCE_END = re.compile(r"[.!?][\"')\]\u201d\u2019]*\s+|\n ")


def marks_of(query: Query) -> Marks:
    """Return what the query marks; dates and excluded parts mark nothing."""
    marks = (_mark_of(leaf) for leaf in positive_leaves(query))
    return tuple(dict.fromkeys(mark for mark in marks if mark.tokens))


def highlight(
    text: str, marks: Marks, field: str, check: Check = no_limit
) -> tuple[Highlight, ...]:
    """Return the marked spans of a field's text, in order and apart; `check` may end the work."""
    return highlights([text], marks, field, check)[0]


def highlights(
    texts: Sequence[str], marks: Marks, field: str, check: Check = no_limit
) -> list[tuple[Highlight, ...]]:
    """Return the marked spans of each of a field's texts."""
    finds = find_marks(texts, marks, field, check)
    marked = []
    for text in range(len(texts)):
        check()
        marked.append(tuple(starmap(Highlight, finds.spans(text))))
    return marked


def snippet(text: str, marks: Marks, field: str, length: int = SNIPPET_LENGTH) -> Snippet:
    """Return the best passage of a field's text, at most `length` characters with its ellipses.

    Best is the passage with most different marks, then with most marked spans, then the first one.
    It starts with a sentence where one begins near, and cuts no word that is shorter than itself.
    Without marks it is the beginning of the text.
    """
    return make_snippets([text], marks, field, length)[0]


def make_snippets(
    texts: Sequence[str],
    marks: Marks,
    field: str,
    length: int = SNIPPET_LENGTH,
    check: Check = no_limit,
) -> list[Snippet]:
    """Return the best passage of each of a field's texts; see `snippet`.

    `check` is called between the steps; what it raises ends the work.
    """
    shown = [_on_one_line(text, check) for text in texts]
    finds = _find_soon(shown, marks, field, check)
    length = max(length, SNIPPET_LENGTH_LEAST)
    room = length - len(_CUT_BEFORE) - len(_CUT_AFTER)
    cores = _best_cores(finds, len(marks), room)
    snippets = []
    for number, (text, core) in enumerate(zip(shown, cores, strict=True)):
        check()
        snippets.append(_cut_out(text, finds, number, *_passage(text, core, length)))
    return snippets


def _find_soon(texts: Sequence[str], marks: Marks, field: str, check: Check) -> Finds:
    """Return where marks stand, in the first part of each text that has any there."""
    finds = find_marks(texts, marks, field, check, READ_FIRST)
    has_none = (finds.bounds[:-1] == finds.bounds[1:]).tolist()
    if not any(none and len(text) > READ_FIRST for none, text in zip(has_none, texts, strict=True)):
        return finds
    read = [text if none else text[:READ_FIRST] for none, text in zip(has_none, texts, strict=True)]
    return find_marks(read, marks, field, check)


def _on_one_line(text: str, check: Check) -> str:
    check()
    return _LINE_END.join(filter(None, (line.strip() for line in text.splitlines())))


def _best_cores(finds: Finds, mark_count: int, room: int) -> list[tuple[int, int]]:
    """Return the best span of marks in each text; (0, 0) where it has none."""
    text_count = len(finds.bounds) - 1
    firsts, lasts = np.empty(text_count, np.int64), np.empty(text_count, np.int64)
    best_passages(*finds, room, np.zeros(mark_count, np.int32), firsts, lasts)
    has_any = (finds.bounds[:-1] < finds.bounds[1:]).tolist()
    return [
        (int(finds.starts[first]), int(finds.stops[last])) if found else (0, 0)
        for first, last, found in zip(firsts.tolist(), lasts.tolist(), has_any, strict=True)
    ]


def _passage(text: str, core: tuple[int, int], length: int) -> tuple[int, int]:
    """Return where the passage around a core begins and ends."""
    if len(text) <= length:
        return 0, len(text)
    room = length - len(_CUT_BEFORE) - len(_CUT_AFTER)
    core_start, core_stop = _whole_words(text, *core, room)
    start = _passage_start(text, core_start, core_stop, room)
    return start, _passage_stop(text, start, core_stop, room)


def _mark_of(leaf: Leaf) -> Mark:
    tokens = tuple(token.text for token in tokenize(leaf.text) if token.text.strip())
    match leaf:
        case Term():
            if len(tokens) > 1:
                return Mark("exact", tokens, leaf.field)
            return Mark("stem", tuple(map(stem, tokens)), leaf.field)
        case Phrase():
            return Mark("exact", tokens, leaf.field)
        case Near(_, reach):
            return Mark("near" if len(tokens) > 1 else "exact", tokens, leaf.field, reach)
        case Prefix():
            return Mark("prefix" if len(tokens) == 1 else "exact", tokens, leaf.field)


def _whole_words(text: str, start: int, stop: int, room: int) -> tuple[int, int]:
    """Extend a core to whole words, as far as there is room for them."""
    word_start = text.rfind(" ", max(0, start - room), start) + 1
    if not word_start and start > room:
        word_start = start
    word_stop = text.find(" ", stop, stop + room)
    if word_stop < 0:
        word_stop = len(text) if len(text) <= stop + room else stop
    if word_stop - word_start <= room:
        return word_start, word_stop
    return start, min(stop, start + room)


def _passage_start(text: str, core_start: int, core_stop: int, room: int) -> int:
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


def _passage_stop(text: str, start: int, core_stop: int, room: int) -> int:
    """Return where the passage ends: with a word, unless that would cut off the core."""
    if start + room >= len(text):
        return len(text)
    stop = text.rfind(" ", start, start + room + 1)
    return stop if stop > start and stop >= core_stop else start + room


def _cut_out(text: str, finds: Finds, number: int, start: int, stop: int) -> Snippet:
    """Return a part of the text, with ellipses where it is cut and its highlights in place."""
    while start < stop and text[start] in _LINE_END:
        start += 1
    while start < stop and text[stop - 1] in _LINE_END:
        stop -= 1
    before = _CUT_BEFORE if start else ""
    after = _CUT_AFTER if stop < len(text) else ""
    shift = len(before) - start
    highlights = tuple(
        Highlight(max(first, start) + shift, min(last, stop) + shift)
        for first, last in finds.spans(number, start, stop)
    )
    shown = text[start:stop].replace(_LINE_END, LINE_BREAK)
    return Snippet(f"{before}{shown}{after}", highlights)
