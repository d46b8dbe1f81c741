"""One file of arrays: read as it was written, and refused at the first altered byte."""

import struct
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.segments.array_file import MAGIC, VERSION, map_arrays, map_file, write_arrays
from index.segments.errors import SegmentDamagedError, SegmentError, SegmentVersionError

KINDS = ("<u1", "<u2", "<u4", "<i4", "<i8", "<f4")
ARRAYS = {
    "bytes": np.arange(200, dtype=np.uint8),
    "none": np.empty(0, np.int64),
    "wide": np.array([-(2**63), 2**63 - 1], np.int64),
}
METADATA = {"doc_count": 3, "name": "中国", "rows": [[1, None, 0.5]]}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file of `ARRAYS` and `METADATA`; no test changes it."""
    path = tmp_path_factory.mktemp("container") / "whole.col"
    write_arrays(path, ARRAYS, METADATA)
    return path


@pytest.fixture
def refused(tmp_path: Path) -> Any:
    """Return what asserts that other bytes are refused, in words that say how to mend it."""

    def check(data: bytes, error: type[SegmentError] = SegmentDamagedError) -> str:
        path = tmp_path / "altered.col"
        path.write_bytes(data)
        with pytest.raises(error) as caught:
            map_file(path)
        assert str(path) in str(caught.value)
        assert "scripts/reindex.py PATH" in str(caught.value)
        assert caught.value.path == path
        return str(caught.value)

    return check


def as_lists(arrays: dict[str, NDArray[Any]]) -> dict[str, tuple[str, list[Any]]]:
    """Arrays so that they can be compared, with their kinds."""
    return {name: (array.dtype.str, array.tolist()) for name, array in arrays.items()}


def test_arrays_are_read_as_they_were_written(written: Path) -> None:
    """Kinds, values, an empty one, and the metadata."""
    arrays, metadata = map_file(written)
    assert as_lists(arrays) == as_lists(ARRAYS)
    assert metadata == METADATA


@settings(max_examples=50, deadline=None)
@given(
    parts=st.dictionaries(
        st.text(max_size=5), st.tuples(st.sampled_from(KINDS), st.binary(max_size=100)), max_size=5
    )
)
def test_any_arrays_are_read_as_they_were_written(
    tmp_path_factory: pytest.TempPathFactory, parts: dict[str, tuple[str, bytes]]
) -> None:
    """Whatever they are called and hold; each begins where a cache line does."""
    arrays = {
        name: np.frombuffer(data[: len(data) // 8 * 8], np.uint8).view(kind)
        for name, (kind, data) in parts.items()
    }
    path = tmp_path_factory.getbasetemp() / "any.col"
    write_arrays(path, arrays, {})
    found, _ = map_file(path)
    assert {n: a.tobytes() for n, a in found.items()} == {n: a.tobytes() for n, a in arrays.items()}
    assert {n: a.dtype.str for n, a in found.items()} == {n: a.dtype.str for n, a in arrays.items()}
    assert all(array.ctypes.data % 64 == 0 for array in found.values() if len(array))


def test_what_is_mapped_cannot_be_changed(written: Path) -> None:
    """All threads and workers read the same bytes."""
    arrays, _ = map_file(written)
    with pytest.raises(ValueError, match="read-only"):
        arrays["bytes"][0] = 1


def test_mapped_arrays_outlive_the_file(written: Path, tmp_path: Path) -> None:
    """Its descriptor is closed, its name removed: a request may still be at work in it."""
    copy = tmp_path / "copy.col"
    copy.write_bytes(written.read_bytes())
    arrays, _ = map_file(copy)
    copy.unlink()
    assert as_lists(arrays) == as_lists(ARRAYS)


def test_file_cut_anywhere_is_refused(written: Path, refused: Any) -> None:
    """To nothing and by its last byte, too."""
    data = written.read_bytes()
    for length in range(len(data)):
        refused(data[:length])


def test_file_with_any_flipped_bit_is_refused(written: Path, refused: Any) -> None:
    """In the header, an array, the gap between two, the directory, the checksum, the end."""
    data = written.read_bytes()
    for offset in range(len(data)):
        refused(data[:offset] + bytes([data[offset] ^ 1 << offset % 8]) + data[offset + 1 :])


def test_file_with_more_bytes_is_refused(written: Path, refused: Any) -> None:
    """At its end or at its beginning."""
    data = written.read_bytes()
    refused(data + b"\0")
    refused(b"\0" + data)
    refused(data + data)


@pytest.mark.parametrize(
    "data", [b"x" * 500, bytes(500), MAGIC, MAGIC + bytes(500), b"PK\3\4" * 99]
)
def test_file_of_another_kind_is_refused(refused: Any, data: bytes) -> None:
    """However long it is, and however it begins."""
    refused(data)


def test_file_of_another_version_is_refused_in_its_own_words(written: Path, tmp_path: Path) -> None:
    """It is whole, and not damaged: its program is another; the checksum was compared elsewhere."""
    data = written.read_bytes()
    path = tmp_path / "newer.col"
    path.write_bytes(data[:8] + struct.pack("<Q", VERSION + 1) + data[16:])
    message = rf"newer\.col cannot be read: its version is {VERSION + 1}, not {VERSION}\. Rebuild"
    with path.open("rb") as file, pytest.raises(SegmentVersionError, match=message):
        map_arrays(path, file.fileno(), is_verified=True)


def test_verified_file_is_not_verified_again(written: Path, tmp_path: Path) -> None:
    """A manifest has its checksum already: a server does not read every file twice."""
    data = bytearray(written.read_bytes())
    data[64] ^= 1
    path = tmp_path / "vouched.col"
    path.write_bytes(data)
    with path.open("rb") as file:
        arrays, _ = map_arrays(path, file.fileno(), is_verified=True)
    assert arrays["bytes"][0] == ARRAYS["bytes"][0] ^ 1
