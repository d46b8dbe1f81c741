"""A saved page as a file of its own: one article, or one refusal, with no row number."""

from collections.abc import Iterator
from typing import BinaryIO

from index.errors import SourceError
from index.sources.identity import choose_doc_id
from index.sources.origin import NumberedItem, Origin
from index.sources.page_text import read_page_text
from index.sources.text import decode_text


def read_page(stream: BinaryIO, origin: Origin) -> Iterator[NumberedItem]:
    """Read a saved page as plain text.

    Raises:
        SourceError: too_large; or as `decode_text`, `read_page_text` and the stream.
    """
    data = stream.read(origin.limits.file_bytes + 1)
    if len(data) > origin.limits.file_bytes:
        raise SourceError("too_large", f"the page has more than {origin.limits.file_bytes} bytes")
    doc_id = choose_doc_id("", "", origin.location)
    yield 0, read_page_text(decode_text(data), doc_id=doc_id, limits=origin.limits)
