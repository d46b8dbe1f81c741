"""Judgments: what was read from a file, compared with its truth field by field.

>>> document = Document(doc_id="a", title="Panen Garam", body="Garam dipanen lebih awal.")
>>> [(each.field, each.is_right) for each in judge({"title": "Panen", "has": "dipanen"}, document)]
[('title', False), ('has', True)]
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from index.analysis import tokenize
from index.document import Document, Rejection
from index.indexer import preview_build
from index.ingest import read_paths
from reading.truths import FIELDS, Case, Truth, as_json

Item = Document | Rejection | None
"""What was read in an article's place."""

IN_ANY_CASE = ("category", "source")
"""Fields whose truth is the same in capitals."""
TEXT_FIELDS = ("body", "starts", "ends", "has", "keep_out")
"""What is told of the text: all of it, its first and last words, words within and out of it."""
LEAST = 0.95
"""The least F1 of a text that is right."""
NO_INDEX = Path("no-index")
"""An index that is not there: nothing was indexed or taken down before."""
_WORDS = re.compile(r"[^\W_]+")


class Judgment(NamedTuple):
    """One field of one article.

    Attributes:
        field: its name; "rows" for the number of articles in a file, "refused" for a page that is
            no article, "found" for an article that was not read.
        is_right: whether it is as in the truth.
        expected: the truth.
        read: what was read.
        f1: of the text alone, F1 over its words.
    """

    field: str
    is_right: bool
    expected: Any
    read: Any
    f1: float | None = None


def judge_file(case: Case, path: Path | None = None) -> Iterator[Judgment]:
    """Read a file, and compare it with its truths; count the articles that a build would index.

    Args:
        case: the file and its truths.
        path: another file with the same articles.
    """
    place = path or case.path
    yield from judge_items(case.truths, list(read_paths([place])))
    if case.row_count is not None:
        indexed = preview_build([place], NO_INDEX).doc_count
        yield Judgment("rows", indexed == case.row_count, case.row_count, indexed)


def judge_items(truths: Sequence[Truth], items: Sequence[Item]) -> Iterator[Judgment]:
    """Yield the judgments of the articles of one file."""
    rejection = next((item for item in items if isinstance(item, Rejection)), None)
    for truth, item in zip(truths, _matched(truths, items), strict=True):
        yield from judge(truth, item or rejection)


def judge(truth: Truth, item: Item) -> Iterator[Judgment]:
    """Yield the judgments of one article."""
    refused = truth.get("refused")
    if refused is not None:
        is_right = isinstance(item, Rejection) and refused in {True, item.reason}
        yield Judgment("refused", is_right, refused, _shown(item))
        return
    if not isinstance(item, Document):
        told = [name for name in (*FIELDS, *TEXT_FIELDS) if name in truth]
        yield from (Judgment(name, False, truth[name], _shown(item)) for name in told)
        return
    for name in FIELDS:
        if name in truth:
            read = as_json(getattr(item, name))
            yield Judgment(name, _is_same(name, read, truth[name]), truth[name], read)
    yield from _judge_text(truth, item.body)


def _is_same(name: str, read: Any, told: Any) -> bool:
    """Tell whether a value is the one that was told; the case of an outlet's name may differ."""
    if name in IN_ANY_CASE and read and told:
        return bool(read.casefold() == told.casefold())
    return bool(read == told)


def _judge_text(truth: Truth, body: str) -> Iterator[Judgment]:
    words = _spoken(body)
    if "body" in truth:
        f1 = body_f1(truth["body"], body)
        yield Judgment("body", f1 >= LEAST, "\n".join(truth["body"]), body, f1)
    if "starts" in truth:
        is_right = words.startswith(_spoken(truth["starts"]))
        yield Judgment("starts", is_right, truth["starts"], body[:80])
    if "ends" in truth:
        yield Judgment("ends", words.endswith(_spoken(truth["ends"])), truth["ends"], body[-80:])
    if "has" in truth:
        yield Judgment("has", truth["has"] in body, truth["has"], _shown(body))
    if "keep_out" in truth:
        found = [text for text in truth["keep_out"] if text in body]
        yield Judgment("keep_out", not found, [], found)


def body_f1(truth: Iterable[str], body: str) -> float:
    """Return F1 over the words of a text, each counted as often as it occurs."""
    expected = Counter(token.text for line in truth for token in tokenize(line))
    actual = Counter(token.text for token in tokenize(body))
    shared = (expected & actual).total()
    return 2 * shared / max(expected.total() + actual.total(), 1)


def _matched(truths: Sequence[Truth], items: Sequence[Item]) -> list[Item]:
    """Return the item of each truth: the one with its title, else the one in its place."""
    free = dict(enumerate(items))
    taken: dict[int, Item] = {}
    for number, truth in enumerate(truths):
        title = truth.get("match_title", truth.get("title"))
        place = next((at for at, item in free.items() if title and _title_of(item) == title), None)
        if place is not None:
            taken[number] = free.pop(place)
    for number, truth in enumerate(truths):
        if number not in taken:
            taken[number] = None if "match_title" in truth else free.pop(number, None)
    return [taken[number] for number in range(len(truths))]


def _title_of(item: Item) -> str | None:
    return " ".join(item.title.split()) if isinstance(item, Document) else None


def _spoken(text: str) -> str:
    """Return the words of a text alone, so that quotes and full stops do not count."""
    return " ".join(_WORDS.findall(text))


def _shown(item: Item | str) -> str:
    """Return what stands in an article's place, short enough for a line."""
    if isinstance(item, Document):
        return f"an article: {item.title}"
    if isinstance(item, Rejection):
        return f"refused as {item.reason}: {item.detail}"[:160]
    return (item or "nothing")[:160]
