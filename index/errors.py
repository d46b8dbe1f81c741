"""The one tree of errors: each says what is wrong and what to do next.

Every error that Kliping raises on purpose is an `ArchiveError`, so that a script can print one
sentence and a page can show one; anything else that escapes is a fault of the program.

>>> str(IndexMissingError("i"))
'There is no index in i. Build one: .venv/bin/python scripts/reindex.py PATH --index i'
"""

from pathlib import Path
from shlex import quote


class ArchiveError(Exception):
    """Root of every error that Kliping raises on purpose."""


class SourceError(ArchiveError):
    """One article cannot be read; `reason` is one of `index.document.REJECTION_REASONS`."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


class PathError(ArchiveError):
    """A path given on the command line cannot be used."""


class ColumnMapError(ArchiveError):
    """What was said about the columns of the articles' files (`--map`) cannot be used."""


class ReadersLostError(ArchiveError):
    """A process that read articles was ended from outside."""

    def __init__(self) -> None:
        super().__init__(
            "A process that read articles was ended by the system, most likely for want of memory; "
            "nothing was changed. Free some memory, or read with fewer processes: --processes 1."
        )


class ArchiveIndexError(ArchiveError):
    """Something is wrong with an index directory, at `index_path`."""

    def __init__(self, index_path: Path | str, message: str) -> None:
        super().__init__(message)
        self.index_path = index_path


class IndexMissingError(ArchiveIndexError):
    """No index stands in the directory."""

    def __init__(self, index_path: Path | str) -> None:
        super().__init__(index_path, f"There is no index in {index_path}. {_build_it(index_path)}")


class IndexDamagedError(ArchiveIndexError):
    """A file of the index is missing, cut or altered, so nothing of it was opened."""

    def __init__(self, index_path: Path | str, what: str) -> None:
        super().__init__(
            index_path,
            f"The index in {index_path} is damaged: {what}. Go back one generation: "
            f"{_command('--rollback', index_path)} - or rebuild: {_command('PATH', index_path)}",
        )


class SchemaMismatchError(ArchiveIndexError):
    """The index was built with other fields, another analyzer or another Whoosh."""

    def __init__(self, index_path: Path | str, what: str) -> None:
        super().__init__(
            index_path,
            f"The index in {index_path} was built by another version ({what}). "
            f"{_build_it(index_path)}",
        )


class IndexLockedError(ArchiveIndexError):
    """Another process is building into the same directory."""

    def __init__(self, index_path: Path | str) -> None:
        super().__init__(
            index_path,
            f"Another build is writing to {index_path}. Wait until it ends, then try again.",
        )


class IndexShrunkError(ArchiveIndexError):
    """The new generation has far fewer documents than the live one."""

    def __init__(self, index_path: Path | str, doc_count: int, live_count: int) -> None:
        super().__init__(
            index_path,
            f"The new index has {doc_count} articles, the live one in {index_path} has "
            f"{live_count}; nothing was changed. If that is right, add --allow-shrink.",
        )


class BuildCheckError(ArchiveIndexError):
    """A new generation failed its own check before it became visible."""

    def __init__(self, index_path: Path | str, what: str) -> None:
        super().__init__(
            index_path,
            f"The new index failed its check ({what}); the live one was not touched. Run the "
            "build again; if it fails again, report the sentence in brackets.",
        )


class NoDocumentsError(ArchiveIndexError):
    """A build found no article to index.

    Args:
        index_path: the index directory.
        rejected: how many articles were rejected, by reason.
        rejections_path: the file that lists them.
        kinds: the kinds of files that are read, as `index.ingest.describe_kinds` lists them.
    """

    def __init__(
        self, index_path: Path | str, rejected: dict[str, int], rejections_path: Path, kinds: str
    ) -> None:
        reasons = ", ".join(f"{count} {reason}" for reason, count in rejected.items())
        refused = f" Refused: {reasons}; see {rejections_path}." if rejected else ""
        super().__init__(
            index_path,
            f"No article was found to index; nothing was changed.{refused} Name files that can be "
            f"read, or their folder: {kinds}.",
        )


class NoPreviousGenerationError(ArchiveIndexError):
    """There is no earlier generation to roll back to."""

    def __init__(self, index_path: Path | str) -> None:
        super().__init__(
            index_path, f"{index_path} holds no earlier index to go back to; nothing was changed."
        )


def _build_it(index_path: Path | str) -> str:
    return f"Build one: {_command('PATH', index_path)}"


def _command(what: str, index_path: Path | str) -> str:
    return f".venv/bin/python scripts/reindex.py {what} --index {quote(str(index_path))}"
