"""Words split into a root and affixes: every way that the tables allow, and no other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.affixes import (
    CLITICS_MOST,
    PREFIX_RULES,
    PREFIXES_MOST,
    WordParts,
    count_syllables,
    split_affixes,
)

WORDS = st.text("aiueobdgklmnprstwyng", max_size=12)


def parts(
    core: str, prefixes: str = "", suffix: str = "", clitics: str = "", *, dropped_r: bool = False
) -> WordParts:
    """Return the parts of a word; several prefixes or clitics have a blank between."""
    return WordParts(core, tuple(prefixes.split()), suffix, tuple(clitics.split()), dropped_r)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("menulis", parts("tulis", "me")),
        ("mengirim", parts("kirim", "me")),
        ("mengebom", parts("bom", "me")),
        ("penyebutan", parts("sebut", "pe", "an")),
        ("berenang", parts("renang", "ber", dropped_r=True)),
        ("ngomong", parts("omong", "spoken")),
        ("kesepersepuluhnya", parts("sepuluh", "ke se per", clitics="nya")),
        ("bukunyalah", parts("buku", clitics="nya lah")),
        ("seniwati", parts("seni", "", "wati")),
    ],
)
def test_word_is_split_as_its_spelling_allows(word: str, expected: WordParts) -> None:
    """With the letter that a prefix replaced, and prefixes within prefixes."""
    assert expected in list(split_affixes(word))


@pytest.mark.parametrize(
    ("word", "core"),
    [
        ("perusakan", "rusa"),  # -kan does not go with pe-
        ("bukunyalahku", "buku"),  # three clitics are too many
        ("ngada", "kada"),  # a place: too short to be spoken for mengada
        ("menom", "tom"),  # a root of one syllable loses no letter
        ("dian", "di"),  # too short for a root
    ],
)
def test_word_is_not_split_where_no_rule_allows_it(word: str, core: str) -> None:
    """Each of these would be found by a rule that is looser by one step."""
    splits = [split for split in split_affixes(word) if split.prefixes or split.clitics]
    assert core not in [split.core for split in splits if split.core != word]


@given(WORDS)
def test_whole_word_comes_first(word: str) -> None:
    """So that of two equal scores the plainest way wins."""
    assert next(split_affixes(word)) == parts(word)


@given(WORDS)
def test_parts_are_never_more_than_a_word_has(word: str) -> None:
    """Two clitics and three prefixes at the most, each of them in the table."""
    known = {rule.prefix for rule in PREFIX_RULES}
    for split in split_affixes(word):
        assert len(split.clitics) <= CLITICS_MOST
        assert len(split.prefixes) <= PREFIXES_MOST
        assert known.issuperset(split.prefixes)
        assert word.endswith(f"{split.suffix}{''.join(split.clitics)}")


@pytest.mark.parametrize(
    ("word", "count"),
    [("bom", 1), ("sungai", 2), ("pulau", 2), ("amboi", 2), ("dua", 2), ("saudara", 4), ("", 0)],
)
def test_vowels_are_counted_as_syllables(word: str, count: int) -> None:
    """Two vowels at the end of a word are one where Indonesian says them as one."""
    assert count_syllables(word) == count
