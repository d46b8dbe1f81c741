"""Whoosh's columns, by which it sorts and groups: the numbers or facet values of documents."""

from typing import Any

from whoosh.columns import Column, ColumnReader

from index.arrays import Int32Array
from index.segments import NO_NUMBER, FacetRange, Segment


def has_any(values: Int32Array) -> bool:
    """Return whether any document has a number."""
    return len(values) > 0 and bool(values.max() > NO_NUMBER)


class NumberColumn(ColumnReader):
    """A number field, in the form in which Whoosh sorts numbers: the least one is 0."""

    def __init__(self, values: Int32Array, default: int) -> None:
        self._values, self._default = values, default
        self._doccount = len(values)  # Whoosh's own methods read it
        self._sign = 1

    def __getitem__(self, docnum: int) -> int:
        value = int(self._values[docnum])
        return self._default if value == NO_NUMBER else value - int(NO_NUMBER)

    def sort_key(self, docnum: int) -> Any:
        """Return the key by which a document is sorted."""
        return self._sign * self[docnum]

    def set_reverse(self) -> None:
        """Sort the greatest first from now on."""
        self._sign = -1


class FacetColumn(ColumnReader):
    """A facet, to Whoosh a list of values; or the first one, where it expects no list.

    Whoosh can group by all values of a document if the schema has the field
    `COLUMN(VarBytesListColumn())`; the values are then bytes.
    """

    def __init__(self, segment: Segment, facet: FacetRange, column: Column) -> None:
        self._segment, self._facet = segment, facet
        self._is_list = column.stores_lists()
        self._default = b"" if self._is_list else column.default_value()
        self._doccount = segment.doc_count  # Whoosh's own methods read it

    def __getitem__(self, docnum: int) -> Any:
        values = self._values(docnum)
        return values if self._is_list else next(iter(values), self._default)

    def sort_key(self, docnum: int) -> Any:
        """Return the first value of a document."""
        return next(iter(self._values(docnum)), self._default)

    def _values(self, docnum: int) -> list[bytes]:
        start, stop = self._segment.facet_offsets[docnum : docnum + 2].tolist()
        values, facet = self._segment.facet_values, self._facet
        return [
            values[ordinal].encode("utf-8", "surrogatepass")
            for ordinal in self._segment.facet_ordinals[start:stop].tolist()
            if facet.first <= ordinal < facet.none
        ]
