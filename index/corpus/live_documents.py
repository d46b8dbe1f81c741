"""The live documents of a segment: those that were not deleted, by id."""

from itertools import compress, repeat

import numpy as np

from index.arrays import Int64Array
from index.segments.segment import Segment

ID_FIELD = "id"


def find_live_documents(segment: Segment) -> tuple[list[str], Int64Array]:
    """Return the ids of the documents that were not deleted, sorted, and their numbers.

    Both are read from the postings of the id field: to decode every stored document would take
    longer than all the rest of an update.
    """
    row = segment.fields[ID_FIELD]
    if row.first == row.last:
        return [], np.empty(0, np.int64)
    start, stop = segment.posting_range(row.first)[0], segment.posting_range(row.last - 1)[1]
    docs = segment.docs[start:stop].astype(np.int64)
    terms = segment.terms.read(row.first, row.last)
    counts = segment.doc_counts[row.first : row.last].tolist()
    ids = [
        doc_id
        for term, count in zip(terms, counts, strict=True)
        for doc_id in repeat(term.decode("utf-8", "surrogatepass"), count)
    ]
    if not len(segment.live):
        return ids, docs
    is_live = segment.live[docs] > 0
    return list(compress(ids, is_live)), docs[is_live]
