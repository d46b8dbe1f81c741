"""The generation of a directory that is served: opened and warmed, with what all requests share.

An engine asks `ServedGeneration` for what is open; `search.current_index` says when that changes.

What a new generation shares with the one that is open is neither verified nor mapped nor made
again: to take up an update or a removal takes as long as what changed. Where nothing is open yet,
everything is verified.
"""

import time
from collections.abc import Callable, Hashable
from pathlib import Path

from index.generations import (
    Generation,
    current_number,
    generation_path,
    open_current,
    pointer_stamp,
    read_manifest,
)
from index.schema import LAYOUT
from search.current_index import CurrentIndex
from search.errors import DocumentMissingError
from search.execution import Deadline, RequestReader, Snapshot, Turn
from search.suggest import COMPLETED_FACETS, ValueCompletions
from search.warm_up import touch_kernels

WATCH_SECONDS = 0.1
"""How often a watching thread looks at the pointer. It costs one look at a file, and what is left
of a second is enough to open the new generation: readers miss an article that was taken down."""

_SECONDS = 600.0
"""How long the kernels may take to be made ready: a compiler's time is not a query's."""


class OpenGeneration:
    """An open generation, shared by all requests.

    Attributes:
        generation: its files.
        snapshot: its segments, as queries see them.
        values: completions: the values of facets, and frequent phrases.
    """

    def __init__(self, generation: Generation, base: "OpenGeneration | None" = None) -> None:
        """Open the segments, and do once all that the first request would wait for.

        Args:
            generation: what the manifest has vouched for.
            base: the one that is open until now; without it, the kernels may have to be loaded.
        """
        self.generation = generation
        segments = generation.segments()
        self.snapshot: Snapshot = Snapshot(
            segments,
            *(LAYOUT.facets, LAYOUT.orders, generation.duplicate_groups),
            base.snapshot if base else None,
        )
        self.snapshot.prepare()
        if not base:
            touch_kernels(self.reader(_SECONDS))
        # Sorted now, and not by the first reader who types.
        self.values = self._complete(base)

    def reader(self, seconds: float, turn: Turn | None = None) -> RequestReader:
        """Return a reader for one request, which may take so many seconds."""
        return RequestReader(self.generation.number, self.snapshot, Deadline(seconds, turn=turn))

    def current_id(self, doc_id: str) -> str:
        """Return the id of the article that had an id once; any other id as it is."""
        try:
            self.reader(_SECONDS).document_number_of(doc_id)
        except DocumentMissingError:
            return self.generation.current_id(doc_id) or doc_id
        return doc_id

    def _complete(self, base: "OpenGeneration | None") -> ValueCompletions:
        """Return the values of facets and the phrases to be offered."""
        reader = self.reader(_SECONDS).with_copies(copies=False)
        values = {facet: reader.facet_values(facet) for facet in COMPLETED_FACETS}
        return ValueCompletions(values, self.generation.phrases, base.values if base else None)


class ServedGeneration(CurrentIndex[OpenGeneration]):
    """The current generation of an index directory, as far as it could be opened."""

    watch_seconds = WATCH_SECONDS

    def __init__(self, index_path: Path, clock: Callable[[], float] = time.monotonic) -> None:
        """Name the directory; `refresh` opens what is there."""
        super().__init__(index_path, clock)
        self._index_path = index_path

    def _read_stamp(self) -> Hashable:
        return pointer_stamp(self._index_path)

    def _open_current(self) -> OpenGeneration:
        base = self._open
        return OpenGeneration(
            open_current(self._index_path, base.generation if base else None), base
        )

    def _is_current(self, opened: OpenGeneration) -> bool:
        generation = opened.generation
        if generation.number != current_number(self._index_path):
            return False
        folder = generation_path(self._index_path, generation.number)
        return read_manifest(folder) == generation.manifest
