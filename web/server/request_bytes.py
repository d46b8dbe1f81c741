"""The bytes of a request: when all of them are there, and what its first line asks for; pure.

Nothing is judged here: what is no request, or too large a one, counts as whole, so that a thread
gets it and refuses it.
"""

import re
from typing import NamedTuple

from web.http import BODY_BYTES_MOST

REQUEST_LINE_MOST = 8190
"""Longest first line of a request, in bytes: enough for the longest URL that the site makes."""
HEAD_BYTES_MOST = 32 << 10
"""Longest head, the first line and all headers, in bytes."""

_HEAD_END = b"\r\n\r\n"
_LAST_CHUNK = b"0\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,18})[ \t]*\r\n", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding:[^\r]*chunked", re.IGNORECASE)
_EXPECTS = re.compile(rb"\r\nexpect:", re.IGNORECASE)
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_LANG = re.compile(rb"[?&]lang=(\w{1,8})\b")


class Asked(NamedTuple):
    """What the first line of a request asks for, as far as it can be read.

    Attributes:
        path: the path, without parameters.
        lang: the language that its parameters name; empty if none.
    """

    path: str
    lang: str


def is_whole(data: bytes | bytearray) -> bool:
    r"""Return whether a request is there with its body, or is too large already.

    >>> is_whole(b"POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nab")
    False
    >>> is_whole(b"GET /" + b"x" * REQUEST_LINE_MOST)
    True
    """
    end = data.find(_HEAD_END)
    if end < 0:
        is_long_line = len(data) > REQUEST_LINE_MOST and b"\r\n" not in data[:REQUEST_LINE_MOST]
        return is_long_line or len(data) > HEAD_BYTES_MOST
    head, body_size = bytes(data[: end + 2]), len(data) - end - len(_HEAD_END)
    if end > HEAD_BYTES_MOST or body_size > BODY_BYTES_MOST or _EXPECTS.search(head):
        return True
    if _CHUNKED.search(head):
        return data.endswith(_LAST_CHUNK)
    length = _LENGTH.search(head)
    return not length or int(length[1]) > BODY_BYTES_MOST or body_size >= int(length[1])


def refusal_of(data: bytes | bytearray) -> int:
    r"""Return the HTTP status with which a request is refused for its size; 0 if it is not.

    >>> refusal_of(b"GET /" + b"x" * REQUEST_LINE_MOST), refusal_of(b"GET / HTTP/1.1\r\n\r\n")
    (414, 0)
    """
    line = data.find(b"\r\n")
    if line > REQUEST_LINE_MOST or (line < 0 and len(data) > REQUEST_LINE_MOST):
        return 414
    end = data.find(_HEAD_END)
    return 431 if end > HEAD_BYTES_MOST or (end < 0 and len(data) > HEAD_BYTES_MOST) else 0


def escape_line(data: bytes | bytearray) -> bytes:
    r"""Return a request whose address is escaped as browsers do it, so that it may be UTF-8.

    >>> escape_line("GET /search?q=é HTTP/1.1\r\n".encode())
    b'GET /search?q=%C3%A9 HTTP/1.1\r\n'
    """
    line, end, rest = bytes(data).partition(b"\r\n")
    return _BEYOND_ASCII.sub(lambda byte: b"%%%02X" % byte[0][0], line) + end + rest


def asked_of(data: bytes | bytearray) -> Asked:
    r"""Return what a request asks for.

    >>> asked_of(b"GET /api/search?q=beras&lang=en HTTP/1.1\r\n")
    Asked(path='/api/search', lang='en')
    """
    words = bytes(data[: REQUEST_LINE_MOST * 2]).partition(b"\r\n")[0].split(b" ")
    target = words[1] if len(words) > 1 else b""
    lang = _LANG.search(target)
    path = target.partition(b"?")[0].decode("ascii", "replace")
    return Asked(path, lang[1].decode() if lang else "")
