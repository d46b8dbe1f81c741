"""Deduplication: the fate of each article that was read, before anything is indexed.

An article is indexed once. Another one with the same address, or of the same outlet and day with
the same headline and text, is a copy and only counted. The same text of another outlet or day is
another article. Articles of the index come first, then those that were read, in their order.
When a file is read again, its articles in the index do not count: what the file says now decides.
"""

from collections.abc import Callable, Sequence
from typing import TypeGuard

from index.generations import Article, Catalog
from index.indexer.article_pages import ArticlePages, find_pages
from index.indexer.change import LEFT_OUT, Decisions, Fate
from index.indexer.down_list import DownList
from index.indexer.staging import StagingRows, StagingTable


class IndexedArticles:
    """The articles of the index whose files are not read again.

    An article from standard input stays until its id is read again, from wherever. One whose file
    is no longer there stays until its id, story or address is read again: its file has moved.

    Attributes:
        moved_files: files that are no longer there, of which something was read again.
        superseded: ids of articles in them that were read again and have another id now.
    """

    def __init__(
        self,
        catalog: Catalog | None = None,
        free_files: frozenset[int] = frozenset(),
        piped_files: frozenset[int] = frozenset(),
        is_missing: Callable[[int], bool] = lambda _: False,
    ) -> None:
        """Look the articles up in a catalogue.

        Args:
            catalog: of the index; None for a new one.
            free_files: its files that are read again, or are gone.
            piped_files: its files that were standard input.
            is_missing: tells of its other files whether they are no longer there.
        """
        self.moved_files: set[int] = set()
        self.superseded: set[str] = set()
        self._catalog, self._free_files, self._is_missing = catalog, free_files, is_missing
        self._loose_files = free_files | piped_files

    def has(self, doc_id: str) -> bool:
        """Return whether an article has this id, and keeps it."""
        found = self.before(doc_id)
        return found is not None and found.file not in self._loose_files and not self._moved(found)

    def before(self, doc_id: str) -> Article | None:
        """Return the article that had this id, whether it stays or not."""
        return self._catalog.article(doc_id) if self._catalog else None

    def find_original(self, doc_id: str, story: int, address: int) -> tuple[Fate, str] | None:
        """Return the fate of a copy, and the id of an article with the same story or address.

        The article itself does not count when its file is read again.
        """
        if not self._catalog:
            return None
        found = self._catalog.with_story(story)
        if not self._stays(found) and address:
            found = self._catalog.with_address(address)
        if not self._stays(found) or (found.doc_id == doc_id and not self.has(doc_id)):
            return None
        if self._moved(found):
            self.superseded.add(found.doc_id)
            return None
        return _fate_of_copy(address, found.address), found.doc_id

    def _moved(self, article: Article) -> bool:
        """Return whether the file of an article that is read again is no longer there."""
        is_missing = self._is_missing(article.file)
        if is_missing:
            self.moved_files.add(article.file)
        return is_missing

    def _stays(self, article: Article | None) -> TypeGuard[Article]:
        return article is not None and article.file not in self._free_files


def decide(staging: StagingTable, indexed: IndexedArticles, down: DownList) -> Decisions:
    """Return the fate of each article that was read.

    An article whose id is another one's gets its other id, if it has one.

    Args:
        staging: the articles.
        indexed: those of the index.
        down: the articles that were taken down.
    """
    is_down = down.mark(staging)
    pages = find_pages(staging, is_down)
    while True:
        decisions = _decide_all(staging, indexed, is_down, pages)
        out = {number for number in decisions.numbers_of(*LEFT_OUT) if not is_down[number]}
        if out.isdisjoint(pages.pages_by_first):
            return decisions
        pages = pages.without(out)  # the original of a copy may have no further pages


def _decide_all(
    staging: StagingTable, indexed: IndexedArticles, is_down: Sequence[int], pages: ArticlePages
) -> Decisions:
    first = _FirstArticles(staging, pages)
    for number in range(len(staging)):
        if is_down[number]:
            first.add(number)  # before all others, so that its copies are left out with it
    for number in pages.pages_by_first:
        first.claim_address(number)  # a whole article stays, and not its first page
    fates, originals = bytearray(len(staging)), {}
    for number in range(len(staging)):
        if number in pages.first_by_page:
            fates[number], original = Fate.PAGE, None
        elif is_down[number]:
            fates[number], original = _decide_down(number, staging, first, indexed)
        else:
            fates[number], original = _decide_one(number, staging, first, indexed)
        if original is not None:
            originals[number] = original
        else:
            first.add(number)
    originals |= {page: staging.doc_ids[of] for page, of in pages.first_by_page.items()}
    return Decisions(staging, fates, originals, pages)


def _decide_down(
    number: int, staging: StagingTable, first: "_FirstArticles", indexed: IndexedArticles
) -> tuple[Fate, str | None]:
    """Return the fate of an article that was taken down, and the id of one that has its id."""
    doc_id = staging.doc_ids[number]
    is_first = first.is_first(number) and not indexed.has(doc_id)
    return (Fate.DOWN, None) if is_first else (Fate.COPY, doc_id)


def _decide_one(
    number: int, staging: StagingTable, first: "_FirstArticles", indexed: IndexedArticles
) -> tuple[Fate, str | None]:
    """Return the fate of an article, and the id of another one that keeps it out."""
    hashes = staging.stories[number], staging.addresses[number]
    doc_id = staging.doc_ids[number]
    original = first.find_original(number) or indexed.find_original(doc_id, *hashes)
    if original:
        return original
    if first.has(doc_id) or indexed.has(doc_id):
        if not staging.other_ids[number]:
            return Fate.DUPLICATE, doc_id
        staging.use_other_id(number)
        return _decide_one(number, staging, first, indexed)
    return _fate(indexed.before(doc_id), first.pages.digest(staging, number)), None


def _fate_of_copy(address: int, other: int) -> Fate:
    return Fate.SAME_ADDRESS if address and address == other else Fate.COPY


def _fate(before: Article | None, digest: bytes) -> Fate:
    """Return the fate of an article that nothing keeps out."""
    if before is None or before.is_down:
        return Fate.ADDED
    return Fate.KEPT if before.digest == digest else Fate.REPLACED


class _FirstArticles:
    """The articles so far that are no copies: the first one of each id, story and address."""

    def __init__(self, staging: StagingRows, pages: ArticlePages) -> None:
        self._staging, self.pages = staging, pages
        self._by_id: dict[str, int] = {}
        self._by_story: dict[int, int] = {}
        self._by_address: dict[int, int] = {}

    def has(self, doc_id: str) -> bool:
        return doc_id in self._by_id

    def is_first(self, number: int) -> bool:
        return self._by_id[self._staging.doc_ids[number]] == number

    def find_original(self, number: int) -> tuple[Fate, str] | None:
        """Return the same of the articles so far."""
        story, address = self._staging.stories[number], self._staging.addresses[number]
        found = self._by_story.get(story, self._by_address.get(address))
        if found is None or found == number:
            return None
        doc_id = self._staging.doc_ids[self.pages.first_by_page.get(found, found)]
        return _fate_of_copy(address, self._staging.addresses[found]), doc_id

    def add(self, number: int) -> None:
        self._by_id.setdefault(self._staging.doc_ids[number], number)
        self._by_story.setdefault(self._staging.stories[number], number)
        self.claim_address(number)

    def claim_address(self, number: int) -> None:
        if self._staging.addresses[number]:
            self._by_address.setdefault(self._staging.addresses[number], number)
