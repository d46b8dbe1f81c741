"""The lists of an index on a cluster: who was taken down and what was corrected.

A list that a hand writes on one machine would be unknown to the others, so the cluster's is taken.
"""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from index.errors import TakedownsError
from index.generations import LIST_NAME, list_path
from index.indexer.corrections import CORRECTIONS_NAME, Corrections, read_copy
from index.opensearch import Connection, fetch_files

_LIST_LOST = (
    "the cluster has lost its own, and there is none here. Run the build on the machine that built "
    "last, or make an empty file of this name if nothing was taken down"
)


def take_lists(folder: Path, index_path: Path) -> None:
    """Take the lists of a generation that was fetched for those of the local copy."""
    for name, path in (
        (LIST_NAME, list_path(index_path)),
        (CORRECTIONS_NAME, index_path / CORRECTIONS_NAME),
    ):
        if (folder / name).is_file():
            shutil.copyfile(folder / name, path)
        else:
            path.unlink(missing_ok=True)


def require_list(index_path: Path) -> None:
    """Refuse to go on without a list where the cluster has lost its own.

    Raises:
        TakedownsError: when there is none in the local copy, either.
    """
    path = list_path(index_path)
    if not path.is_file():
        raise TakedownsError(index_path, path, _LIST_LOST)


def fetch_corrections(connection: Connection, number: int) -> Corrections:
    """Return the list of corrections that a generation on a cluster has."""
    # An error about a file names the folder two above it.
    with TemporaryDirectory() as name:
        folder = Path(name) / "generations" / str(number)
        fetch_files(connection, number, folder, only={CORRECTIONS_NAME})
        return read_copy(folder)
