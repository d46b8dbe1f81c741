"""How every kernel is compiled: to machine code, once, kept on disk, and without the GIL."""

import hashlib
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, TypeVar, cast

import numpy as np
from numba import config, njit
from numba.core.caching import CompileResultCacheImpl, FunctionCache, UserProvidedCacheLocator

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
    dispatcher = njit(nogil=True, _nrt=False)(function)  # type: ignore[call-overload]  # it is not in Numba's stubs
    # What njit(cache=True) does with Numba's own class.
    dispatcher._cache = _KeptCode(function)  # type: ignore[no-untyped-call]  # noqa: SLF001
    return cast("Kernel", dispatcher)


def inlined(function: Kernel) -> Kernel:
    """Compile a function into each kernel that calls it.

    To hand an array to a function that is called puts seven numbers on the stack; for a small part
    of an inner loop, that is most of the work.
    """
    return cast("Kernel", njit(nogil=True, forceinline=True, _nrt=False)(function))  # type: ignore[call-overload]  # the same


class _KeptCodeLocator(UserProvidedCacheLocator):
    """Finds machine code in a folder that may be closed to this user."""

    def ensure_cache_path(self) -> None:
        """Make the folder, if this user may."""
        with suppress(OSError):
            super().ensure_cache_path()  # type: ignore[no-untyped-call]  # Numba's


class _KeptCodeFiles(CompileResultCacheImpl):
    _locator_classes: ClassVar[list[type[object]]] = [_KeptCodeLocator]  # type: ignore[misc]  # as in Numba


class _KeptCode(FunctionCache):
    """A kernel's machine code on disk: read where it is, written where that is allowed.

    Numba itself refuses to read from a folder into which it cannot write. A server that runs as a
    user without rights would then compile at each start, or not start at all.
    """

    _impl_class = _KeptCodeFiles

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        """Return the machine code for a signature; None if there is none."""
        with suppress(OSError):
            return super().load_overload(sig, target_context)  # type: ignore[no-untyped-call]  # the same
        return None

    def save_overload(self, sig: Any, data: Any) -> None:
        """Keep machine code, if this user may."""
        with suppress(OSError):
            super().save_overload(sig, data)  # type: ignore[no-untyped-call]  # the same


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
