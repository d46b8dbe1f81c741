"""The start of a command: how it is stopped while it loads, and the room in memory that it needs.

To load and compile takes seconds, in which Python would answer Ctrl-C with a traceback, and want of
memory ends the process inside libraries written in C. So each script calls `start` before it
imports anything large, and `run` at its end. This module imports nothing large itself.
"""

import mmap
import os
import signal
import sys
from collections.abc import Callable
from io import TextIOWrapper
from types import FrameType

EXIT_FAILED, EXIT_STOPPED = 1, 130
LOADING_MB = 512
"""Address space of what opens an index: numba and the compiled loops take 320 MB of it."""
BUILDING_MB = 896 + 80 * (os.cpu_count() or 1)
"""Address space of what builds or serves: it compiles, and starts some threads for each core, each
with a stack and with memory of its own. Most of it is never used."""


def start(command: str, room_mb: int = 0) -> None:
    """Be ready for Ctrl-C while modules are loaded, and end here if memory is too small for them.

    Args:
        command: its name.
        room_mb: megabytes of address space that it needs.
    """
    # What OpenBLAS would take for each core: nothing here multiplies matrices.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

    def stop(_number: int, _frame: FrameType | None) -> None:
        """End at once: some libraries turn an exception within them into one of their own."""
        os.write(2, f"{command}: stopped; nothing was changed\n".encode())
        os._exit(EXIT_STOPPED)

    if signal.getsignal(signal.SIGINT) == signal.default_int_handler:  # and not one that ignores
        signal.signal(signal.SIGINT, stop)
    if room_mb and not _has_room(room_mb << 20):
        print(
            f"{command}: this process may have too little memory: {room_mb:,} MB are needed, most "
            "of them for addresses alone; nothing was changed. Raise its limit (ulimit -v).",
            file=sys.stderr,
        )
        sys.exit(EXIT_FAILED)


def run(command: str, main: Callable[[], int | None]) -> None:
    """Run a command that has loaded, and end with its exit code, or with 130 after Ctrl-C."""
    if callable(signal.getsignal(signal.SIGINT)):
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if isinstance(sys.stdout, TextIOWrapper):
        # A name that the terminal cannot show must not fail what went well.
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        code = main()
    except KeyboardInterrupt:
        print(f"{command}: stopped", file=sys.stderr)
        code = EXIT_STOPPED
    sys.exit(code)


def _has_room(size: int) -> bool:
    """Return whether so many bytes of addresses are free; none of them is used."""
    kind = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS
    try:
        mmap.mmap(-1, size, flags=kind, prot=mmap.PROT_READ).close()
    except OSError:
        return False
    return True
