"""Another spelling: which words are mended, with what, and what stays as it was typed."""

from collections.abc import Iterable, Sequence

import pytest

from search.query.parser import parse_query, to_query_text
from search.suggest.spelling import LOOKED_UP_MOST, replacements, respell

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
