"""Errors of segment files; `index.errors` has the tree of all errors."""

from pathlib import Path

from index.errors import ArchiveError

_REBUILD = "Rebuild the index: .venv/bin/python scripts/reindex.py PATH"


class SegmentError(ArchiveError):
    """Something is wrong with a segment file, at `path`."""

    def __init__(self, path: Path | str, message: str) -> None:
        super().__init__(message)
        self.path = path


class SegmentDamagedError(SegmentError):
    """A segment file is not as it was written."""

    def __init__(self, path: Path | str, what: str) -> None:
        super().__init__(path, f"The segment {path} is damaged: {what}. {_REBUILD}")


class SegmentVersionError(SegmentError):
    """Another version of Kliping, or another kind of machine, wrote the segment."""

    def __init__(self, path: Path | str, what: str) -> None:
        super().__init__(path, f"The segment {path} cannot be read: {what}. {_REBUILD}")


class SegmentFullError(SegmentError):
    """A segment would pass a limit of its format."""

    def __init__(self, count: int, what: str, most: int) -> None:
        super().__init__(
            "",
            f"A segment cannot hold {count} {what}, {most} at most. "
            "Leave out the largest articles and build again.",
        )
