"""The outcome of a command: how failures and interruptions are told, and the exit codes."""

import os
import sys
from collections.abc import Iterable
from contextlib import suppress

from index.errors import ArchiveError
from index.failures import tell_failure
from indexing.start import EXIT_FAILED, EXIT_STOPPED

FAILURES = (KeyboardInterrupt, ArchiveError, OSError, MemoryError, RuntimeError)
"""What ends a command with a sentence."""
SERVED = "the new index is served"


def tell(command: str, error: BaseException, outcome: str) -> int:
    """Print one sentence for what ended a command, and return the exit code.

    Args:
        command: its name.
        error: one of `FAILURES`; a fault of the program is raised again.
        outcome: what has become of the index.
    """
    if isinstance(error, KeyboardInterrupt):
        print(f"{command}: stopped; {outcome}", file=sys.stderr)
        return EXIT_STOPPED
    sentence = tell_failure(error, outcome)
    if sentence is None and isinstance(error, ArchiveError):
        sentence = str(error)
    if sentence is None:
        raise error
    print(f"{command}: {sentence}", file=sys.stderr)
    return EXIT_FAILED


def tell_after(
    command: str, error: BaseException, numbers: tuple[int | None, int | None], unchanged: str
) -> int:
    """Print a sentence for what ended a command; return 0 if the new index is served by then.

    Args:
        command: its name.
        error: as `tell` takes it.
        numbers: of what was served before the command, and of what is served now; None where that
            cannot be read.
        unchanged: what has become of the index, if both are the same.
    """
    before, after = numbers
    has_changed = None not in numbers and before != after
    known = unchanged if after is not None else "what is served cannot be read now"
    code = tell(command, error, SERVED if has_changed else known)
    if not has_changed:
        return code
    drop_output()
    return 0


def say(command: str, lines: Iterable[str], done: str = "the work is done") -> None:
    """Print lines once the work is done: an output that fails is told, and undoes nothing.

    Args:
        command: its name.
        lines: what is printed; it may be read from a file only now.
        done: what stays done.
    """
    try:
        print(*lines, sep="\n", flush=True)
    except OSError as error:
        tell(command, error, f"{done}, but its output was not written")
        drop_output()


def drop_output() -> None:
    """Write no more to standard output, which may be what failed; Python would fail at its end."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
