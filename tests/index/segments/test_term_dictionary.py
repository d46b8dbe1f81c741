"""Fuzzy search of the term dictionary against whole tables of distances, and against Whoosh."""

import random
from collections.abc import Iterable, Sequence

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.fields import TEXT, Schema
from whoosh.filedb.filestore import RamStorage

from index.segments import term_dictionary
from index.segments.kernels.dictionary import BLOCK_TERMS
from index.segments.term_dictionary import TermDictionary, TermField
from tests.index.segments.packed_terms import packed

LETTERS = "abeéèж\U0001d407"
"""Few, so that words are near each other; some begin with the same byte in UTF-8."""

WORDS = st.text(st.sampled_from(LETTERS), max_size=7)
DICTIONARIES = st.lists(WORDS | st.text(max_size=5) | WORDS.map("aab".__add__), max_size=80)


def dictionary_of(words: Iterable[str], others: Iterable[str] = ()) -> TermDictionary:
    """Return a dictionary whose field "body" has some words, and a field on either side others."""
    fields, keys, first = {}, list[bytes](), 0
    for number, (name, terms) in enumerate((("a", others), ("body", words), ("c", others))):
        own = {bytes([number]) + term.encode("utf-8", "surrogatepass") for term in terms}
        last = first + len(own)
        fields[name] = TermField(name, number, first, last, -1, 0, 0, 0, 0, has_positions=False)
        keys += own
        first = last
    dictionary = packed(keys)
    arrays = {
        "terms.data": dictionary.packed.data,
        "terms.blocks": dictionary.packed.blocks,
        "terms.doc_counts": np.ones(len(keys), np.uint16),
    }
    return TermDictionary(arrays, fields, dictionary.longest)


def edit_distance(first: str, second: str) -> int:
    """Fill in the whole table of Levenshtein."""
    rows = [[*range(len(second) + 1)]]
    for i, char in enumerate(first, 1):
        rows.append([i])
        for j, other in enumerate(second, 1):
            cost = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (char != other))
            rows[i].append(cost)
    return rows[-1][-1]


def near(words: Iterable[str], word: str, distance: int) -> list[str]:
    """Return what fuzzy search must find, in order."""
    return sorted(
        other
        for other in set(words)
        if word[:1] == other[:1] != "" and edit_distance(word, other) <= distance
    )


@settings(max_examples=500, deadline=None)
@given(
    words=DICTIONARIES,
    word=WORDS | st.text(max_size=3) | WORDS.map("aab".__add__),
    distance=st.integers(0, 3),
)
@example(words=["é", "è", "éa", "a\U0001d407"], word="è", distance=1)
@example(words=["ab", "abc"], word="abcdefghijklmnopq" * 5, distance=2)
@example(words=["a" * 250, "ab"], word="ab", distance=2)
@example(words=["\ud800a", "\ud801b"], word="\ud800b", distance=1)
def test_fuzzy_terms_are_those_of_the_whole_table(
    words: list[str], word: str, distance: int
) -> None:
    """In order, by characters and not by bytes, and none of a neighbouring field."""
    dictionary = dictionary_of(words, others=[*words, word])
    found = dictionary.words_within("body", word, distance)
    assert found == near(words, word, distance)


@settings(max_examples=60, deadline=None)
@given(words=st.lists(WORDS.filter(bool), min_size=1, max_size=40), word=WORDS.filter(bool))
def test_fuzzy_terms_are_those_of_whoosh(words: list[str], word: str) -> None:
    """Its automaton for one segment, which counts a swap of letters as two edits, too."""
    built = RamStorage().create_index(Schema(body=TEXT(analyzer=SpaceSeparatedTokenizer())))
    writer = built.writer()
    writer.add_document(body=" ".join(words))
    writer.commit()
    dictionary = dictionary_of(words)
    with built.reader() as reader:
        for distance in (1, 2):
            automaton = sorted(reader.terms_within("body", word, distance, prefix=1))
            assert dictionary.words_within("body", word, distance) == automaton


def random_words(count: int) -> list[str]:
    """Return different words with the beginnings of a language: most blocks begin alike."""
    rng = random.Random(5)
    starts = ["mem", "men", "peng", "pertanggung", "di", "é"]
    letters = ["a", "i", "n", "r", "s", "é", "ng"]
    words = set()
    while len(words) < count:
        words.add(rng.choice(starts) + "".join(rng.choices(letters, k=rng.randint(0, 7))))
    return sorted(words)


def test_fuzzy_terms_are_found_in_many_blocks() -> None:
    """Blocks that are passed over whole have no word that is near."""
    words = random_words(200 * BLOCK_TERMS)
    dictionary = dictionary_of(words)
    for word in ["memasarkan", "pertanggungan", "pertanggungs", "diri", "ééa", "m", "memarrr"]:
        for distance in (1, 2):
            expected = near(words, word, distance)
            assert dictionary.words_within("body", word, distance) == expected


def test_fuzzy_terms_that_do_not_fit_into_one_call_come_in_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each once, in order, wherever a call stops."""
    words = random_words(500)
    dictionary = dictionary_of(words)
    whole = dictionary.words_within("body", "memari", 2)
    assert len(whole) >= 10
    for size, count in ((dictionary_size(whole), 3), (1, 100), (40, 100)):
        monkeypatch.setattr(term_dictionary, "READ_BYTES", size)
        monkeypatch.setattr(term_dictionary, "READ_TERMS", count)
        assert dictionary.words_within("body", "memari", 2) == whole


def dictionary_size(words: Sequence[str]) -> int:
    """Return the bytes of some words."""
    return sum(len(word.encode()) for word in words)


@pytest.mark.parametrize("words", [[], [""], ["", "a"]])
def test_no_word_is_near_an_empty_one_or_in_a_field_that_is_not_there(words: list[str]) -> None:
    """A segment of an older layout lacks a field; an index of no articles has no words."""
    dictionary = dictionary_of(words)
    assert dictionary.words_within("body", "", 2) == []
    assert dictionary.words_within("none", "a", 2) == []
    assert dictionary_of([]).words_within("body", "a", 2) == []
