"""Ask an engine what a case asks, and show the answer in the form in which the case expects it.

A view shows one value of an answer. It is given the expected value, too, and shows only what that
names. What is as good as the expected value (hits in any order, a score within the error of single
precision) it shows as that value, so that two plain values can be compared.
"""

import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import Any

import msgspec

from index.corpus import Coverage
from index.document import Document
from index.errors import ArchiveError
from search.engine import Engine
from search.results import (
    Alternative,
    Bucket,
    Completion,
    FacetResult,
    Highlight,
    Hit,
    SearchResults,
)
from tests.search.cases.case_files import Case

SCORE_ERROR_MOST = 1e-4
"""How far a score may be from the formula: engines sum in single precision."""

View = Callable[[Any, Any], object]


def expected_values(case: Case) -> dict[str, Any]:
    """Return what a case expects, by name."""
    return _as_json(case.expected)


def actual_values(engine: Engine, case: Case, expected: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of the engine's answer that have the names of the expected ones.

    Raises:
        ArchiveError: as the engine does, where no error is expected.
    """
    try:
        answer = ask(engine, case)
    except ArchiveError as error:
        if "error" not in expected:
            raise
        values = {"error": type(error).__name__, "parameter": getattr(error, "parameter", None)}
        return {name: values.get(name) for name in expected}
    views = VIEWS[case.method]
    shown = {name: views[name](answer, value) for name, value in expected.items() if name in views}
    return _as_json(shown)


def ask(engine: Engine, case: Case) -> Any:
    """Return the answer to a case's question.

    Raises:
        ArchiveError: as the engine does.
    """
    for name in case.before:
        getattr(engine, name)()
    question = getattr(case, case.method)
    if case.method == "search":
        return engine.search(question.to_request())
    if case.method == "count":
        return engine.count(question.request.to_request())
    return getattr(engine, case.method)(**msgspec.structs.asdict(question))


def marked_text(text: str, highlights: Sequence[Highlight]) -> str:
    """Return a text with its highlights in brackets, as in "harga [beras]"."""
    for start, stop in reversed(highlights):
        text = f"{text[:start]}[{text[start:stop]}]{text[stop:]}"
    return text


def in_any_order(ids: Iterable[str], expected: Sequence[str | list[str]]) -> list[str | list[str]]:
    """Return ids, those together that are expected together.

    Where the same ids are together, they come in the order in which they are expected: of b, a, c
    and an expected ((a, b), c) this makes ((a, b), c).
    """
    left, shown = list(ids), []
    for part in expected:
        if isinstance(part, str):
            shown += left[:1]
            del left[:1]
            continue
        group = left[: len(part)]
        del left[: len(part)]
        shown.append(part if sorted(part) == sorted(group) else group)
    return shown + left


def _as_json(value: object) -> dict[str, Any]:
    """Return a value as JSON has it: lists for tuples, texts for dates."""
    return dict(json.loads(json.dumps(msgspec.to_builtins(value))))


def _plain(value: Any, names: Iterable[str]) -> dict[str, object]:
    """Return some attributes of a value."""
    return {name: getattr(value, name) for name in names}


def _ids(documents: Iterable[Document]) -> list[str]:
    return [document.doc_id for document in documents]


def _hits(results: SearchResults, ids: Iterable[str]) -> dict[str, Hit]:
    """Return the hits that a case names."""
    return {hit.doc_id: hit for hit in results.hits if hit.doc_id in ids}


def _texts(part: str) -> View:
    def view(results: SearchResults, expected: Mapping[str, str]) -> dict[str, str]:
        hits = _hits(results, expected)
        snippets = {name: getattr(hit, part) for name, hit in hits.items()}
        return {name: marked_text(s.text, s.highlights) for name, s in snippets.items()}

    return view


def _scores(results: SearchResults, expected: Mapping[str, float]) -> dict[str, float]:
    return {
        name: _close(hit.score, expected[name]) for name, hit in _hits(results, expected).items()
    }


def _ratios(
    results: SearchResults, expected: Sequence[tuple[str, str, float]]
) -> list[tuple[str, str, float | None]]:
    scores = {hit.doc_id: hit.score for hit in results.hits}
    return [
        (a, b, _close(scores[a] / scores[b], ratio) if {a, b} <= scores.keys() else None)
        for a, b, ratio in expected
    ]


def _close(number: float, expected: float) -> float:
    """Return the expected number where another one is within the error, else that one."""
    is_close = math.isclose(number, expected, rel_tol=SCORE_ERROR_MOST, abs_tol=SCORE_ERROR_MOST)
    return expected if is_close else number


def _facets(
    results: SearchResults, expected: Mapping[str, Mapping[str, object]]
) -> dict[str, dict[str, object]]:
    by_name = {facet.name: facet for facet in results.facets}
    return {
        name: {value: FACET_VIEWS[value](by_name[name]) for value in values}
        for name, values in expected.items()
        if name in by_name
    }


def _buckets(facet: FacetResult) -> list[tuple[str, int]]:
    return [(bucket.value, bucket.count) for bucket in facet.buckets]


def _values(is_listed: Callable[[Bucket], bool]) -> Callable[[FacetResult], list[str]]:
    return lambda facet: [bucket.value for bucket in facet.buckets if is_listed(bucket)]


FACET_VIEWS: Mapping[str, Callable[[FacetResult], object]] = {
    "buckets": _buckets,
    "selected": _values(lambda bucket: bucket.selected),
    "excluded": _values(lambda bucket: bucket.excluded),
    "total": lambda facet: facet.total,
    "missing": lambda facet: facet.missing,
    "missing_selected": lambda facet: facet.missing_selected,
    "other": lambda facet: facet.other,
}
"""The views of a facet."""


def _alternatives(
    results: SearchResults, expected: Sequence[Mapping[str, object]]
) -> list[dict[str, object]]:
    unnamed = {"kind": "", "total": 0}
    pairs = zip_longest(results.alternatives, expected[: len(results.alternatives)])
    return [_alternative(offered, named or unnamed) for offered, named in pairs]


def _alternative(offered: Alternative, names: Iterable[str]) -> dict[str, object]:
    request = offered.request
    values = {
        **_plain(request, ("query_text", "any_word", "copies", "page")),
        "filters": request.filters.names,
        "kind": offered.kind,
        "total": offered.total,
    }
    return {name: values[name] for name in names}


def _completions(completions: Sequence[Completion], _: object) -> list[tuple[str, str, int, str]]:
    return [(each.kind, each.text, each.count, each.doc_id) for each in completions]


def _outlets(coverage: Coverage) -> list[tuple[str, int, str, str]]:
    return [(each.name, each.article_count, each.first, each.last) for each in coverage.outlets]


VIEWS: Mapping[str, Mapping[str, View]] = {
    "search": {
        "total": lambda results, _: results.total,
        "understood": lambda results, _: results.understood,
        "notices": lambda results, _: [(each.code, each.text) for each in results.notices],
        "ids": lambda results, ids: in_any_order((hit.doc_id for hit in results.hits), ids),
        "scores": _scores,
        "ratios": _ratios,
        "hits": lambda results, named: {
            name: _plain(hit, named[name]) for name, hit in _hits(results, named).items()
        },
        "titles": _texts("title"),
        "snippets": _texts("snippet"),
        "marked": lambda results, named: {
            name: hit.snippet.marked for name, hit in _hits(results, named).items()
        },
        "facet_names": lambda results, _: [facet.name for facet in results.facets],
        "facets": _facets,
        "months": lambda results, _: [(each.month, each.hit_count) for each in results.months],
        "selected_months": lambda results, _: [m.month for m in results.months if m.selected],
        "days": lambda results, _: [
            (str(d.day), d.hit_count, d.doc_count) for d in results.days if d.doc_count
        ],
        "day_count": lambda results, _: len(results.days),
        "alternatives": _alternatives,
    },
    "document": {
        "stored": lambda found, named: _plain(found.document, named),
        "title": lambda found, _: marked_text(found.document.title, found.title_highlights),
        "body": lambda found, _: marked_text(found.document.body, found.body_highlights),
        "copies": lambda found, ids: in_any_order(_ids(found.copies.documents), ids),
        "copies_total": lambda found, _: found.copies.total,
        "similar": lambda found, ids: in_any_order(_ids(found.similar), ids),
    },
    "similar": {"ids": lambda documents, ids: in_any_order(_ids(documents), ids)},
    "complete": {"completions": _completions},
    "count": {"total": lambda found, _: found},
    "status": {
        "is_open": lambda status, _: status.is_open,
        "doc_count": lambda status, _: status.doc_count,
    },
    "coverage": {
        "doc_count": lambda found, _: found.doc_count,
        "outlets": lambda found, _: _outlets(found.coverage),
        "years": lambda found, _: list(found.coverage.years.items()),
        "undated_count": lambda found, _: found.coverage.undated_count,
    },
}
"""By method and name of a value: how an answer shows it; no answer shows an error."""
