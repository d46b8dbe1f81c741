"""Files of articles to documents: `read_paths`."""

from index.ingest.read import (
    LIMITS,
    NO_COLUMNS,
    Limits,
    Piece,
    PlacedItem,
    SourceFile,
    can_be_cut,
    check_paths,
    cut_file,
    find_files,
    parse_column_map,
    read_file,
    read_paths,
    read_piece,
    total_bytes,
)

__all__ = [
    "LIMITS",
    "NO_COLUMNS",
    "Limits",
    "Piece",
    "PlacedItem",
    "SourceFile",
    "can_be_cut",
    "check_paths",
    "cut_file",
    "find_files",
    "parse_column_map",
    "read_file",
    "read_paths",
    "read_piece",
    "total_bytes",
]
