"""A matcher over the postings of a term, against plain lists of what the documents hold."""

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.formats import Existence, Frequency, Positions
from whoosh.matching import ReadTooFar
from whoosh.scoring import WeightScorer

from index.whoosh_codec.posting_matcher import PostingMatcher
from tests.oracle.random_archives import WORDS, Archive, make_archive


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """One segment of 200 documents; in three of them a word stands more than 255 times."""
    folder = tmp_path_factory.mktemp("columnar")
    return make_archive(folder, seed=7, sizes=(200,), deleted_count=0, often=(5, 70, 199))


def matcher(archive: Archive, word: str, name: str = "body", scorer: Any = None) -> PostingMatcher:
    """Return a matcher of a word's documents."""
    reader = archive.columnar.reader()
    found = reader.postings(name, word, scorer=scorer)
    assert isinstance(found, PostingMatcher)
    return found


def positions_by_doc(archive: Archive, word: str) -> dict[int, list[int]]:
    """Return where a word stands in the body, by document."""
    bodies = enumerate(archive.texts("body"))
    found = {n: [p for p, each in enumerate(words) if each == word] for n, words in bodies}
    return {number: positions for number, positions in found.items() if positions}


@pytest.mark.parametrize("word", WORDS)
def test_matcher_moves_over_every_document_once(archive: Archive, word: str) -> None:
    """With the number, frequency, weight and positions of each."""
    moving, seen = matcher(archive, word), {}
    while moving.is_active():
        positions = moving.value_as("positions")
        assert [span.start for span in moving.spans()] == positions
        assert moving.value_as("position_boosts") == [(position, 1) for position in positions]
        assert moving.value_as("frequency") == moving.weight() == len(positions)
        assert moving.value_as("weight") == len(positions)
        seen[moving.id()] = positions
        moving.next()
    assert seen == positions_by_doc(archive, word)


@pytest.mark.parametrize("word", WORDS)
def test_value_is_what_the_format_writes(archive: Archive, word: str) -> None:
    """Whoosh decodes it where it merges postings."""
    written, frequency = Positions(), Frequency()
    for number, value in matcher(archive, word).all_items():
        assert written.decode_positions(value) == positions_by_doc(archive, word)[number]
    for number, value in matcher(archive, word[:3], "stem").all_items():
        words = archive.texts("stem")[number]
        assert frequency.decode_frequency(value) == words.count(word[:3])


def test_value_of_a_key_is_empty(archive: Archive) -> None:
    """A key stands once in a document, and nothing more is said of it."""
    found = matcher(archive, archive.docs[3].doc_id, "id")
    assert isinstance(found.format, Existence)
    assert (found.id(), found.value(), found.weight()) == (3, b"", 1.0)


def test_matcher_tells_numbers_that_whoosh_may_add(archive: Archive) -> None:
    """Plain numbers of Python: those of NumPy would wrap around at 65,535."""
    found = matcher(archive, WORDS[0])
    assert type(found.id()) is int
    assert type(found.weight()) is float
    assert {type(number) for number in found.all_ids()} == {int}


def test_fields_without_positions_tell_so(archive: Archive) -> None:
    """Stems and keys have frequencies only; nothing has characters."""
    stems, words = matcher(archive, "ren", "stem"), matcher(archive, "render")
    assert [stems.supports(kind) for kind in ("frequency", "weight", "positions")] == [1, 1, 0]
    assert [words.supports(kind) for kind in ("positions", "position_boosts", "characters")] == [
        True,
        True,
        False,
    ]
    with pytest.raises(AttributeError):
        words.value_as("characters")


@settings(max_examples=200, deadline=None)
@given(word=st.sampled_from(WORDS), moves=st.lists(st.integers(-1, 210), max_size=12))
def test_skipping_stops_at_the_first_document_that_is_not_before(
    archive: Archive, word: str, moves: list[int]
) -> None:
    """Any way of moving about, and never back; -1 is a single step."""
    moving, left = matcher(archive, word), sorted(positions_by_doc(archive, word))
    for move in moves:
        if not moving.is_active():
            break
        if move < 0:
            moving.next()
            left = left[1:]
        else:
            moving.skip_to(move)
            left = [number for number in left if number >= move]
        assert moving.is_active() == bool(left)
        assert list(moving.all_ids()) == left


def test_behind_the_last_document_no_move_is_left(archive: Archive) -> None:
    """As Whoosh's own matchers, it refuses to go on."""
    moving = matcher(archive, WORDS[0])
    moving.skip_to(1000)
    assert not moving.is_active()
    for move in (moving.next, lambda: moving.skip_to(1)):
        with pytest.raises(ReadTooFar):
            move()


def test_number_after_the_last_document_is_that_of_the_last(archive: Archive) -> None:
    """Whoosh's exclusions ask for it, inside an "and", where they have come to an end."""
    moving = matcher(archive, WORDS[0])
    *_, last = moving.all_ids()
    moving.skip_to(1000)
    assert (moving.is_active(), moving.id()) == (False, last)


def test_copy_moves_on_its_own(archive: Archive) -> None:
    """From where the other one stands; a reset one stands on the first document again."""
    first = matcher(archive, WORDS[0])
    start = first.id()
    first.next()
    other = first.copy()
    assert other.term() == first.term() == ("body", WORDS[0].encode())
    other.next()
    assert other.id() > first.id()
    other.reset()
    assert other.id() == start


def test_block_tells_the_bounds_of_all_postings(archive: Archive) -> None:
    """For pruning, a term is one block; it is passed over whole, or not at all."""
    word = WORDS[0]
    positions = positions_by_doc(archive, word)
    rounded = [archive.lengths("body")[number] for number in positions]
    most = max(map(len, positions.values()))
    found = matcher(archive, word, scorer=WeightScorer(most))
    assert (found.block_min_id(), found.block_max_id()) == (min(positions), max(positions))
    assert (found.block_min_length(), found.block_max_length()) == (min(rounded), max(rounded))
    assert found.block_max_weight() == found.block_quality() == most > 255
    assert (found.skip_to_quality(most - 1), found.is_active()) == (0, True)
    assert (found.skip_to_quality(most), found.is_active()) == (1, False)
    assert found.skip_to_quality(most) == 0


def test_matcher_scores_with_its_scorer(archive: Archive) -> None:
    """A matcher without one does not support pruning, nor scores; as Whoosh's own."""
    word = random.Random(1).choice(WORDS)
    scored, bare = matcher(archive, word, scorer=WeightScorer(9)), matcher(archive, word)
    assert scored.score() == scored.weight()
    assert scored.supports_block_quality()
    assert not bare.supports_block_quality()
