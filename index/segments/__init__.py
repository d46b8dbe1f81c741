"""The segment file: an inverted index of arrays, written once and mapped for reading.

A segment holds a dictionary of sorted terms, the postings of all of them end to end, positions,
lengths, facet columns, numbers, orders, and the stored texts in packed blocks. It knows fields by
name and not what they mean.

- `layout` says which fields there are; `segment_writer` writes segments from batches, `merger` one
  from several (`merge_policy` tells which);
- `array_file` is the file, `segment` what it holds, open for reading.

Queries that count run over whole arrays (`search.kernels`).
"""
