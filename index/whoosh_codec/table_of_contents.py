"""Whoosh's table of contents: the one file by which a folder of segments is an index.

It is a pickle of the schema and of what each segment is called, how many documents it has and which
were deleted. Whoever writes it must sync it, and whoever opens it must have checked it (see
`index.generations.manifest`): an altered pickle runs code.
"""

from collections.abc import Sequence
from pathlib import Path
from pickle import UnpicklingError

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex
from whoosh.index import IndexError as WhooshIndexError

from index.errors import IndexDamagedError, SchemaMismatchError
from index.segments import Segment, SegmentError, SegmentVersionError
from index.whoosh_codec.codec import INDEX_NAME, ColumnarSegment, segments_of
from index.whoosh_codec.schema import whoosh_schema
from index.whoosh_codec.storage import HeldStorage

WhooshIndex = FileIndex
"""What `whoosh.index.open_dir` returns: it gives readers and searchers."""


def write_contents(folder: Path, segments: Sequence[ColumnarSegment]) -> None:
    """Write the table of contents of these segments, whose files stand in the folder."""
    TOC(whoosh_schema(), list(segments), 1).write(FileStorage(str(folder)), INDEX_NAME)


def open_whoosh(folder: Path, index_path: Path) -> WhooshIndex:
    """Open Whoosh's files in a folder that has been checked, or was written just now.

    Raises:
        IndexDamagedError: when Whoosh cannot read them.
        SchemaMismatchError: when another version of Kliping wrote the segments.
    """
    try:
        opened = FileIndex(HeldStorage(folder))
        opened.reader().close()  # maps every segment; later readers share what is mapped
    except SegmentVersionError as error:
        raise SchemaMismatchError(index_path, "its segments have another form") from error
    except (WhooshIndexError, OSError, UnpicklingError, SegmentError) as error:
        raise IndexDamagedError(index_path, "Whoosh cannot read its files") from error
    return opened


def segments_in(opened: WhooshIndex) -> list[tuple[Segment, int]]:
    """Return the segments of an index, each with the number of its first document."""
    with opened.reader() as reader:
        return segments_of(reader)
