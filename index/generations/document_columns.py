"""From documents to the batches of which segments are built."""

from collections.abc import Sequence

import numpy as np
from whoosh.fields import Schema

from index.document import Document
from index.schema import FACET_FIELDS, FIELDS, Field, to_stored
from index.segments.segment import NO_NUMBER
from index.segments.segment_writer import Batch

BATCH_DOCS = 500
"""Documents of a batch: enough to make a call of a kernel cheap, few enough to hold little."""


def make_batch(documents: Sequence[Document], schema: Schema) -> Batch:
    """Return documents as columns; the schema tells how keys are written as bytes."""
    return Batch(
        texts={
            field.name: [str(field.value_of(document) or "") for document in documents]
            for field in FIELDS
            if field.kind == "words"
        },
        keys={f.name: _keys(f, documents, schema) for f in FIELDS if f.kind == "key"},
        numbers={
            field.name: np.array([_number(field, document) for document in documents], np.int32)
            for field in FIELDS
            if field.kind == "day"
        },
        facets={facet.name: [facet.values_of(d) for d in documents] for facet in FACET_FIELDS},
        stored=[to_stored(document) for document in documents],
    )


def _keys(field: Field, documents: Sequence[Document], schema: Schema) -> list[bytes | None]:
    to_bytes = schema[field.name].to_bytes
    values = (field.value_of(document) for document in documents)
    return [None if value is None else to_bytes(value) for value in values]


def _number(field: Field, document: Document) -> int:
    value = field.value_of(document)
    return int(NO_NUMBER) if value is None else int(value)
