"""Write files atomically: a reader sees the old bytes or the new ones, even after a power cut.

>>> from tempfile import TemporaryDirectory
>>> with TemporaryDirectory() as folder:
...     write_atomically(Path(folder) / "current", "7")
...     [(path.name, path.read_text()) for path in Path(folder).iterdir()]
[('current', '7')]
"""

import os
from pathlib import Path


def write_atomically(path: Path, text: str) -> None:
    """Replace the text of a file in one step, and make the change durable.

    The text is synced to a file beside it before that file is renamed: a rename that reaches the
    disk before the bytes would leave an empty file after a power cut.
    """
    unfinished = path.with_name(f"{path.name}.tmp")
    unfinished.write_text(text, encoding="utf-8")
    sync(unfinished)
    unfinished.replace(path)
    sync(path.parent)


def sync_files(folder: Path) -> None:
    """Make every file of a folder durable, and the list of their names."""
    for path in folder.iterdir():
        sync(path)
    sync(folder)


def sync(path: Path) -> None:
    """Make the bytes of a file, or the names in a folder, survive a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
