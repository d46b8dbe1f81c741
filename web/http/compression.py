"""Compression: gzip and brotli of answers that are text, by what a client accepts.

Readers choose among encodings by `Accept-Encoding`. Every answer that could be compressed says that
it varies by it. An ETag stays the same in each encoding, so it is weak: it names the same content,
not the same bytes. Nothing on the site is secret, so no secret can be guessed by an answer's size.
"""

import zlib
from collections.abc import Iterable, Iterator
from typing import Protocol

import brotli
from flask import Flask, Response, request

BYTES_LEAST = 1_000
"""Shorter answers fit into one packet, compressed or not."""
BROTLI_QUALITY = 4
"""Of 0 to 11: a page in some 0.3 ms; 5 takes half as long again for 7 % less."""
GZIP_LEVEL = 4
_GZIP_WBITS = 31
"""What tells zlib to write gzip's header."""

TYPES = frozenset(
    {"application/json", "application/problem+json", "application/javascript", "image/svg+xml"}
)
"""Media types that are compressed, beside all of text. Fonts and pictures are so already."""


class _Compressor(Protocol):
    """Compresses a stream piece by piece."""

    def write(self, piece: bytes) -> bytes:
        """Return all that can be read of the stream so far, and was not returned yet."""

    def end(self, last: bytes = b"") -> bytes:
        """Return the rest of the stream, with its last piece."""


class _Brotli:
    def __init__(self) -> None:
        self._stream = brotli.Compressor(brotli.MODE_TEXT, BROTLI_QUALITY)

    def write(self, piece: bytes) -> bytes:
        return bytes(self._stream.process(piece) + self._stream.flush())

    def end(self, last: bytes = b"") -> bytes:
        return bytes(self._stream.process(last) + self._stream.finish())


class _Gzip:
    def __init__(self) -> None:
        self._stream = zlib.compressobj(GZIP_LEVEL, zlib.DEFLATED, _GZIP_WBITS)

    def write(self, piece: bytes) -> bytes:
        return self._stream.compress(piece) + self._stream.flush(zlib.Z_SYNC_FLUSH)

    def end(self, last: bytes = b"") -> bytes:
        return self._stream.compress(last) + self._stream.flush()


ENCODINGS: dict[str, type[_Compressor]] = {"br": _Brotli, "gzip": _Gzip}
"""By name, the one that is taken first of those that a client likes equally."""
IDENTITY = "identity"
"""The name of no compression."""


def add_compression(app: Flask) -> None:
    """Compress answers once everything else has been done to them; call it before other hooks."""
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    """Compress an answer if it is text, whole and long enough, and the client can read it."""
    if not _is_text(response) and response.status_code != 304:  # noqa: PLR2004 - Not Modified
        return response
    response.vary.add("Accept-Encoding")
    name = request.accept_encodings.best_match((*ENCODINGS, IDENTITY))
    if name in ENCODINGS and _is_compressible(response):
        _encode(response, name)
    return response


def _is_text(response: Response) -> bool:
    return (response.mimetype or "").startswith("text/") or response.mimetype in TYPES


def _is_compressible(response: Response) -> bool:
    """Whether an answer has a whole body that nobody has encoded, of some length."""
    if response.status_code in {204, 206, 304} or "Content-Encoding" in response.headers:
        return False
    return response.is_streamed or (response.content_length or 0) >= BYTES_LEAST


def _encode(response: Response, name: str) -> None:
    compressor = ENCODINGS[name]()
    if response.is_streamed and not response.direct_passthrough:
        response.response = _stream(compressor, response.iter_encoded())
        response.headers.pop("Content-Length", None)
    else:
        response.direct_passthrough = False  # a static file is read here
        response.make_sequence()  # and closed when the answer is
        response.set_data(compressor.end(response.get_data()))
    response.headers["Content-Encoding"] = name
    tag, _ = response.get_etag()
    if tag:
        response.set_etag(tag, weak=True)


def _stream(compressor: _Compressor, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield a stream compressed, each piece at once, so that a client sees what is there."""
    for piece in pieces:
        yield compressor.write(piece)
    yield compressor.end()
