"""The evaluator: what a plan matches over all segments, within its time, and in order."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.errors import QueryTimeoutError
from search.execution.planner import AllOf, AnyOf, EveryDocument
from search.faceting.counts import OrdinalFilters
from search.matches import Selection
from search.request import DATES
from tests.index.segments.plain_segments import LAYOUT, Row
from tests.oracle.plain import PlainFilters
from tests.search.execution.plain_search import PlainArchive, term

ROWS = [Row(str(n), f"Kabar {n}", f"beras {'gula ' * n}teh", number=n) for n in range(7)]
SEVERAL = AnyOf((term("body", "beras", "gula"), term("title", "Kabar")))
NEWEST = Selection(99, "newest", by_score=False)
QUERIES = {"everything": EveryDocument(), "word": term("body", "beras"), "words": SEVERAL}

Make = Callable[..., PlainArchive]


@pytest.fixture
def archive_of(tmp_path: Path) -> Make:
    """Return what writes rows into segments of some documents, and opens them."""

    def make(
        rows: list[Row], docs_most: int = 65_535, deleted: tuple[int, ...] = ()
    ) -> PlainArchive:
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        folder.mkdir()
        return PlainArchive(folder, rows, docs_most, deleted)

    return make


@pytest.mark.parametrize("word", ["beras", "gula", "teh", "kopi"])
def test_segments_do_not_change_matches_or_scores(archive_of: Make, word: str) -> None:
    """Frequencies, lengths and averages are those of the whole index, not of a segment."""
    query = AnyOf((term("body", word), term("title", "Kabar")))
    one, many = (archive_of(ROWS, size).find(query).hits for size in (7, 2))
    assert one == many
    assert {hit.number for hit in one} == set(range(7))


@pytest.mark.parametrize("docs_most", [7, 3])
def test_every_document_matches_everything_without_a_score(
    archive_of: Make, docs_most: int
) -> None:
    """The empty query costs no walk over documents and ranks none above another."""
    found = archive_of(ROWS, docs_most).find(EveryDocument())
    assert found.total == 7
    assert [hit.number for hit in found.hits] == [6, 5, 4, 3, 2, 1, 0]
    assert not any(hit.score for hit in found.hits)


def test_word_nobody_wrote_matches_nothing(archive_of: Make) -> None:
    """No hit and no count, in any facet."""
    found = archive_of(ROWS, 3).find(term("body", "kopi"))
    assert (found.total, list(found.hits)) == (0, [])
    assert not found.counts.facets.any()
    assert found.total_without == {}


def test_filters_take_documents_away_and_change_no_score(archive_of: Make) -> None:
    """What is left scores as it did."""
    archive = archive_of(ROWS, 3)
    every = archive.find(SEVERAL).hits
    found = archive.find(SEVERAL, filters=PlainFilters(numbers=(2, 5)))
    assert list(found.hits) == [hit for hit in every if 2 <= hit.number <= 5]
    assert (found.total, found.total_without) == (4, {DATES: 3})


@pytest.mark.parametrize("docs_most", [7, 2])
@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_deleted_documents_are_never_found(archive_of: Make, query: Any, docs_most: int) -> None:
    """Neither as hits nor in a count; what is left scores as it did, until segments are merged."""
    rows = [row._replace(tags=(f"t{n % 2}",)) for n, row in enumerate(ROWS)]
    whole, without = archive_of(rows, docs_most), archive_of(rows, docs_most, (0, 3, 6))
    found = without.find(query)
    kept = [hit for hit in whole.find(query).hits if hit.number not in {0, 3, 6}]
    assert list(found.hits) == kept
    assert found.total == len(kept)
    assert without.counts(found, "tag") == {"t0": 2, "t1": 2}


@pytest.mark.parametrize("deleted", [(), (1, 4)])
@pytest.mark.parametrize("docs_most", [7, 2])
def test_everything_is_counted_like_any_query(
    archive_of: Make, docs_most: int, deleted: tuple[int, ...]
) -> None:
    """The counts that the index knows without looking are those that looking gives."""
    rows = [row._replace(tags=("a", "b")[: n % 3], kinds=("k",)) for n, row in enumerate(ROWS)]
    archive = archive_of(rows, docs_most, deleted)
    known, looked_for = archive.find(EveryDocument()), archive.find(term("body", "beras"))
    passing = archive.find(EveryDocument(), filters=PlainFilters(numbers=(0, 9)))
    for found in (known, passing):
        assert found.counts.facets.tolist() == looked_for.counts.facets.tolist()
        assert found.total == looked_for.total == 7 - len(deleted)


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_query_that_takes_too_long_is_stopped(archive_of: Make, query: Any) -> None:
    """With no time at all, not even the first segment is looked at."""
    archive = archive_of([Row(f"{n:04}", body="beras") for n in range(1_100)], 500)
    filters = PlainFilters(deny={"tag": frozenset({"x"})})
    with pytest.raises(QueryTimeoutError, match="Use fewer or rarer words"):
        archive.find(query, filters=filters, seconds=-1)
    assert archive.find(query, filters=filters).total == 1_100


def test_empty_filters_are_none() -> None:
    """So that the whole archive need not be walked."""
    assert not OrdinalFilters()
    assert OrdinalFilters(allow={0: []})
    assert OrdinalFilters(deny={0: []})
    assert OrdinalFilters(number=("number", 1, 2))


rows_drawn = st.lists(st.tuples(st.integers(0, 3), st.none() | st.integers(-3, 3)), max_size=30)


@settings(max_examples=60, deadline=None)
@given(
    drawn=rows_drawn.filter(bool),
    selection=st.builds(
        Selection, st.integers(0, 35), st.sampled_from(["newest", "oldest"]), st.booleans()
    ),
    docs_most=st.sampled_from([5, 65_535]),
    seed=st.randoms(use_true_random=False),
)
def test_the_first_hits_are_those_of_a_full_sort(
    drawn: list[tuple[int, int | None]], selection: Selection, docs_most: int, seed: Any
) -> None:
    """Many ties, few documents or many: keeping only the best changes nothing."""
    keys = [f"{n:02}" for n in range(len(drawn))]
    seed.shuffle(keys)
    rows = [
        Row(key, body="kata " * times + "lain " * (4 - times), number=number)
        for key, (times, number) in zip(keys, drawn, strict=True)
    ]

    def sort_key(doc: int) -> tuple[object, ...]:
        times, number = drawn[doc]
        signed = -(number or 0) if selection.order == "newest" else number or 0
        return -times if selection.by_score else 0, number is None, signed, keys[doc]

    with TemporaryDirectory() as folder:
        found = PlainArchive(Path(folder), rows, docs_most).find(term("body", "kata"), selection)
        matching = [doc for doc, (times, _) in enumerate(drawn) if times]
        assert [hit.number for hit in found.hits] == sorted(matching, key=sort_key)[
            : selection.size
        ]


@pytest.mark.parametrize("docs_most", [1, 9])
def test_ids_break_ties_as_text(archive_of: Make, docs_most: int) -> None:
    """Of two articles of one day, "10" stands before "9": ids are text."""
    rows = [Row(key, "a", number=1) for key in ("9", "10", "1é", "1z")]
    found = archive_of(rows, docs_most).find(term("title", "a"), NEWEST)
    assert [rows[hit.number].key for hit in found.hits] == ["10", "1z", "1é", "9"]


@pytest.mark.parametrize("order", [order.name for order in LAYOUT.orders])
@pytest.mark.parametrize("docs_most", [2, 9])
def test_documents_without_a_number_come_last_in_every_order(
    archive_of: Make, docs_most: int, order: str
) -> None:
    """Neither the newest nor the oldest articles are those of which no date is known."""
    rows = [Row(f"{n}", "a", number=number) for n, number in enumerate((None, 5, -5, None, 0))]
    selection = replace(NEWEST, order=order)
    for query in (EveryDocument(), term("title", "a")):
        found = [hit.number for hit in archive_of(rows, docs_most).find(query, selection).hits]
        assert found == ([1, 4, 2, 0, 3] if order == "newest" else [2, 4, 1, 0, 3])


def test_equal_articles_score_the_same_in_every_segment(archive_of: Make) -> None:
    """So that the date decides between them, and not the rounding of a sum."""
    article = Row("0", "a b c", "a b b c c c " + "x " * 20, number=5)
    fields = ("title", "body", "stem")
    query = AllOf(tuple(AnyOf(tuple(term(name, word) for name in fields)) for word in "abc"))
    for other_count in range(9):
        first = [article, *(Row(f"p{n}", "a", "a") for n in range(9))]
        first += [Row(f"c{n}", "c", "c") for n in range(other_count)]
        second = [article._replace(key="1"), *(Row(f"q{n}", "b", "b") for n in range(9))]
        rows = [
            each for part in (first, second) for each in (*part, *[Row("z")] * (20 - len(part)))
        ]
        one, other = archive_of(rows, 20).find(query).hits
        assert one.score == other.score
