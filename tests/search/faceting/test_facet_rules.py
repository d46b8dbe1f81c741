"""The nine rules of facets, each by name, by hand on five records; at random in test_counting."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from index.document import Document
from search.columnar_engine import ColumnarEngine
from search.engine import Engine
from search.request import SIZE_RANGE, FacetChoice, SearchRequest
from search.results import FacetResult, SearchResults

RECORDS = (
    Document(
        doc_id="r1",
        title="Lampu baca",
        body="Satu rak penuh.",
        tags=("Book", "Electronic", "Book"),
        authors=("Sari", "Budi"),
        date=dt.date(2024, 5, 1),
    ),
    Document(
        doc_id="r2",
        title="Rak buku",
        body="Dua rak.",
        tags=("Book",),
        authors=("Sari",),
        date=dt.date(2024, 5, 31),
    ),
    Document(
        doc_id="r3",
        title="Toko buku",
        body="Tiga rak.",
        tags=("Book",),
        authors=("Budi",),
        date=dt.date(2024, 6, 1),
    ),
    Document(
        doc_id="r4",
        title="Radio tua",
        body="Empat meja.",
        tags=("Electronic",),
        authors=("Budi",),
        date=dt.date(2023, 12, 31),
    ),
    Document(doc_id="r5", title="Piringan", body="Lima rak.", tags=("CD",)),
)
"""The five records of the rules, with a tag given twice, two authors once, one without a date."""


@pytest.fixture(scope="module")
def engine(engine_of: Callable[[Iterable[Document]], Engine]) -> Engine:
    """An archive of the five records."""
    return engine_of(RECORDS)


def chosen(facet: str = "tag", **choice: Any) -> SearchRequest:
    """A request with one choice."""
    return SearchRequest().with_choice(facet, FacetChoice(**choice))


def facet_of(results: SearchResults, name: str = "tag") -> FacetResult:
    """A facet of the results, by name."""
    return next(facet for facet in results.facets if facet.name == name)


def counts(results: SearchResults, name: str = "tag") -> dict[str, int]:
    """The counts of a facet's buckets, in the order shown."""
    return {bucket.value: bucket.count for bucket in facet_of(results, name).buckets}


def test_choosing_a_value_keeps_the_counts_of_the_others(engine: Engine) -> None:
    """Choosing Book shows Book 3, Electronic 2, CD 1: values of one facet are joined by OR."""
    assert counts(engine.search(chosen(include=("Book",)))) == {"Book": 3, "Electronic": 2, "CD": 1}


def test_rule_1_a_value_chosen_alone_gives_as_many_hits_as_it_counts(engine: Engine) -> None:
    """Counts promise what a click gives, whatever else of the facet was chosen or excluded."""
    for own in (FacetChoice(include=("CD",)), FacetChoice(exclude=("Book",), without=True)):
        request = SearchRequest(query_text="rak").with_choice("tag", own)
        for value, count in counts(engine.search(request)).items():
            alone = request.with_choice("tag", FacetChoice(include=(value,)))
            assert engine.search(alone).total == count


def test_rule_2_another_facets_filter_never_raises_a_count(engine: Engine) -> None:
    """Facets narrow each other."""
    narrowed = counts(engine.search(chosen("author", include=("Sari",))))
    assert narrowed == {"Book": 2, "Electronic": 1}


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
@pytest.mark.parametrize("page", [1, 2, 9])
def test_rule_3_counts_are_over_all_hits(engine: Engine, page: int, sort: str) -> None:
    """Neither the page nor the sort changes a facet, not even a page behind the last one."""
    results = engine.search(SearchRequest(page=page, sort=sort, size=SIZE_RANGE[1]))
    assert results.facets == engine.search(SearchRequest()).facets


def test_rule_4_a_tag_counts_once_an_article(engine: Engine) -> None:
    """The first record names Book twice."""
    assert counts(engine.search(SearchRequest(query_text="lampu"))) == {"Book": 1, "Electronic": 1}


@pytest.mark.parametrize("value", ["CD", "Nobody has this"])
def test_rule_5_a_chosen_value_stays_even_at_zero(engine: Engine, value: str) -> None:
    """A page without hits keeps its facets and the choice that can be undone."""
    choice = FacetChoice(include=(value,))
    results = engine.search(SearchRequest(query_text="radio").with_choice("tag", choice))
    assert results.total == 0
    assert facet_of(results).buckets[0].selected
    assert counts(results) == {value: 0, "Electronic": 1}


def test_rule_5_an_excluded_value_stays(engine: Engine) -> None:
    """What was excluded is marked as that, with the count that choosing it would give."""
    results = engine.search(chosen(exclude=("CD",), size=1))
    assert [(b.value, b.count, b.excluded) for b in facet_of(results).buckets] == [
        ("Book", 3, False),
        ("CD", 1, True),
    ]


def test_rule_6_more_never_drops_a_value(engine: Engine) -> None:
    """A longer list begins with all of the shorter one, and keeps the choice."""
    lists = [counts(engine.search(chosen(include=("CD",), size=size))) for size in (1, 2, 3)]
    assert [list(shown) for shown in lists] == [
        ["CD", "Book"],
        ["CD", "Book", "Electronic"],
        ["CD", "Book", "Electronic"],
    ]


@pytest.mark.parametrize(("size", "other"), [(1, 2), (2, 0), (3, 0)])
def test_rule_6_what_is_not_shown_is_counted(engine: Engine, size: int, other: int) -> None:
    """Behind the short list stands the sum of the rest, and how many values there are in all."""
    tags = facet_of(engine.search(chosen(include=("CD",), size=size)))
    assert (tags.other, tags.total) == (other, 3)


def test_rule_7_facets_and_hits_come_from_the_same_matches(engine: Engine) -> None:
    """The hits' own tags, counted by hand, are the facet's counts."""
    results = engine.search(SearchRequest(query_text="rak", from_date=dt.date(2024, 5, 31)))
    assert {hit.doc_id for hit in results.hits} == {"r2", "r3"}
    assert counts(results) == {"Book": 2}
    assert counts(results, "month") == {"2024-06": 1, "2024-05": 1}


def test_rule_8_counts_and_without_add_up_to_the_hits(engine: Engine) -> None:
    """In a facet of one value an article, every hit is in one bucket or has no value."""
    results = engine.search(SearchRequest(query_text="rak"))
    month = facet_of(results, "month")
    assert sum(bucket.count for bucket in month.buckets) + month.other + month.missing == 4
    assert month.missing == 1


def test_rule_9_months_are_newest_first(engine: Engine) -> None:
    """Time orders months, not their counts; the bars beside them run the other way."""
    results = engine.search(SearchRequest())
    assert list(counts(results, "month").items()) == [
        ("2024-06", 1),
        ("2024-05", 2),
        ("2023-12", 1),
    ]
    assert [month.month for month in results.months] == ["2023-12", "2024-05", "2024-06"]


def test_rule_9_a_month_is_a_month_in_jakarta(
    build: Callable[[Sequence[dict[str, object]]], Path],
    open_engine_at: Callable[[Path], ColumnarEngine],
) -> None:
    """Eight in the evening of May the 31st in London is June in Jakarta."""
    row = {"title": "Malam", "body": "Malam panjang.", "date": "2024-05-31T20:00:00Z"}
    assert counts(open_engine_at(build([row])).search(SearchRequest()), "month") == {"2024-06": 1}


def test_facets_of_different_names_are_joined_by_and(engine: Engine) -> None:
    """Book or Electronic, by Sari, in May."""
    request = chosen(include=("Electronic", "Book")).with_choice("author", FacetChoice(("Sari",)))
    may = request.with_choice("month", FacetChoice(include=("2024-05",)))
    assert {hit.doc_id for hit in engine.search(may).hits} == {"r1", "r2"}


def test_without_finds_what_has_no_value(engine: Engine) -> None:
    """Articles without an author, alone or beside a chosen name."""
    assert [hit.doc_id for hit in engine.search(chosen("author", without=True)).hits] == ["r5"]
    both = engine.search(chosen("author", without=True, include=("Sari",)))
    assert {hit.doc_id for hit in both.hits} == {"r1", "r2", "r5"}
    assert facet_of(both, "author").missing == 1
    assert facet_of(both, "author").missing_selected


def test_exclusion_wins_over_inclusion(engine: Engine) -> None:
    """An article with a chosen and an excluded tag is not wanted."""
    results = engine.search(chosen(include=("Book",), exclude=("Electronic",)))
    assert {hit.doc_id for hit in results.hits} == {"r2", "r3"}


@pytest.mark.parametrize("match", ["elec", "ELÉC", "tron"])
def test_search_inside_a_facet_shows_the_values_with_the_text(engine: Engine, match: str) -> None:
    """Case and accents do not matter; hits stay as they were."""
    results = engine.search(chosen(match=match))
    assert (results.total, facet_of(results).total) == (5, 1)
    assert counts(results) == {"Electronic": 2}


def test_value_that_equals_the_text_comes_first(
    engine_of: Callable[[Iterable[Document]], Engine],
) -> None:
    """A rare tag would else stand behind all commoner ones with these letters."""
    tags = ["air", "air", "baik", "baik", "AI"]
    articles = [
        Document(doc_id=f"d{n}", title="", body="x", tags=(tag,)) for n, tag in enumerate(tags)
    ]
    request = SearchRequest(choices=(("tag", FacetChoice(match="ai", size=2)),))
    facets = engine_of(articles).search(request).facets
    tag = next(facet for facet in facets if facet.name == "tag")
    assert [bucket.value for bucket in tag.buckets] == ["AI", "air"]


def test_search_inside_a_facet_keeps_the_choice(engine: Engine) -> None:
    """A chosen value stays beside the values found."""
    assert counts(engine.search(chosen(include=("CD",), match="book"))) == {"CD": 1, "Book": 3}


def test_facet_with_too_few_values_appears_only_when_it_is_chosen(engine: Engine) -> None:
    """No record names a source: a facet of it says nothing, until a link chose in it."""
    shown = [facet.name for facet in engine.search(SearchRequest()).facets]
    assert shown == ["tag", "author", "month"]
    results = engine.search(chosen("source", include=("Koran",)))
    assert counts(results, "source") == {"Koran": 0}


def test_months_ignore_the_chosen_month_and_nothing_else(engine: Engine) -> None:
    """The bars stay when one of them is chosen, and shrink with every other filter."""
    request = chosen("month", include=("2024-05",)).with_choice("author", FacetChoice(("Budi",)))
    months = engine.search(request).months
    assert [(month.hit_count, month.selected) for month in months] == [
        (1, False),
        (1, True),
        (1, False),
    ]
