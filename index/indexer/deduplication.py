"""What becomes of each article that was read: added, kept, replaced, or left out as a copy.

An article is indexed once: another one with the same address, or the same headline and text, is a
copy, and only counted. What stands in the index comes first; what was read follows in its order.
The articles of files that are read again do not stand: what those files say now decides.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol, TypeGuard

from index.generations.catalog import Article
from index.indexer.staging import Readings


class Fate(IntEnum):
    """What becomes of an article.

    added: it is new; replaced: the index has it with another text or other fields; kept: the index
    has it as it is; copy: another article has its address or text; duplicate: another article has
    its id, and neither; down: it was taken down.
    """

    ADDED = 0
    REPLACED = 1
    KEPT = 2
    COPY = 3
    DUPLICATE = 4
    DOWN = 5


WRITTEN = (Fate.ADDED, Fate.REPLACED)
"""The fates of articles that go into the index now."""
IN_INDEX = (*WRITTEN, Fate.KEPT)


class Known(Protocol):
    """What the index knows; see `index.generations.catalog.Catalog`."""

    def article(self, doc_id: str) -> Article | None:
        """Return what is known of an id."""

    def with_text(self, text: int) -> Article | None:
        """Return an article with this hash of headline and text."""

    def with_address(self, address: int) -> Article | None:
        """Return an article with this hash of its address."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """The fate of each article that was read, by its number; and whose copies the copies are."""

    fates: bytearray
    originals: Mapping[int, str]

    def numbers_of(self, *fates: Fate) -> Iterable[int]:
        """Yield the numbers of the articles with one of these fates."""
        return (number for number, fate in enumerate(self.fates) if fate in fates)


class Standing:
    """The articles in the index whose files are not read again.

    What was piped in stands until the same id is piped in again.
    """

    def __init__(
        self,
        known: Known | None = None,
        free_files: frozenset[int] = frozenset(),
        piped_files: frozenset[int] = frozenset(),
    ) -> None:
        """Say what stands.

        Args:
            known: what the index knows; None for a new one.
            free_files: those of its files that are read again, or are gone.
            piped_files: those that were standard input.
        """
        self._known, self._free_files, self._piped_files = known, free_files, piped_files

    def has(self, doc_id: str) -> bool:
        """Return whether an article has this id, and keeps it."""
        found = self.before(doc_id)
        return found is not None and found.file not in self._free_files | self._piped_files

    def before(self, doc_id: str) -> Article | None:
        """Return the article of this id, standing or not."""
        return self._known.article(doc_id) if self._known else None

    def like(self, doc_id: str, text: int, address: int) -> str | None:
        """Return the id of an article with the same text or address; not its own, if that goes."""
        if not self._known:
            return None
        found = self._known.with_text(text)
        if not self._stands(found) and address:
            found = self._known.with_address(address)
        if not self._stands(found) or (found.doc_id == doc_id and not self.has(doc_id)):
            return None
        return found.doc_id

    def _stands(self, article: Article | None) -> TypeGuard[Article]:
        return article is not None and article.file not in self._free_files


def decide(readings: Readings, standing: Standing, down: frozenset[str]) -> Decisions:
    """Decide what becomes of the articles that were read.

    Args:
        readings: the articles.
        standing: those of the index.
        down: the ids of articles that are kept out.
    """
    first = _Firsts(readings)
    for number, doc_id in enumerate(readings.doc_ids):
        if doc_id in down:
            first.add(number)  # before all others, so that its copies stay down with it
    fates, originals = bytearray(len(readings)), {}
    for number, doc_id in enumerate(readings.doc_ids):
        hashes = readings.texts[number], readings.addresses[number]
        is_taken = first.has(doc_id) or standing.has(doc_id)
        original = first.like(*hashes) or standing.like(doc_id, *hashes)
        if doc_id in down:
            is_first = first.is_first(number) and not standing.has(doc_id)
            fate, original = (Fate.DOWN, None) if is_first else (Fate.COPY, doc_id)
        elif original:
            fate = Fate.COPY
        elif is_taken:
            fate, original = Fate.DUPLICATE, doc_id
        else:
            fate = _fate(standing.before(doc_id), readings.digest(number))
        fates[number] = fate
        if original:
            originals[number] = original
        else:
            first.add(number)
    return Decisions(fates, originals)


def _fate(before: Article | None, digest: bytes) -> Fate:
    if before is None or before.is_down:
        return Fate.ADDED
    return Fate.KEPT if before.digest == digest else Fate.REPLACED


class _Firsts:
    """The articles read so far that are no copies: by id, text and address, the first one."""

    def __init__(self, readings: Readings) -> None:
        self._readings = readings
        self._by_id: dict[str, int] = {}
        self._by_text: dict[int, int] = {}
        self._by_address: dict[int, int] = {}

    def has(self, doc_id: str) -> bool:
        return doc_id in self._by_id

    def is_first(self, number: int) -> bool:
        return self._by_id[self._readings.doc_ids[number]] == number

    def like(self, text: int, address: int) -> str | None:
        """Return the id of an article with the same text or address."""
        found = self._by_text.get(text)
        if found is None:
            found = self._by_address.get(address)
        return None if found is None else self._readings.doc_ids[found]

    def add(self, number: int) -> None:
        self._by_id.setdefault(self._readings.doc_ids[number], number)
        self._by_text.setdefault(self._readings.texts[number], number)
        if self._readings.addresses[number]:
            self._by_address.setdefault(self._readings.addresses[number], number)
