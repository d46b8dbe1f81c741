"""Files of JSON: lists, lists within objects, lines, single articles; and what is refused."""

import io
import json
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.document import REJECTION_REASONS, Document
from index.ingest import ReadOptions, read_paths
from index.ingest.io.limits import LIMITS, Limits
from index.ingest.io.source import NumberedItem, Origin, read_items
from index.ingest.io.streams import RawStream, buffer_stream
from index.ingest.rows.json_file import read_json

ROWS = [
    {"id": 17, "title": "Panen Garam", "body": "Membaik.", "tags": ["garam"], "views": 1.50},
    {"title": "Kapal Baru", "body": "Kapal tiba.", "geo": {"at": [1, {"x": None}]}},
]
LINES = "".join(json.dumps(row) + "\n" for row in ROWS).encode()
LIST = json.dumps(ROWS, indent=1).encode()
SAMPLES = (
    LIST,
    LINES,
    json.dumps(ROWS[0], indent=1).encode(),
    json.dumps({"status": "ok", "articles": ROWS}).encode(),
)


def read(data: bytes, limits: Limits = LIMITS, **key_by_column: str) -> list[NumberedItem]:
    """Read a file of JSON from memory."""
    origin = Origin(path="a.json", location="a.json", limits=limits, key_by_column=key_by_column)
    return list(read_items(io.BytesIO(data), origin, read_json))


def outcomes(items: list[NumberedItem]) -> list[tuple[int, str]]:
    """Return each row's number with its title or the reason why it was refused."""
    return [
        (number, item.title if isinstance(item, Document) else item.reason)
        for number, item in items
    ]


BOTH = [(1, "Panen Garam"), (2, "Kapal Baru")]


@pytest.mark.parametrize(
    "data",
    [
        LIST,
        json.dumps(ROWS).encode(),
        json.dumps({"articles": ROWS}).encode(),
        json.dumps({"total": 2, "pages": [1, [2, {}]], "data": {"docs": ROWS}, "n": []}).encode(),
        LINES,
        b"\xef\xbb\xbf" + LIST,
        LIST.decode().encode("utf-16"),
    ],
)
def test_rows_are_found_whatever_holds_them(data: bytes) -> None:
    """A list, a list somewhere in an object, or lines."""
    assert outcomes(read(data)) == BOTH


def test_row_of_a_list_is_read_as_one_of_lines_is() -> None:
    """Numbers are kept as they are written."""
    listed, lined = read(LIST), read(LINES)
    assert [document for _, document in listed][1:] == [document for _, document in lined][1:]
    (_, first), *_ = listed
    assert isinstance(first, Document)
    assert (first.doc_id, first.extras, first.tags) == ("17", {"views": "1.5"}, ("garam",))


def test_file_of_one_article_is_one_row() -> None:
    """Also where the article holds a list of objects."""
    article = {**ROWS[0], "images": [{"url": "x"}]}
    assert outcomes(read(json.dumps(article, indent=1).encode())) == [(1, "Panen Garam")]


def test_names_can_be_told_what_they_stand_for() -> None:
    """In a list and in a single article alike."""
    row = {"Headline": "Panen", "teks": "Membaik."}
    for data in ([row], row):
        found = read(json.dumps(data).encode(), headline="title", teks="body")
        assert outcomes(found) == [(1, "Panen")]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("17", "malformed"),
        ("null", "malformed"),
        ('"x"', "malformed"),
        ("[[1]]", "malformed"),
        ('{"title": "x"}', "no_body"),
        ('{"title": "x", "body": [17]}', "no_body"),
        ('{"title": "x", "body": "y", "a": ' + "[" * 200 + "]" * 200 + "}", "malformed"),
    ],
)
def test_bad_row_is_refused_alone(bad: str, reason: str) -> None:
    """With its number; the rows around it are read."""
    good = [json.dumps(row) for row in ROWS]
    data = f"[{good[0]}, {bad}, {good[1]}]".encode()
    assert outcomes(read(data)) == [(1, "Panen Garam"), (2, reason), (3, "Kapal Baru")]


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"", [(0, "empty")]),
        (b" \n", [(0, "empty")]),
        (b"[]", [(0, "empty")]),
        (b"17", [(0, "malformed")]),
        (b"{}", [(0, "malformed")]),
        (b'{"articles": []}', [(0, "malformed")]),
        (b"[" * 100_000, [(1, "malformed")]),
        (b'{"a":' * 100_000, [(0, "malformed")]),
        (b'[{"title": NaN}]', [(1, "no_title")]),
        (b'[{"title": "x", "body": nan}]', [(1, "malformed")]),
        (b'[{"title": "x", "body": ' + b"9" * 10_000 + b"}]", [(0, "malformed")]),
        (LIST[:-1] + b", " + b"9" * 200_000 + b"]", [(0, "malformed")]),
        (LIST[:-1] + b", " + b"9" * 4_200 + b"]", [*BOTH, (3, "malformed")]),
        (LIST + b"x", [*BOTH, (2, "malformed")]),
        (LIST[:-2], [*BOTH, (2, "malformed")]),
        (
            json.dumps({"a": ROWS, "b": ROWS}).encode(),
            [*BOTH, (3, "Panen Garam"), (4, "Kapal Baru")],
        ),
    ],
)
def test_what_is_wrong_is_said_once(data: bytes, found: list[tuple[int, str]]) -> None:
    """After the rows that could be read."""
    assert outcomes(read(data)) == found


class Endless(RawStream):
    """A list of one row, then a text of a gigabyte."""

    def __init__(self) -> None:
        super().__init__()
        self._next = b'[{"title": "x", "body": "y"}, {"title": "'
        self.left = 1_000_000_000

    def take(self, size: int) -> bytes:
        """Return the good row first."""
        data, self._next = self._next[: min(size, self.left)], b"x" * size
        self.left -= len(data)
        return data


def test_row_without_end_is_not_read_to_its_end() -> None:
    """What a row may have is read, and no more."""
    stream = Endless()
    limits = Limits(line_bytes=1_000_000)
    origin = Origin(path="a.json", location="a.json", limits=limits)
    assert outcomes(list(read_items(buffer_stream(stream), origin, read_json))) == [
        (1, "x"),
        (2, "too_large"),
    ]
    assert stream.left > 990_000_000


def test_long_list_is_read_in_the_memory_of_a_row(tmp_path: Path) -> None:
    """Rows come before the file was read to its end."""
    path = tmp_path / "a.json"
    path.write_text(json.dumps([{"title": f"t{n}", "body": "x" * 1000} for n in range(9000)]))
    read_bytes: list[int] = []
    options = ReadOptions(on_bytes=read_bytes.append, limits=Limits(line_bytes=10_000))
    items = read_paths([path], options)
    assert isinstance(next(items), Document)
    assert sum(read_bytes) < path.stat().st_size / 10
    assert len(list(items)) == 8999


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(SAMPLES), st.floats(0, 1))
def test_file_cut_anywhere_is_read_or_refused(data: bytes, share: float) -> None:
    """Nothing but our own reasons, and no other article than those it held."""
    for _, item in read(data[: round(share * len(data))]):
        if isinstance(item, Document):
            assert item.title in ("Panen Garam", "Kapal Baru")
        else:
            assert item.reason in REJECTION_REASONS


PIECES = st.sampled_from(
    [b"[", b"]", b"{", b"}", b'"title"', b":", b",", b'"body"', b'"x"', b"\n", b"1e9999999", b"-"]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES | st.binary(max_size=3), max_size=30).map(b"".join))
@example(b"[1e999999999999999999999]")
@example(b"[-]")
@example(b'{"a": [')
def test_any_bytes_are_rows_or_are_refused(data: bytes) -> None:
    """Brackets in any disorder do no harm."""
    for prefix in (b"", b"[", b'[{"title": "x", "body": "y", "z": '):
        for _, item in read(prefix + data):
            assert isinstance(item, Document) or item.reason in REJECTION_REASONS


def test_list_in_an_old_encoding_is_read() -> None:
    """Exports of old Windows machines are cp1252; a letter cut by a chunk's end stays whole."""
    body = "Rafaël – " * 20_000
    rows = json.dumps([{"title": "Café", "body": body}], ensure_ascii=False)
    for data in (rows.encode("cp1252"), rows.encode()):
        document = read(data)[0][1]
        assert isinstance(document, Document)
        assert (document.title, document.body) == ("Café", body.strip())


@pytest.mark.parametrize(
    "data",
    [
        [["title", "body"], ["Panen Garam", "Membaik."], ["Kapal Baru", "Kapal tiba."]],
        [
            {"type": "header", "version": "5.2.1"},
            {"type": "database", "name": "portal"},
            {"type": "table", "name": "berita", "data": ROWS},
        ],
        {"https://pagi.example/1": ROWS[0], "https://pagi.example/2": ROWS[1]},
        {"2024-08-28": ROWS[:1], "2024-08-29": ROWS[1:]},
    ],
)
def test_articles_are_found_in_what_programs_write(data: object) -> None:
    """A table as lists, an export of phpMyAdmin, articles by address or by day."""
    items = read(json.dumps(data).encode())
    assert outcomes(items) == [(1, "Panen Garam"), (2, "Kapal Baru")]


def test_name_of_an_article_in_an_object_tells_its_address_or_day() -> None:
    """An id or the name of an outlet tells neither."""
    article = {"title": "Panen", "body": "Membaik."}
    for name, url, date in (
        ("https://pagi.example/1", "https://pagi.example/1", None),
        ("2024-08-28", "", "2024-08-28"),
        ("kompas", "", None),
    ):
        ((_, item),) = read(json.dumps({name: [article]}).encode())
        assert isinstance(item, Document)
        assert (item.url, item.date and item.date.isoformat()) == (url, date)


def test_lists_that_were_appended_are_one() -> None:
    """Scrapy appends a list to the file of an earlier run; brackets in a text are letters."""
    lists = [f"[\n{json.dumps({'title': name, 'body': 'Garam ][ naik.'})}\n]" for name in "AB"]
    items = read("".join(lists).encode())
    assert outcomes(items) == [(1, "A"), (2, "B")]


def test_what_python_printed_is_read_within_bounds() -> None:
    """Where JSON was meant; what is too long costs too much to parse."""
    assert outcomes(read(repr(ROWS).encode())) == [(1, "Panen Garam"), (2, "Kapal Baru")]
    lines = "".join(f"{row}\n" for row in ROWS)
    assert outcomes(read(lines.encode())) == [(1, "Panen Garam"), (2, "Kapal Baru")]
    many = repr([{"title": "Panen", "tags": [[]] * 10_000}]).encode()
    assert outcomes(read(many)) == [(1, "malformed")]
