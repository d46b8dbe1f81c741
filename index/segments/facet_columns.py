"""Facet columns on their way into a segment: values numbered as they come, sorted at the end.

A facet's values have ordinals that follow each other, in the order of the values, and behind them
one for "no value". All facets' values stand in one list, so that one pass over a document's
ordinals counts them all.
"""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.segments.errors import SegmentFullError

ENTRIES_MOST = 2**32
"""Values of all documents: where those of each begin is kept in 32 bits."""


class FacetNumbers:
    """The values of one facet, numbered in the order in which they are first seen."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._counts = array("i")
        self._entries = array("i")

    def add(self, values: Iterable[Sequence[str]]) -> None:
        """Add the values of documents; each counts once a document."""
        once = [row if len(row) < 2 else tuple(dict.fromkeys(row)) for row in values]  # noqa: PLR2004 - one value cannot be there twice
        self._counts.extend(map(len, once))
        numbers = self._numbers
        self._entries.extend(
            numbers.setdefault(value, len(numbers)) for value in chain.from_iterable(once)
        )

    def column(self, first: int) -> tuple[list[str], NDArray[np.int32], NDArray[np.uint32]]:
        """Return the values in order, the documents of all entries, and their ordinals.

        The ordinals begin with `first`; a document without a value has one entry, for "none".
        """
        values = sorted(self._numbers)
        places = np.empty(len(values), np.uint32)
        places[[self._numbers[value] for value in values]] = np.arange(len(values))
        counts = np.array(self._counts, np.int32)
        without = np.flatnonzero(counts == 0).astype(np.int32)
        docs = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
        ordinals = places[np.array(self._entries, np.int32)] + np.uint32(first)
        none = np.full(len(without), first + len(values), np.uint32)
        return values, np.concatenate((docs, without)), np.concatenate((ordinals, none))


def facet_arrays(
    facets: Mapping[str, FacetNumbers], doc_count: int
) -> tuple[dict[str, NDArray[Any]], list[dict[str, Any]]]:
    """Return the arrays of all facets, and the range of ordinals of each."""
    all_values: list[str] = []
    all_docs, all_ordinals, ranges = [], [], []
    for name, numbers in facets.items():
        first = len(all_values)
        values, docs, ordinals = numbers.column(first)
        ranges.append({"name": name, "first": first, "none": first + len(values)})
        all_values += [*values, ""]
        all_docs.append(docs)
        all_ordinals.append(ordinals)
    docs = np.concatenate(all_docs) if all_docs else np.empty(0, np.int32)
    ordinals = np.concatenate(all_ordinals) if all_ordinals else np.empty(0, np.uint32)
    return packed_facets(all_values, docs, ordinals, doc_count), ranges


def packed_facets(
    values: Sequence[str], docs: NDArray[np.int32], ordinals: NDArray[np.uint32], doc_count: int
) -> dict[str, NDArray[Any]]:
    """Return the arrays for values and for entries (document, ordinal), in any order."""
    if len(ordinals) >= ENTRIES_MOST:
        raise SegmentFullError(f"{len(ordinals)} facet values")
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
