"""Frequencies that are remembered, and the terms near a word."""

import pytest

from search.opensearch.dictionary import (
    KnownFrequencies,
    counts_bodies,
    edits,
    read_counts,
    read_near,
)


def test_only_what_is_not_known_is_asked_for() -> None:
    """Each term once."""
    known = KnownFrequencies()
    known.add([(("body", "beras"), 3)])
    asked = [("body", "beras"), ("body", "gula"), ("title", "beras"), ("body", "gula")]
    assert known.lacking(asked) == [("body", "gula"), ("title", "beras")]
    assert known.get(asked) == {("body", "beras"): 3}


def test_what_was_added_longest_ago_is_forgotten_first() -> None:
    """So that the memory is bounded."""
    known = KnownFrequencies(most=2)
    for text in ("a", "b", "a", "c"):
        known.add([(("body", text), 1)])
    assert known.lacking([("body", "a"), ("body", "b"), ("body", "c")]) == [("body", "b")]


def test_terms_are_counted_some_hundred_at_once_in_order() -> None:
    """A long article has more words than one search takes."""
    terms = [("body", f"kata{number}") for number in range(2500)]
    bodies = counts_bodies(terms)
    assert len(bodies) == 3
    answers = [
        {
            "aggregations": {
                "terms": {
                    "buckets": [
                        {"doc_count": int(each["term"]["body"].removeprefix("kata"))}
                        for each in body["aggs"]["terms"]["filters"]["filters"]
                    ]
                }
            }
        }
        for body in bodies
    ]
    assert read_counts(answers) == list(range(2500))


def test_swapped_letters_are_two_edits() -> None:
    """The suggester takes them for one."""
    options = [{"text": "bears", "freq": 4}, {"text": "keras", "freq": 2}]
    answer = {"suggest": {"near": [{"options": options}]}}
    assert read_near(answer, "beras", 1).counts == {"keras": 2}
    assert list(read_near(answer, "beras", 2).counts) == ["bears", "keras"]


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [("", "", 0), ("beras", "bera", 1), ("beras", "", 5), ("ab", "ba", 2)],
)
def test_edits(first: str, second: str, count: int) -> None:
    """Levenshtein's distance, the same both ways."""
    assert edits(first, second) == edits(second, first) == count
