"""Change: what a build or an update changes in the index, and the fate of each article read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path

from index.corpus import Normalization
from index.document import Document
from index.indexer.article_pages import ArticlePages
from index.indexer.down_list import DownList
from index.indexer.former_ids import FormerIds
from index.indexer.staging import StagingTable


class Fate(IntEnum):
    """What becomes of an article.

    ADDED: it is new.
    REPLACED: the index has its id, with another text or other fields.
    KEPT: the index has it as it is.
    COPY: another article has its outlet, day, headline and text.
    DUPLICATE: another article has its id, but neither its address nor its text.
    DOWN: it was taken down.
    PAGE: it is a page of another article, and its text stands there.
    SAME_ADDRESS: another article has its address.
    """

    ADDED = 0
    REPLACED = 1
    KEPT = 2
    COPY = 3
    DUPLICATE = 4
    DOWN = 5
    PAGE = 6
    SAME_ADDRESS = 7


WRITTEN = (Fate.ADDED, Fate.REPLACED)
"""The fates of articles that go into the index now."""
IN_INDEX = (*WRITTEN, Fate.KEPT)
COPIES = (Fate.COPY, Fate.SAME_ADDRESS)
LEFT_OUT = (*COPIES, Fate.DUPLICATE)


@dataclass(frozen=True, slots=True)
class Decisions:
    """The fate of each article of a staging table.

    Attributes:
        staging: the articles.
        fates: a `Fate` per article.
        originals: for each article that is left out because of another one, the id of that one.
        pages: which of them are pages of others.
    """

    staging: StagingTable
    fates: bytearray
    originals: Mapping[int, str]
    pages: ArticlePages

    def numbers_of(self, *fates: Fate) -> Iterator[int]:
        """Yield the numbers of the articles with one of these fates."""
        return (number for number, fate in enumerate(self.fates) if fate in fates)

    @property
    def id_by_number(self) -> dict[int, str]:
        """The id of each article that is in the index, and of the original of each copy."""
        staging = self.staging
        ids = {number: staging.doc_ids[number] for number in self.numbers_of(*IN_INDEX)}
        copies = self.numbers_of(*COPIES, Fate.PAGE)
        return ids | {number: self.originals[number] for number in copies}

    @property
    def is_written(self) -> list[bool]:
        """Whether each article goes into the index now, alone or as a page of one that does."""
        firsts, fates = self.pages.first_by_page, self.fates
        return [
            fates[firsts.get(number, number)] in WRITTEN
            and (number not in firsts or self.pages.is_joined(number))
            for number in range(len(fates))
        ]

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
        superseded: those of them whose articles have another id now.
        unread: by id, articles that stay as they are, since their file could not be read to its
            end; with the number of the file among those that were read.
        base: the folder of the generation that is updated; None for a new index.
        gone_count: files that are gone and whose articles stay.
        down: the articles that were taken down.
        former_ids: what becomes of former ids.
        corrected: articles of the index that are corrected anew, and not read again.
    """

    decisions: Decisions
    normalization: Normalization
    first_file: int = 0
    free_files: frozenset[int] = frozenset()
    dropped: frozenset[str] = frozenset()
    superseded: frozenset[str] = frozenset()
    unread: Mapping[str, int] = field(default_factory=dict)
    base: Path | None = None
    gone_count: int = 0
    down: DownList = field(default_factory=DownList)
    former_ids: FormerIds = field(default_factory=FormerIds)
    corrected: tuple[Document, ...] = ()
