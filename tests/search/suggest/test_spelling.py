"""Another spelling: which words are mended, with what, and what stays as it was typed."""

from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query.parser import parse_query, to_query_text
from search.suggest.spelling import LOOKED_UP_MOST, edit_distances, replacements, respell

COUNTS = {"beras": 90, "keras": 400, "deras": 20, "pemerintah": 500, "pemerintahan": 300, "gula": 7}


def frequencies(words: Sequence[str]) -> list[int]:
    """How many documents have each word, in a tiny dictionary."""
    return [COUNTS.get(word, 0) for word in words]


def candidates(word: str, _distance_most: int) -> Iterable[str]:
    """All words of the dictionary, and the word itself: an engine may be as careless."""
    return [word, *COUNTS, "hilang"]


@pytest.mark.parametrize(
    ("word", "replacement"),
    [("berass", "beras"), ("heras", "keras"), ("pemerintha", "pemerintah"), ("gulaa", "gula")],
)
def test_word_nobody_wrote_gets_the_nearest_frequent_word(word: str, replacement: str) -> None:
    """The fewest edits win, then the word in most documents."""
    assert replacements([word], frequencies, candidates) == {word: replacement}


@pytest.mark.parametrize("word", ["beras", "gul", "2024", "covid19", "x" * 64, ""])
def test_word_is_left_alone(word: str) -> None:
    """Known words, short words, numbers and runs that are no words keep their spelling."""
    assert replacements([word], frequencies, candidates) == {}


def test_word_without_candidates_is_left_alone() -> None:
    """No guess is better than a bad one."""
    assert replacements(["qwertz"], frequencies, lambda *_: ["qwerty"]) == {}


def test_longer_words_may_differ_in_two_letters() -> None:
    """The distance asked of the dictionary grows with the word."""
    asked = {}
    replacements(["beraz", "perunding"], frequencies, lambda *sent: asked.update([sent]) or ())
    assert asked == {"beraz": 1, "perunding": 2}


def test_endless_candidates_are_cut() -> None:
    """A dictionary that never ends does not hang a request."""
    endless = iter(lambda: "keras", None)
    assert replacements(["heras"], frequencies, lambda *_: endless) == {"heras": "keras"}


def test_dictionary_is_searched_for_few_words_of_a_query() -> None:
    """Those that come first; a query of nothing but unknown words would cost seconds."""
    asked: list[str] = []
    unknown = [f"{a}{b}qwx" for a in "abcde" for b in "fghij"]
    replacements([*COUNTS, *unknown], frequencies, lambda word, _: asked.append(word) or ())
    assert asked == unknown[:LOOKED_UP_MOST]


@pytest.mark.parametrize(
    ("typed", "respelt"),
    [
        ("harga bera", "harga beras"),
        ("Bera ATAU (bera -gula)", "beras ATAU (beras -gula)"),
        ("anti-bera", "anti-beras"),
        ('"harga bera" bera* -bera bera', '"harga beras" bera* -bera beras'),
        ('penulis:bera judul:bera "bera gula"~3', 'penulis:berra judul:bera "beras gula"~3'),
    ],
)
def test_respelt_query_changes_words_by_their_field(typed: str, respelt: str) -> None:
    """The tree keeps its shape, its prefixes and its exclusions."""
    query = respell(
        parse_query(typed).query, {None: {"bera": "beras"}, "author": {"bera": "berra"}}
    )
    assert to_query_text(query) == respelt


def plain_edit_distance(first: str, second: str) -> int:
    """Count edits and swaps of neighbours as Damerau's table is defined."""
    rows = [list(range(len(second) + 1))]
    for number, char in enumerate(first, 1):
        row = [number]
        for column, other in enumerate(second, 1):
            row.append(
                min(rows[-1][column - 1] + (char != other), rows[-1][column] + 1, row[-1] + 1)
            )
            swapped = (
                first[max(0, number - 2) : number] == second[max(0, column - 2) : column][::-1]
            )
            if number > 1 and column > 1 and swapped:
                row[-1] = min(row[-1], rows[-2][column - 2] + 1)
        rows.append(row)
    return rows[-1][-1]


WORDS = st.one_of(st.text("abc", max_size=12), st.text(st.characters(codec=None), max_size=6))


@given(WORDS, st.lists(WORDS, max_size=6))
def test_edits_are_counted_as_the_plain_table_counts_them(word: str, others: list[str]) -> None:
    """Of any characters, many words at once, and none."""
    assert edit_distances(word, others) == [plain_edit_distance(word, each) for each in others]
