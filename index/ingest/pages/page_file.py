r"""Page files: a saved page alone in a file gives one article or one rejection.

HTML is recognized by how it begins, whatever the file is called.

>>> import io
>>> page = io.BytesIO(b"Harga Turun\nPADANG - Harga beras turun.")
>>> [(_, document)] = read_page_file(page, Origin(path="a.txt", location="a.txt"))
>>> document.title
'Harga Turun'
"""

from collections.abc import Iterator
from typing import BinaryIO

from index.errors import SourceError
from index.ingest.fields import hash_id
from index.ingest.io import NumberedItem, Origin
from index.ingest.pages.html_page import read_html_page
from index.ingest.pages.html_tree import decode_html, is_html
from index.ingest.pages.text_page import read_text_page
from index.ingest.text import decode_text


def read_page_file(stream: BinaryIO, origin: Origin) -> Iterator[NumberedItem]:
    """Read a saved page of plain text, or of HTML if it begins like that.

    Raises:
        SourceError: too_large; or as `decode_text`, `read_text_page`, `read_html_file`, the stream.
    """
    data = _read_bytes(stream, origin)
    html = decode_html(data)
    if is_html(html):
        yield 0, read_html_page(html, location=origin.location, limits=origin.limits)
        return
    doc_id = hash_id(origin.location)
    yield 0, read_text_page(decode_text(data), doc_id=doc_id, limits=origin.limits)


def read_html_file(stream: BinaryIO, origin: Origin) -> Iterator[NumberedItem]:
    """Read a saved HTML page.

    Raises:
        SourceError: too_large; or as `decode_html`, `read_html_page` and the stream.
    """
    html = decode_html(_read_bytes(stream, origin))
    yield 0, read_html_page(html, location=origin.location, limits=origin.limits)


def read_unnamed_file(stream: BinaryIO, origin: Origin) -> Iterator[NumberedItem]:
    """Read a file whose name has no suffix, as crawlers save pages, if it is HTML.

    Raises:
        SourceError: not_supported for anything else; or as `read_html_file`.
    """
    html = decode_html(_read_bytes(stream, origin))
    if not is_html(html):
        detail = "its name has no ending, and it does not begin as a page of HTML does"
        raise SourceError("not_supported", detail)
    yield 0, read_html_page(html, location=origin.location, limits=origin.limits)


def _read_bytes(stream: BinaryIO, origin: Origin) -> bytes:
    data = stream.read(origin.limits.file_bytes + 1)
    if len(data) > origin.limits.file_bytes:
        raise SourceError("too_large", f"the page has more than {origin.limits.file_bytes} bytes")
    return data
