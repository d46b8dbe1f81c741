"""Temporary folders: made for a while, and removed as far as the system lets it be.

Python's own `TemporaryDirectory` calls itself without end where the system refuses the removal.

>>> with temporary_folder() as folder:
...     (folder / "a").touch()
>>> folder.exists()
False
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Make a folder and remove it at the end; one that cannot be removed stays, and fails nothing.

    Raises:
        OSError: when the system lets none be made.
    """
    folder = Path(mkdtemp())
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
