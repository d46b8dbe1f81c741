"""JSON lines: a bad line is refused alone, and no line or stream is too much."""

import gzip
import io
import json

import pytest

from index.document import Document, Rejection
from index.ingest.io.compression import Budget, unpack
from index.ingest.io.limits import LIMITS, Limits
from index.ingest.io.source import Origin, read_items
from index.ingest.rows.json_lines import read_json_lines

ROW = {"title": "Panen Garam", "body": "PALU - Panen garam membaik."}


def read_all(
    data: bytes, limits: Limits = LIMITS, **key_by_column: str
) -> list[Document | Rejection]:
    """Read a file of rows from memory."""
    origin = Origin(path="a.jsonl", location="a.jsonl", limits=limits, key_by_column=key_by_column)
    return [item for _, item in read_items(io.BytesIO(data), origin, read_json_lines)]


def test_bad_row_does_not_stop_the_next() -> None:
    """Each rejection names its row."""
    good = json.dumps(ROW).encode()
    first, second, third = read_all(b"{\n\n" + good + b"\n[]")
    assert (first.line, first.reason) == (1, "malformed")
    assert isinstance(second, Document)
    assert (third.line, third.path) == (4, "a.jsonl")


def test_row_too_large_is_refused_and_the_next_is_read() -> None:
    """Memory is bounded by the limit, not by the row."""
    good = json.dumps(ROW).encode()
    huge, document = read_all(b"x" * 5000 + b"\n" + good, Limits(line_bytes=100))
    assert (huge.reason, huge.line) == ("too_large", 1)
    assert document.title == "Panen Garam"


@pytest.mark.parametrize("data", [b"", b"\n \n"])
def test_file_without_rows_is_empty(data: bytes) -> None:
    """An empty file is said to be one."""
    assert [item.reason for item in read_all(data)] == ["empty"]


@pytest.mark.parametrize("line_end", [b"", b"\n"])
def test_stream_that_unpacks_without_end_is_stopped(line_end: bytes) -> None:
    """A bomb is refused before it is unpacked."""
    bomb = io.BytesIO(gzip.compress((b" " * 999 + line_end) * 5000))
    stream = unpack(bomb, ".gz", Budget(100_000))
    origin = Origin(path="b", location="b", limits=Limits(line_bytes=1000))
    ((_, refused),) = read_items(stream, origin, read_json_lines)
    assert refused.reason == "too_large"
    assert "more than 100000 bytes" in refused.detail


def test_names_can_be_told_what_they_stand_for() -> None:
    """As with the columns of a table; a mapped name wins over a key of that name."""
    row = {"Judul Berita": "Panen Garam", "title": "Beranda", "teks": "Membaik."}
    (document,) = read_all(json.dumps(row).encode(), judulberita="title", teks="body")
    assert (document.title, document.body) == ("Panen Garam", "Membaik.")


def test_rows_in_utf_16_are_read() -> None:
    """Some programs of Windows write them so."""
    (document,) = read_all(json.dumps(ROW).encode("utf-16"))
    assert document.title == "Panen Garam"
