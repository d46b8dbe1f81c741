"""Run a Whoosh query over a whole generation: all matching documents and scores, as arrays."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.query import Every
from whoosh.searching import SearchContext, Searcher

from index.columns import NO_DAY, Columns
from search.deadline import Deadline
from search.request import Sort


@dataclass(frozen=True, slots=True)
class Matches:
    """The matching documents, in order of their numbers, and the score of each."""

    docs: NDArray[np.int32]
    scores: NDArray[np.float64]

    def within(self, mask: NDArray[np.bool_]) -> "Matches":
        """Return the matches that a mask over all documents lets through."""
        kept = mask[self.docs]
        return Matches(self.docs[kept], self.scores[kept])

    def mask(self, doc_count: int) -> NDArray[np.bool_]:
        """Return the matches as a mask over all documents."""
        mask = np.zeros(doc_count, dtype=bool)
        mask[self.docs] = True
        return mask


def evaluate(query: Any, searcher: Searcher, weighting_of: Any, deadline: Deadline) -> Matches:
    """Return all matches of a Whoosh query.

    Args:
        query: the Whoosh query.
        searcher: over all segments.
        weighting_of: from a segment's offset to its weighting model.
        deadline: when to stop.

    Raises:
        QueryTimeoutError: at the deadline.
    """
    if isinstance(query, Every):
        count = searcher.doc_count_all()
        return Matches(np.arange(count, dtype=np.int32), np.zeros(count))
    docs: list[int] = []
    scores: list[float] = []
    for leaf, offset in searcher.leaf_searchers():
        matcher = query.matcher(leaf, SearchContext(weighting=weighting_of(offset)))
        while matcher.is_active():
            docs.append(matcher.id() + offset)
            scores.append(matcher.score())
            matcher.next()
            deadline.check()
    return Matches(np.array(docs, dtype=np.int32), np.array(scores, dtype=np.float64))


def in_order(matches: Matches, columns: Columns, sort: Sort, stop: int) -> Matches:
    """Return the first `stop` matches: by score or by date, ties by date (newest first), then id.

    Undated documents come last when sorted by date.
    """
    if sort == "relevance":
        matches = _best(matches, stop)
    days = columns.days[matches.docs].astype(np.int64)
    newest = -days
    if sort == "oldest":
        newest = np.where(days == NO_DAY, np.iinfo(np.int64).max, days)
    keys: list[NDArray[Any]] = [columns.id_ranks[matches.docs], newest]
    if sort == "relevance":
        keys.append(-matches.scores)
    order = np.lexsort(keys)[:stop]
    return Matches(matches.docs[order], matches.scores[order])


def _best(matches: Matches, stop: int) -> Matches:
    """Return the matches whose score is among the `stop` best, ties included, in any order.

    A partial selection costs one pass, where sorting all costs a dozen.
    """
    if len(matches.docs) <= stop:
        return matches
    least = np.partition(matches.scores, -stop)[-stop]
    kept = matches.scores >= least
    return Matches(matches.docs[kept], matches.scores[kept])
