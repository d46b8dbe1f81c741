"""Numbering terms as they come, and sorting them, against a dictionary and a sorted list."""

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.segments.term_table import SortedTerms, TermTable, join_terms, sort_tables

some_terms = st.lists(st.binary(max_size=3) | st.sampled_from([b"", b"\0", b"\xff", b"x" * 300]))


def terms_of(table: TermTable) -> list[bytes]:
    """The terms of a table, in the order of their numbers."""
    blob, bounds = table.blob.tobytes(), [0, *table.ends.tolist()]
    return [blob[start:end] for start, end in pairwise(bounds)]


def in_rank(terms: SortedTerms) -> list[bytes]:
    """Sorted terms, as a list."""
    blob, bounds = (
        terms.blob.tobytes(),
        zip(terms.starts.tolist(), terms.ends.tolist(), strict=True),
    )
    return [blob[start:end] for start, end in bounds]


@settings(max_examples=100, deadline=None)
@given(batches=st.lists(some_terms, max_size=4))
def test_terms_are_numbered_as_they_are_first_seen(batches: list[list[bytes]]) -> None:
    """The same bytes have the same number in every batch; an empty term is one, too."""
    table = TermTable()
    expected: dict[bytes, int] = {}
    for batch in batches:
        numbers = [expected.setdefault(term, len(expected)) for term in batch]
        assert table.number(*join_terms(batch)).tolist() == numbers
    assert terms_of(table) == list(expected)
    assert table.count == len(table.hashes) == len(expected)


@settings(max_examples=100, deadline=None)
@given(lanes=st.lists(some_terms, max_size=3))
def test_terms_of_all_tables_are_sorted_as_bytes(lanes: list[list[bytes]]) -> None:
    """Each once; every table gets the ranks of its own terms."""
    tables = [TermTable() for _ in lanes]
    numbers = [t.number(*join_terms(lane)) for t, lane in zip(tables, lanes, strict=True)]
    terms, ranks = sort_tables(tables)
    expected = sorted({term for lane in lanes for term in lane})
    assert in_rank(terms) == expected
    for lane, own, rank in zip(lanes, numbers, ranks, strict=True):
        assert [expected[number] for number in rank[own].tolist()] == lane


def test_table_grows_with_its_terms() -> None:
    """Beyond its first size: in number, in bytes, in the length of one term."""
    rng = random.Random(3)
    many = [rng.randbytes(rng.randint(1, 40)) for _ in range(20_000)]
    many[5_000] = b"x" * 200_000
    table, expected = TermTable(), {}
    numbers = [expected.setdefault(term, len(expected)) for term in many]
    assert table.number(*join_terms(many)).tolist() == numbers
    assert terms_of(table) == list(expected)


def test_terms_of_one_hash_are_kept_apart() -> None:
    """Equal hashes make it slow, not wrong."""
    terms = [b"a", b"b", b"a", b"", b"ab", b""]
    blob, ends, hashes = join_terms(terms)
    table = TermTable()
    assert table.number(blob, ends, hashes * 0).tolist() == [0, 1, 0, 2, 3, 2]


@pytest.mark.parametrize("texts", [[], ["a"], ["", "beras", "é", "中国", "\ud800"]])
def test_terms_are_given_as_text(texts: list[str]) -> None:
    """For a stemmer; halves of surrogate pairs come through."""
    table = TermTable()
    table.number(*join_terms([text.encode("utf-8", "surrogatepass") for text in texts]))
    assert sort_tables([table])[0].texts() == texts
