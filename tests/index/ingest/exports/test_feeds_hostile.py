"""XML made to break parsers: each is read or rejected, for bounded work and memory."""

import io
import tracemalloc
from collections.abc import Iterator
from itertools import chain, repeat
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.document import REJECTION_REASONS, Document
from index.ingest.exports.xml_file import read_xml
from index.ingest.io.limits import LIMITS, Limits
from index.ingest.io.source import Origin, read_items
from index.ingest.io.streams import CHUNK_BYTES, RawStream, buffer_stream
from tests.index.ingest.work import GROWTH_MOST, growth

BYTES_MOST = 3 * CHUNK_BYTES
"""How far a file is read that is refused where it begins: the parser is given it in chunks."""
SMALL_ITEMS = Limits(line_bytes=100_000)
ITEM_MOST = LIMITS.line_bytes + BYTES_MOST
"""The same for one tag, comment or attribute that is too large."""
MEMORY_MOST = 8_000_000
"""Kept whole, each of these files would need more; a chunk of nothing but tags needs 5 MB."""
FEEDS = Path(__file__).parents[3] / "fixtures" / "feeds"
SAMPLES = tuple(path.read_bytes() for path in sorted(FEEDS.iterdir()))
START = b"<rss xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel>"
TEXT_START = START + b"<item><title>x</title><content:encoded>"
TEXT_END = b"</content:encoded></item>"
GOOD = b"<item><title>Panen</title><content:encoded>Membaik.</content:encoded></item>"
END = b"</channel></rss>"
LAUGHS = b"<!DOCTYPE rss [<!ENTITY a0 'ha'>" + b"".join(
    f"<!ENTITY a{n + 1} '{f'&a{n};' * 10}'>".encode() for n in range(30)
)
PIECES = st.sampled_from(
    ["<item>", "</item>", "<a>", "</a>", "<![CDATA[", "]]>", "&amp;", "&#0;", "<!--", "-->",
     "[caption", "]", "[/caption]", "\n\n", "<content:encoded>", "</content:encoded>", "<div>",
     "x", "<?x", "?>"]
)  # fmt: skip


class _Endless(RawStream):
    """A file that is made while it is read."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        super().__init__()
        self._pieces = pieces
        self._ready = io.BytesIO()

    def take(self, size: int) -> bytes:
        while not (data := self._ready.read(size)):
            piece = next(self._pieces, b"")
            if not piece:
                return b""
            self._ready = io.BytesIO(piece)
        return data


def reasons(stream: BinaryIO, limits: Limits = LIMITS) -> dict[str, int]:
    """Return how often each reason was given, "" for what was read."""
    count_by_reason: dict[str, int] = {}
    origin = Origin(path="a.xml", location="a.xml", limits=limits)
    for _, item in read_items(stream, origin, read_xml):
        reason = "" if isinstance(item, Document) else item.reason
        assert reason in {"", *REJECTION_REASONS}
        count_by_reason[reason] = count_by_reason.get(reason, 0) + 1
    return count_by_reason


def many(piece: bytes, count: int) -> Iterator[bytes]:
    """Yield so many pieces, a thousand at a time."""
    return repeat(piece * 1_000, count // 1_000)


@pytest.mark.parametrize(
    ("pieces", "expected", "bytes_most"),
    [
        ([LAUGHS, b"]>", TEXT_START, b"&a30;", TEXT_END, END], {"malformed": 1}, BYTES_MOST),
        (
            [b"<!DOCTYPE rss [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>", START, b"&a;"],
            {"malformed": 1},
            BYTES_MOST,
        ),
        (
            [b"<!DOCTYPE rss SYSTEM 'http://a.example/x.dtd'>", START, GOOD, END],
            {"malformed": 1},
            BYTES_MOST,
        ),
        ([START, b"<a>" * 100_000, END], {"malformed": 1}, BYTES_MOST),
        ([TEXT_START, b"<a>" * 100_000, END], {"malformed": 1}, BYTES_MOST),
        ([START, b"<item ", b"a='", b"x" * 20_000_000, b"'/>"], {"too_large": 1}, ITEM_MOST),
        ([START, b"<!--", b"x" * 20_000_000, b"-->"], {"too_large": 1}, ITEM_MOST),
        (
            [START, b"<item ", b" ".join(b"a%d=''" % n for n in range(400_000)), b"/>", END],
            {"malformed": 1},
            ITEM_MOST,
        ),
        (
            [START, b"".join(b"<a%d/>" % n for n in range(100_000)), END],
            {"malformed": 1},
            BYTES_MOST,
        ),
        ([b"<", b"?xml " * 100_000], {"not_supported": 1}, BYTES_MOST),
        ([b"<!--" * 100_000], {"not_supported": 1}, BYTES_MOST),
        ([b"\0" * 1_000_000], {"not_supported": 1}, BYTES_MOST),
    ],
    ids=lambda value: str(value)[:30] if not isinstance(value, list) else value[0][:30].decode(),
)
def test_hostile_file_is_refused_at_once(
    pieces: list[bytes], expected: dict[str, int], bytes_most: int
) -> None:
    """Entities are never declared; depth, names and tokens are counted as they come."""
    stream = io.BytesIO(b"".join(pieces))
    assert reasons(stream) == expected
    assert stream.tell() <= bytes_most


def test_entry_nested_too_deeply_is_rejected_alone() -> None:
    """The tags of its text are counted, too; the entry after it is read."""
    pieces = [TEXT_START, b"&lt;div>" * 100_000, TEXT_END, GOOD, END]
    assert reasons(io.BytesIO(b"".join(pieces))) == {"malformed": 1, "": 1}


REPEATED = {
    "text": (TEXT_START, b"isi berita ", 1_000_000, TEXT_END, {"too_large": 1, "": 1}),
    "entities": (TEXT_START, b"&hellip;", 120_000, TEXT_END, {"too_large": 1, "": 1}),
    "references": (TEXT_START, b"&#65;", 240_000, TEXT_END, {"too_large": 1, "": 1}),
    "fields": (START + b"<item>", b"<a/>", 50_000, b"</item>", {"too_large": 1, "": 1}),
    "tags": (START, b"<wp/>", 40_000, b"", {"": 1}),
    "between": (START, b"isi ", 3_000_000, b"", {"": 1}),
}
"""What stands before a piece, the piece, how many are too many, what follows, what comes of it."""


@pytest.mark.parametrize("name", REPEATED)
def test_item_larger_than_the_limit_is_dropped(name: str) -> None:
    """While it is read; the entry after it is read."""
    begin, piece, count, finish, expected = REPEATED[name]
    pieces = chain([begin], many(piece, count), [finish, GOOD, END])
    tracemalloc.start()
    try:
        assert reasons(buffer_stream(_Endless(pieces)), SMALL_ITEMS) == expected
        assert tracemalloc.get_traced_memory()[1] < MEMORY_MOST
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("name", REPEATED)
def test_work_for_a_large_item_grows_with_its_length(name: str) -> None:
    """What was dropped is not read again."""
    begin, piece, _, finish, _ = REPEATED[name]
    limits = Limits(line_bytes=300)
    assert (
        growth(
            lambda data: reasons(io.BytesIO(data), limits),
            lambda count: begin + piece * count + finish + GOOD + END,
            500,
        )
        < GROWTH_MOST
    )


@pytest.mark.parametrize(
    "piece",
    ["[caption]", "[caption ", "[vc_row", "\n \n", "(", "Penulis: a | ", "a dan ", "a, ", "Tag: "],
)
@pytest.mark.parametrize("name", ["title", "content:encoded", "dc:creator", "category", "pubDate"])
def test_work_for_an_enormous_field_grows_with_its_length(name: str, piece: str) -> None:
    """No pattern backtracks, in a feed or in an export."""
    export = b" xmlns:wp='http://wordpress.org/export/1.2/'"
    kind = b"<wp:status>publish</wp:status><wp:post_type>post</wp:post_type>"
    others = b"" if name == "content:encoded" else b"<content:encoded>Panen.</content:encoded>"
    names = b"<rss xmlns:dc='http://purl.org/dc/elements/1.1/'"

    def read(count: int) -> None:
        field = f"<{name}>Panen {piece * count}</{name}></item>".encode()
        for spaces, values in ((b"", b""), (export, kind)):
            begin = START.replace(b"<rss", names + spaces) + b"<item>" + values
            found = reasons(io.BytesIO(begin + others + field + END))
            assert sum(found.values()) == 1
            assert "malformed" not in found

    # Each field is longer than any that is searched for names, or for words of a site's own.
    assert growth(read, lambda count: count, 2_400 // len(piece)) < GROWTH_MOST


def test_endless_items_need_the_memory_of_one() -> None:
    """Each is dropped after it was read."""
    tracemalloc.start()
    try:
        found = reasons(
            buffer_stream(_Endless(chain([START], repeat(b"<item/>" * 1_000, 20), [END])))
        )
        assert tracemalloc.get_traced_memory()[1] < MEMORY_MOST
    finally:
        tracemalloc.stop()
    assert found == {"no_body": 20_000}


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(SAMPLES),
    st.integers(0, 10_000),
    st.dictionaries(st.integers(0, 10_000), st.integers(0, 255), max_size=4),
)
def test_feed_cut_or_altered_anywhere_is_read_or_refused(
    sample: bytes, cut: int, byte_by_position: dict[int, int]
) -> None:
    """Nothing but our own errors, wherever the damage is."""
    altered = bytearray(sample)
    for position, byte in byte_by_position.items():
        altered[position % len(sample)] = byte
    reasons(io.BytesIO(sample[: cut % len(sample)]))
    reasons(io.BytesIO(altered))


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_any_disorder_of_tags_is_read_or_refused(text: str) -> None:
    """As mark-up of the feed, and as its text."""
    reasons(io.BytesIO(START + text.encode()))
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace("]]>", "")
    reasons(io.BytesIO(TEXT_START + safe.encode() + TEXT_END + END))
