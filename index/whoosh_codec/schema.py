"""Whoosh's schema: each field of `index.schema.FIELDS` as a field of Whoosh.

>>> sorted(name for name in whoosh_schema().names() if name.startswith("title"))
['title', 'title_stem']
"""

from whoosh.fields import ID, NUMERIC, STORED, TEXT, FieldType, Schema

from index.schema import FIELDS, FieldKind
from index.whoosh_codec.analyzers import exact_analyzer, stem_analyzer


def whoosh_schema() -> Schema:
    """Return the schema of the Whoosh index."""
    return Schema(**{field.name: _whoosh_field(field.kind) for field in FIELDS})


def _whoosh_field(kind: FieldKind) -> FieldType:
    if kind == "words":
        return TEXT(analyzer=exact_analyzer(), phrase=True)
    if kind == "stems":
        return TEXT(analyzer=stem_analyzer(), phrase=False)
    if kind == "day":
        return NUMERIC(int, 32)
    return ID() if kind == "key" else STORED()
