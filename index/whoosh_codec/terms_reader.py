"""Whoosh's readers of a segment: its terms, a cursor over them, and the values of documents."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

import numpy as np
from whoosh.codec.base import FieldCursor, PerDocumentReader, TermsReader
from whoosh.columns import Column, ColumnReader
from whoosh.reading import TermInfo, TermNotFound

from index.segments import Segment, length_table
from index.whoosh_codec.field_terms import FieldTerms
from index.whoosh_codec.posting_matcher import PostingMatcher
from index.whoosh_codec.sort_columns import FacetColumn, NumberColumn, has_any

Term = tuple[str, bytes]

CURSOR_TERMS = 64
"""Terms that a cursor reads at once: to read one costs nearly as much, and the next term that an
automaton looks for is mostly one of them."""


class ColumnarTerms(TermsReader):
    """The terms of a segment; fields in the order of their names, as Whoosh merges them."""

    def __init__(self, fields: Mapping[str, FieldTerms]) -> None:
        self._fields = fields

    def __contains__(self, term: Term) -> bool:
        name, text = term
        return name in self._fields and self._fields[name].find(text) >= 0

    def indexed_field_names(self) -> Iterable[str]:
        """Return the fields that have terms."""
        return self._fields.keys()

    def cursor(self, fieldname: str, fieldobj: Any) -> FieldCursor:
        """Return a cursor on the first term of a field."""
        return ColumnarCursor(self._fields.get(fieldname), fieldobj)

    def terms(self) -> Iterator[Term]:
        """Yield all terms."""
        return chain.from_iterable(self._terms_of(name, 0) for name in self._fields)

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[Term]:
        """Yield the terms from this one on, and those of the fields that follow."""
        return chain.from_iterable(
            self._terms_of(name, first) for name, first in self._from(fieldname, prefix)
        )

    def items(self) -> Iterator[tuple[Term, TermInfo]]:
        """Yield all terms with their statistics."""
        return chain.from_iterable(self._items_of(name, 0) for name in self._fields)

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[Term, TermInfo]]:
        """Yield terms with their statistics, from this one on."""
        return chain.from_iterable(
            self._items_of(name, first) for name, first in self._from(fieldname, prefix)
        )

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """Return a term's statistics.

        Raises:
            TermNotFound: when there is no such term.
        """
        fields, rank = self._fields, self._rank(fieldname, text)
        if rank < 0:
            raise TermNotFound(f"No term {fieldname}:{text!r}")
        return fields[fieldname].postings(rank).term_info()

    def frequency(self, fieldname: str, text: bytes) -> float:
        """Return how many tokens a term has in all documents, with the deleted ones."""
        rank = self._rank(fieldname, text)
        return self._fields[fieldname].postings(rank).term_info().weight() if rank >= 0 else 0

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """Return how many documents have a term, with the deleted ones."""
        rank = self._rank(fieldname, text)
        return self._fields[fieldname].doc_count(rank) if rank >= 0 else 0

    def matcher(
        self, fieldname: str, text: bytes, format_: Any, scorer: Any = None
    ) -> PostingMatcher:
        """Return a matcher of a term's documents.

        Raises:
            TermNotFound: when there is no such term.
        """
        rank = self._rank(fieldname, text)
        if rank < 0:
            raise TermNotFound(f"No term {fieldname}:{text!r}")
        postings = self._fields[fieldname].postings(rank)
        return PostingMatcher((fieldname, text), postings, format_, scorer)

    def _rank(self, fieldname: str, text: bytes) -> int:
        return self._fields[fieldname].find(text) if fieldname in self._fields else -1

    def _from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, int]]:
        """Yield each field from this one on, and the rank of the first term to read."""
        if fieldname in self._fields:
            rank = self._rank(fieldname, prefix)
            yield fieldname, rank if rank >= 0 else -1 - rank
            yield from ((name, 0) for name in self._fields if name > fieldname)

    def _terms_of(self, name: str, first: int) -> Iterator[Term]:
        field = self._fields[name]
        return ((name, text) for text in field.terms(first, field.count))

    def _items_of(self, name: str, first: int) -> Iterator[tuple[Term, TermInfo]]:
        field = self._fields[name]
        for rank, text in enumerate(field.terms(first, field.count), first):
            yield (name, text), field.postings(rank).term_info()


class ColumnarCursor(FieldCursor):
    """A cursor over the terms of a field, which Whoosh's automata move; invalid after the last."""

    def __init__(self, field: FieldTerms | None, fieldobj: Any) -> None:
        self._field, self._fieldobj = field, fieldobj
        self._count = field.count if field else 0
        self._first, self._read = 0, list[bytes]()
        self._rank = 0

    def first(self) -> Any:
        """Move to the first term; return its text."""
        self._rank = 0
        return self.text()

    def find(self, term: str | bytes) -> Any:
        """Move to the first term that is not before this one; return its text."""
        text = term if isinstance(term, bytes) else self._fieldobj.to_bytes(term)
        if self._read and self._read[0] <= text <= self._read[-1]:
            self._rank = self._first + bisect_left(self._read, text)
        elif self._field:
            rank = self._field.find(text)
            self._rank = rank if rank >= 0 else -1 - rank
        return self.text()

    def next(self) -> Any:
        """Move to the next term; return its text."""
        self._rank += self._rank < self._count
        return self.text()

    def text(self) -> Any:
        """Return the term's text; None after the last one."""
        return self._fieldobj.from_bytes(self._bytes()) if self.is_valid() else None

    def term(self) -> bytes | None:
        """Return the term as bytes; None after the last one."""
        return self._bytes() if self.is_valid() else None

    def term_info(self) -> TermInfo | None:
        """Return the term's statistics; None after the last one."""
        if self._field is None or not self.is_valid():
            return None
        return self._field.postings(self._rank).term_info()

    def is_valid(self) -> bool:
        """Return whether the cursor is on a term."""
        return self._rank < self._count

    def _bytes(self) -> bytes:
        if not self._first <= self._rank < self._first + len(self._read) and self._field:
            self._first = self._rank
            last = min(self._rank + CURSOR_TERMS, self._count)
            self._read = list(self._field.terms(self._rank, last))
        return self._read[self._rank - self._first]


class ColumnarDocuments(PerDocumentReader):
    """The values of each document: lengths, columns, the stored text."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment

    def doc_count(self) -> int:
        """Return how many documents there are, without the deleted ones."""
        return self._segment.live_count

    def doc_count_all(self) -> int:
        """Return how many documents there are, with the deleted ones."""
        return self._segment.doc_count

    def has_deletions(self) -> bool:
        """Return whether a document was deleted."""
        return self._segment.live_count < self._segment.doc_count

    def is_deleted(self, docnum: int) -> bool:
        """Return whether a document was deleted; a number that no document has was not."""
        live = self._segment.live
        return docnum < len(live) and not live[docnum]

    def deleted_docs(self) -> Iterator[int]:
        """Return the numbers of the deleted documents."""
        return iter(np.flatnonzero(self._segment.live == 0).tolist())

    def supports_columns(self) -> bool:
        """Return that documents can be sorted and grouped by columns."""
        return True

    def has_column(self, fieldname: str) -> bool:
        """Return whether a document has this number, or a value of this facet."""
        facet = self._segment.facets.get(fieldname)
        if facet is not None:
            return facet.first < facet.none
        return self._segment.has_number(fieldname) and has_any(self._segment.number(fieldname))

    def column_reader(self, fieldname: str, column: Column) -> ColumnReader:
        """Return the values of a number or facet, in the form of a column of the schema."""
        facet = self._segment.facets.get(fieldname)
        if facet is not None:
            return FacetColumn(self._segment, facet, column)
        return NumberColumn(self._segment.number(fieldname), column.default_value())

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """Return the tokens of a field in a document, as they are scored."""
        field = self._segment.fields.get(fieldname)
        if field is None or field.length_row < 0:
            return default
        byte = self._segment.lengths[field.length_row, docnum]
        return int(length_table()[byte]) or default

    def field_length(self, fieldname: str) -> int:
        """Return the tokens of a field in all documents, with the deleted ones."""
        field = self._segment.fields.get(fieldname)
        return field.token_count if field else 0

    def min_field_length(self, fieldname: str) -> int:
        """Return the tokens of the field in the shortest document that has it."""
        field = self._segment.fields.get(fieldname)
        return field.length_least if field else 0

    def max_field_length(self, fieldname: str) -> int:
        """Return the tokens of the field in the longest document."""
        field = self._segment.fields.get(fieldname)
        return field.length_most if field else 0

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """Return the stored text of a document, by its field's name in the schema."""
        return self._stored(self._segment.stored.document(docnum))

    def iter_docs(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield the number and the stored text of each document that was not deleted."""
        for docnum, stored in enumerate(self._segment.stored.documents()):
            if not self.is_deleted(docnum):
                yield docnum, self._stored(stored)

    def all_stored_fields(self) -> Iterator[dict[str, Any]]:
        """Yield the stored text of each document that was not deleted."""
        return (stored for _, stored in self.iter_docs())

    def _stored(self, stored: bytes) -> dict[str, Any]:
        name = self._segment.stored_field
        return {name: stored.decode("utf-8", "surrogatepass")} if name else {}
