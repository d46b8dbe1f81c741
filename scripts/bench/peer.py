"""Peer: the protocol of an engine in the benchmark, and the values that pass in and out.

A peer builds an index of the prepared corpus in a folder, and opens it as a searcher. A searcher
answers the request of a page with facets: ten hits, the exact total, and three facets, each counted
without its own filter; with snippets on, also the title and a highlighted passage of each hit. A
hit is a document's number, so that no engine has to read stored text when snippets are off.

>>> BenchQuery("rare word", "or", ("beras",), ("beras",)).filters
()
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from index.errors import ArchiveError
from search import WEIGHT_BY_NAME

HIT_COUNT = 10
SNIPPET_LENGTH = 240
"""Characters of a snippet, as the product shows them."""

FACETS = ("month", "author", "tag")
FACET_SIZES = {"month": 1_000, "author": 10, "tag": 10}
"""How many values of each facet are returned: all months."""

Mode = Literal["one", "product"]
MODES: tuple[Mode, ...] = ("one", "product")

FIELDS: dict[Mode, dict[str, float]] = {
    "one": {"body": 1.0},
    "product": {
        name: WEIGHT_BY_NAME[name]
        for name in ("title", "title_stem", "body", "body_stem", "tags", "tags_stem")
    },
}
"""The searched fields of each mode with their weights; fields ending in _stem have no positions."""

Shape = Literal["or", "and", "phrase", "prefix", "all"]


class CannotRunError(ArchiveError):
    """A peer cannot run here; the message is the reason."""


@dataclass(frozen=True, slots=True)
class BenchDocument:
    """One document, as all engines get it.

    Attributes:
        number: its number in the corpus, from 0.
        id: its id.
        title: headline.
        body: text; lines are paragraphs.
        tags: none to five values.
        author: one value.
        month: YYYY-MM.
        title_stem: the stems of the headline, divided by spaces, for engines that do not stem.
        body_stem: the stems of the text.
        tags_stem: the stems of the tags.
    """

    number: int
    id: str
    title: str
    body: str
    tags: tuple[str, ...]
    author: str
    month: str
    title_stem: str
    body_stem: str
    tags_stem: str


@dataclass(frozen=True, slots=True)
class BenchQuery:
    """One query, in no engine's syntax.

    Attributes:
        kind: its row in the tables.
        shape: or: any of the words (a single word too); and: all of them; phrase: side by side;
            prefix: words that begin with the first word; all: every document.
        words: exact words, folded.
        stems: their stems; searched in the fields named _stem, except by phrase and prefix.
        filters: pairs of facet and value that hits must have.
    """

    kind: str
    shape: Shape
    words: tuple[str, ...]
    stems: tuple[str, ...]
    filters: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What an engine returned.

    Attributes:
        total: how many documents match the query and the filters.
        hits: the numbers of the first ten.
        facets: counts by value, by facet.
        snippets: highlighted passages of the hits, in order; empty when they are off.
    """

    total: int
    hits: tuple[int, ...]
    facets: Mapping[str, Mapping[str, int]]
    snippets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BuildFigures:
    """How long a build took.

    Attributes:
        doc_count: documents indexed.
        seconds: until they can be searched and are on disk.
        merged_seconds: until the index is merged as it is searched, if that takes longer.
        note: anything else to know.
    """

    doc_count: int
    seconds: float
    merged_seconds: float
    note: str = ""


class Corpus(Protocol):
    """The prepared documents: a file for engines that read it themselves, or one by one."""

    @property
    def path(self) -> Path:
        """The file; `bench.corpus` describes its format."""

    def documents(self) -> Iterator[BenchDocument]:
        """Yield all documents in order."""


class Searcher(Protocol):
    """An open index of one engine."""

    def answer(self, query: BenchQuery, *, snippets: bool) -> Answer:
        """Return the answer to a query."""

    def time(self, query: BenchQuery, *, snippets: bool, seconds: float) -> list[float]:
        """Repeat a query for that many seconds, at least once; return the seconds of each call."""

    def warm(self, queries: Sequence[BenchQuery], *, snippets: bool, seconds: float) -> None:
        """Repeat each query for that many seconds, so that code is compiled and caches are full."""

    def close(self) -> None:
        """Close the index."""


class Peer(Protocol):
    """One engine."""

    name: str
    version: str
    documents_most: int | None
    """Beyond this many documents it is too slow and is left out; None: no bound."""

    def build(self, corpus: Corpus, folder: Path, mode: Mode) -> BuildFigures:
        """Build an index in an empty folder."""

    def open(self, folder: Path, mode: Mode) -> Searcher:
        """Open what `build` made."""
