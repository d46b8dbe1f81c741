"""When a request is whole, and for what size it is refused."""

import pytest

from web.http import BODY_BYTES_MOST
from web.server.request_bytes import (
    HEAD_BYTES_MOST,
    REQUEST_LINE_MOST,
    Asked,
    asked_of,
    escape_line,
    is_whole,
    refusal_of,
)

LINE = b"POST /search HTTP/1.1\r\n"


@pytest.mark.parametrize(
    "request_bytes",
    [
        LINE + b"\r\n",
        LINE + b"Content-Length: 3\r\n\r\nabc",
        LINE + b"content-length:3 \r\nHost: x\r\n\r\nabc",
        LINE + b"Transfer-Encoding: gzip, chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
        LINE + b"Expect: 100-continue\r\nContent-Length: 3\r\n\r\n",
        LINE + b"Content-Length: %d\r\n\r\n" % (BODY_BYTES_MOST + 1),
        LINE + b"Content-Length: x\r\n\r\n",
        LINE + b"\r\n" + LINE,
        b"GET /" + b"x" * REQUEST_LINE_MOST,
        LINE + b"a: b\r\n" * HEAD_BYTES_MOST,
        LINE + b"Transfer-Encoding: chunked\r\n\r\n" + b"x" * (BODY_BYTES_MOST + 1),
    ],
    ids=range(11),
)
def test_whole_requests_and_those_beyond_all_bounds_go_to_a_thread(request_bytes: bytes) -> None:
    """And nothing before its last byte, unless that is beyond a bound."""
    assert is_whole(request_bytes)


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"",
        b"G",
        LINE,
        LINE + b"Host: x\r\n",
        LINE + b"Host: x\r\n\r",
        LINE + b"Content-Length: 3\r\n\r\nab",
        LINE + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
        b"GET /" + b"x" * (REQUEST_LINE_MOST - 5),
    ],
)
def test_a_part_of_a_request_waits(request_bytes: bytes) -> None:
    """Its line, its headers or its body go on."""
    assert not is_whole(request_bytes)


def test_sizes_are_refused_by_what_is_too_large() -> None:
    """Whether or not the rest has come."""
    long = b"GET /" + b"x" * REQUEST_LINE_MOST
    assert refusal_of(long) == refusal_of(long + b" HTTP/1.1\r\n\r\n") == 414
    many = LINE + b"a: b\r\n" * HEAD_BYTES_MOST
    assert refusal_of(many) == refusal_of(many + b"\r\n") == 431
    assert refusal_of(LINE + b"\r\n") == refusal_of(b"") == 0


def test_only_the_first_line_is_escaped() -> None:
    """Headers and a body stay as they are."""
    assert escape_line(b"GET /\xc3\xa9 HTTP/1.1\r\nA: \xc3\xa9\r\n\r\n\xe9") == (
        b"GET /%C3%A9 HTTP/1.1\r\nA: \xc3\xa9\r\n\r\n\xe9"
    )


@pytest.mark.parametrize("request_bytes", [b"", b"\r\n", b"GET\r\n", b"GET  HTTP/1.1\r\n"])
def test_what_is_no_request_asks_for_nothing(request_bytes: bytes) -> None:
    """No path and no language."""
    assert asked_of(request_bytes) == Asked("", "")
