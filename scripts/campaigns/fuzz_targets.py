"""What fuzzing calls: the query parser, the readers of files, segment files. No error may come out.

python -m campaigns.fuzz_targets NAME CORPUS [options of libFuzzer]    (with atheris)
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from index.indexer import build_index
from index.ingest import read_paths
from index.segments import SUFFIX, SegmentError, open_segment
from search.query import parse_query, to_query_text

PROJECT = Path(__file__).parents[2]
SUFFIXES = (
    *(".jsonl", ".json", ".csv", ".tsv", ".txt", ".html", ".xml", ".warc", ".xlsx", ".zip"),
    *(".jsonl.gz", ".csv.zst", ".html.gz", ".rss", ""),
)
"""Names that a file of fuzzed bytes gets; its first byte chooses."""
QUERIES = (
    'harga beras -impor "dagang jagung"~5 judul:padi tanggal:2024-08..2024-12',
    "negosia* ATAU (=dagang OR !AS) -(a b) tag:\x22x y\x22 kemarin 2024",
    '"""((((-~9999999999 OR OR :: ..* =',
)


@dataclass(frozen=True, slots=True)
class Target:
    """What is fuzzed.

    Attributes:
        name: what it is called.
        try_bytes: is called with bytes and a folder; an error from it is a fault.
        seeds: yields bytes to begin with; a folder to work in is given.
    """

    name: str
    try_bytes: Callable[[bytes, Path], None]
    seeds: Callable[[Path], Iterator[bytes]]


def _try_query(data: bytes, _: Path) -> None:
    """Parse a query, and write what was understood: nothing that can be typed is an error."""
    parsed = parse_query(data.decode("utf-8", "replace"))
    to_query_text(parsed.query)


def _try_file(data: bytes, folder: Path) -> None:
    """Read a file: articles or rejections."""
    path = folder / f"fuzzed{SUFFIXES[data[0] % len(SUFFIXES)] if data else ''}"
    path.write_bytes(data[1:])
    try:
        for _ in read_paths([path]):
            pass
    finally:
        path.unlink()


def _try_segment(data: bytes, folder: Path) -> None:
    """Open a segment file: it is whole, or told as damaged."""
    path = folder / f"fuzzed{SUFFIX}"
    path.write_bytes(data)
    try:
        open_segment(path)
    except SegmentError:
        return
    finally:
        path.unlink()


def _queries(_: Path) -> Iterator[bytes]:
    yield from (query.encode() for query in QUERIES)


def _files(_: Path) -> Iterator[bytes]:
    for path in sorted((PROJECT / "samples").rglob("*.*")):
        suffix = "".join(path.suffixes[-2:])
        number = SUFFIXES.index(suffix) if suffix in SUFFIXES else len(SUFFIXES) - 1
        yield bytes([number]) + path.read_bytes()[:20_000]


def _segments(folder: Path) -> Iterator[bytes]:
    build_index([PROJECT / "samples" / "sains"], folder / "index")
    for path in sorted((folder / "index").rglob(f"*{SUFFIX}")):
        yield path.read_bytes()


TARGETS = (
    Target("queries", _try_query, _queries),
    Target("files", _try_file, _files),
    Target("segments", _try_segment, _segments),
)
