"""The compiled tokenizer against its rules as regular expressions, over all of Unicode."""

import unicodedata
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.analysis.tokenizer import TokenBatch, hash_words, tokenize_batch
from tests.index.analysis.word_oracle import CHARACTERS, OracleToken, all_characters, oracle_tokens

PROJECT = Path(__file__).parents[3]

PIECES = (
    "anak undang Undang lari berlari sayur Rp rp RP rP r p 1 12 123 250 000 1234 ab abc "
    "A. b. 1: :30 's \u2019s - - \u2010 \u2011 \u2013 . , ' \u2018 \u2019 \u02bc ` \u00b4 _ / "
    "\u0301 \u0327 \u034f \u0345 \u064e \u0651 \u0670 \u3099 \u309a "
    "\u0663 \u0967 \uff11 \u2488 \u00bd \u00b2 \u2460 \uff0e "
    "\u0645\u062d \u4e2d \u304b \u30ab \uff9e \uac00 \uac01 \u1100\u1161\u11a8 \u0e20\u0e34 "
    "\ua9b2\ua9b6 \uff21 \U0001d407 \U00010400 \u00df \u0130 \u0131 \u0149 \u03a3 \ufb01 "
    "\ufc5e \ufc5e \ufdfa \ufdfa \U0001f600 \ud800 \udc00 \U000e0100"
).split()
SPACES = ("", " ", "\n", "\r\n", "\0", "\t", "\u00a0", "\u2028", "\u3000", "\x1c")
LONG_PIECES = ("x" * 63, "\u00e9" * 64, "a\u0301" * 127, "\u0301" * 255, "0" * 61, "\ufdfa" * 9)
TEXTS = st.lists(st.sampled_from((*PIECES, *SPACES, *LONG_PIECES)) | CHARACTERS, max_size=12).map(
    "".join
)

SIGNLESS = ("Cn", "Co", "Cs")
"""Categories of code points that nobody has assigned, or that are no characters."""


def tokens_of(text: str) -> list[OracleToken]:
    """Return the tokens that the kernel sees in a text."""
    batch = tokenize_batch([text], with_offsets=True)
    arrays = (batch.starts, batch.stops, batch.positions)
    columns = (array.tolist() for array in arrays)
    return list(map(OracleToken, batch.words(), *columns))


def parts_of(batch: TokenBatch, texts: Sequence[str]) -> list[list[OracleToken]]:
    """Return a batch's tokens, text by text."""
    rows = zip(batch.words(), batch.starts, batch.stops, batch.positions, strict=True)
    tokens = [OracleToken(word, *map(int, numbers)) for word, *numbers in rows]
    ends = np.cumsum(batch.counts)
    assert len(ends) == len(texts)
    return [tokens[end - count : end] for end, count in zip(ends, batch.counts, strict=True)]


@given(TEXTS)
@settings(max_examples=2_500, deadline=None)
@example("a'\u0301b-\u0301")
@example("rp-rp5 korp5 RP\u0663")
@example("anak-\u02bc-anak anak-anak-anak")
@example("\u02bc\n\u02bc a\n\u02bc b")
@example("\u0663:30 1\u0663:30 10:30")
@example("1.000.000,50 x1.000 1.0000 12.34 \u2488000 \u0661.\u0662\u0663\u0664")
def test_tokens_are_those_of_the_rules(text: str) -> None:
    """Texts, offsets and positions, whatever is written."""
    assert tokens_of(text) == oracle_tokens(text)


@given(st.lists(TEXTS, max_size=6))
@settings(max_examples=300, deadline=None)
def test_batch_has_the_tokens_of_its_texts(texts: list[str]) -> None:
    """No text sees its neighbour, and an empty one has its count, too."""
    batch = tokenize_batch(texts, with_offsets=True)
    assert parts_of(batch, texts) == [tokens_of(text) for text in texts]


@given(st.lists(TEXTS, max_size=4))
@settings(max_examples=200, deadline=None)
def test_offsets_are_left_out_unless_asked_for(texts: list[str]) -> None:
    """All else is the same."""
    with_offsets, batch = tokenize_batch(texts, with_offsets=True), tokenize_batch(texts)
    assert len(batch.starts) == len(batch.stops) == 0
    for name in ("text", "ends", "hashes", "positions", "counts"):
        assert np.array_equal(getattr(batch, name), getattr(with_offsets, name))


@given(st.lists(TEXTS, max_size=4))
@settings(max_examples=200, deadline=None)
def test_hash_depends_on_the_word_alone(texts: list[str]) -> None:
    """A query's word finds the archive's, wherever it stood and whatever stood around it."""
    batch = tokenize_batch(texts)
    words = batch.words()
    assert batch.hashes.tolist() == hash_words(words).tolist()
    assert [int(hash_words([word])[0]) for word in words] == batch.hashes.tolist()


def test_hashes_of_similar_words_differ_in_every_part() -> None:
    """A table takes slots from a hash's low bits, and may take them from its high ones."""
    hashes = hash_words([f"{head}{number}" for head in ("", "kata") for number in range(50_000)])
    assert len(np.unique(hashes)) == 100_000
    for shift in (0, 24, 48):
        slots = (hashes >> np.uint64(shift)) & np.uint64(0xFFFF)
        # With 65,536 slots, 78 of 100 are taken if chance chooses.
        assert len(np.unique(slots)) / 0x10000 == pytest.approx(0.78, abs=0.01)


def test_every_character_is_read_as_the_rules_have_it() -> None:
    """Alone, between letters, after a digit and doubled: letters, marks, signs and spaces."""
    chars = [char for char in all_characters() if unicodedata.category(char) not in SIGNLESS]
    for start in range(0, len(chars), 5_000):
        text = "\n".join(f"{c} a{c}b 1{c}2 {c}{c}-{c}{c}" for c in chars[start : start + 5_000])
        assert tokens_of(text) == oracle_tokens(text)


def test_what_is_no_character_is_no_word() -> None:
    """Surrogates, private and unassigned code points part words."""
    chars = [char for char in all_characters() if unicodedata.category(char) in SIGNLESS]
    assert tokens_of("".join(chars)) == []
    assert tokenize_batch(["a".join(chars)]).counts.tolist() == [len(chars) - 1]


@pytest.mark.parametrize(
    "text",
    [
        "x" * 10_000,
        "a" + "\u0301" * 10_000 + "b",
        "\u0301" * 10_000,
        "ab-" * 10_000,
        "1" + ".000" * 10_000,
        "rp1" * 10_000,
        "rp1 " * 10_000,
        "a " * 10_000,
        "a'" * 10_000 + "\u02bc",
        "\ufdfa" * 10_000,
        "\ufdfa " * 10_000,
        "\ufdfa-" * 10_000,
        "\u0390" * 63 + "-" + "\u0390" * 63,
        "\uac01" * 10_000,
        "\0" * 10_000,
        "\ud800" * 10_000,
        "\n" * 10_000 + "a",
    ],
    ids=lambda text: ascii(text[:4]),
)
def test_long_text_is_read_within_its_room(text: str) -> None:
    """However much a text grows when it is folded, and however many words it has."""
    assert tokens_of(text) == oracle_tokens(text)


@pytest.mark.parametrize("path", sorted((PROJECT / "samples").rglob("*.txt"))[:60], ids=str)
def test_sample_article_has_the_tokens_of_the_rules(path: Path) -> None:
    """What is searched is news, with its quotes, amounts and doubled words."""
    text = path.read_text(encoding="utf-8")
    assert tokens_of(text) == oracle_tokens(text)


def test_nothing_has_no_tokens() -> None:
    """No texts, no words and empty texts are batches like others."""
    assert tokenize_batch([]).counts.tolist() == []
    assert tokenize_batch(["", ""], with_offsets=True).counts.tolist() == [0, 0]
    assert hash_words([]).tolist() == []
    assert len(hash_words([""])) == 1
