"""The manifest: read as it was written, and whatever else stands there is damage."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.errors import IndexDamagedError, SchemaMismatchError
from index.generations.manifest import (
    MANIFEST_FORMAT,
    MANIFEST_NAME,
    FileChecksum,
    Manifest,
    measure_file,
    read_manifest,
    write_manifest,
)

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=9,
)


@given(told=JSON_VALUES)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_manifest_of_any_other_shape_is_damage(tmp_path: Path, told: object) -> None:
    """Whatever JSON stands there, alone or where a part of the manifest should be."""
    content = {"format": MANIFEST_FORMAT, "checksum": "x", "content": told}
    files = {**content, "content": {"files": told}}
    for shape in (told, content, files, {**files, "content": {"files": {"a": told}}}):
        (tmp_path / MANIFEST_NAME).write_text(json.dumps(shape))
        with pytest.raises(IndexDamagedError):
            read_manifest(tmp_path)


@pytest.mark.parametrize("form", [1, 3, "2", None])
def test_manifest_of_another_form_is_another_versions(tmp_path: Path, form: object) -> None:
    """It is not damage: the message says to build anew, and nothing else of it is believed."""
    (tmp_path / MANIFEST_NAME).write_text(json.dumps({"format": form, "files": [MANIFEST_NAME]}))
    with pytest.raises(SchemaMismatchError, match=r"another version .*form.* Build it again:"):
        read_manifest(tmp_path)


@pytest.mark.parametrize(
    "told",
    [b"", b"{", b"\xff\xfe", b"[" * 100_000, b"1" * 10_000, b" " * (16 << 20) + b"{}", b"{}\0"],
    ids=["empty", "cut", "binary", "nested", "long number", "too large", "zero byte"],
)
def test_manifest_that_cannot_be_read_is_damage(tmp_path: Path, told: bytes) -> None:
    """Nothing but our own error comes out, at a bounded cost."""
    (tmp_path / MANIFEST_NAME).write_bytes(told)
    with pytest.raises(IndexDamagedError):
        read_manifest(tmp_path)


@given(
    st.builds(
        Manifest,
        schema=st.text(),
        whoosh=st.text(),
        doc_count=st.integers(0),
        built_at=st.text(),
        files=st.dictionaries(st.text(), st.builds(FileChecksum, st.integers(0), st.text())),
    )
)
@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_manifest_is_read_as_it_was_written(tmp_path: Path, manifest: Manifest) -> None:
    """Whatever it holds; and nothing lies beside it."""
    write_manifest(manifest, tmp_path)
    assert read_manifest(tmp_path) == manifest
    assert [path.name for path in tmp_path.iterdir()] == [MANIFEST_NAME]


def test_check_of_a_file_is_its_size_and_the_sum_of_its_bytes(tmp_path: Path) -> None:
    """Also of one larger than what is read at once."""
    sizes = [0, 1, 1_000_000]
    checks = []
    for size in sizes:
        (tmp_path / "file").write_bytes(bytes(size))
        checks.append(measure_file(tmp_path / "file"))
    assert [check.size for check in checks] == sizes
    assert len({check.checksum for check in checks}) == 3
    assert checks[0].checksum == "99aa06d3014798d86001c324468d497f"  # XXH3 of nothing, 128 bits
