"""Compression: each client gets what it can read, and the same answer in every encoding."""

import zlib
from collections.abc import Callable, Iterator
from typing import NamedTuple

import brotli
import pytest
from flask import Flask, Response
from flask.testing import FlaskClient

from search.engine import Engine
from web import create_app
from web.http.compression import BYTES_LEAST, add_compression
from web.settings import read_settings

UNPACK: dict[str | None, Callable[[bytes], bytes]] = {
    "br": brotli.decompress,
    "gzip": lambda raw: zlib.decompress(raw, 31),
    None: bytes,
}
PAGES = ["/", "/search?q=beras", "/api/search?q=beras", "/static/base.css"]


class Case(NamedTuple):
    """What a client says it accepts, and the encoding that it gets."""

    accepted: str
    encoding: str | None


CASES = [
    Case("gzip, deflate, br, zstd", "br"),
    Case("gzip", "gzip"),
    Case("br;q=0.5, gzip", "gzip"),
    Case("*", "br"),
    Case("br;q=0, *", "gzip"),
    Case("identity, gzip;q=0.5", None),
    Case("gzip;q=0", None),
    Case("zstd", None),
    Case("", None),
    Case("gzip;q=x, ;;,", None),
]


@pytest.mark.parametrize("case", CASES, ids=str)
@pytest.mark.parametrize("path", PAGES)
def test_answer_is_the_same_in_each_encoding(client: FlaskClient, path: str, case: Case) -> None:
    """Whatever is asked for, what is unpacked is the plain answer."""
    packed = client.get(path, headers={"Accept-Encoding": case.accepted}, buffered=True)
    plain = client.get(path, buffered=True)
    assert packed.headers.get("Content-Encoding") == case.encoding
    assert _steady(UNPACK[case.encoding](packed.data)) == _steady(plain.data)
    assert "Accept-Encoding" in packed.vary
    assert "Accept-Encoding" in plain.vary
    assert packed.content_length == len(packed.data)


def _steady(raw: bytes) -> bytes:
    """Return an answer without the time that it took."""
    lines = raw.replace(b",", b"\n").splitlines()
    return b"\n".join(line for line in lines if b"took_ms" not in line and b"<h1" not in line)


@pytest.mark.parametrize("path", PAGES)
def test_etag_of_a_packed_answer_gives_304(client: FlaskClient, path: str) -> None:
    """So does that of the plain one; nothing is sent again in another encoding."""
    for accepted in ("br", "gzip", ""):
        tag = client.get(path, headers={"Accept-Encoding": accepted}, buffered=True).headers["ETag"]
        again = {"If-None-Match": tag, "Accept-Encoding": "gzip"}
        answer = client.get(path, headers=again, buffered=True)
        assert (answer.status_code, answer.data) == (304, b"")
        assert "Content-Encoding" not in answer.headers
        assert "Accept-Encoding" in answer.vary


def test_packed_bytes_have_a_weak_etag(client: FlaskClient) -> None:
    """A strong one would promise the same bytes: a browser could join parts of both."""
    for accepted, is_weak in (("br", True), ("", False)):
        answer = client.get(
            "/static/base.css", headers={"Accept-Encoding": accepted}, buffered=True
        )
        assert answer.headers["ETag"].startswith("W/") is is_weak


def test_head_tells_what_get_would(client: FlaskClient) -> None:
    """Encoding and length, without a body."""
    headers = {"Accept-Encoding": "br"}
    head, got = (
        call("/static/base.css", headers=headers, buffered=True)
        for call in (client.head, client.get)
    )
    assert head.data == b""
    for name in ("Content-Encoding", "Content-Length", "ETag"):
        assert head.headers[name] == got.headers[name]


def test_short_and_packed_files_are_left_alone(client: FlaskClient) -> None:
    """Fonts are packed already, and a short answer would grow."""
    headers = {"Accept-Encoding": "br, gzip"}
    for path in ("/healthz", "/robots.txt", "/static/fonts/source-serif-4-latin-400-normal.woff2"):
        answer = client.get(path, headers=headers, buffered=True)
        assert answer.status_code == 200
        assert "Content-Encoding" not in answer.headers


def test_part_of_a_file_is_a_part_of_its_plain_bytes(client: FlaskClient) -> None:
    """A range counts bytes of the file."""
    headers = {"Accept-Encoding": "br", "Range": "bytes=2-9"}
    part = client.get("/static/base.css", headers=headers, buffered=True)
    assert part.status_code == 206
    assert part.data == client.get("/static/base.css", buffered=True).data[2:10]


def test_errors_are_packed_too(client: FlaskClient) -> None:
    """They are pages like others."""
    answer = client.get("/no/such/page", headers={"Accept-Encoding": "gzip"}, buffered=True)
    assert answer.status_code == 404
    assert b"<html" in UNPACK["gzip"](answer.data)


def test_nothing_is_packed_where_a_proxy_does_it(tiny_engine: Engine) -> None:
    """By a setting; then the answer does not vary, either."""
    client = create_app(read_settings({"KLIPING_COMPRESS": "no"}), engine=tiny_engine).test_client()
    answer = client.get("/", headers={"Accept-Encoding": "br"}, buffered=True)
    assert "Content-Encoding" not in answer.headers
    assert "Accept-Encoding" not in answer.vary


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_stream_is_packed_piece_by_piece(encoding: str) -> None:
    """Each piece can be read before the next one is made, however long the stream is."""
    app, made = Flask("stream"), []

    def pieces() -> Iterator[bytes]:
        for number in range(3):
            made.append(number)
            yield bytes([65 + number]) * BYTES_LEAST

    add_compression(app)
    app.add_url_rule("/", "stream", lambda: Response(pieces(), mimetype="text/csv"))
    answer = app.test_client().get("/", headers={"Accept-Encoding": encoding}, buffered=False)
    unpacker = brotli.Decompressor() if encoding == "br" else zlib.decompressobj(31)
    unpack = unpacker.process if encoding == "br" else unpacker.decompress
    read = [(unpack(piece), list(made)) for piece in answer.response]
    assert read[0] == (b"A" * BYTES_LEAST, [0])
    assert (
        b"".join(text for text, _ in read)[BYTES_LEAST:] == b"B" * BYTES_LEAST + b"C" * BYTES_LEAST
    )
    assert "Content-Length" not in answer.headers
