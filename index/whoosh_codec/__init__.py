"""Open a generation as a Whoosh index, read-only: the one package that imports Whoosh.

An index on disk is a Whoosh index of our own codec: a table of contents, and segments that
`index.segments` writes. Any program that has Kliping installed can open it and run every query of
Whoosh on it. Kliping's own requests read the segments' arrays and need no matcher.

>>> from pathlib import Path
>>> from tempfile import TemporaryDirectory
>>> from whoosh.index import open_dir
>>> with TemporaryDirectory() as folder:
...     write_contents(Path(folder), [])
...     opened = open_dir(folder)
...     names, segments = opened.schema.names(), segments_of(opened)
>>> "title_stem" in names, segments
(True, [])

The words used here:

- table of contents: Whoosh's list of an index's segments, with the schema, in one file;
- entry: what it says of a segment: its file, and which documents are deleted;
- codec: what reads the files of a segment; storage: what opens files;
- matcher: what moves through the documents of a term, one at a time.

The modules:

- `table_of_contents`: write the list, and open what it names;
- `codec`: entries, and the segments behind them; `storage`: files that stay open;
- `schema`, `analyzers`: the fields and the analyzer, as Whoosh knows them;
- `terms_reader`, `field_terms`, `posting_matcher`, `sort_columns`: a segment as Whoosh reads it.

Left out: writing. Whoosh's writers are refused, with the command that builds the index anew.
"""

from index.whoosh_codec.codec import INDEX_NAME, ColumnarSegment
from index.whoosh_codec.table_of_contents import (
    WhooshIndex,
    entries_of,
    open_whoosh,
    segments_of,
    write_contents,
)
