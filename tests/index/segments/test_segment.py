"""An open segment: terms looked up, postings found, deletions seen; and no damaged one opens."""

import random
from bisect import bisect_left
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.segments.array_file import SUFFIX, map_file, write_arrays
from index.segments.errors import SegmentDamagedError, SegmentError
from index.segments.segment import Segment, open_segment
from tests.index.segments.plain_segments import LAYOUT, Row, build

WORDS = ("a", "aa", "ab", "abc" * 90, "b", "é", "中国", "zz")


def random_rows(count: int) -> list[Row]:
    """Rows with a value in every field."""
    rng = random.Random(7)
    return [
        Row(
            key=f"{n:03}",
            title=rng.choice(WORDS),
            body=" ".join(rng.choices(WORDS, k=9)) + "\nakhir",
            url=f"https://contoh.example/{rng.randrange(99)}/{'x' * rng.randint(0, 400)}",
            number=rng.randrange(100),
            tags=tuple(rng.choices(("AI", "beras"), k=2)),
            kinds=("kabar",),
            stored=f"{{{n}}}",
        )
        for n in range(count)
    ]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a segment of 300 rows; no test changes it."""
    (written,) = build(tmp_path_factory.mktemp("segment"), random_rows(300))
    return written


@pytest.fixture(scope="module")
def segment(path: Path) -> Segment:
    """Return it, open."""
    return open_segment(path)


@pytest.mark.parametrize("name", LAYOUT.term_fields)
def test_term_has_its_ordinal(segment: Segment, name: str) -> None:
    """Each one, looked up alone or all at once."""
    field = segment.fields[name]
    terms = list(segment.terms.read(field.first, field.last))
    assert terms == sorted(terms)
    assert segment.terms.find([(name, term) for term in terms]).tolist() == [
        *range(field.first, field.last)
    ]
    assert [segment.terms.ordinal(name, term) for term in terms[:20]] == [
        *range(field.first, field.last)
    ][:20]


@settings(max_examples=200, deadline=None)
@given(name=st.sampled_from(LAYOUT.term_fields), text=st.binary(max_size=4) | st.text(max_size=3))
def test_missing_term_gives_the_ordinal_of_the_next(
    segment: Segment, name: str, text: bytes | str
) -> None:
    """As -1 less its ordinal, so that a range can begin there; even behind the last of all."""
    term = text if isinstance(text, bytes) else text.encode()
    field = segment.fields[name]
    terms = list(segment.terms.read(field.first, field.last))
    rank = bisect_left(terms, term)
    is_found = rank < len(terms) and terms[rank] == term
    expected = field.first + rank if is_found else -1 - (field.first + rank)
    assert segment.terms.ordinal(name, term) == expected


def test_unknown_field_has_no_term(segment: Segment) -> None:
    """Not even the empty one."""
    assert all(segment.terms.ordinal("body_", term) < 0 for term in (b"", b"a", b"\xff" * 99))


@pytest.mark.parametrize("first", [0, 1, 15, 16, 17, 250])
@pytest.mark.parametrize("count", [0, 1, 16, 40])
def test_some_terms_are_those_of_all(segment: Segment, first: int, count: int) -> None:
    """From the middle of a block of the dictionary, and over its end."""
    every = list(segment.terms.read(0, len(segment.terms)))
    assert list(segment.terms.read(first, first + count)) == every[first : first + count]


def test_deleted_documents_are_marked(path: Path) -> None:
    """They keep their numbers and postings; only the living count."""
    segment = open_segment(path, [0, 7, 299])
    assert (segment.doc_count, segment.live_count) == (300, 297)
    assert [n for n, live in enumerate(segment.live.tolist()) if not live] == [0, 7, 299]
    assert segment.doc_counts.tolist() == open_segment(path).doc_counts.tolist()


def test_segment_without_deletions_marks_nothing(segment: Segment) -> None:
    """A kernel need not look."""
    assert (len(segment.live), segment.live_count) == (0, 300)


@pytest.fixture
def opened(tmp_path: Path) -> Callable[[bytes], Segment]:
    """Return what opens the segment with other bytes."""

    def run(data: bytes) -> Segment:
        copy = tmp_path / f"copy{SUFFIX}"
        copy.write_bytes(data)
        return open_segment(copy)

    return run


def test_segment_cut_anywhere_is_refused(path: Path, opened: Callable[[bytes], Segment]) -> None:
    """Wherever it ends, it is never opened, and nothing else is raised."""
    data, rng = path.read_bytes(), random.Random(8)
    for length in rng.sample(range(len(data)), 400):
        with pytest.raises(SegmentDamagedError):
            opened(data[:length])


def test_segment_flipped_at_random_bytes_is_refused(
    path: Path, opened: Callable[[bytes], Segment]
) -> None:
    """One byte or several: it is never read for what it is not."""
    data, rng = path.read_bytes(), random.Random(9)
    for _ in range(400):
        altered = bytearray(data)
        for offset in rng.sample(range(len(data)), rng.randint(1, 4)):
            altered[offset] ^= rng.randint(1, 255)
        with pytest.raises(SegmentError):
            opened(bytes(altered))


@pytest.mark.parametrize(
    "changed",
    [
        {"terms.targets": np.full(9, 2**32 - 1, np.uint32)},
        {"terms.aliases": np.full(10_000, 255, np.uint8)},
        {"lengths": np.zeros(1, np.uint8)},
        {"postings.docs": None},
    ],
)
def test_forged_segment_is_refused(
    path: Path, tmp_path: Path, changed: dict[str, NDArray[Any] | None]
) -> None:
    """Its checksum is right, and its arrays do not fit together, or one is missing."""
    arrays, metadata = map_file(path)
    forged = {name: array for name, array in {**arrays, **changed}.items() if array is not None}
    write_arrays(tmp_path / path.name, forged, metadata)
    with pytest.raises(SegmentDamagedError, match="do not fit"):
        open_segment(tmp_path / path.name)


def test_pages_that_were_swapped_are_refused(
    path: Path, opened: Callable[[bytes], Segment]
) -> None:
    """Or were lost to zeros, as after a power cut."""
    data = path.read_bytes()
    first, second = data[4096:8192], data[8192:12288]
    for middle in (second + first, bytes(8192), first + first):
        with pytest.raises(SegmentDamagedError, match="cut or altered"):
            opened(data[:4096] + middle + data[12288:])
