"""Crawls as WARC: which answers become documents, and what damage and bombs come to."""

import gzip
import io
import random
import tracemalloc
import zlib
from pathlib import Path

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from index.document import REJECTION_REASONS, Document, Rejection
from index.ingest import read_paths
from index.ingest.exports.warc import read_warc
from index.ingest.fields.identity import hash_id
from index.ingest.io.limits import LIMITS, Limits
from index.ingest.io.source import NumberedItem, Origin, read_items
from index.ingest.io.streams import CHUNK_BYTES
from index.ingest.registry import read_by_content

URI = "https://kabar.example/ekonomi/panen"
PAGE = (
    b"<html><title>Panen Garam</title><body><div itemprop=articleBody><p>Panen garam di teluk "
    b"membaik, kata para petani pada Senin pagi yang cerah.</p></div></body></html>"
)


def record(
    body: bytes = PAGE,
    *,
    status: str = "200 OK",
    head: tuple[tuple[str, str], ...] = (("Content-Type", "text/html; charset=utf-8"),),
    kind: str = "response",
    uri: str = URI,
) -> bytes:
    """Return a record as another library writes it."""
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=False)
    http = StatusAndHeaders(status, list(head), protocol="HTTP/1.1")
    payload = io.BytesIO(body)
    made = writer.create_warc_record(uri, kind, payload, len(body), http_headers=http)
    writer.write_record(made)
    return file.getvalue()


def packed(body: bytes, *lines: tuple[str, str]) -> bytes:
    """Return a record whose head says how its body is packed."""
    return record(body, head=(("Content-Type", "text/html"), *lines))


def bare(length: str, block: bytes) -> bytes:
    """Return a record that says any length of its block."""
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {URI}\r\n"
    return f"{head}Content-Length: {length}\r\n\r\n".encode() + block + b"\r\n\r\n"


def read(data: bytes, limits: Limits = LIMITS) -> list[NumberedItem]:
    """Read a crawl from memory."""
    origin = Origin(path="a.warc", location="a.warc", limits=limits)
    return list(read_items(io.BytesIO(data), origin, read_warc))


def outcomes(items: list[NumberedItem]) -> list[tuple[int, str]]:
    """Return each record's number with the title or the reason of its rejection."""
    return [
        (number, item.title if isinstance(item, Document) else item.reason)
        for number, item in items
    ]


def chunked(body: bytes) -> bytes:
    """Return a body in chunks of a hundred bytes."""
    parts = [body[start : start + 100] for start in range(0, len(body), 100)]
    return b"".join(b"%x;a=b\r\n%b\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def deflated(body: bytes) -> bytes:
    """Return a body packed as the standard says."""
    return zlib.compress(body)


BROTLI = ("Content-Encoding", "br")
GZIP = ("Content-Encoding", "gzip")
CHUNKED = ("Transfer-Encoding", "chunked")


@pytest.mark.parametrize(
    "data",
    [
        record(),
        packed(gzip.compress(PAGE), GZIP),
        packed(deflated(PAGE), ("Content-Encoding", "deflate")),
        packed(chunked(PAGE), CHUNKED),
        packed(chunked(gzip.compress(PAGE)), CHUNKED, GZIP),
        packed(PAGE, CHUNKED, GZIP),
        record(head=(("content-type", "Application/XHTML+XML"),)),
        b"\r\n\r\n" + record().replace(b"\r\n\r\n\r\n", b"\r\n\r\n"),
    ],
    ids=["plain", "gzip", "deflate", "chunks", "both", "head left", "xhtml", "blank lines"],
)
def test_answer_is_read_however_its_body_is_kept(data: bytes) -> None:
    """Also where the crawler put the body together and left the head as it was."""
    assert outcomes(read(data)) == [(1, "Panen Garam")]


@pytest.mark.parametrize(
    "data",
    [
        record(status="404 Not Found"),
        record(status="301 Moved Permanently", head=(("Location", URI),)),
        record(kind="revisit"),
        record(kind="request", status="GET / HTTP/1.1"),
        record(kind="metadata"),
        record(b"\x89PNG", head=(("Content-Type", "image/png"),)),
        record(head=()),
        bare("5", b"Panen"),
        bare("0", b""),
    ],
)
def test_other_records_are_passed_over_and_counted_on(data: bytes) -> None:
    """The page after them has its number in the file."""
    assert outcomes(read(data + record())) == [(2, "Panen Garam")]


def test_page_without_an_address_has_the_one_it_was_fetched_from() -> None:
    """Its id is that of the address, as for a saved page that states it."""
    ((_, document),) = read(record())
    assert isinstance(document, Document)
    assert (document.url, document.doc_id) == (URI, hash_id(URI))
    stated = PAGE.replace(b"<title>", b"<link rel=canonical href='https://b.example/x'><title>")
    ((_, other),) = read(record(stated))
    assert isinstance(other, Document)
    assert other.url == "https://b.example/x"


def test_page_without_any_address_is_known_by_its_record() -> None:
    """By what it tells; older versions knew it by file, "!" and number."""
    ((_, document),) = read(record(uri="urn:uuid:1"))
    ((_, alone), (_, behind)) = read(record(uri="urn:uuid:1") * 2)
    assert isinstance(document, Document)
    assert isinstance(alone, Document)
    assert isinstance(behind, Document)
    assert document.url == ""
    assert document.doc_id == alone.doc_id == behind.doc_id
    assert (document.former_id, behind.former_id) == (hash_id("a.warc!1"), hash_id("a.warc!2"))


def test_refusal_names_the_address_once() -> None:
    """A page within a crawl has no file of its own to be found by."""
    data = record(uri="https://kabar.example/") + record(b"<html><p>Pendek.")
    (first, front), (second, empty) = read(data)
    assert isinstance(front, Rejection)
    assert isinstance(empty, Rejection)
    assert (first, front.reason, second, empty.reason) == (1, "no_article", 2, "no_title")
    assert front.detail.count("https://kabar.example/") == 1
    assert empty.detail.endswith(f"({URI})")


@pytest.mark.parametrize("suffix", [".warc", ".WARC.GZ"])
def test_file_is_read_packed_or_not(tmp_path: Path, suffix: str) -> None:
    """Crawlers pack each record by itself."""
    records = [record(), record(uri="https://kabar.example/a/b")]
    if suffix.endswith("GZ"):
        records = [gzip.compress(each) for each in records]
    (tmp_path / f"a{suffix}").write_bytes(b"".join(records))
    assert [type(item) for item in read_paths([tmp_path])] == [Document, Document]


def test_crawl_is_known_by_its_beginning() -> None:
    """As on standard input."""
    origin = Origin(path="-", location="-")
    found = list(read_items(io.BytesIO(record()), origin, read_by_content))
    assert outcomes(found) == [(1, "Panen Garam")]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", [(0, "empty")]),
        (record(kind="metadata"), [(0, "empty")]),
        (b"Panen\n" + record(), [(1, "malformed"), (2, "Panen Garam")]),
        (bare("3", b"Panen") + record(), [(2, "malformed"), (3, "Panen Garam")]),
        (bare("x", b"Panen") + record(), [(1, "malformed"), (2, "malformed"), (3, "Panen Garam")]),
        (bare("99999", b"Panen"), [(1, "malformed")]),
        (bare("9" * 5000, b""), [(1, "malformed")]),
        (b"WARC/1.0\r\n" + b"a: b\r\n" * 20_000, [(1, "malformed"), (2, "malformed")]),
        (record()[:60], [(1, "malformed")]),
        (packed(b"Panen", GZIP), [(1, "malformed")]),
        (packed(b"5\r\nPanen\r\nx\r\n", CHUNKED), [(1, "malformed")]),
        (packed(brotli.compress(PAGE), BROTLI), [(1, "Panen Garam")]),
        (packed(PAGE, BROTLI), [(1, "Panen Garam")]),
        (packed(brotli.compress(PAGE)[:-9], BROTLI), [(1, "malformed")]),
        (packed(b"Panen", BROTLI), [(1, "malformed")]),
        (packed(brotli.compress(b"a" * 50_000_000), BROTLI), [(1, "too_large")]),
        (packed(PAGE, ("Content-Encoding", "zstd")), [(1, "not_supported")]),
        (record(b"\0\1\2" * 99), [(1, "binary")]),
        (record(b""), [(1, "empty")]),
    ],
)
def test_damaged_record_is_refused_and_the_next_one_read(
    data: bytes, expected: list[tuple[int, str]]
) -> None:
    """The bytes between two records are one rejection."""
    assert outcomes(read(data)) == expected


def test_page_that_is_too_large_is_refused_alone() -> None:
    """As it lies there, and unpacked."""
    limits = Limits(file_bytes=10_000)
    large = record(PAGE + b" " * 90_000)
    bomb = packed(gzip.compress(PAGE + b" " * 5_000_000), GZIP)
    expected = [(1, "too_large"), (2, "too_large"), (3, "Panen Garam")]
    assert outcomes(read(large + bomb + record(), limits)) == expected


def test_crawl_of_nothing_but_bombs_is_stopped() -> None:
    """Each page is within its bounds; all together they are not."""
    limits = Limits(file_bytes=100_000, expansion_factor=10, expansion_free_bytes=300_000)
    bomb = packed(gzip.compress(PAGE + b" " * 90_000), GZIP)
    found = outcomes(read(bomb * 9, limits))
    assert found[-1][1] == "too_large"
    assert len(found) == 4


def test_large_record_needs_no_memory() -> None:
    """A film is skipped once, a chunk at a time."""
    film = b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: 100000000\r\n\r\n"
    data = CountedReads(film + bytes(100_000_000) + b"\r\n\r\n" + record())
    origin = Origin(path="a.warc", location="a.warc")
    tracemalloc.start()
    try:
        assert len(list(read_items(data, origin, read_warc))) == 1
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()
    assert sum(data.sizes) < 100_001_000
    assert len(data.sizes) < 100_001_000 // CHUNK_BYTES + 10


class CountedReads(io.BytesIO):
    """A file that keeps how much each read returned."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self.sizes: list[int] = []

    def read(self, size: int | None = -1) -> bytes:
        """Read, and keep the size."""
        data = super().read(size)
        self.sizes.append(len(data))
        return data


SAMPLE = record() + packed(chunked(gzip.compress(PAGE)), CHUNKED, GZIP) + record(kind="revisit")


@settings(max_examples=200, deadline=None)
@given(
    st.integers(0, len(SAMPLE)),
    st.dictionaries(st.integers(0, len(SAMPLE) - 1), st.integers(0, 255), max_size=4),
)
def test_crawl_cut_or_altered_anywhere_is_read_or_refused(
    cut: int, byte_by_position: dict[int, int]
) -> None:
    """Nothing but our own errors, wherever the damage is."""
    altered = bytearray(SAMPLE)
    for position, byte in byte_by_position.items():
        altered[position] = byte
    for data in (SAMPLE[:cut], bytes(altered)):
        found = [item for _, item in read(data) if isinstance(item, Rejection)]
        assert {item.reason for item in found} <= REJECTION_REASONS.keys()


def test_noise_is_rejected_once() -> None:
    """Bytes that are no crawl are one rejection, not one for each line."""
    noise = random.Random(8).randbytes(2_000_000)
    assert outcomes(read(noise)) == [(1, "malformed")]
