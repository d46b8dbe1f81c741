"""Deduplication: the fate of each article that was read, before anything is indexed.

An article is indexed once. Another one with the same address, or the same headline and text, is a
copy and only counted. Articles of the index come first, then those that were read, in their order.
When a file is read again, its articles in the index do not count: what the file says now decides.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import TypeGuard

from index.corpus import Normalization
from index.generations import Article, Catalog
from index.indexer.staging import StagingRows, StagingTable


class Fate(IntEnum):
    """What becomes of an article.

    ADDED: it is new.
    REPLACED: the index has its id, with another text or other fields.
    KEPT: the index has it as it is.
    COPY: another article has its address, or its headline and text.
    DUPLICATE: another article has its id, but neither its address nor its text.
    DOWN: it was taken down.
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


@dataclass(frozen=True, slots=True)
class Decisions:
    """The fate of each article of a staging table.

    Attributes:
        staging: the articles.
        fates: a `Fate` per article.
        originals: for each article that is left out because of another one, the id of that one.
    """

    staging: StagingTable
    fates: bytearray
    originals: Mapping[int, str]

    def numbers_of(self, *fates: Fate) -> Iterator[int]:
        """Yield the numbers of the articles with one of these fates."""
        return (number for number, fate in enumerate(self.fates) if fate in fates)

    def ids_of(self, *fates: Fate) -> list[str]:
        """Return the ids of the articles with one of these fates."""
        return [self.staging.doc_ids[number] for number in self.numbers_of(*fates)]


@dataclass(frozen=True, slots=True)
class Change:
    """What a build or an update changes in the index.

    Attributes:
        decisions: the fate of each article that was read.
        normalization: how articles are normalized before they are indexed.
        first_file: the number by which the catalogue knows the first file that was read.
        free_files: files of the catalogue that were read again, or are gone.
        dropped: ids that leave the index.
        base: the folder of the generation that is updated; None for a new index.
        gone_count: files that are gone and whose articles stay.
    """

    decisions: Decisions
    normalization: Normalization
    first_file: int = 0
    free_files: frozenset[int] = frozenset()
    dropped: frozenset[str] = frozenset()
    base: Path | None = None
    gone_count: int = 0


class IndexedArticles:
    """The articles of the index whose files are not read again.

    An article from standard input stays until its id is read again, from wherever.
    """

    def __init__(
        self,
        catalog: Catalog | None = None,
        free_files: frozenset[int] = frozenset(),
        piped_files: frozenset[int] = frozenset(),
    ) -> None:
        """Look the articles up in a catalogue.

        Args:
            catalog: of the index; None for a new one.
            free_files: its files that are read again, or are gone.
            piped_files: its files that were standard input.
        """
        self._catalog, self._free_files, self._piped_files = catalog, free_files, piped_files

    def has(self, doc_id: str) -> bool:
        """Return whether an article has this id, and keeps it."""
        found = self.before(doc_id)
        return found is not None and found.file not in self._free_files | self._piped_files

    def before(self, doc_id: str) -> Article | None:
        """Return the article that had this id, whether it stays or not."""
        return self._catalog.article(doc_id) if self._catalog else None

    def find_original(self, doc_id: str, text: int, address: int) -> str | None:
        """Return the id of an article with the same text or address.

        The article itself does not count when its file is read again.
        """
        if not self._catalog:
            return None
        found = self._catalog.with_text(text)
        if not self._stays(found) and address:
            found = self._catalog.with_address(address)
        if not self._stays(found) or (found.doc_id == doc_id and not self.has(doc_id)):
            return None
        return found.doc_id

    def _stays(self, article: Article | None) -> TypeGuard[Article]:
        return article is not None and article.file not in self._free_files


def decide(staging: StagingTable, indexed: IndexedArticles, down: frozenset[str]) -> Decisions:
    """Return the fate of each article that was read.

    Args:
        staging: the articles.
        indexed: those of the index.
        down: the ids of articles that were taken down.
    """
    first = _FirstArticles(staging)
    for number, doc_id in enumerate(staging.doc_ids):
        if doc_id in down:
            first.add(number)  # before all others, so that its copies are left out with it
    fates, originals = bytearray(len(staging)), {}
    for number, doc_id in enumerate(staging.doc_ids):
        hashes = staging.texts[number], staging.addresses[number]
        is_taken = first.has(doc_id) or indexed.has(doc_id)
        original = first.find_original(*hashes) or indexed.find_original(doc_id, *hashes)
        if doc_id in down:
            is_first = first.is_first(number) and not indexed.has(doc_id)
            fate, original = (Fate.DOWN, None) if is_first else (Fate.COPY, doc_id)
        elif original:
            fate = Fate.COPY
        elif is_taken:
            fate, original = Fate.DUPLICATE, doc_id
        else:
            fate = _fate(indexed.before(doc_id), staging.digest(number))
        fates[number] = fate
        if original:
            originals[number] = original
        else:
            first.add(number)
    return Decisions(staging, fates, originals)


def _fate(before: Article | None, digest: bytes) -> Fate:
    """Return the fate of an article that nothing keeps out."""
    if before is None or before.is_down:
        return Fate.ADDED
    return Fate.KEPT if before.digest == digest else Fate.REPLACED


class _FirstArticles:
    """The articles so far that are no copies: the first one of each id, text and address."""

    def __init__(self, staging: StagingRows) -> None:
        self._staging = staging
        self._by_id: dict[str, int] = {}
        self._by_text: dict[int, int] = {}
        self._by_address: dict[int, int] = {}

    def has(self, doc_id: str) -> bool:
        return doc_id in self._by_id

    def is_first(self, number: int) -> bool:
        return self._by_id[self._staging.doc_ids[number]] == number

    def find_original(self, text: int, address: int) -> str | None:
        """Return the id of an article with the same text or address."""
        found = self._by_text.get(text)
        if found is None:
            found = self._by_address.get(address)
        return None if found is None else self._staging.doc_ids[found]

    def add(self, number: int) -> None:
        self._by_id.setdefault(self._staging.doc_ids[number], number)
        self._by_text.setdefault(self._staging.texts[number], number)
        if self._staging.addresses[number]:
            self._by_address.setdefault(self._staging.addresses[number], number)
