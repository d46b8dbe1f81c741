"""Every sample cut short, and files made to fill the memory: read or refused, within bounds."""

import gzip
import json
import resource
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.document import REJECTION_REASONS, Document
from index.ingest import read_paths

FOLDER = Path(__file__).parents[2] / "fixtures" / "reading"
SAMPLES = sorted(path for path in FOLDER.iterdir() if path.suffix != ".json")
MEMORY_MOST = 1_500_000_000
"""Bytes of address space of the process that reads; most of it is taken by what it imports."""
CHILD = (
    "import sys; from pathlib import Path; from index.ingest import read_paths\n"
    "for item in read_paths([Path(sys.argv[1])]): print(getattr(item, 'reason', 'read'))"
)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
@settings(max_examples=12, deadline=None)
@given(share=st.floats(0, 1))
def test_sample_cut_anywhere_is_read_or_refused(
    sample: Path, tmp_path_factory: pytest.TempPathFactory, share: float
) -> None:
    """A download that broke off raises nothing."""
    data = sample.read_bytes()
    path = tmp_path_factory.mktemp("cut") / sample.name
    path.write_bytes(data[: int(len(data) * share)])
    for item in read_paths([path]):
        assert isinstance(item, Document) or item.reason in REJECTION_REASONS


def write_row_of_tags(folder: Path) -> Path:
    """Write an article with a million tags."""
    path = folder / "tags.jsonl"
    tags = [f"topik {number}" for number in range(1_000_000)]
    path.write_text(json.dumps({"title": "Panen", "body": "Membaik.", "tags": tags}))
    return path


def write_long_line(folder: Path) -> Path:
    """Write a line of 2 GB, which takes no room: all of it is a hole in the file."""
    path = folder / "line.jsonl"
    with path.open("wb") as file:
        file.truncate(2_000_000_000)
    return path


def write_nested_page(folder: Path) -> Path:
    """Write a page nested 100,000 deep."""
    path = folder / "deep.html"
    path.write_text("<title>Panen</title>" + "<div>" * 100_000 + "Panen membaik.")
    return path


def write_entities(folder: Path) -> Path:
    """Write a feed whose entities expand to gigabytes."""
    declared = "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
    path = folder / "laughs.xml"
    text = f"<!DOCTYPE rss [<!ENTITY a0 'ha'>{declared}]>"
    path.write_text(f"{text}<rss><channel><item><title>&a11;</title></item></channel></rss>")
    return path


def write_bomb(folder: Path) -> Path:
    """Write an archive of one small member that unpacks to a gigabyte."""
    path = folder / "bomb.zip"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("a.jsonl", "w", force_zip64=True) as member,
    ):
        for _ in range(1_000):
            member.write(bytes(1_000_000))
    return path


def write_packed_bomb(folder: Path) -> Path:
    """Write the same without an archive around it."""
    path = folder / "bomb.txt.gz"
    with gzip.open(path, "wb") as file:
        for _ in range(300):
            file.write(bytes(1_000_000))
    return path


@pytest.mark.parametrize(
    "write",
    [
        write_row_of_tags,
        write_long_line,
        write_nested_page,
        write_entities,
        write_bomb,
        write_packed_bomb,
    ],
    ids=lambda write: write.__name__,
)
def test_file_made_to_fill_the_memory_is_refused(
    write: Callable[[Path], Path], tmp_path: Path
) -> None:
    """A process with little memory refuses it and ends in order."""
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(write(tmp_path))],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MOST, MEMORY_MOST)),
    )
    assert done.returncode == 0, done.stderr[-400:]
    assert set(done.stdout.split()) <= set(REJECTION_REASONS)
    assert done.stdout
