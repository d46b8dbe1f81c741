"""Where the kernels differ from Whoosh's matchers on purpose.

Each row says why, and turns a query into one that Whoosh's matchers run as the kernels do.
"""

import copy
from collections.abc import Callable
from typing import Any, NamedTuple

from whoosh import query as wq
from whoosh.matching import ListMatcher
from whoosh.query.wrappers import WrappingQuery


class Whole(WrappingQuery):
    """A query that is run to its end by itself, as the kernels have it where they need Whoosh."""

    def estimate_size(self, ixreader: Any) -> int:
        """Return the most that there can be."""
        return int(ixreader.doc_count())

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        """Return a matcher of what was found: no document twice, and no deleted one."""
        found: dict[int, float] = {}
        matcher = self.child.matcher(searcher, context)
        is_deleted = searcher.reader().is_deleted
        while matcher.is_active():
            found.setdefault(matcher.id(), matcher.score() if context.weighting else 1.0)
            matcher.next()
        docs = sorted(doc for doc in found if not is_deleted(doc))
        return ListMatcher(docs, weights=[found[doc] for doc in docs])


class Difference(NamedTuple):
    """A wanted difference: why, and the query that Whoosh gets right."""

    reason: str
    instead: Callable[[Any], wq.Query]


def _without(query: wq.AndNot) -> wq.Query:
    return wq.Require(query.a, wq.Not(query.b))


def _constant(query: Any) -> wq.Query:
    return wq.ConstantScoreQuery(query, query.boost) if query.constantscore else query


def _any_of(query: wq.SplitOr) -> wq.Query:
    return wq.Or(query.subqueries, boost=query.boost, minmatch=query.minmatch, scale=query.scale)


SIZELESS = (
    wq.SpanFirst,
    wq.SpanNear,
    wq.SpanNot,
    wq.SpanOr,
    wq.SpanContains,
    wq.SpanBefore,
    wq.SpanCondition,
)


def _undeleted(query: wq.ColumnQuery) -> wq.Query:
    return wq.Require(wq.Every(), query)


def _maybe(query: wq.AndMaybe) -> wq.Query:
    return wq.Require(wq.Or([query.a, query.b]), query.a)


DIFFERENCES: dict[type, Difference] = {
    wq.AndNot: Difference(
        "Whoosh's AndNotMatcher never compares its first document with an exclusion that begins"
        " earlier, and lets it through",
        _without,
    ),
    wq.Not: Difference(
        "Whoosh's InverseMatcher lets a deleted document through that is behind the last match of"
        " its child",
        Whole,
    ),
    wq.ColumnQuery: Difference("Whoosh does not leave out deleted documents", _undeleted),
    wq.AndMaybe: Difference(
        "Whoosh's AndMaybeMatcher, skipped forward by an And, leaves its second part behind, and"
        " its score with it",
        _maybe,
    ),
    wq.Prefix: Difference(
        "scores its boost, as documented; Whoosh's matchers score the term where there is only one,"
        " and else by the size of the index",
        _constant,
    ),
    **dict.fromkeys(
        (wq.TermRange, wq.Wildcard, wq.Regex, wq.FuzzyTerm),
        Difference("the same as for Prefix", _constant),
    ),
    wq.SplitOr: Difference(
        "Whoosh asks for an ArrayMatcher that is not there, and raises; here it is an Or", _any_of
    ),
    **dict.fromkeys(
        SIZELESS,
        Difference("cannot tell its size, for which an And or an Or asks, and raises", Whole),
    ),
    **dict.fromkeys(
        (wq.NestedParent, wq.NestedChildren),
        Difference("cannot be skipped forward by an And, and may have documents twice", Whole),
    ),
}
"""By class of query."""

RUN_BY_KERNELS = (
    wq.And,
    wq.Or,
    wq.AndNot,
    wq.AndMaybe,
    wq.Require,
    wq.Not,
    wq.ConstantScoreQuery,
)
"""The classes whose parts are evaluated; other classes are run by Whoosh, with all within."""


def is_unscored(query: wq.Query) -> bool:
    """Return whether all scores are 0: the whole archive, asked for alone, is only put in order."""
    return isinstance(query, wq.Every) and query.fieldname is None


def as_evaluated(query: wq.Query) -> wq.Query:
    """Return the query for which Whoosh's matchers find what the kernels find for this one."""
    difference = DIFFERENCES.get(type(query))
    if isinstance(query, RUN_BY_KERNELS) and not _is_left_to_whoosh(query):
        query = _with_parts(query)
    return difference.instead(query) if difference else query


def _is_left_to_whoosh(query: wq.Query) -> bool:
    return isinstance(query, wq.Or) and bool(query.scale or query.minmatch)


def _with_parts(query: Any) -> Any:
    """Return a copy whose parts are as they are evaluated."""
    copied = copy.copy(query)
    if hasattr(query, "subqueries"):
        copied.subqueries = [as_evaluated(part) for part in query.subqueries]
    if hasattr(query, "a"):
        copied.a, copied.b = copied.subqueries
    for name in ("query", "child"):
        if hasattr(query, name):
            setattr(copied, name, as_evaluated(getattr(query, name)))
    return copied
