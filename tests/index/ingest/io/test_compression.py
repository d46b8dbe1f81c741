"""Packed files of every kind, and archives: what is read, and what is refused in bounded steps."""

import gzip
import io
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from index.document import REJECTION_REASONS, Document, Rejection
from index.errors import SourceError
from index.ingest import Limits, ReadOptions, read_paths
from index.ingest.io.compression import Budget, unpack
from index.ingest.io.source import Origin
from index.ingest.zip_archives import read_archive

CONTENTS = {
    "a.txt": b"Panen Garam\nPALU - Panen garam membaik.",
    "b.jsonl": b'{"title": "Panen Garam", "body": "Membaik di Palu."}\n',
    "c.json": b'[{"title": "Panen Garam", "body": "Membaik di Poso."}]',
    "d.csv": b"judul,isi\nPanen Garam,Membaik.\n",
    "e.tsv": b"judul\tisi\nPanen Garam\tMembaik di Buol.\n",
    "f.ndjson": b'{"title": "Panen Garam", "body": "Membaik di Luwuk."}\n',
}


def zipped(method: int = zipfile.ZIP_DEFLATED, **members: bytes) -> bytes:
    """Return an archive of members; "__" in a name stands for a dot."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "."), data)
    return file.getvalue()


def write_zip(path: Path, members: dict[str, bytes]) -> Path:
    """Write an archive of members with any names."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return path


def outcomes(path: Path, limits: Limits | None = None) -> list[str]:
    """Return the title or the reason of everything below a path."""
    items = read_paths([path], ReadOptions(limits=limits or Limits()))
    return [item.title if isinstance(item, Document) else item.reason for item in items]


def rejection_of(path: Path, limits: Limits | None = None) -> Rejection:
    """Return the only item below a path, which is a rejection."""
    (item,) = read_paths([path], ReadOptions(limits=limits or Limits()))
    assert isinstance(item, Rejection)
    return item


@pytest.mark.parametrize("name", CONTENTS)
@pytest.mark.parametrize(("suffix", "pack"), [(".gz", gzip.compress), (".ZST", zstandard.compress)])
def test_every_kind_may_be_packed(
    tmp_path: Path, name: str, suffix: str, pack: Callable[[bytes], bytes]
) -> None:
    """Pages, too; the packed bytes are counted."""
    (tmp_path / (name + suffix)).write_bytes(pack(CONTENTS[name]))
    read_bytes: list[int] = []
    (document,) = read_paths([tmp_path], ReadOptions(on_bytes=read_bytes.append))
    assert isinstance(document, Document)
    assert document.title == "Panen Garam"
    assert sum(read_bytes) == len(pack(CONTENTS[name]))


def test_members_are_read_like_files_with_ids_of_their_own(tmp_path: Path) -> None:
    """Folders and hidden members are skipped; an archive that moves keeps its ids."""
    more = gzip.compress(b"judul,isi\nPanen Garam,Turun.\n")
    members = {**CONTENTS, "sub/": b"", "sub/g.csv.gz": more}
    members |= {".h.txt": b"x", "__MACOSX/i.txt": b"x", "sub/.git/j.txt": b"x"}
    path = write_zip(tmp_path / "arsip.zip", members)
    read_bytes: list[int] = []
    items = read_paths([tmp_path], ReadOptions(on_bytes=read_bytes.append))
    documents = [item for item in items if isinstance(item, Document)]
    assert [document.title for document in documents] == ["Panen Garam"] * 7
    assert len({document.doc_id for document in documents}) == 7
    assert sum(read_bytes) == path.stat().st_size
    again = [item.doc_id for item in read_paths([path]) if isinstance(item, Document)]
    assert again == [document.doc_id for document in documents]


def test_refused_row_names_its_member(tmp_path: Path) -> None:
    """And its line within the member."""
    path = write_zip(tmp_path / "a.zip", {"b/c.jsonl": CONTENTS["b.jsonl"] + b"x\n"})
    _, refused = read_paths([path])
    assert isinstance(refused, Rejection)
    assert (refused.path, refused.line) == (f"{path}!b/c.jsonl", 2)


@pytest.mark.parametrize(
    ("name", "reason", "detail"),
    [
        ("/etc/a.txt", "malformed", "leads out of the archive"),
        ("../a.txt", "malformed", "leads out of the archive"),
        ("b/../../a.txt", "malformed", "leads out of the archive"),
        ("..\\a.txt", "malformed", "leads out of the archive"),
        ("C:\\a.txt", "malformed", "leads out of the archive"),
        ("b.zip", "not_supported", "an archive within an archive"),
        ("foto.jpg", "not_supported", "there are readers for"),
    ],
)
def test_member_that_is_not_read_says_why(
    tmp_path: Path, name: str, reason: str, detail: str
) -> None:
    """Nothing of it is unpacked; the next member is read."""
    path = write_zip(tmp_path / "a.zip", {name: b"x" * 99, "z.txt": CONTENTS["a.txt"]})
    refused, document = read_paths([path])
    assert isinstance(refused, Rejection)
    assert (refused.reason, isinstance(document, Document)) == (reason, True)
    assert detail in refused.detail


def test_encrypted_member_is_refused(tmp_path: Path) -> None:
    """The flag in the table of contents says that it is."""
    data = bytearray(zipped(a__txt=CONTENTS["a.txt"]))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "a.zip").write_bytes(data)
    assert "encrypted" in rejection_of(tmp_path).detail


def test_member_with_another_method_and_a_link_are_refused(tmp_path: Path) -> None:
    """Bzip2 and LZMA unpack in steps of any size; a link holds no article."""
    link = zipfile.ZipInfo("b.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.txt", CONTENTS["a.txt"], zipfile.ZIP_LZMA)
        archive.writestr(link, "/etc/passwd")
    assert outcomes(tmp_path) == ["not_supported"] * 2


BOMB_LIMITS = Limits(line_bytes=1000, expansion_factor=10, expansion_free_bytes=100_000)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv.gz", gzip.compress(b"judul,isi\n" + b" \n" * 3_000_000)),
        ("a.txt.zst", zstandard.compress(b" " * 3_000_000)),
        ("a.json.zst", zstandard.compress(b"[" + b" " * 30_000_000)),
        ("a.zip", zipped(a__jsonl=b" \n" * 3_000_000)),
        ("a.zip", zipped(a__jsonl__gz=gzip.compress(b" \n" * 3_000_000))),
    ],
)
def test_bomb_is_stopped(tmp_path: Path, name: str, data: bytes) -> None:
    """A small file may not unpack to a large one, however it is packed."""
    (tmp_path / name).write_bytes(data)
    assert outcomes(tmp_path, BOMB_LIMITS) == ["too_large"]


def test_members_share_one_budget(tmp_path: Path) -> None:
    """It does not help a bomb to be many."""
    members = {f"{n}.txt": b"Judul\n" + b"isi " * 10_000 for n in range(5)}
    path = write_zip(tmp_path / "a.zip", members)
    assert outcomes(path, BOMB_LIMITS) == ["Judul", "Judul", *["too_large"] * 3]


def test_table_of_contents_is_bounded(tmp_path: Path) -> None:
    """An archive of endless names is refused before they are kept."""
    path = write_zip(tmp_path / "a.zip", {f"{n}.txt": b"" for n in range(3000)})
    assert "divide the archive" in rejection_of(path, Limits(contents_bytes=70_000)).detail


@pytest.mark.parametrize("frames", [1, 2])
def test_frame_cut_short_is_noticed(frames: int) -> None:
    """Its rows are read first; frames may follow one another."""
    frame = zstandard.compress(b"Panen " * 10_000)
    whole = unpack(io.BytesIO(frame * frames), ".zst", Budget(10**6))
    assert whole.read() == b"Panen " * 10_000 * frames
    cut = unpack(io.BytesIO((frame * frames)[:-1]), ".zst", Budget(10**6))
    with pytest.raises(SourceError, match="damaged"):
        cut.read()


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.zip", b"", "malformed"),
        ("a.zip", b"Panen", "malformed"),
        ("a.zip", zipped(), "empty"),
        ("a.csv.zst", CONTENTS["d.csv"], "malformed"),
        ("a.csv.zst", b"", "empty"),
        ("a.txt.gz", gzip.compress(CONTENTS["a.txt"])[:-4], "malformed"),
    ],
)
def test_damaged_file_is_refused(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    """Each with its reason."""
    (tmp_path / name).write_bytes(data)
    assert outcomes(tmp_path) == [reason]


def reasons_in(data: bytes) -> list[str]:
    """Return the reasons for which an archive or members of it are refused."""
    origin = Origin(path="a.zip", location="a.zip")
    try:
        items = list(read_archive(io.BytesIO(data), origin, Budget(10**6), lambda _: None))
    except SourceError as error:
        return [error.reason]
    return [item.reason for _, _, item in items if isinstance(item, Rejection)]


WHOLE = zipped(a__txt=CONTENTS["a.txt"], b__csv=CONTENTS["d.csv"])


@settings(max_examples=300, deadline=None)
@given(
    st.integers(0, len(WHOLE)),
    st.dictionaries(st.integers(0, len(WHOLE) - 1), st.integers(0, 255), max_size=4),
)
def test_archive_cut_or_altered_anywhere_is_read_or_refused(
    cut: int, byte_by_position: dict[int, int]
) -> None:
    """Nothing but our own errors, wherever the damage is."""
    altered = bytearray(WHOLE)
    for position, byte in byte_by_position.items():
        altered[position] = byte
    assert set(reasons_in(WHOLE[:cut])) <= REJECTION_REASONS.keys()
    assert set(reasons_in(altered)) <= REJECTION_REASONS.keys()
