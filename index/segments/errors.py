"""What can be wrong with a segment; see `index.errors` for the tree."""

from pathlib import Path

from index.errors import ArchiveError


class SegmentError(ArchiveError):
    """Something is wrong with a segment file, at `path`."""

    def __init__(self, path: Path | str, message: str) -> None:
        super().__init__(message)
        self.path = path


class SegmentDamagedError(SegmentError):
    """A segment file is not as it was written."""

    def __init__(self, path: Path | str, what: str) -> None:
        super().__init__(
            path,
            f"The segment {path} is damaged: {what}. Rebuild the index: "
            ".venv/bin/python scripts/reindex.py PATH",
        )


class SegmentVersionError(SegmentError):
    """Another version of Kliping wrote the segment, or another kind of machine."""

    def __init__(self, path: Path | str, what: str) -> None:
        super().__init__(
            path,
            f"The segment {path} cannot be read: {what}. Rebuild the index: "
            ".venv/bin/python scripts/reindex.py PATH",
        )


class SegmentFullError(SegmentError):
    """A segment would pass a limit of its form."""

    def __init__(self, what: str) -> None:
        super().__init__("", f"A segment cannot hold {what}. Leave out the largest articles.")
