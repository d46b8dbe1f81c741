"""Derived fields: a stem has the documents of all its words, and one word's stem is an alias."""

from pathlib import Path

from index.segments.segment import open_segment
from tests.index.segments.plain_segments import Row, build


def test_term_of_one_word_has_the_postings_of_the_word(tmp_path: Path) -> None:
    """Nothing is written for it: both begin and end at the same posting."""
    bodies = ["beras beras", "gula", "beras garam"]
    (path,) = build(tmp_path, [Row(str(n), body=body) for n, body in enumerate(bodies)])
    segment = open_segment(path)
    for word in (b"beras", b"gula", b"garam"):
        ranges = segment.posting_ranges([("body", word), ("stem", word[:3])])
        assert ranges[0] == ranges[1] != (0, 0)
    keys = segment.fields["key"].last - segment.fields["key"].first
    assert len(segment.docs) == 4 + keys


def test_term_of_several_words_adds_up_their_frequencies(tmp_path: Path) -> None:
    """In each document that has any of them; the words keep their own postings."""
    bodies = ["beras berasnya", "berasnya berasnya", "gula", "beras"]
    (path,) = build(tmp_path, [Row(str(n), body=body) for n, body in enumerate(bodies)])
    segment = open_segment(path)
    ((start, stop),) = segment.posting_ranges([("stem", b"ber")])
    assert segment.docs[start:stop].tolist() == [0, 1, 3]
    assert segment.frequencies[start:stop].tolist() == [2, 2, 1]
    words = segment.posting_ranges([("body", b"beras"), ("body", b"berasnya")])
    assert [segment.docs[first:last].tolist() for first, last in words] == [[0, 3], [0, 1]]
