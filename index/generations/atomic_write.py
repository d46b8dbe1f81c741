"""Write files atomically: a reader sees the old bytes or the new ones, even after a power cut.

All that must survive a power cut passes here. The bytes of a file are safe once the file is synced,
and its name once its folder is.

>>> from tempfile import TemporaryDirectory
>>> with TemporaryDirectory() as folder:
...     write_atomically(Path(folder) / "current", "7")
...     [(path.name, path.read_text()) for path in Path(folder).iterdir()]
[('current', '7')]
"""

import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

SYNCS_AT_ONCE = 8
"""Files that are synced at the same time: a disk writes several sooner than one after another."""


def write_atomically(path: Path, text: str) -> None:
    """Replace the text of a file in one step, and make the change durable.

    The text is synced to a file beside it before that file is renamed: a rename that reaches the
    disk before the bytes would leave an empty file after a power cut.
    """
    before = path.read_bytes() if path.is_file() else None
    _replace(path, text.encode())
    try:
        sync(path.parent)
    except OSError:
        # Who is told that it failed must find it as it was.
        with suppress(OSError):
            path.unlink() if before is None else _replace(path, before)
        raise


def _replace(path: Path, data: bytes) -> None:
    unfinished = path.with_name(f"{path.name}.tmp")
    unfinished.write_bytes(data)
    sync(unfinished)
    unfinished.replace(path)


def make_folder(path: Path) -> None:
    """Make a folder and those above it, where they are missing, and make their names durable."""
    if not path.is_dir():
        make_folder(path.parent)
        path.mkdir(exist_ok=True)
        sync(path.parent)


def sync_files(folder: Path) -> None:
    """Make every file of a folder durable, and the list of their names."""
    with ThreadPoolExecutor(SYNCS_AT_ONCE) as pool:
        list(pool.map(sync, folder.iterdir()))
    sync(folder)


def sync(path: Path) -> None:
    """Make the bytes of a file, or the names in a folder, survive a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
