"""A Whoosh codec whose segments are arrays.

A segment is one file of arrays, written once and mapped for reading: a dictionary of sorted terms,
the postings of all of them end to end, positions, lengths, facet columns, numbers, orders, and the
stored texts in packed blocks. It knows fields by name and not what they mean.

- `layout` says which fields there are; `builder` writes segments from batches, `merging` one from
  several (`merge_policy` tells which);
- `container` is the file, `segment` what it holds, open for reading;
- `codec` makes it a segment of Whoosh's, with `reader`, `matcher`, `field_terms`, `value_columns`.

Queries that count run over whole arrays (`index.kernels`); every other query of Whoosh's runs
through its matchers.
"""
