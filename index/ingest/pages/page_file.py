"""Page files: a saved page alone in a file gives one article or one rejection.

HTML is known by how it begins, whatever the file's name promises.
"""

from collections.abc import Iterator
from typing import BinaryIO

from index.errors import SourceError
from index.ingest.fields import choose_doc_id
from index.ingest.io import NumberedItem, Origin
from index.ingest.pages.html_page import read_html_page
from index.ingest.pages.html_tree import decode_html, is_html
from index.ingest.pages.text_page import read_text_page
from index.ingest.text import decode_text


def read_page_file(stream: BinaryIO, origin: Origin) -> Iterator[NumberedItem]:
    """Read a saved page as plain text, or as HTML if it is that.

    Raises:
        SourceError: too_large; or as `decode_text`, `read_text_page`, `read_html_file`, the stream.
    """
    data = _whole(stream, origin)
    html = decode_html(data)
    if is_html(html):
        yield 0, read_html_page(html, location=origin.location, limits=origin.limits)
        return
    doc_id = choose_doc_id("", "", origin.location)
    yield 0, read_text_page(decode_text(data), doc_id=doc_id, limits=origin.limits)


def read_html_file(stream: BinaryIO, origin: Origin) -> Iterator[NumberedItem]:
    """Read a saved page of HTML.

    Raises:
        SourceError: too_large; or as `decode_html`, `read_html_page` and the stream.
    """
    html = decode_html(_whole(stream, origin))
    yield 0, read_html_page(html, location=origin.location, limits=origin.limits)


def read_unnamed_file(stream: BinaryIO, origin: Origin) -> Iterator[NumberedItem]:
    """Read what crawlers save under a name without an ending: HTML, or nothing that is known.

    Raises:
        SourceError: not_supported for anything else; or as `read_html_file`.
    """
    html = decode_html(_whole(stream, origin))
    if not is_html(html):
        detail = "its name has no ending, and it does not begin as a page of HTML does"
        raise SourceError("not_supported", detail)
    yield 0, read_html_page(html, location=origin.location, limits=origin.limits)


def _whole(stream: BinaryIO, origin: Origin) -> bytes:
    data = stream.read(origin.limits.file_bytes + 1)
    if len(data) > origin.limits.file_bytes:
        raise SourceError("too_large", f"the page has more than {origin.limits.file_bytes} bytes")
    return data
