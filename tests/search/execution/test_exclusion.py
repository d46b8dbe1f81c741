"""Exclusion, for every way in which the required and the excluded documents can overlap."""

from collections.abc import Callable, Iterable
from itertools import product
from typing import Any

import pytest

from index.document import Document
from search.engine import Engine
from search.execution.planner import AllOf, AnyOf, AnyTerm
from search.request import SearchRequest
from tests.index.segments.plain_segments import Row
from tests.search.execution.plain_search import PlainArchive, term

DOC_COUNT = 4
SETS = range(1 << DOC_COUNT)
"""Every set of the documents, as a number: bit n stands for document n."""


def numbers_in(documents: int) -> list[int]:
    """The document numbers of a set."""
    return [number for number in range(DOC_COUNT) if documents >> number & 1]


def standing_in(documents: int) -> AnyTerm:
    """What exactly these documents match."""
    return term("body", f"w{documents}")


@pytest.fixture(scope="module", params=[DOC_COUNT, 3])
def found(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Any], list[int]]:
    """Evaluate a query over documents that have a word for each set they are in."""
    words = [[f"w{each}" for each in SETS if each >> number & 1] for number in range(DOC_COUNT)]
    rows = [Row(str(number), body=" ".join(own)) for number, own in enumerate(words)]
    archive = PlainArchive(tmp_path_factory.mktemp("exclusion"), rows, request.param)
    return lambda node: sorted(hit.number for hit in archive.find(node).hits)


@pytest.mark.parametrize("required", SETS)
def test_what_is_excluded_is_never_found(found: Callable[[Any], list[int]], required: int) -> None:
    """For every two sets of documents: the one without the other."""
    for excluded in SETS:
        node = AllOf((standing_in(required),), (standing_in(excluded),))
        assert found(node) == numbers_in(required & ~excluded)


@pytest.mark.parametrize("beside", [1, 6, 9, 15])
def test_an_exclusion_holds_inside_other_queries(
    found: Callable[[Any], list[int]], beside: int
) -> None:
    """Where it is one clause of several, one alternative, or excluded itself."""
    for required, excluded in product(SETS, SETS):
        node = AllOf((standing_in(required),), (standing_in(excluded),))
        left = required & ~excluded
        assert found(AllOf((standing_in(beside), node))) == numbers_in(beside & left)
        assert found(AnyOf((standing_in(beside), node))) == numbers_in(beside | left)
        assert found(AllOf((standing_in(beside),), (node,))) == numbers_in(beside & ~left)


def test_several_exclusions_are_all_kept_out(found: Callable[[Any], list[int]]) -> None:
    """Two beside each other, and one inside of what is required."""
    for required, first, second in product((5, 7, 14, 15), SETS, SETS):
        inner = AllOf((standing_in(required),), (standing_in(first),))
        nodes = (
            AllOf((standing_in(required),), (standing_in(first), standing_in(second))),
            AllOf((inner,), (standing_in(second),)),
        )
        for node in nodes:
            assert found(node) == numbers_in(required & ~first & ~second)


def test_the_first_match_is_excluded_although_an_earlier_document_is_too(
    engine_of: Callable[[Iterable[Document]], Engine],
) -> None:
    """The case that Whoosh 3.54 gets wrong, as a reader meets it."""
    bodies = ("gula", "emas", "beras emas", "beras")
    engine = engine_of(Document(doc_id=body, title="Kabar", body=body) for body in bodies)
    for query_text in ("beras -emas", "kabar (teh OR (beras -emas))", "-(gula OR emas)"):
        hits = engine.search(SearchRequest(query_text=query_text)).hits
        assert [hit.doc_id for hit in hits] == ["beras"]
