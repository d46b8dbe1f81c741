"""WARC crawls: each HTML page that a server returned becomes a document.

Only answers (WARC-Type "response") with status 200 and a body of HTML are pages; requests,
redirects, errors, pictures, and answers that were the same as before ("revisit") are passed over,
and a page that is no article is refused like a saved one. Rows are numbered by record.

Left out: bodies packed with Brotli or Zstandard, and records in several segments.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from index.document import Document
from index.errors import SourceError
from index.ingest.exports.http_response import HttpResponse, decode_body, parse_response
from index.ingest.exports.warc_records import HEAD_BYTES, Head, Record, split_records
from index.ingest.io import Limits, NumberedItem, Origin
from index.ingest.pages import decode_html, read_html_page

_STATUS_OK = 200
_HTML_KINDS = frozenset({"text/html", "application/xhtml+xml"})
_ADDRESS = re.compile(r"<?(https?://[^\s<>]+)>?")
_SHOWN_CHARS = 120


def read_warc(stream: BinaryIO, origin: Origin) -> Iterator[NumberedItem]:
    """Read the pages of a crawl; they are numbered by record, from 1.

    Raises:
        SourceError: empty, too_large, or what the stream raises.
    """
    number = 0
    budget = _PageBudget(origin.limits)
    most = origin.limits.file_bytes + HEAD_BYTES
    for number, found in split_records(stream, most, _is_response):
        if isinstance(found, SourceError):
            yield origin.reject(number, found)
        elif item := _read_record(found, number, origin, budget):
            yield item
    if not number:
        raise SourceError("empty", "the file holds no answer of a server")


@dataclass(slots=True)
class _PageBudget:
    """Counts what bodies unpack to against what they were, over a whole crawl.

    One page is bounded by itself; a crawl of nothing but pages that unpack a thousandfold is not.
    """

    limits: Limits
    packed: int = 0
    unpacked: int = 0

    def spend(self, packed: int, unpacked: int) -> None:
        """Count a page; raise SourceError, too_large, when there were too many of its kind."""
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
    """Return the article or the refusal of a response, None for one that is no page."""
    answer = parse_response(record.block)
    if answer.status != _STATUS_OK or answer.kind not in _HTML_KINDS:
        return None
    uri = _ADDRESS.fullmatch(record.head.get("warc-target-uri", ""))
    address = uri[1] if uri else ""
    try:
        body = _read_body(record, answer, origin.limits.file_bytes)
    except SourceError as error:
        return origin.reject(number, _located(error, address))
    budget.spend(len(record.block), len(body))
    return _read_page(body, number, origin, address)


def _read_body(record: Record, answer: HttpResponse, most: int) -> bytes:
    if len(record.block) > most + HEAD_BYTES:
        raise SourceError("too_large", f"the page has more than {most} bytes")
    return decode_body(answer, most)


def _read_page(body: bytes, number: int, origin: Origin, address: str) -> NumberedItem:
    location = f"{origin.location}!{number}"
    try:
        return number, _read_html(body, location, address, origin.limits)
    except SourceError as error:
        return origin.reject(number, _located(error, address))


def _read_html(body: bytes, location: str, address: str, limits: Limits) -> Document:
    html = decode_html(body)
    return read_html_page(html, location=location, address=address, limits=limits)


def _located(error: SourceError, address: str) -> SourceError:
    """Return an error that names the page, which no file of its own does."""
    shown = address[:_SHOWN_CHARS]
    if shown in error.detail:
        return error
    return SourceError(error.reason, f"{error.detail} ({shown})")
