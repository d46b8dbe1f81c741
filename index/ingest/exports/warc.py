"""WARC crawls: each HTML page that a server returned becomes a document.

A page is a response (WARC-Type "response") with status 200 and an HTML body. Requests, redirects,
errors, pictures and responses that were the same as before ("revisit") are skipped. A page that is
no article is rejected like a saved one. The number of an item is that of its record.

Left out: bodies packed with Zstandard, and records in several segments.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO

from index.document import Document
from index.errors import SourceError
from index.ingest.exports.http_response import HttpResponse, decode_body, parse_response
from index.ingest.exports.warc_records import HEAD_BYTES, Head, Record, split_records
from index.ingest.fields import hash_id
from index.ingest.io import Limits, NumberedItem, Origin
from index.ingest.pages import decode_html, read_html_page

_STATUS_OK = 200
_HTML_KINDS = frozenset({"text/html", "application/xhtml+xml"})
_ADDRESS = re.compile(r"<?(https?://[^\s<>]+)>?")
_SHOWN_CHARS = 120


def read_warc(stream: BinaryIO, origin: Origin) -> Iterator[NumberedItem]:
    """Read the pages of a crawl; the number of a page is that of its record, from 1.

    Raises:
        SourceError: empty, too_large, or what the stream raises.
    """
    number = 0
    budget = _PageBudget(origin.limits)
    most = origin.limits.file_bytes + HEAD_BYTES
    for number, record in split_records(stream, most, _is_response):
        if isinstance(record, SourceError):
            yield origin.reject(number, record)
        elif item := _read_record(record, number, origin, budget):
            yield item
    if not number:
        raise SourceError("empty", "the file holds no answer of a server")


@dataclass(slots=True)
class _PageBudget:
    """Compares the unpacked bytes of a whole crawl with its packed bytes.

    Each page has a limit of its own, but a crawl of pages that all unpack a thousandfold needs a
    limit for all of them.
    """

    limits: Limits
    packed: int = 0
    unpacked: int = 0

    def spend(self, packed: int, unpacked: int) -> None:
        """Count a page.

        Raises:
            SourceError: too_large, when the crawl unpacks to too many bytes.
        """
        self.packed += packed
        self.unpacked += unpacked
        allowed = self.limits.expansion_free_bytes + self.limits.expansion_factor * self.packed
        if self.unpacked > allowed:
            detail = f"its pages unpack to more than {allowed} bytes; what follows was not read"
            raise SourceError("too_large", detail)


def _is_response(head: Head) -> bool:
    return head.get("warc-type", "").lower() == "response"


def _read_record(
    record: Record, number: int, origin: Origin, budget: _PageBudget
) -> NumberedItem | None:
    """Return the document of a response or its rejection; None for a response that is no page."""
    response = parse_response(record.block)
    if response.status != _STATUS_OK or response.kind not in _HTML_KINDS:
        return None
    uri = _ADDRESS.fullmatch(record.head.get("warc-target-uri", ""))
    address = uri[1] if uri else ""
    try:
        body = _read_body(record, response, origin.limits.file_bytes)
    except SourceError as error:
        return origin.reject(number, _located(error, address))
    budget.spend(len(record.block), len(body))
    return _read_page(body, number, origin, address)


def _read_body(record: Record, response: HttpResponse, most: int) -> bytes:
    if len(record.block) > most + HEAD_BYTES:
        raise SourceError("too_large", f"the page has more than {most} bytes")
    return decode_body(response, most)


def _read_page(body: bytes, number: int, origin: Origin, address: str) -> NumberedItem:
    location = f"{origin.location}!{number}"
    try:
        return number, _read_html(body, location, address, origin.limits)
    except SourceError as error:
        return origin.reject(number, _located(error, address))


def _read_html(body: bytes, location: str, address: str, limits: Limits) -> Document:
    html = decode_html(body)
    document = read_html_page(html, address=address, limits=limits)
    return document if document.url else replace(document, former_id=hash_id(location))


def _located(error: SourceError, address: str) -> SourceError:
    """Return an error that names the page by its URL, since it has no file of its own."""
    shown = address[:_SHOWN_CHARS]
    if shown in error.detail:
        return error
    return SourceError(error.reason, f"{error.detail} ({shown})")
