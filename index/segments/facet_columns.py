"""Facet columns: the values of each document as ordinals.

The ordinals of a facet's values follow each other, in the order of the values; the one behind them
stands for "missing", no value. The values of all facets stand in one list, so that one pass over a
document's ordinals counts all facets.
"""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.arrays import Int32Array, Uint32Array
from index.segments.errors import SegmentFullError

ENTRIES_MOST = 2**32
"""Most values of all documents: 32 bits hold where those of each document begin."""


class FacetEntries:
    """Collects the values of one facet: an entry for each value of a document.

    Values are numbered in the order in which they are first seen.
    """

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._counts = array("i")
        self._entries = array("i")

    def add(self, values: Iterable[Sequence[str]]) -> None:
        """Add the values of documents; each value counts once a document."""
        once = [row if len(row) < 2 else tuple(dict.fromkeys(row)) for row in values]  # noqa: PLR2004 - one value cannot be there twice
        self._counts.extend(map(len, once))
        numbers = self._numbers
        self._entries.extend(
            numbers.setdefault(value, len(numbers)) for value in chain.from_iterable(once)
        )

    def sort(self, first: int) -> tuple[list[str], Int32Array, Uint32Array]:
        """Return the values in order, and for each entry, its document and its ordinal.

        Ordinals begin with `first`; a document without a value has one entry, for "missing".
        """
        values = sorted(self._numbers)
        ranks = np.empty(len(values), np.uint32)
        ranks[[self._numbers[value] for value in values]] = np.arange(len(values))
        counts = np.array(self._counts, np.int32)
        without = np.flatnonzero(counts == 0).astype(np.int32)
        docs = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
        ordinals = ranks[np.array(self._entries, np.int32)] + np.uint32(first)
        missing = np.full(len(without), first + len(values), np.uint32)
        return values, np.concatenate((docs, without)), np.concatenate((ordinals, missing))


def pack_entries(
    facets: Mapping[str, FacetEntries], doc_count: int
) -> tuple[dict[str, NDArray[Any]], list[dict[str, Any]]]:
    """Return the arrays of all facets, and the range of ordinals of each."""
    all_values: list[str] = []
    all_docs, all_ordinals, ranges = [], [], []
    for name, entries in facets.items():
        first = len(all_values)
        values, docs, ordinals = entries.sort(first)
        ranges.append({"name": name, "first": first, "none": first + len(values)})
        all_values += [*values, ""]
        all_docs.append(docs)
        all_ordinals.append(ordinals)
    docs = np.concatenate(all_docs) if all_docs else np.empty(0, np.int32)
    ordinals = np.concatenate(all_ordinals) if all_ordinals else np.empty(0, np.uint32)
    return pack_facets(all_values, docs, ordinals, doc_count), ranges


def pack_facets(
    values: Sequence[str], docs: Int32Array, ordinals: Uint32Array, doc_count: int
) -> dict[str, NDArray[Any]]:
    """Return the arrays for values and for entries (document, ordinal) in any order."""
    if len(ordinals) >= ENTRIES_MOST:
        raise SegmentFullError(len(ordinals), "facet values", ENTRIES_MOST - 1)
    texts = [value.encode("utf-8", "surrogatepass") for value in values]
    order = np.lexsort((ordinals, docs))
    offsets = np.zeros(doc_count + 1, np.uint32)
    offsets[1:] = np.cumsum(np.bincount(docs, minlength=doc_count))
    return {
        "facets.text": np.frombuffer(b"".join(texts), np.uint8),
        "facets.ends": np.cumsum([len(text) for text in texts], dtype=np.uint32),
        "facets.offsets": offsets,
        "facets.ordinals": ordinals[order],
        "facets.counts": np.bincount(ordinals, minlength=len(values)).astype(np.uint32),
    }
