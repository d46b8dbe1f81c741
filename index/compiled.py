"""How every kernel is compiled: to machine code, once, kept on disk, and without the GIL."""

from collections.abc import Callable
from typing import TypeVar, cast

import numpy as np
from numba import njit

Kernel = TypeVar("Kernel", bound=Callable[..., object])

Int = int | np.int64
"""A number within kernels: one kind to the machine, two to a type checker."""

Float = float | np.float32 | np.float64
"""The same for scores."""


def compiled(function: Kernel) -> Kernel:
    """Compile a function when it is first called; keep the code beside its module.

    Numba looks at the module's own file to tell whether kept code is still good, so a kernel calls
    no kernel of another module. It releases the GIL: threads of one server share the cores.

    A kernel makes no array, it gets all that it writes to. So it can do without Numba's counting of
    references (`_nrt`), which takes seven eighths of the time of a loop that hands arrays on.
    """
    return cast("Kernel", njit(nogil=True, cache=True, _nrt=False)(function))  # type: ignore[call-overload]  # it is not in Numba's stubs


def inlined(function: Kernel) -> Kernel:
    """Compile a function into each kernel of its module that calls it.

    Handing an array to a function that is called puts seven numbers on the stack; for small parts
    of an inner loop, that is most of the work.
    """
    return cast("Kernel", njit(nogil=True, forceinline=True, _nrt=False)(function))  # type: ignore[call-overload]  # the same
