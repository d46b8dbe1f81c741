"""Whoosh's table of contents: the file that makes a folder of segments an index.

It is a pickle of the schema and of each segment's entry. Who writes it must sync it, and who opens
it must have verified it (`index.generations.manifest`), since an altered pickle runs code.
"""

from collections.abc import Sequence
from pathlib import Path
from pickle import UnpicklingError

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex
from whoosh.index import IndexError as WhooshIndexError

from index.errors import SchemaMismatchError, unusable_index
from index.segments import Segment, SegmentError, SegmentVersionError
from index.whoosh_codec.codec import INDEX_NAME, ColumnarCodec, ColumnarSegment
from index.whoosh_codec.schema import whoosh_schema
from index.whoosh_codec.storage import OpenFileStorage

WhooshIndex = FileIndex
"""An open index: it gives readers and searchers, as the one that `whoosh.index.open_dir` opens."""


def write_contents(folder: Path, segments: Sequence[ColumnarSegment]) -> None:
    """Write the table of contents for segments whose files are in the folder."""
    TOC(whoosh_schema(), list(segments), 1).write(FileStorage(str(folder)), INDEX_NAME)


def open_whoosh(folder: Path, index_path: Path, base: WhooshIndex | None = None) -> WhooshIndex:
    """Open the index in a folder that was verified, or written just now.

    Args:
        folder: where its files are.
        index_path: the directory to name in an error.
        base: an open index; segments whose files are the same on disk are not mapped again.

    Raises:
        IndexDamagedError: when a file cannot be read.
        IndexUnreadableError: when the machine cannot read one now.
        SchemaMismatchError: when another version of Kliping wrote the segments.
    """
    try:
        storage = OpenFileStorage(folder)
        if base and isinstance(base.storage, OpenFileStorage):
            storage.share_from(base.storage)
        opened = FileIndex(storage)
        opened.reader().close()  # maps every segment; later readers share the mapping
    except SegmentVersionError as error:
        raise SchemaMismatchError(index_path, "its segments have another form") from error
    except (WhooshIndexError, OSError, UnpicklingError, SegmentError) as error:
        raise unusable_index(index_path, "Whoosh cannot read its files", error) from error
    return opened


def segments_of(opened: WhooshIndex) -> list[tuple[Segment, int]]:
    """Return the columnar segments of an index, and the number of the first document of each."""
    return [(segment, first) for _, segment, first in entries_of(opened)]


def entries_of(opened: WhooshIndex) -> list[tuple[ColumnarSegment, Segment, int]]:
    """Return each segment's entry in the table of contents, the segment, and its first document."""
    entries = []
    with opened.reader() as reader:
        for leaf, first in reader.leaf_readers():
            codec, entry = leaf.codec(), leaf.segment()
            if isinstance(codec, ColumnarCodec) and isinstance(entry, ColumnarSegment):
                entries.append((entry, codec.mapped(leaf.storage(), entry).segment, first))
    return entries
