"""Stems: the forms of a word meet, and words of their own stay apart."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis import tokenize
from index.stemming import WHOLE_DOUBLES, stem


@pytest.mark.parametrize(
    ("words", "common"),
    [
        ("dagang berdagang perdagangan pedagang dagangnya", "dagang"),
        ("tahan bertahan ketahanan pertahanan", "tahan"),
        ("jual menjual dijual penjualan", "jual"),
        ("anak anaknya anak-anak anak-anaknya", "anak"),
        ("mata-mata mata-matanya", "mata-mata"),
    ],
)
def test_forms_of_a_word_share_a_stem(words: str, common: str) -> None:
    """A reader who types one form finds the others."""
    assert {stem(word) for word in words.split()} == {common}


@pytest.mark.parametrize("double", sorted(WHOLE_DOUBLES))
def test_double_that_is_a_word_of_its_own_never_meets_the_single_word(double: str) -> None:
    """undang-undang is a law, and undang means to invite."""
    assert stem(double) == double
    assert stem(f"{double}nya") == double
    assert stem(double.partition("-")[0]) != double


@pytest.mark.parametrize("double", sorted(WHOLE_DOUBLES))
def test_double_that_is_a_word_of_its_own_is_one_token(double: str) -> None:
    """Otherwise its entry in the list would never be asked for."""
    assert [token.text for token in tokenize(double)] == [double]


@given(st.text(max_size=100))
@settings(max_examples=200, deadline=None)
def test_anything_has_a_stem(word: str) -> None:
    """And always the same one; PyStemmer gives no error whatever it is handed."""
    assert stem(word) == stem(word)
    assert isinstance(stem(word), str)


def test_word_of_digits_is_its_own_stem() -> None:
    """Years and amounts are found as they are written."""
    words = ["2024", "1250000", "5,95", "19"]
    assert [stem(word) for word in words] == words


def test_threads_do_not_disturb_each_other() -> None:
    """A stemmer keeps state while it works, and a server has threads."""
    words = [f"per{root}{number}kan" for number in range(500) for root in ("dagang", "jual")]
    with ThreadPoolExecutor(8) as threads:
        stems = list(threads.map(stem, words))
    stem.cache_clear()
    assert stems == [stem(word) for word in words]
