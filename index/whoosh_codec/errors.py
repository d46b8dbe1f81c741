"""The error of a writer that must not write here; `index.errors` has the tree of all errors."""

from index.errors import ArchiveError


class ReadOnlyIndexError(ArchiveError):
    """Whoosh's own writers cannot write columnar segments."""

    def __init__(self) -> None:
        super().__init__(
            "This index is written by scripts/reindex.py only; Whoosh's writers cannot change it. "
            "Run: .venv/bin/python scripts/reindex.py PATH"
        )
