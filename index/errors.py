"""The one tree of errors: each message says what is wrong and what to do next.

Every error that Kliping raises on purpose is an `ArchiveError`, so that a script can print one
sentence and a page can show one. Anything else that escapes is a fault of the program.

>>> str(IndexMissingError("i"))
'There is no index in i. Build one: .venv/bin/python scripts/reindex.py PATH --index i'
"""

from pathlib import Path
from shlex import quote

from index.failures import describe_shortage, shortage_behind


class ArchiveError(Exception):
    """Root of every error that Kliping raises on purpose."""


class SourceError(ArchiveError):
    """One article cannot be read; a build rejects it and goes on.

    Attributes:
        reason: a key of `index.document.REJECTION_REASONS`.
        detail: what was found.
    """

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(
            f"{reason}: {detail}. See what is read of the file: "
            ".venv/bin/python scripts/explain.py FILE"
        )
        self.reason = reason
        self.detail = detail


class PathError(ArchiveError):
    """A path given on the command line cannot be used."""


class ColumnMapError(ArchiveError):
    """The option `--map`, which says what columns of a table stand for, cannot be used."""


class CorrectionError(ArchiveError):
    """A correction of an article cannot be used.

    Attributes:
        what: what is wrong with it.
    """

    def __init__(self, what: str) -> None:
        super().__init__(
            f"The correction cannot be used: {what}. How one is written is told by "
            ".venv/bin/python scripts/correct.py"
        )
        self.what = what


class PackageError(ArchiveError):
    """What is installed is not whole, or cannot be read now."""

    def __init__(self, told: str, number: int | None = None) -> None:
        """Make the sentence.

        Args:
            told: what cannot be used.
            number: the system's number of the reason; None where the files themselves are it.
        """
        what, advice = "its files are not whole", "Install all packages anew: make setup"
        if number is not None:
            what, advice = describe_shortage(number)
        super().__init__(f"What is installed cannot be used: {told} ({what}). {advice}")


class ReadersLostError(ArchiveError):
    """The system ended a process that read articles."""

    def __init__(self) -> None:
        super().__init__(
            "The system ended a process that read articles, most likely because memory ran out; "
            "nothing was changed. Free some memory, or read with fewer processes: --processes 1"
        )


class ArchiveIndexError(ArchiveError):
    """Something is wrong with an index directory.

    Attributes:
        index_path: the directory.
    """

    def __init__(self, index_path: Path | str, message: str) -> None:
        super().__init__(message)
        self.index_path = index_path


class IndexMissingError(ArchiveIndexError):
    """There is no index in the directory."""

    def __init__(self, index_path: Path | str) -> None:
        super().__init__(
            index_path,
            f"There is no index in {index_path}. Build one: {_command('PATH', index_path)}",
        )


class IndexDamagedError(ArchiveIndexError):
    """A file of the index is missing, cut or altered, so none of it was opened."""

    def __init__(self, index_path: Path | str, what: str) -> None:
        super().__init__(
            index_path,
            f"The index in {index_path} is damaged: {what}. Go back one generation: "
            f"{_command('--rollback', index_path)} - or rebuild: {_command('PATH', index_path)}",
        )


class IndexUnreadableError(ArchiveIndexError):
    """The machine cannot read the index now, though nothing says that it is damaged.

    Attributes:
        number: the system's number of the error, as `index.failures.shortage_behind` gives it.
    """

    def __init__(self, index_path: Path | str, number: int) -> None:
        what, advice = describe_shortage(number)
        super().__init__(
            index_path,
            f"The index in {index_path} cannot be opened now: {what}. {advice}; a server tries "
            "again by itself.",
        )
        self.number = number


class SchemaMismatchError(ArchiveIndexError):
    """The index was built with other fields, another analyzer or another Whoosh."""

    def __init__(self, index_path: Path | str, what: str) -> None:
        super().__init__(
            index_path,
            f"The index in {index_path} was built by another version ({what}). "
            f"Build it again: {_command('PATH', index_path)}",
        )


class IndexLockedError(ArchiveIndexError):
    """Another process is building into the same directory."""

    def __init__(self, index_path: Path | str) -> None:
        super().__init__(
            index_path,
            f"Another build is writing to {index_path}. Wait until it ends, then try again.",
        )


class IndexShrunkError(ArchiveIndexError):
    """The new generation has far fewer documents than the one that is served."""

    def __init__(self, index_path: Path | str, doc_count: int, live_count: int) -> None:
        super().__init__(
            index_path,
            f"The new index has {doc_count} articles, the live one in {index_path} has "
            f"{live_count}; nothing was changed. Check that all articles are there; if so many "
            "are gone on purpose, add --allow-shrink",
        )


class TakedownsError(ArchiveIndexError):
    """The list of articles that were taken down cannot be used: a build would bring some back.

    Args:
        index_path: the index directory.
        path: the list.
        what: what is wrong with it.
    """

    def __init__(self, index_path: Path | str, path: Path, what: str) -> None:
        super().__init__(
            index_path,
            f"The list of articles taken down, {path}, cannot be used: {what}. Each generation "
            "below generations has a copy of the list.",
        )


class ClockError(ArchiveIndexError):
    """The machine's clock lies before the time at which the index was built."""

    def __init__(self, index_path: Path | str, now: str, built_at: str) -> None:
        super().__init__(
            index_path,
            f"The clock of this machine says {now}, but the index in {index_path} was built at "
            f"{built_at}; nothing was changed. Dates of articles are read by the clock: set it, "
            "then try again.",
        )


class BuildCheckError(ArchiveIndexError):
    """A new generation failed its check, so readers never saw it."""

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
            index_path,
            f"{index_path} holds no earlier index to go back to; nothing was changed. Build the "
            f"one you want from its articles: {_command('PATH', index_path)}",
        )


def unusable_index(
    index_path: Path | str, what: str, error: BaseException
) -> IndexDamagedError | IndexUnreadableError:
    """Return what an error met in a file of an index means: damage, or what the machine lacks.

    >>> type(unusable_index("i", "it is missing", FileNotFoundError(2, "")))
    <class 'index.errors.IndexDamagedError'>
    >>> print(unusable_index("i", "it is missing", PermissionError(13, "")).number)
    13
    """
    number = shortage_behind(error)
    if number is None:
        return IndexDamagedError(index_path, what)
    return IndexUnreadableError(index_path, number)


def _command(arguments: str, index_path: Path | str) -> str:
    return f".venv/bin/python scripts/reindex.py {arguments} --index {quote(str(index_path))}"
