"""Columns of documents: the batches that a segment is written from."""

from collections.abc import Sequence

import numpy as np

from index.document import Document
from index.schema import FACET_FIELDS, FIELDS, Field, to_stored
from index.segments import NO_NUMBER, Batch

BATCH_DOCS = 500
"""Documents of a batch: enough to make a call of a kernel cheap, and little memory."""


def make_batch(documents: Sequence[Document]) -> Batch:
    """Return documents as columns."""
    return Batch(
        texts={
            field.name: [str(field.value_of(document) or "") for document in documents]
            for field in FIELDS
            if field.kind == "words"
        },
        keys={f.name: _keys(f, documents) for f in FIELDS if f.kind == "key"},
        numbers={
            field.name: np.array([_number(field, document) for document in documents], np.int32)
            for field in FIELDS
            if field.kind == "day"
        },
        facets={facet.name: [facet.values_of(d) for d in documents] for facet in FACET_FIELDS},
        stored=[to_stored(document) for document in documents],
    )


def _keys(field: Field, documents: Sequence[Document]) -> list[bytes | None]:
    values = (field.value_of(document) for document in documents)
    return [
        None if value is None else str(value).encode("utf-8", "surrogatepass") for value in values
    ]


def _number(field: Field, document: Document) -> int:
    value = field.value_of(document)
    return int(NO_NUMBER) if value is None else int(value)
