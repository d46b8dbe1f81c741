"""Run a query over an index: from a query tree to matches, facet counts and top hits.

    tree -> plan -> clauses of each segment -> matches, filtered and counted -> the best of all

A `Snapshot` is an index as queries see it, shared by all threads; a `RequestReader` reads it for
one request (`search.backend.Backend`). `plan_query` names the terms of a query; `evaluate` looks
them up in each segment, runs the clauses by the loops of `search.kernels`, and merges what the
segments found.

Words: a *clause* has to match, by any of its *streams*; a stream is the postings of one term with a
weight; a *candidate* is a document that a query may return; of each group of near duplicates one
document is the *representative*.

>>> from search.query import Prefix
>>> plan_query(Prefix("impor", "title")).root
AnyOf(parts=(TermsFrom(field='title', prefix=b'impor', score=0.4),), boost=1.0)

Not here: what the query means (`search.query`), relaxing and reranking (`search.relevance`), and
what is shown of a hit (`search.highlight`).
"""

from search.execution.deadline import Deadline
from search.execution.evaluator import Scope, counts_of, evaluate
from search.execution.planner import (
    AllOf,
    AnyOf,
    AnyTerm,
    EveryDocument,
    NumberRange,
    Plan,
    PlanNode,
    TermsFrom,
    TermsTogether,
    plan_query,
)
from search.execution.reader import RequestReader
from search.execution.snapshot import Snapshot
from search.execution.turns import Turn, Turns
