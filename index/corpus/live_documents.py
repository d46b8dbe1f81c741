"""The live documents of a segment: those that were not deleted, by id."""

import numpy as np

from index.arrays import Int64Array
from index.segments import Segment

ID_FIELD = "id"


def find_live_documents(segment: Segment) -> tuple[list[str], Int64Array]:
    """Return the ids of the documents that were not deleted, sorted, and their numbers.

    Both are read from the postings of the id field: to decode every stored document would take
    longer than all the rest of an update.
    """
    first = segment.fields[ID_FIELD].first
    ids = list(segment.terms.read(first, segment.fields[ID_FIELD].last))
    ordinals = segment.ordinals_by_doc(ID_FIELD)
    docs = np.flatnonzero(segment.live_flags() & (ordinals >= 0))
    docs = docs[np.argsort(ordinals[docs], kind="stable")]
    numbers = (ordinals[docs] - first).tolist()
    return [ids[number].decode("utf-8", "surrogatepass") for number in numbers], docs
