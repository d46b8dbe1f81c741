"""The one tree of errors: each message says what is wrong and what to do next.

Every error that Kliping raises on purpose is an `ArchiveError`, so that a script can print one
sentence and a page can show one. Anything else that escapes is a fault of the program.

>>> str(IndexMissingError("i"))
'There is no index in i. Build one: .venv/bin/python scripts/reindex.py PATH --index i'
"""

import errno
from pathlib import Path
from shlex import quote

SHORTAGES = {
    errno.EMFILE: (
        "this process has as many files open as it may",
        "Raise its limit of open files (ulimit -n)",
    ),
    errno.ENFILE: (
        "all programs together have as many files open as the system allows",
        "End programs that are not needed",
    ),
    errno.ENOMEM: ("memory ran out", "Free some memory, or run fewer workers"),
    errno.EACCES: ("this user may not read it", "Give this user the right to read its files"),
    errno.EIO: ("the disk could not be read", "Look at the system's log, and check the disk"),
}
"""By the system's number of an error: what keeps an index from being read although nothing says
that it is damaged, and what to do."""


FAILURES = {
    **SHORTAGES,
    errno.ENOSPC: (
        "the disk is full, or has no room for more files",
        "Free some space (df -h, df -i), then run the command again",
    ),
    errno.EFBIG: ("a file may not grow further", "Raise the limit of file sizes (ulimit -f)"),
    errno.EDQUOT: ("this user may store no more", "Free some space, or raise the quota"),
    errno.EROFS: (
        "the disk can only be read",
        "Mount it for writing, or take another one",
    ),
    errno.EACCES: ("this user may not do that there", "Give this user the right to write there"),
    errno.EPERM: ("this user may not do that there", "Give this user the right to write there"),
    errno.EIO: ("the disk failed", "Look at the system's log, and check the disk"),
    errno.ENOMEM: ("memory ran out", "Free some memory, or read with --processes 1"),
}
"""The same for whatever fails while an index is written."""
_THREAD_REFUSED = "can't start new thread"
"""What Python says when the system has no memory, or no number, for a thread."""


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
        number: the system's number of the error, a key of `SHORTAGES`.
    """

    def __init__(self, index_path: Path | str, number: int) -> None:
        what, advice = SHORTAGES[number]
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


def shortage_behind(error: BaseException | None) -> int | None:
    """Return the number in `SHORTAGES` of what an error comes from; None for anything else.

    >>> shortage_behind(OSError(errno.EMFILE, "")) == errno.EMFILE, shortage_behind(KeyError())
    (True, None)
    """
    while error is not None:
        number = errno.ENOMEM if isinstance(error, MemoryError) else getattr(error, "errno", None)
        if number in SHORTAGES:
            return number
        error = error.__cause__
    return None


def tell_failure(error: BaseException, outcome: str) -> str | None:
    """Return a sentence for what the system refused; None for a fault of the program.

    Args:
        error: what was raised.
        outcome: what has become of the index.

    >>> tell_failure(OSError(errno.ENOSPC, "", "a"), "nothing was changed")[:47]
    'a: the disk is full, or has no room for more fi'
    >>> tell_failure(KeyError("a"), "nothing was changed")
    """
    number, path = shortage_behind(error), ""
    if number is None and isinstance(error, OSError):
        number = error.errno
    elif isinstance(error, RuntimeError) and _THREAD_REFUSED in str(error):
        number = errno.ENOMEM
    if number is None and not isinstance(error, OSError):
        return None
    if isinstance(error, OSError) and error.filename:
        path = f"{error.filename}: "
    advice = "Check the path, who may write there, and the space on the disk"
    said = getattr(error, "strerror", None) or str(error)
    what, advice = FAILURES.get(number or 0, (said.removesuffix("."), advice))
    return f"{path}{what}; {outcome}. {advice}."


def _command(arguments: str, index_path: Path | str) -> str:
    return f".venv/bin/python scripts/reindex.py {arguments} --index {quote(str(index_path))}"
