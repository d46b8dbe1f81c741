"""Fuzzing: a thousand hostile URLs, none of which gives a 5xx.

The addresses are made from a seed, so that a failure can be repeated: paths, parameter names and
values are drawn from what breaks programs, and sent as raw bytes, past any client's own escaping.
"""

from collections.abc import Iterator
from random import Random
from typing import NamedTuple

import pytest
from flask.testing import FlaskClient

SEED = 20240828
ADDRESS_COUNT = 1000
PATHS = [
    *["/search", "/api/search"] * 5,
    *["/", "/articles/a1", "/api/articles/a1", "/articles/", "/api/articles/", "/help", "/static/"],
]
METHODS = [*["GET"] * 40, "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "BREW", "get", "-"]
TEXT_NAMES = "q q q q tag not_tag tag_match author month not_month source_match category".split()
NAMES = """tag_size month_size author_size without from to any sort page size lang q[] tag[0]
__class__ %00 _size not_ callback Q""".split()

NAUGHTY = [
    "",
    " ",
    "\t\n\r",
    "\x00",
    "beras\x00kopi",
    "\x1b[31m",
    "\u202e\u200b\ufeff",
    "\ufffe\uffff",
    "🌾" * 500,
    "e" + "\u0301" * 2000,
    "İıſßﬁ",
    "ﷺ" * 100,
    "0",
    "-0",
    "1e309",
    "NaN",
    "9" * 400,
    "-" * 2000,
    "٢",
    "0x10",
    "true",
    "null",
    "undefined",
    "2024-02-30",
    "0000-00-00",
    "9999-12-31",
    "10000-01-01",
    "2024-W01-1",
    "tanggal:0000..9999",
    "tanggal:2024-99..",
    "tanggal:..",
    "tanggal:9999-12-31..0001-01-01",
    "(" * 4000,
    ")" * 4000,
    "(" * 300 + "beras" + ")" * 300,
    '"' * 999,
    '"beras',
    "-" + '"',
    "NOT NOT NOT NOT beras",
    "OR AND OR NOT",
    "ATAU " * 200,
    "a* b* c* " * 80,
    "ber*" * 300,
    "*",
    "**" * 100,
    "?" * 100,
    "judul:" * 200,
    "judul:judul:isi:tag:penulis:tanggal:",
    "judul:(isi:(tag:(beras)))",
    ":::",
    "tag:",
    "-penulis:",
    "beras~9",
    "beras^1e99",
    "[a TO z]",
    "{beras TO}",
    "/(a+)+$/",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!",
    "<script>alert(1)</script>",
    "'; DROP TABLE artikel; --",
    "{{7*7}}",
    "%(x)s {0} {x!r:{y}} %n",
    "../../../../etc/passwd",
    "..%2f..%2f",
    "\\..\\..",
    "javascript:alert(1)",
    "http://jahat.example/",
    "x" * 8000,
    "kata " * 1600,
    "beras " * 1300,
    "https://" + "a" * 3000,
    "se" * 1500 + "nya",
    "undang-undang-" * 400,
    "Jum'at ’‘`" * 100,
]
RAW = [
    b"%",
    b"%zz",
    b"%2",
    b"%C0%AF",
    b"%FF%FE",
    b"%ED%A0%80",
    b"%u0041",
    b"%00",
    b"%0d%0aSet-Cookie:x=1",
    b"\xff\xfe\x80",
    b"&&&==&",
    b"=",
    b";;",
    b"q",
    b"#",
    b"+" * 1000,
    b"%25" * 500,
    b"q=" * 700,
    b"tag=a&" * 900,
    b"x=1&" * 1100,
]


class Address(NamedTuple):
    """One request: its method, its path as bytes of Latin-1, its query as raw bytes."""

    method: str
    path: str
    query: str


def _addresses(random: Random) -> Iterator[Address]:
    for _ in range(ADDRESS_COUNT):
        path = random.choice(PATHS)
        if path.endswith(("s/", "c/")):
            path += random.choice(NAUGHTY)[:2000]
        parts = [_parameter(random) for _ in range(random.choice([0, 1, 1, 2, 3, 8]))]
        query = b"&".join(parts)[:8000]
        raw_path = path.encode("utf-8", "surrogatepass")
        if random.random() < 0.05:
            raw_path += random.choice(RAW)
        yield Address(random.choice(METHODS), raw_path.decode("latin-1"), query.decode("latin-1"))


def _parameter(random: Random) -> bytes:
    if random.random() < 0.1:
        return random.choice(RAW)
    name = random.choice(TEXT_NAMES if random.random() < 0.8 else NAMES)
    value = random.choice(NAUGHTY)
    if random.random() < 0.5:
        between = random.choice([" ", '"', ""])
        value = value[:600] + between + random.choice(NAUGHTY)[:600]
    if random.random() < 0.2:
        return f"{name}={value}".encode()
    escaped = "".join(f"%{byte:02X}" for byte in value.encode()[:2600])
    return f"{name}={escaped}".encode()


ADDRESSES = list(_addresses(Random(SEED)))


@pytest.mark.parametrize("tenth", range(10))
def test_hostile_address_gives_no_5xx(tenth: int, client: FlaskClient) -> None:
    """Bad input gives a 4xx or an ordinary answer."""
    failed = [
        (address, status)
        for address in ADDRESSES[tenth::10]
        if (status := _status(client, address)) >= 500
    ]
    assert failed == []


@pytest.mark.parametrize("text", NAUGHTY, ids=range(len(NAUGHTY)))
def test_hostile_query_is_answered_on_the_page_and_as_json(text: str, client: FlaskClient) -> None:
    """No query text is an error."""
    page = client.get("/search", query_string={"q": text})
    json = client.get("/api/search", query_string={"q": text, "any": "1"})
    assert (page.status_code, json.status_code) == (200, 200)
    assert json.get_json()["query"]["text"] == text
    assert "<script>alert" not in page.text


@pytest.mark.parametrize("name", ["tag", "not_author", "month", "source_match", "page", "from"])
def test_hostile_value_is_refused_or_answered(name: str, client: FlaskClient) -> None:
    """A value of a parameter gives results, or a 400 that names the parameter."""
    for text in NAUGHTY:
        answer = client.get("/api/search", query_string={name: text})
        assert answer.status_code == 200 or answer.get_json()["parameter"] == name


@pytest.mark.parametrize(
    ("query", "text"),
    [(b"q=\xc3\xa9", "é"), (b"q=\xff", "%FF"), (b"q=%FF", "%FF"), (b"q=a b\x00", "a b\x00")],
)
def test_bytes_that_nobody_escaped_are_read_as_if_they_were(
    query: bytes, text: str, client: FlaskClient
) -> None:
    """Programs that build URLs by hand send characters unescaped, in any encoding."""
    raw = {"QUERY_STRING": query.decode("latin-1")}
    answer = client.get("/api/search", environ_overrides=raw)
    assert answer.get_json()["query"]["text"] == text


def test_addresses_are_a_thousand_and_not_all_refused(client: FlaskClient) -> None:
    """The URLs reach all kinds of answers."""
    assert len(ADDRESSES) == ADDRESS_COUNT
    statuses = [_status(client, address) for address in ADDRESSES[::20]]
    assert {200, 400, 404, 405} <= set(statuses)


def _status(client: FlaskClient, address: Address) -> int:
    raw = {"PATH_INFO": address.path, "QUERY_STRING": address.query}
    with client.open("/", method=address.method, environ_overrides=raw) as answer:
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        return answer.status_code
