"""All matches as arrays: over segments, within a time, and in order."""

import datetime as dt
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.filedb.filestore import RamStorage
from whoosh.index import FileIndex
from whoosh.query import Every, Or, Term

from index.columns import NO_DAY, Columns, ColumnsWriter
from index.document import Document
from index.schema import FIELDS, whoosh_schema
from index.whoosh_index import open_current
from search.deadline import Deadline
from search.errors import QueryTimeoutError
from search.evaluate import Matches, evaluate, in_order
from search.request import Sort
from search.whoosh_scoring import LuceneBM25

DOCUMENTS = tuple(
    Document(doc_id=str(number), title=f"Kabar {number}", body=f"beras {'gula ' * number}teh")
    for number in range(7)
)


def segmented(documents: Iterable[Document], segment_size: int) -> tuple[FileIndex, Columns]:
    """Write documents to an index of several segments."""
    columns = ColumnsWriter()
    whoosh = RamStorage().create_index(whoosh_schema())
    batch = list(documents)
    for start in range(0, len(batch), segment_size):
        writer = whoosh.writer()
        for document in batch[start : start + segment_size]:
            values = {field.name: field.value_of(document) for field in FIELDS}
            writer.add_document(**{k: v for k, v in values.items() if v not in (None, "")})
            columns.add(document)
        writer.commit(merge=False)
    return whoosh, columns.columns()


def matches_in(whoosh: Any, columns: Columns, query: Any, seconds: float = 30) -> Matches:
    """Evaluate a query over a whole index."""
    with whoosh.searcher() as searcher:
        return evaluate(
            query, searcher, lambda offset: LuceneBM25(columns, offset), Deadline(seconds)
        )


@pytest.mark.parametrize("word", ["beras", "gula", "teh", "kopi"])
def test_segments_do_not_change_matches_or_scores(word: str) -> None:
    """Numbers, frequencies and lengths are those of the whole index, not of a segment."""
    query = Or([Term("body", word), Term("title", "kabar")])
    one, many = (matches_in(*segmented(DOCUMENTS, size), query) for size in (7, 2))
    assert one.docs.tolist() == many.docs.tolist() == list(range(7))
    assert one.scores.tolist() == pytest.approx(many.scores.tolist(), rel=1e-12)


def test_every_document_matches_everything_without_a_score() -> None:
    """The empty query costs no walk over documents and ranks none above another."""
    matches = matches_in(*segmented(DOCUMENTS, 3), Every())
    assert matches.docs.tolist() == list(range(7))
    assert not matches.scores.any()


def test_word_nobody_wrote_matches_nothing() -> None:
    """Empty arrays, ready for every mask."""
    matches = matches_in(*segmented(DOCUMENTS, 3), Term("body", "kopi"))
    assert (len(matches.docs), len(matches.scores)) == (0, 0)
    assert not matches.mask(7).any()


def test_matches_within_a_mask_keep_their_scores() -> None:
    """A filter takes documents away and changes nothing else."""
    matches = Matches(np.array([1, 3, 4], dtype=np.int32), np.array([0.5, 0.25, 0.125]))
    kept = matches.within(np.array([True, True, False, False, True]))
    assert (kept.docs.tolist(), kept.scores.tolist()) == ([1, 4], [0.5, 0.125])
    assert kept.mask(5).tolist() == [False, True, False, False, True]


def test_query_that_takes_too_long_is_stopped(
    archive_of: Callable[[Iterable[Document]], Path],
) -> None:
    """With no time at all, a long posting list is not walked to its end."""
    documents = (Document(doc_id=str(n), title="Kabar", body="beras") for n in range(1_100))
    generation = open_current(archive_of(documents))
    query = Term("body", "beras")
    with pytest.raises(QueryTimeoutError, match="Use fewer or rarer words"):
        matches_in(generation.whoosh, generation.columns, query, seconds=0)
    assert len(matches_in(generation.whoosh, generation.columns, query).docs) == 1_100


rows = st.lists(
    st.tuples(st.sampled_from([0.0, 0.5, 1.0, 1.5]), st.none() | st.integers(-3, 3)),
    max_size=40,
)


@settings(max_examples=200, deadline=None)
@given(
    rows=rows,
    sort=st.sampled_from(["relevance", "newest", "oldest"]),
    stop=st.integers(1, 45),
    seed=st.randoms(use_true_random=False),
)
def test_the_first_hits_are_those_of_a_full_sort(
    rows: list[tuple[float, int | None]], sort: Sort, stop: int, seed: Any
) -> None:
    """Many ties, few documents or many: selecting the best first changes nothing."""
    ranks = list(range(len(rows)))
    seed.shuffle(ranks)
    matches = Matches(
        np.arange(len(rows), dtype=np.int32), np.array([score for score, _ in rows], dtype=float)
    )
    days = np.array([NO_DAY if day is None else day for _, day in rows], dtype=np.int32)
    columns = Columns(days, np.array(ranks, dtype=np.int32), {}, {})

    def place(number: int) -> tuple[object, ...]:
        score, day = rows[number]
        newest = (day is None, -(day or 0), ranks[number])
        if sort == "oldest":
            return (day is None, day or 0, ranks[number])
        return (-score, *newest) if sort == "relevance" else newest

    found = in_order(matches, columns, sort, stop)
    assert found.docs.tolist() == sorted(range(len(rows)), key=place)[:stop]
    assert found.scores.tolist() == [rows[number][0] for number in found.docs]


def test_ids_break_ties_as_text() -> None:
    """Of two articles of one day, "10" stands before "9": ids are text."""
    writer = ColumnsWriter()
    for doc_id in ("9", "10"):
        writer.add(Document(doc_id=doc_id, title="a", body="b", date=dt.date(1, 1, 1)))
    matches = Matches(np.arange(2, dtype=np.int32), np.zeros(2))
    assert in_order(matches, writer.columns(), "newest", 9).docs.tolist() == [1, 0]
