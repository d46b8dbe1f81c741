"""The address in place of a local copy, in what is told of an index on a cluster.

A run on a cluster works in a local copy, whose folder no user has named. Files in it, such as the
list of what was refused, keep their paths.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import ArchiveIndexError


@contextmanager
def address_told(index_path: Path, name: str) -> Iterator[None]:
    """Name an index as the user did, in errors that name the folder of its local copy.

    >>> with address_told(Path("var/cluster/berita"), "opensearch://es1:9200/berita"):
    ...     raise ArchiveIndexError("", "None in var/cluster/berita: var/cluster/berita/x")
    Traceback (most recent call last):
    index.errors.ArchiveIndexError: None in opensearch://es1:9200/berita: var/cluster/berita/x
    """
    folder = re.compile(rf"{re.escape(str(index_path))}(?![/\w])")
    try:
        yield
    except ArchiveIndexError as error:
        error.args = tuple(folder.sub(lambda _: name, str(part)) for part in error.args)
        raise
