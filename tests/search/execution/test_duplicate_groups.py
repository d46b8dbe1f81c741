"""Near copies: one of each group is a candidate, or all are, and the facet rules hold in both."""

import datetime as dt
import json
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from index.indexer.build import build_index
from search.columnar_engine import ColumnarEngine
from search.request import FacetChoice, SearchRequest
from search.results import SearchResults

Row = dict[str, object]
OpenAt = Callable[..., ColumnarEngine]

STORY = " ".join(f"kata{number} beras" for number in range(40))
OTHER = " ".join(f"lain{number} gula" for number in range(40))


def row(doc_id: str, source: str, day: int, text: str = STORY, **changes: object) -> Row:
    """Return a story as an outlet prints it."""
    date = (dt.date(2024, 8, 1) + dt.timedelta(days=day)).isoformat()
    head = {"id": doc_id, "title": f"Judul {doc_id}", "source": source, "date": date}
    return {**head, "body": f"{text} {source}", "tags": [source, "pangan"], **changes}


ROWS = (
    row("asli", "antara", 1),
    row("salin1", "kompas", 2),
    row("salin2", "tempo", 3, body=f"{STORY} tempo menambah satu kalimat di sini."),
    row("lain", "kompas", 2, OTHER),
    row("lama", "tempo", -30),
)
"""A story in three outlets, another one, and the first again a month before."""


def written(folder: Path, rows: Sequence[Row]) -> Path:
    """Write rows to a file and build an index of it; return the index directory."""
    archive = folder / "articles.jsonl"
    archive.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    build_index([archive], folder / "index")
    return folder / "index"


@pytest.fixture
def engine(tmp_path: Path, open_engine_at: OpenAt) -> ColumnarEngine:
    """Return an engine over `ROWS`."""
    return open_engine_at(written(tmp_path, ROWS))


def ids(results: SearchResults) -> set[str]:
    """Return the ids of the hits."""
    return {hit.doc_id for hit in results.hits}


def counts(results: SearchResults, name: str) -> Counter[str]:
    """Return the counts of a facet."""
    facet = next(facet for facet in results.facets if facet.name == name)
    return Counter({bucket.value: bucket.count for bucket in facet.buckets})


def test_the_earliest_represents_its_copies(engine: ColumnarEngine) -> None:
    """It says how many there are; a story of a month before is another one."""
    results = engine.search(SearchRequest(query_text="beras"))
    assert ids(results) == {"asli", "lama"}
    assert {hit.doc_id: hit.copy_count for hit in results.hits} == {"asli": 2, "lama": 0}


def test_every_article_is_a_candidate_when_asked_for(engine: ColumnarEngine) -> None:
    """Copies say that they are some."""
    results = engine.search(SearchRequest(query_text="beras", copies=True))
    assert ids(results) == {"asli", "lama", "salin1", "salin2"}
    assert {hit.doc_id for hit in results.hits if hit.is_copy} == {"salin1", "salin2"}


@pytest.mark.parametrize("query_text", ["", "beras", "gula", "ker*", '"kata3 beras"', "-gula"])
@pytest.mark.parametrize("copies", [False, True])
def test_total_hits_and_facets_are_of_the_same_candidates(
    engine: ColumnarEngine, query_text: str, *, copies: bool
) -> None:
    """Everything, words, prefixes, phrases: what is counted is what is listed."""
    request = SearchRequest(query_text=query_text, copies=copies, size=100)
    results = engine.search(request)
    assert results.total == len(results.hits)
    for name, values in (("tag", lambda hit: hit.tags), ("source", lambda hit: (hit.source,))):
        listed = Counter(value for hit in results.hits for value in values(hit))
        assert counts(results, name) == listed
    assert sum(month.hit_count for month in results.months) == results.total


@pytest.mark.parametrize("copies", [False, True])
def test_a_count_is_what_choosing_the_value_gives(engine: ColumnarEngine, *, copies: bool) -> None:
    """The first rule, with one facet's choice and with two."""
    request = SearchRequest(copies=copies).with_choice("tag", FacetChoice(include=("pangan",)))
    for before in (SearchRequest(copies=copies), request):
        for value, count in counts(engine.search(before), "source").items():
            chosen = before.with_choice("source", FacetChoice(include=(value,)))
            assert engine.search(chosen).total == count


def test_a_filter_does_not_bring_copies_back(engine: ColumnarEngine) -> None:
    """Who filters by the outlet of a copy is offered the copies."""
    chosen = SearchRequest(query_text="beras").with_choice("source", FacetChoice(("kompas",)))
    results = engine.search(chosen)
    assert results.total == 0
    offers = {offer.kind: offer for offer in results.alternatives}
    assert ids(engine.search(offers["with_copies"].request)) == {"salin1"}
    assert offers["with_copies"].total == 1


def test_group_is_listed_with_each_of_its_articles(engine: ColumnarEngine) -> None:
    """The representative first, then by date; an article that is alone has no group."""
    for doc_id in ("asli", "salin1", "salin2"):
        group = engine.document(doc_id).copies
        assert [copy.doc_id for copy in group.documents] == ["asli", "salin1", "salin2"]
        assert group.total == 3
    assert engine.document("lain").copies.documents == ()


@pytest.mark.parametrize(
    ("changes", "is_copy"),
    [
        ({"date": "2024-08-04"}, True),
        ({"date": "2024-08-09"}, False),
        ({"source": "antara"}, False),
        ({"source": "antara", "title": "JUDUL asli"}, True),
        ({"body": f"{STORY} 1 2 3 4"}, True),
        ({"body": f"{OTHER} kompas"}, False),
    ],
)
def test_what_is_a_copy(
    tmp_path: Path, open_engine_at: OpenAt, changes: Row, *, is_copy: bool
) -> None:
    """Days between them, one outlet under two headlines, other words."""
    engine = open_engine_at(written(tmp_path, [ROWS[0], {**ROWS[1], **changes}]))
    assert (engine.document("salin1").copies.total == 2) is is_copy


def test_forms_with_other_numbers_are_no_copies(tmp_path: Path, open_engine_at: OpenAt) -> None:
    """Prices of two days in two outlets have the same words."""
    price = "{} rupiah segram, pembelian kembali {} rupiah, pajak {} persen"
    rows = [
        row("a", "antara", 1, body=f"{STORY} {price.format(1924000, 1780000, '0,45')}"),
        row("b", "kompas", 1, body=f"{STORY} {price.format(1931000, 1785500, '0,90')}"),
    ]
    engine = open_engine_at(written(tmp_path, rows))
    assert engine.document("a").copies.total == 0
