"""How every kernel is compiled: to machine code, once, kept on disk, and without the GIL."""

from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TypeVar, cast

import numpy as np
from numba import njit

Kernel = TypeVar("Kernel", bound=Callable[..., object])

Int = int | np.int64
"""A number in a kernel: one type to the machine, two to a type checker."""

Float = float | np.float32 | np.float64
"""The same for scores."""

_PROJECT = Path(__file__).parents[1]


def compiled(function: Kernel) -> Kernel:
    """Compile a function when it is first called; keep the machine code beside its module.

    It releases the GIL, so that the threads of one server share the cores.

    A kernel makes no array: its caller allocates all that it writes to. So it can do without
    Numba's counting of references (`_nrt`), which takes seven eighths of the time of a loop that
    hands arrays on.
    """
    _drop_outdated(Path(function.__code__.co_filename))
    return cast("Kernel", njit(nogil=True, cache=True, _nrt=False)(function))  # type: ignore[call-overload]  # it is not in Numba's stubs


def inlined(function: Kernel) -> Kernel:
    """Compile a function into each kernel that calls it.

    To hand an array to a function that is called puts seven numbers on the stack; for a small part
    of an inner loop, that is most of the work.
    """
    return cast("Kernel", njit(nogil=True, forceinline=True, _nrt=False)(function))  # type: ignore[call-overload]  # the same


@cache
def _drop_outdated(source: Path) -> None:
    """Remove the kept machine code of a module if it is older than any module of kernels.

    Numba only looks at the module's own file, so it would keep what was inlined from another one.
    It also reads kept code before it looks, and fails on a class that was renamed.
    """
    changed = max(_last_change(), source.stat().st_mtime)
    with suppress(OSError):  # another process removed it, or this one may not
        for kept in (source.parent / "__pycache__").glob(f"{source.stem}.*.nbi"):
            if kept.stat().st_mtime < changed:
                kept.unlink()


@cache
def _last_change() -> float:
    """Return when a module of kernels, or this one, was last changed."""
    paths = (path for folder in ("index", "search") for path in (_PROJECT / folder).rglob("*.py"))
    kernels = (path for path in paths if "kernels" in str(path.relative_to(_PROJECT)))
    return max(path.stat().st_mtime for path in (Path(__file__), *kernels))
