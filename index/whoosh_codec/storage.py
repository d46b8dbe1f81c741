"""Files of a generation that stay readable for as long as somebody reads them.

Whoosh opens its files anew for every searcher. By then the folder may be gone: two builds later a
generation is removed, and a request may still be at work in it. So every file is opened once, when
the generation is, and each searcher gets a view of its own; the system keeps the bytes until the
last one is let go. It also means that what a manifest vouched for is what is read.
"""

import mmap
import os
import weakref
from collections.abc import Callable, Hashable, Iterable
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar, cast

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile

_WHOOSH_FILES = "*MAIN_*"
"""How the names of Whoosh's own files are built, around its default name of an index."""

Shared = TypeVar("Shared")


class HeldStorage(FileStorage):
    """Whoosh's files in a folder, as they were when it was opened, for reading only.

    Raises:
        OSError: when a file cannot be opened.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder), readonly=True)  # type: ignore[no-untyped-call]  # Whoosh's
        self._descriptors: dict[str, int] = {}
        self._shared: dict[Hashable, object] = {}
        self._lock = Lock()
        weakref.finalize(self, _close_all, self._descriptors.values())
        for path in folder.glob(_WHOOSH_FILES):
            self._descriptors[path.name] = os.open(path, os.O_RDONLY)

    def open_file(self, name: str, **kwargs: Any) -> StructFile:
        """Return a view of a file, with a position of its own."""
        # An empty file cannot be mapped.
        view: Any = BytesIO()
        if self.file_length(name):
            view = mmap.mmap(self._descriptors[name], 0, access=mmap.ACCESS_READ)
        return StructFile(view, name=name, **kwargs)

    def descriptor(self, name: str) -> int:
        """Return the descriptor of a file, which stays open for as long as the storage is held."""
        return self._descriptors[name]

    def shared(self, key: Hashable, make: Callable[[], Shared]) -> Shared:
        """Return what was made of the files under this key, by whoever asked for it first."""
        with self._lock:
            if key not in self._shared:
                self._shared[key] = make()
            return cast("Shared", self._shared[key])

    def list(self) -> list[str]:
        """Return the names of all files."""
        return list(self._descriptors)

    def file_exists(self, name: str) -> bool:
        """Return whether there is such a file."""
        return name in self._descriptors

    def file_length(self, name: str) -> int:
        """Return the size of a file in bytes."""
        return os.fstat(self._descriptors[name]).st_size


def _close_all(descriptors: Iterable[int]) -> None:
    for descriptor in descriptors:
        os.close(descriptor)
