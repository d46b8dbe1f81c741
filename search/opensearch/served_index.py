"""The generation of a cluster that is served: the index that the alias names, opened aside."""

from typing import Any

from index.corpus import COVERAGE_NAME, PHRASES_NAME, read_coverage, read_phrases
from index.errors import IndexDamagedError, IndexMissingError
from index.opensearch import (
    META_KEY,
    Connection,
    check_mapping,
    fetch_file,
)
from index.segments import SegmentError
from index.temporary_folder import temporary_folder
from search.current_index import CurrentIndex
from search.opensearch.cluster_generation import ClusterGeneration, read_values

LOOK_SECONDS = 5.0
"""How long a look at the alias may take."""


class ServedIndex(CurrentIndex[ClusterGeneration]):
    """The current generation of an index on a cluster, as far as it could be opened."""

    watch_seconds = 1.0
    retry_seconds_most = 2.0

    def __init__(self, connection: Connection) -> None:
        """Name the connection; `refresh` opens what is there."""
        super().__init__(str(connection.address))
        self._connection = connection

    def close(self) -> None:
        """Let go of the connections."""
        super().close()
        self._connection.close()

    def _read_stamp(self) -> tuple[tuple[str, str], ...]:
        """Return the name of the current index, and what no index made again has in common with it.

        Raises:
            ArchiveIndexError: when the cluster does not say.
        """
        name = self._connection.address.name
        found = self._connection.call(
            "GET",
            f"/{name}/_settings",
            seconds=LOOK_SECONDS,
            filter_path="*.settings.index.uuid",
        )
        return tuple((index, row["settings"]["index"]["uuid"]) for index, row in found.items())

    def _open_current(self) -> ClusterGeneration:
        address = self._connection.address
        found = self._connection.call("GET", f"/{address.name}/_mapping")
        if len(found) != 1:
            raise IndexMissingError(str(address))
        ((index, row),) = found.items()
        check_mapping(row["mappings"], str(address))
        number = address.number_of(index) or 0
        return ClusterGeneration(
            connection=self._connection,
            index=index,
            number=number,
            built_at=row["mappings"]["_meta"][META_KEY]["built_at"],
            **read_values(self._connection, index),
            **_read_summaries(self._connection, number),
        )

    def _is_current(self, opened: ClusterGeneration) -> bool:
        return [opened.index] == [index for index, _ in self._read_stamp()]


def _read_summaries(connection: Connection, number: int) -> dict[str, Any]:
    """Return what was found when a generation was built, by the names of `ClusterGeneration`.

    Raises:
        IndexDamagedError: when it is not there, or cannot be read.
    """
    with temporary_folder() as folder:
        for file in (PHRASES_NAME, COVERAGE_NAME):
            (folder / file).write_bytes(fetch_file(connection, number, file))
        try:
            return {"phrases": read_phrases(folder), "coverage": read_coverage(folder)}
        except (SegmentError, ValueError, KeyError) as error:
            what = "its phrases or its coverage cannot be read"
            raise IndexDamagedError(str(connection.address), what) from error
