"""XML files: recognize a WordPress export or a feed, and read it.

>>> is_feed(b"<?xml version='1.0'?><!-- dibuat oleh mesin --><rss version='2.0'>")
True
>>> is_feed(b"<?xml version='1.0'?><html>")
False
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

from index.errors import SourceError
from index.ingest.exports.feeds import read_feed
from index.ingest.exports.wordpress import read_wordpress
from index.ingest.io import CHUNK_BYTES, NumberedItem, Origin, look_ahead, to_utf_8

_HEAD_BYTES = 16_384
"""Bytes that are searched for the first tag: exports begin with a page of advice in comments."""
_BEFORE_ROOT = re.compile(rb"\s*(?:<\?.*?\?>|<!--.*?-->)", re.DOTALL)
_ROOT = re.compile(rb"\s*<(?:!DOCTYPE\s+)?(?:rss|feed|atom:feed|rdf:RDF)[\s>]")
_EXPORT = re.compile(rb"=\s{0,3}[\"']http://wordpress\.org/export/[\d.]+/[\"']")


def read_xml(stream: BinaryIO, origin: Origin) -> Iterator[NumberedItem]:
    """Read an XML file.

    Raises:
        SourceError: empty; not_supported for other XML; or as `read_wordpress` and `read_feed`.
    """
    head, stream = look_ahead(to_utf_8(stream), CHUNK_BYTES)
    if not head.strip():
        raise SourceError("empty", "there is nothing but white space")
    stream.read(len(head) - len(head.lstrip()))  # expat reads no blank before a declaration
    if not is_feed(head):
        detail = "it is neither RSS, Atom nor a WordPress export"
        raise SourceError("not_supported", detail)
    read = read_wordpress if _EXPORT.search(head[:_HEAD_BYTES]) else read_feed
    yield from read(stream, origin)


def is_feed(head: bytes) -> bool:
    """Tell whether a file begins as a feed does; a WordPress export is one, too."""
    head = head[:_HEAD_BYTES]
    position = 0
    while match := _BEFORE_ROOT.match(head, position):
        position = match.end()
    return _ROOT.match(head, position) is not None
