"""How files are read: what is told to a build beside the paths."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from index.ingest import LIMITS, NO_COLUMNS, Limits


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """How files are read.

    Attributes:
        key_by_column: which keys the columns of the articles' files stand for.
        limits: what is refused or cut.
        processes: how many read; 0 for as many as are worth it. More than one begin by importing
            the program that called, so that must do nothing when it is imported.
        on_total: told how many bytes there are to read, as soon as that is known.
        on_bytes: told how many bytes of the articles were read since the last call.
    """

    key_by_column: Mapping[str, str] = field(default_factory=lambda: NO_COLUMNS)
    limits: Limits = LIMITS
    processes: int = 1
    on_total: Callable[[int], None] = lambda _: None
    on_bytes: Callable[[int], None] = lambda _: None


READ_OPTIONS = ReadOptions()
"""The usual way."""
