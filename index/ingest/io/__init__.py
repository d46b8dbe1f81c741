r"""Find files, unpack them as they are read, and bound what they may cost.

`find_files` walks folders; `unpack` opens .gz and .zst within a `Budget` of bytes; `read_lines`
and `look_ahead` read a stream in bounded memory; `Limits` says how much of anything is read, and
`Trimmer` shortens what is longer. An `Origin` describes what a format reader reads and how, and
`read_items` turns the error that ends a file into its last item, a rejection.

>>> import gzip, io
>>> packed = io.BytesIO(gzip.compress(b"satu\nterlalu panjang\ndua"))
>>> list(read_lines(unpack(packed, ".gz", Budget(1000)), 6))
[(1, b'satu\n'), (2, None), (3, b'dua')]

The words: a packing is a compression of one file, an archive holds many files; a location is a
file's path below the folder that was named.

Left out: archives (see `index.ingest.zip_archives`), and any network.
"""

from index.ingest.io.compression import (
    PACKINGS,
    UNPACKING_ERRORS,
    Budget,
    limit_to_budget,
    make_budget,
    split_packing,
    unpack,
)
from index.ingest.io.discovery import (
    CountedFile,
    SourceFile,
    check_paths,
    find_files,
    is_never_index,
    open_source,
    show_path,
    to_printable,
    without_links,
)
from index.ingest.io.limits import LIMITS, DateOrder, Limits, Trimmer
from index.ingest.io.source import FormatReader, ItemT, NumberedItem, Origin, read_items
from index.ingest.io.streams import (
    CHUNK_BYTES,
    NumberedLine,
    RawStream,
    buffer_stream,
    end_with_line_feeds,
    is_utf_8,
    look_ahead,
    mend_utf_8,
    read_lines,
    to_utf_8,
)
from index.ingest.io.time_limit import within_seconds
