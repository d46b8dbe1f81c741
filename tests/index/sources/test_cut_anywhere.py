"""Every sample, cut or altered anywhere, is read or refused; and so is what is made to do harm."""

import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from index.document import REJECTION_REASONS, Document, Rejection
from index.sources import read_paths

FOLDERS = (Path("tests/index/sources/pages"), Path("tests/fixtures/feeds"), Path("samples"))
SAMPLES = sorted(
    path
    for folder in FOLDERS
    for path in folder.rglob("*")
    if path.is_file() and path.stat().st_size
)
CUTS = 12
MEMORY_MOST = 1_500_000_000
"""Bytes that a process may have in all: the libraries map some 600 MB before they read anything."""

READ_ONE = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]), int(sys.argv[2])))
from collections.abc import Callable
from pathlib import Path
from index.document import Rejection
from index.sources import read_paths
for item in read_paths([Path(sys.argv[1])]):
    print(item.reason if isinstance(item, Rejection) else "read")
"""


def damaged(data: bytes, rng: random.Random) -> bytes:
    """Return the bytes cut somewhere, and with a few of them altered."""
    cut = bytearray(data[: rng.randrange(1, len(data) + 1)])
    for _ in range(rng.randrange(4)):
        cut[rng.randrange(len(cut))] = rng.randrange(256)
    return bytes(cut)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_sample_cut_or_altered_anywhere_is_read_or_refused(sample: Path, tmp_path: Path) -> None:
    """Nothing is raised but what a reader turns into a refusal."""
    rng = random.Random(sample.name)
    path = tmp_path / sample.name
    for _ in range(CUTS):
        path.write_bytes(damaged(sample.read_bytes(), rng))
        for item in read_paths([path]):
            assert isinstance(item, Document | Rejection)
            assert isinstance(item, Document) or item.reason in REJECTION_REASONS


def million_tags(path: Path) -> Path:
    """Write a row with a million tags."""
    tags = ",".join(f'"tag{number}"' for number in range(1_000_000))
    (path / "a.jsonl").write_text(f'{{"title": "T", "body": "B", "tags": [{tags}]}}')
    return path / "a.jsonl"


def endless_line(path: Path) -> Path:
    """Write a line of 2 GB, of which the disk holds nothing."""
    with (path / "a.jsonl").open("wb") as file:
        file.write(b'{"title": "')
        file.truncate(2_000_000_000)
    return path / "a.jsonl"


def deep_page(path: Path) -> Path:
    """Write a page of HTML nested 100,000 deep."""
    (path / "a.html").write_text("<h1>Judul</h1>" + "<div>" * 100_000 + "Isi.")
    return path / "a.html"


def growing_entities(path: Path) -> Path:
    """Write XML whose entities grow tenfold nine times."""
    rows = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e0 "beras">{rows}]>'
    (path / "a.rss").write_text(
        f"{head}<rss><channel><item><title>&e9;</title></item></channel></rss>"
    )
    return path / "a.rss"


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (million_tags, "too_large"),
        (endless_line, "too_large"),
        (deep_page, "malformed"),
        (growing_entities, "malformed"),
    ],
)
def test_file_made_to_do_harm_is_refused_in_bounded_memory(
    tmp_path: Path, make: Callable[[Path], Path], reason: str
) -> None:
    """In a process that may have no more; that it reads an ordinary page there is asserted too."""
    command = [sys.executable, "-c", READ_ONE, str(make(tmp_path)), str(MEMORY_MOST)]
    ran = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60)
    assert ran.stdout.split() == [reason]
    ordinary = Path("tests/index/sources/pages/text-seed-form.txt")
    command[3] = str(ordinary)
    ran = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60)
    assert ran.stdout.split() == ["read"]
