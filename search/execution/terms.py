"""The terms that a Whoosh query looks up by name, so that all of them are looked up at once."""

from collections.abc import Callable, Iterator
from functools import singledispatch
from typing import Any

from whoosh import query as whoosh

Term = tuple[str, bytes]
"""A field and the bytes of a text."""

FieldBytes = Callable[[str, Any], bytes | None]
"""From a field and a text to the bytes of its term; None where no term can be that."""


@singledispatch
def terms_in(query: Any, field_bytes: FieldBytes) -> Iterator[Term]:
    """Yield the terms that a query looks up by name; a field or text that cannot be is left out."""
    for part in query.children():
        yield from terms_in(part, field_bytes)


@terms_in.register
def _(query: whoosh.Term, field_bytes: FieldBytes) -> Iterator[Term]:
    text = field_bytes(query.fieldname, query.text)
    if text is not None:
        yield query.fieldname, text


@terms_in.register
def _(query: whoosh.Phrase, field_bytes: FieldBytes) -> Iterator[Term]:
    texts = (field_bytes(query.fieldname, word) for word in query.words)
    yield from ((query.fieldname, text) for text in texts if text is not None)
