"""Stems as numbers: equal where stems are, bounded, and nothing is kept of what readers type."""

from index.stem_table import StemTable
from index.stemming import stem
from index.tokenizer import tokenize_batch

WORDS = "makanan dimakan makan membaca dibaca bacaan pembaca perdagangan dagang rumah beras"


def test_tokens_have_the_number_of_their_stem() -> None:
    """With room for all words, and with room for two of them."""
    batch = tokenize_batch([WORDS, WORDS])
    for slots in (64, 4):
        stems = StemTable(slots).stems_of(batch)
        expected = [stems.number_of(stem(word)) for word in WORDS.split() * 2]
        assert stems.numbers.tolist() == expected
        assert len(set(expected)) == len({stem(word) for word in WORDS.split()})


def test_stem_that_no_token_has_is_no_number_of_any() -> None:
    """What a reader looks for in vain marks nothing."""
    stems = StemTable().stems_of(tokenize_batch([WORDS]))
    assert stems.number_of("gempa") == -1
    assert -1 not in stems.numbers.tolist()


def test_full_table_remembers_no_more() -> None:
    """A server that shows ever new words does not grow."""
    table = StemTable(8)
    for number in range(50):
        stems = table.stems_of(tokenize_batch([f"kata{number} lain{number}"]))
        stems.number_of(f"asing{number}")
    assert len(stems.known) <= 4
