"""A query tree as OpenSearch's query: what must match, and with which weight."""

import json
from typing import Any

import pytest

from search.execution.planner import plan_query
from search.opensearch.query_body import CLAUSES_MOST, clause_count, query_body
from search.query import (
    All,
    Also,
    And,
    DateRange,
    Near,
    Not,
    Nothing,
    Or,
    Phrase,
    Prefix,
    Query,
    Stem,
    Term,
)
from search.query.parser import parse_query
from search.ranking import SYNONYM_WEIGHT
from tests.search.opensearch.bodies import term

PLACE, OTHER = Term("palu", "place"), Term("demak", "place")
PALU, DEMAK = term("place", "palu", 0.2), term("place", "demak", 0.2)
LOWER = {"bool": {"should": [DEMAK], "minimum_should_match": 1, "boost": SYNONYM_WEIGHT}}
NEVER = {"term": {"month": "-"}}

QUERIES: dict[str, tuple[Query, dict[str, Any]]] = {
    "everything scores nothing": (All(), {"match_all": {"boost": 0.0}}),
    "nothing": (Nothing("!"), {"match_none": {}}),
    "a word of one field": (PLACE, PALU),
    "words": (And((PLACE, OTHER)), {"bool": {"must": [PALU, DEMAK]}}),
    "either": (
        Or((PLACE, OTHER)),
        {"bool": {"should": [PALU, DEMAK], "minimum_should_match": 1}},
    ),
    "without a word": (
        And((PLACE, Not(OTHER))),
        {"bool": {"must": [PALU], "must_not": [DEMAK]}},
    ),
    "only without": (Not(OTHER), {"bool": {"must": [{"match_all": {}}], "must_not": [DEMAK]}}),
    "another name ranks lower": (
        Also(PLACE, (OTHER,)),
        {
            "bool": {
                "should": [
                    PALU,
                    {
                        "bool": {
                            "should": [DEMAK],
                            "minimum_should_match": 1,
                            "boost": SYNONYM_WEIGHT,
                        }
                    },
                ],
                "minimum_should_match": 1,
            }
        },
    ),
    "a prefix": (Prefix("dem", "place"), {"prefix": {"place": {"value": "dem", "boost": 0.2}}}),
    "a stem": (Stem("dagang", "body_stem"), term("body_stem", "dagang", 0.65)),
    "near words score as words": (
        Near("palu demak palu", 3, "place"),
        {
            "bool": {
                "filter": [
                    {
                        "intervals": {
                            "place": {
                                "match": {
                                    "query": "palu demak palu",
                                    "max_gaps": 3,
                                    "mode": "unordered",
                                }
                            }
                        }
                    }
                ],
                "must": [PALU, DEMAK],
            }
        },
    ),
    "the words of a phrase are counted where it cannot match": (
        Phrase("palu demak", "place"),
        {
            "dis_max": {
                "queries": [
                    {"match_phrase": {"place": {"query": "palu demak", "boost": 0.2}}},
                    {"bool": {"must": [PALU, DEMAK], "filter": [NEVER]}},
                ]
            }
        },
    ),
}


@pytest.mark.parametrize("name", QUERIES)
def test_query_is(name: str) -> None:
    """Each node of the tree has its clause."""
    query, expected = QUERIES[name]
    assert query_body(query) == expected


def test_words_beside_days_are_counted_where_the_days_are_not() -> None:
    """A shard without those days would leave them out of the idf of all."""
    start = parse_query("tanggal:2024").query
    assert isinstance(start, DateRange)
    body = query_body(And((PLACE, start)))
    days = {"range": {"date": {"gte": 20240101, "lte": 20241231}}}
    statistics = {"bool": {"must": [PALU], "filter": [NEVER]}}
    assert body == {"dis_max": {"queries": [{"bool": {"must": [PALU, days]}}, statistics]}}


@pytest.mark.parametrize("text", ['title:x" OR *:*', "a/.*/b", "{!func}x", "_exists_:id"])
def test_no_text_reaches_a_syntax_of_opensearch(text: str) -> None:
    """Neither query strings nor scripts nor expressions are ever sent."""
    sent = json.dumps(query_body(parse_query(text).query))
    for name in ("query_string", "regexp", "wildcard", "script", "_exists_"):
        assert name not in sent


def test_query_of_too_many_clauses_loses_other_names() -> None:
    """OpenSearch would refuse it; what was typed stays."""
    names = tuple(Term(f"nama{number}") for number in range(150))
    query = Also(Term("beras"), names)
    assert clause_count(plan_query(query).root) > CLAUSES_MOST
    assert query_body(query) == query_body(Term("beras"))
