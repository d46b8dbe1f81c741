"""Query DSL: from the plan of a query to the query that OpenSearch evaluates; pure.

A node of the plan becomes one clause, with Lucene's scores and the weights of `search.ranking`.
Readers' texts are in it as tokens alone, never in a syntax that OpenSearch would parse.

>>> from search.execution import plan_query
>>> from search.query import Term
>>> to_query(plan_query(Term("harga", "place")))
{'term': {'place': {'value': 'harga', 'boost': 0.2}}}
"""

from collections.abc import Iterator, Sequence
from typing import Any

from index.opensearch import to_token
from search.execution import (
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
from search.query import Also, And, Or, Query
from search.ranking import SYNONYM_WEIGHT, WEIGHT_BY_NAME

Body = dict[str, Any]
"""A part of a request's JSON."""

CLAUSES_MOST = 1_000
"""Clauses of a query; OpenSearch refuses more than 1,024 (indices.query.bool.max_clause_count)."""

EVERYTHING: Body = {"match_all": {"boost": 0.0}}
"""All documents, which score 0 where nothing else is asked."""
_NONE: Body = {"match_none": {}}
_NEVER: Body = {"term": {"month": "-"}}
"""What no document matches, as no shard knows before it looks."""


def query_body(query: Query) -> Body:
    """Return the query of a query tree, without other names of things where it is too long."""
    plan = plan_query(query)
    if clause_count(plan.root) + len(uncounted_terms(plan)) > CLAUSES_MOST:
        plan = plan_query(_as_typed(query))
    return to_query(plan)


def to_query(plan: Plan) -> Body:
    """Return the query of a plan; where all documents are asked for, they score 0."""
    if isinstance(plan.root, EveryDocument):
        return EVERYTHING
    clause, counted = _clause(plan.root, plan), uncounted_terms(plan)
    if not counted:
        return clause
    # A shard does not count words for the idf of all shards where it sees that a part cannot match:
    # a phrase of which it lacks a word, or days that it has not. So they are named again, where
    # nothing matches.
    statistics = {"must": [_term(plan, number) for number in counted], "filter": [_NEVER]}
    return {"dis_max": {"queries": [clause, {"bool": statistics}]}}


def uncounted_terms(plan: Plan) -> list[int]:
    """Return the terms of a plan that some shards would not count, by number."""
    nodes = list(_nodes(plan.root))
    if any(isinstance(node, NumberRange) for node in nodes):
        return list(range(len(plan.terms)))
    phrases = (node for node in nodes if isinstance(node, TermsTogether) and node.reach is None)
    return list(dict.fromkeys(number for phrase in phrases for number in phrase.numbers))


def _nodes(node: PlanNode) -> Iterator[PlanNode]:
    """Yield a node and all that are in it."""
    yield node
    if isinstance(node, AnyOf | AllOf):
        inner = node.parts if isinstance(node, AnyOf) else (*node.must, *node.must_not)
        for part in inner:
            yield from _nodes(part)


def clause_count(node: PlanNode) -> int:
    """Return how many clauses OpenSearch counts in a node, at most."""
    return sum(
        len(each.numbers) if isinstance(each, AnyTerm | TermsTogether) else 1
        for each in _nodes(node)
    )


def any_of(clauses: Sequence[Body], boost: float = 1.0) -> Body:
    """Return what matches where any of the clauses does; without clauses, nothing."""
    if not clauses:
        return _NONE
    if len(clauses) == 1 and boost == 1.0:
        return clauses[0]
    joined: Body = {"should": list(clauses), "minimum_should_match": 1}
    return {"bool": joined if boost == 1.0 else {**joined, "boost": boost}}


def _clause(node: PlanNode, plan: Plan) -> Body:
    match node:
        case AnyOf(parts, boost):
            return any_of([_clause(part, plan) for part in parts], boost)
        case AllOf(must, must_not):
            return _all_of(must, must_not, plan)
        case AnyTerm(numbers):
            return any_of([_term(plan, number) for number in numbers])
        case TermsTogether():
            return _together(node, plan)
    return _constant(node)


def _constant(node: TermsFrom | NumberRange | EveryDocument) -> Body:
    """Return what gives the same score to all that it matches."""
    match node:
        case TermsFrom(field, prefix, score):
            return {"prefix": {field: {"value": to_token(prefix.decode()), "boost": score}}}
        case NumberRange(field, low, high):
            return day_range(low, high, field)
    return {"match_all": {}}


def _all_of(must: Sequence[PlanNode], must_not: Sequence[PlanNode], plan: Plan) -> Body:
    clauses = [_clause(part, plan) for part in must]
    if not must_not and len(clauses) == 1:
        return clauses[0]
    excluded = [_clause(part, plan) for part in must_not]
    return {"bool": {"must": clauses, **({"must_not": excluded} if excluded else {})}}


def _term(plan: Plan, number: int) -> Body:
    field, text = plan.terms[number]
    weight = WEIGHT_BY_NAME.get(field, 1.0)
    return {"term": {field: {"value": to_token(text.decode()), "boost": weight}}}


def _together(node: TermsTogether, plan: Plan) -> Body:
    """Return a phrase; or words near each other, which score as the sum of the words."""
    tokens = " ".join(to_token(plan.terms[number][1].decode()) for number in node.numbers)
    if node.reach is None:
        weight = WEIGHT_BY_NAME[node.field]
        return {"match_phrase": {node.field: {"query": tokens, "boost": weight}}}
    near = {"match": {"query": tokens, "max_gaps": node.reach, "mode": "unordered"}}
    return {
        "bool": {
            "filter": [{"intervals": {node.field: near}}],
            "must": [_term(plan, number) for number in dict.fromkeys(node.numbers)],
        }
    }


def day_range(low: int | None, high: int | None, field: str = "date") -> Body:
    """Return what matches documents of a range of days, both ends included; all score 1."""
    bounds = {"gte": low, "lte": high}
    return {"range": {field: {name: day for name, day in bounds.items() if day is not None}}}


def _as_typed(query: Query) -> Query:
    """Return a query without other names and spellings."""
    match query:
        case Also(part, names, weight):
            typed = _as_typed(part)
            return typed if weight == SYNONYM_WEIGHT else Also(typed, names, weight)
        case And(parts) | Or(parts):
            return type(query)(tuple(map(_as_typed, parts)))
    return query
