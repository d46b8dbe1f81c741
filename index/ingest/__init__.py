"""Files of articles to documents: `read_paths`."""

from index.ingest.fields.identity import normalize_url
from index.ingest.io.discovery import SourceFile, check_paths, find_files
from index.ingest.io.limits import LIMITS, Limits
from index.ingest.read import (
    NO_COLUMNS,
    READ_OPTIONS,
    ReadOptions,
    can_be_cut,
    cut_file,
    read_file,
    read_paths,
    total_bytes,
)
from index.ingest.rows.column_names import parse_column_map
from index.ingest.rows.json_lines import Piece, read_piece
from index.ingest.rows.record import KEYS
from index.ingest.zip_archives import PlacedItem

__all__ = [
    "KEYS",
    "LIMITS",
    "NO_COLUMNS",
    "READ_OPTIONS",
    "Limits",
    "Piece",
    "PlacedItem",
    "ReadOptions",
    "SourceFile",
    "can_be_cut",
    "check_paths",
    "cut_file",
    "find_files",
    "normalize_url",
    "parse_column_map",
    "read_file",
    "read_paths",
    "read_piece",
    "total_bytes",
]
