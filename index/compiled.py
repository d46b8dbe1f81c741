"""How every kernel is compiled: to machine code, once, kept on disk, and without the GIL."""

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeVar, cast

import numpy as np
from numba import config, njit

Kernel = TypeVar("Kernel", bound=Callable[..., object])

Int = int | np.int64
"""A number in a kernel: one type to the machine, two to a type checker."""

Float = float | np.float32 | np.float64
"""The same for scores."""

_PROJECT = Path(__file__).parents[1]
_KERNELS = ("index/**/*kernels*/*.py", "index/**/*kernels.py", "search/**/*kernels*/*.py")


def compiled(function: Kernel) -> Kernel:
    """Compile a function when it is first called; keep the machine code on disk.

    It releases the GIL, so that the threads of one server share the cores.

    A kernel makes no array: its caller allocates all that it writes to. So it can do without
    Numba's counting of references (`_nrt`), which takes seven eighths of the time of a loop that
    hands arrays on.
    """
    config.CACHE_DIR = _cache_folder()  # type: ignore[attr-defined]  # Numba makes it on import
    return cast("Kernel", njit(nogil=True, cache=True, _nrt=False)(function))  # type: ignore[call-overload]  # it is not in Numba's stubs


def inlined(function: Kernel) -> Kernel:
    """Compile a function into each kernel that calls it.

    To hand an array to a function that is called puts seven numbers on the stack; for a small part
    of an inner loop, that is most of the work.
    """
    return cast("Kernel", njit(nogil=True, forceinline=True, _nrt=False)(function))  # type: ignore[call-overload]  # the same


@cache
def _cache_folder() -> str:
    """Return the folder for the machine code of the kernels as they are now written.

    Numba only looks whether a kernel's own module has changed, and would keep what was inlined from
    another one. It also fails on kept code that names a class which was renamed since.
    """
    paths = sorted({path for pattern in _KERNELS for path in _PROJECT.glob(pattern)})
    sources = b"".join(path.read_bytes() for path in (Path(__file__), *paths))
    chosen: str = config.CACHE_DIR  # type: ignore[attr-defined]  # the same
    folder = Path(chosen or Path(__file__).parent / "__pycache__")
    return str(folder / f"kernels-{hashlib.blake2b(sources, digest_size=8).hexdigest()}")
