"""Tokens with some stems: found as if every token had been stemmed, which is never done."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.stem_dictionary import overrides, roots
from index.analysis.stem_matching import NO_STEM, find_stems
from index.analysis.stemmer import WHOLE_DOUBLES, required_substrings, stem
from index.analysis.tokenizer import tokenize_batch

SAMPLES = Path(__file__).parents[3] / "samples"
PREFIXES = "me mem men meng meny menge pe pem pen peng peny di ber be ter te ke se ku ny ng".split()
SUFFIXES = ["", "kan", "an", "i", "nya", "kannya", "wan", "lah"]
built = st.builds(
    lambda first, second, root, suffix, cut: f"{first}{second}{root[cut:]}{suffix}",
    st.sampled_from(["", *PREFIXES]),
    st.sampled_from(["", *PREFIXES]),
    st.sampled_from(sorted(roots()) + sorted(overrides())) | st.text("aiueoknpstrgmy-", min_size=3),
    st.sampled_from(SUFFIXES),
    st.integers(0, 1),
)


def has_required_substring(word: str) -> bool:
    """Return whether a word has a substring that every word with its stem has."""
    return any(substring in word for substring in required_substrings(stem(word)))


@given(st.lists(built | st.text(max_size=9), max_size=20))
def test_every_word_has_a_required_substring_of_its_stem(words: list[str]) -> None:
    """Whatever stands around a root, or around no root at all."""
    assert [word for word in words if not has_required_substring(word)] == []


def test_listed_words_and_those_of_the_samples_have_a_required_substring() -> None:
    """All reviewed words, all doubles, all words that readers of the samples see."""
    texts = [p.read_text(encoding="utf-8") for p in sorted(SAMPLES.rglob("*.txt"))]
    seen = {word for text in texts for word in tokenize_batch([text]).words()}
    words = {*overrides(), *roots(), *WHOLE_DOUBLES, *(f"{d}nya" for d in WHOLE_DOUBLES), *seen}
    assert [word for word in sorted(words) if not has_required_substring(word)] == []


@pytest.mark.parametrize("sought", [["makan", "baca"], ["undang-undang", "p"], ["di", "an"], []])
def test_tokens_are_found_by_their_stems(sought: list[str]) -> None:
    """Over several texts, for common parts of words and for none."""
    texts = ["Makanan dimakan; membaca bacaan, pembaca di sana.", "undang-undangnya p an DI makan"]
    batch = tokenize_batch(texts)
    found = find_stems(batch, sought)
    numbers = {stemmed: found.number_of(stemmed) for stemmed in sought}
    expected = [numbers.get(stem(word), NO_STEM) for word in batch.words()]
    assert found.numbers.tolist() == expected
    assert found.number_of("gempa") not in found.numbers.tolist()
