"""Failures of the system, by its number of an error (errno): what each is, and what to do next.

A file that the machine cannot read now is no damaged file. Only what is not there, or is of another
kind, is damage; all else is told as what it is, and tried again.

>>> shortage_behind(FileNotFoundError(errno.ENOENT, "")), shortage_behind(MemoryError())
(None, 12)
"""

import errno
import os

_LINKS = ("its path leads round in links", "Look at the links in the path (ls -l)")
_TOO_LONG = ("its path is too long", "Move it to a folder with a shorter path")
_NOT_CONNECTED = ("the file system does not answer", "Look at the connection to it; mount it anew")

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
    errno.EPERM: ("this user may not read it", "Give this user the right to read its files"),
    errno.EIO: ("the disk could not be read", "Look at the system's log, and check the disk"),
    errno.ESTALE: (
        "the file server no longer knows a file that was open",
        "Mount the file system anew",
    ),
    errno.ELOOP: _LINKS,
    errno.ENAMETOOLONG: _TOO_LONG,
    errno.ENOTCONN: _NOT_CONNECTED,
    errno.ETIMEDOUT: _NOT_CONNECTED,
}
"""What keeps an index from being read although nothing says that it is damaged."""

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
_DAMAGE = (None, errno.ENOENT, errno.ENOTDIR, errno.EISDIR)
"""What an error has whose cause lies in the files: they are not there, or no files."""
_THREAD_REFUSED = "can't start new thread"
"""What Python says when the system has no memory, or no number, for a thread."""

UNTOLD = 0
"""Stands for the number of an error that a library met and does not tell."""


def describe_shortage(number: int) -> tuple[str, str]:
    """Return what keeps an index from being read, and what to do; `number` is the system's."""
    said = os.strerror(number) if number else "the system would not open a file"
    return SHORTAGES.get(number, (said, "Look at the system's log"))


def shortage_behind(error: BaseException | None) -> int | None:
    """Return the system's number of what an error comes from; None for damage and other causes.

    >>> shortage_behind(OSError(errno.EMFILE, "")) == errno.EMFILE, shortage_behind(KeyError())
    (True, None)
    """
    while error is not None:
        if isinstance(error, MemoryError):
            return errno.ENOMEM
        if isinstance(error, OSError) and error.errno not in _DAMAGE:
            return error.errno
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
