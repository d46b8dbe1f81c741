"""Origins: which part of a row gave each field of a document.

>>> document = Document(doc_id="1", title="Panen", body="Garam.", category="ekonomi")
>>> dict(list_origins({"title": "Panen", "body": "Garam."}, document, NO_COLUMNS))
{'title': "the row's title", 'body': "the row's body", 'category': 'the address'}
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from index.document import Document
from index.ingest.rows.keys import KEYS, Row
from index.ingest.rows.values import is_nothing

_PLURALS = {"author": "authors", "editor": "editors"}
"""The fields whose name differs from their key."""
_FIELDS = tuple((key, _PLURALS.get(key, key)) for key in KEYS if key != "id")

_ADDRESSED = frozenset({"category", "source", "date", "url"})
"""Keys whose field another value may give."""

NO_COLUMNS: Mapping[str, str] = MappingProxyType({})
"""The values of a row stand under the names of their keys."""


def list_origins(
    row: Row, document: Document, columns: Mapping[str, str]
) -> Iterable[tuple[str, str]]:
    """Yield for each field with a value the part of the row that gave it."""
    for key, field in _FIELDS:
        value = getattr(document, field)
        if value:
            given = row.get(key)
            is_missing = key not in row or (key in _ADDRESSED and is_nothing(given))
            has_own = given == value or not is_missing
            yield field, f"the row's {columns.get(key, key)}" if has_own else "the address"
    if document.date and document.date_source != "stated":
        yield "date", "the text"
    elif document.date and "date" in document.extras:
        yield "date", "the address"
    if document.place:
        yield "place", "the text"
