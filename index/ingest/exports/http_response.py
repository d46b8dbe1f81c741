r"""HTTP responses as crawlers keep them: status, media type, and the unpacked body, within bounds.

>>> head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
>>> response = parse_response(head + b"5\r\nPanen\r\n0\r\n")
>>> response.status, decode_body(response, 99)
(200, b'Panen')
"""

import io
import re
import zlib
from typing import NamedTuple

import brotli

from index.errors import SourceError
from index.ingest.exports.warc_records import Head, parse_head

_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?\s+(\d{3})\b")
_CHUNK_SIZE = re.compile(rb"\s*([0-9a-fA-F]{1,8})\s*(?:;.*)?", re.DOTALL)
_LINE_BYTES = 1_000
"""Longest line that states the size of a chunk."""
_PIECE_BYTES = 1 << 20
"""Bytes that Brotli unpacks at a time."""
_WINDOW_BITS = {
    "gzip": 16 + zlib.MAX_WBITS,
    "x-gzip": 16 + zlib.MAX_WBITS,
    "deflate": zlib.MAX_WBITS,
}
"""The encodings of a body that zlib unpacks, with its argument for each."""


class HttpResponse(NamedTuple):
    """A response; its status is 0 if the data is no HTTP response.

    Attributes:
        status: the status code.
        head: the headers, by name in lower case.
        raw_body: the body as it was sent.
    """

    status: int
    head: Head
    raw_body: bytes

    @property
    def kind(self) -> str:
        """The media type of the body, such as "text/html"."""
        return self.head.get("content-type", "").partition(";")[0].strip().lower()


def parse_response(data: bytes) -> HttpResponse:
    """Split a response into status, headers and body."""
    stream = io.BytesIO(data)
    status = _STATUS.match(stream.readline(_LINE_BYTES))
    head = parse_head(stream) if status else None
    return (
        HttpResponse(int(status[1]), head, stream.read())
        if status and head
        else HttpResponse(0, {}, b"")
    )


def decode_body(response: HttpResponse, most: int) -> bytes:
    """Return the body with its chunks joined, and unpacked.

    Raises:
        SourceError: malformed; too_large for more than `most` bytes; not_supported for an unknown
            packing.
    """
    body = response.raw_body
    if "chunked" in response.head.get("transfer-encoding", "").lower():
        body = _join_chunks(body)
    packing = response.head.get("content-encoding", "identity").strip().lower()
    if packing in {"", "identity", "none", "utf-8"}:
        return body
    if packing == "br":
        return _unpack_brotli(body, most)
    if packing not in _WINDOW_BITS:
        raise SourceError("not_supported", f"the body is packed as {packing[:40]}")
    return _unpack(body, _WINDOW_BITS[packing], most)


def _unpack_brotli(body: bytes, most: int) -> bytes:
    unpacker, data = brotli.Decompressor(), b""
    try:
        while not unpacker.is_finished() and len(data) <= most:
            piece = unpacker.process(body, output_buffer_limit=_PIECE_BYTES)
            if not (piece or body):
                raise SourceError("malformed", "the packed body is cut")
            data, body = data + piece, b""
    except brotli.error as error:
        if body.lstrip().startswith(b"<"):  # unpacked by the crawler, which kept the header
            return body
        raise SourceError("malformed", f"the packed body is damaged: {error}") from error
    if len(data) > most:
        raise SourceError("too_large", f"the page unpacks to more than {most} bytes")
    return data


def _join_chunks(body: bytes) -> bytes:
    """Return the chunks joined; a body that is not chunked, though it says so, as it is."""
    stream = io.BytesIO(body)
    chunks: list[bytes] = []
    while line := stream.readline(_LINE_BYTES):
        size = _CHUNK_SIZE.fullmatch(line)
        if size is None:
            if not chunks:  # some crawlers join the chunks and keep the header
                return body
            raise SourceError("malformed", "the chunks of the body are damaged")
        if not int(size[1], 16):
            break
        chunks.append(stream.read(int(size[1], 16)))
        stream.readline(_LINE_BYTES)
    return b"".join(chunks)


def _unpack(body: bytes, window_bits: int, most: int) -> bytes:
    unpacker = zlib.decompressobj(window_bits)
    try:
        data = unpacker.decompress(body, most + 1)
    except zlib.error as error:
        if body.lstrip().startswith(b"<"):  # unpacked by the crawler, which kept the header
            return body
        raise SourceError("malformed", f"the packed body is damaged: {error}") from error
    if len(data) > most:
        raise SourceError("too_large", f"the page unpacks to more than {most} bytes")
    return data
