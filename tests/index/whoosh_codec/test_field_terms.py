"""The terms of a number field, made from its column, against those that Whoosh would write."""

import bisect

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.fields import NUMERIC

from index.segments.segment import NO_NUMBER
from index.whoosh_codec.field_terms import NumberTerms

NUMBER = NUMERIC(int, 32)

numbers = st.integers(int(NO_NUMBER) + 1, 2**31 - 1) | st.integers(-3, 300)


def number_terms(values: list[int | None]) -> tuple[NumberTerms, dict[bytes, list[int]]]:
    """Return the terms of a column, and the documents of each as Whoosh would write them."""
    column = np.array([NO_NUMBER if value is None else value for value in values], np.int32)
    expected: dict[bytes, list[int]] = {}
    for doc, value in enumerate(values):
        for text, *_ in NUMBER.index(value) if value is not None else ():
            expected.setdefault(text, []).append(doc)
    return NumberTerms(column), dict(sorted(expected.items()))


@settings(max_examples=60, deadline=None)
@given(values=st.lists(st.none() | numbers, max_size=40))
def test_numbers_have_the_terms_that_whoosh_would_write(values: list[int | None]) -> None:
    """All precisions of each number, with the documents of each."""
    terms, expected = number_terms(values)
    assert list(terms.terms(0, terms.count)) == list(expected)
    for rank, (text, docs) in enumerate(expected.items()):
        assert terms.find(text) == rank
        assert terms.doc_count(rank) == len(docs)
        assert terms.postings(rank).docs.tolist() == docs


@settings(max_examples=100, deadline=None)
@given(values=st.lists(numbers, max_size=10), text=st.binary(max_size=7), cut=st.integers(0, 6))
def test_numbers_terms_are_looked_up_like_any(values: list[int], text: bytes, cut: int) -> None:
    """Any bytes, and the beginnings and continuations of terms that are there."""
    terms, expected = number_terms([*values])
    for term_or_part in (text, *(term[:cut] + text for term in expected)):
        rank = bisect.bisect_left(list(expected), term_or_part)
        assert terms.find(term_or_part) == (rank if term_or_part in expected else -1 - rank)


def test_numbers_have_no_positions() -> None:
    """A document has its number once."""
    terms, expected = number_terms([20240828, None, 20240101, 20240828])
    postings = terms.postings(0)
    docs = next(iter(expected.values()))
    info = postings.term_info()
    assert (postings.frequency(0), postings.positions(0), postings.has_positions) == (1, [], False)
    assert (info.weight(), info.doc_frequency(), info.max_weight()) == (len(docs), len(docs), 1)
