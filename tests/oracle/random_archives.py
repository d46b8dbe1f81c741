"""Random archives of a small schema, written into two indexes: ours, and one of Whoosh's codec."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from whoosh.analysis import Filter, RegexTokenizer
from whoosh.columns import VarBytesListColumn
from whoosh.fields import COLUMN, ID, KEYWORD, NUMERIC, STORED, TEXT, FieldType, Schema
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.index import TOC, FileIndex, open_dir

from index.segments.batch import Batch
from index.segments.layout import Derived, Layout, SortOrder
from index.segments.segment import NO_NUMBER
from index.segments.segment_writer import SegmentWriter
from index.segments.term_table import join_terms
from index.whoosh_codec.codec import ColumnarSegment

from .plain import lucene_length

WORDS = (
    "render renders rendered rendering shade shades shading blade bladed made fade jade fader "
    "ünder über zoë 新聞 café cafés"
).split()
"""Words that are near each other, have English variations, and are not all of ASCII."""

TAGS = ("ai", "beras", "Tiongkok", "dagang", "zoë")
KINDS = ("kabar", "opini", "tajuk")
MONTHS = ("2024-01", "2024-02", "2024-11")

LAYOUT = Layout(
    words=("title", "body"),
    derived=(Derived("stem", "body"),),
    keys=("id", "month", "kind"),
    numbers=("date",),
    facets=("tag", "kind"),
    orders=(
        SortOrder("newest", "date", "id", is_descending=True),
        SortOrder("oldest", "date", "id", is_descending=False),
    ),
    stored="document",
)


SHAPES = ((1, (40,), 0), (2, (40,), 9), (3, (25, 30, 1), 0), (4, (30, 3, 40), 20))
"""Of some archives: the seed, the sizes of the segments, and how many documents are deleted."""


class Doc(NamedTuple):
    """A document of the random archive."""

    doc_id: str
    title: str
    body: str
    month: str | None
    date: int | None
    tags: tuple[str, ...]
    kind: str


class FirstLetters(Filter):
    """Stands for a stemmer: keeps three letters of a word."""

    # Whoosh's Filter and what it inherits from disagree on the name of this argument.
    def __call__(self, tokens: Any) -> Iterator[Any]:  # type: ignore[override]
        """Yield the tokens, cut."""
        for token in tokens:
            token.text = token.text[:3]
            yield token


def random_docs(rng: random.Random, count: int) -> list[Doc]:
    """Make documents whose fields may be missing, and whose texts have 0 to 60 words."""

    def words(least: int, most: int) -> str:
        return " ".join(rng.choices(WORDS, k=rng.randint(least, most)))

    return [
        Doc(
            doc_id=f"{rng.randrange(100):02}-{number}",
            title=words(0, 5),
            body=words(0, rng.choice((8, 60))),
            month=rng.choice((None, *MONTHS)),
            date=rng.choice((None, rng.randint(0, 3000), rng.randint(-(2**31) + 1, 2**31 - 2))),
            tags=tuple(rng.sample(TAGS, rng.randint(0, 3))),
            kind=rng.choice(KINDS),
        )
        for number in range(count)
    ]


@dataclass(frozen=True)
class Archive:
    """The same documents in two indexes, in the same segments, without the same deleted ones."""

    docs: list[Doc]
    deleted: frozenset[int]
    folder: Path
    oracle: FileIndex
    columnar: FileIndex

    def __repr__(self) -> str:
        return f"<archive of {len(self.docs)}>"

    def texts(self, name: str) -> list[list[str]]:
        """The words of a field, by document."""
        source = {"stem": "body"}.get(name, name)
        words = [getattr(doc, source).split() for doc in self.docs]
        return words if name == source else [[word[:3] for word in doc] for doc in words]

    def lengths(self, name: str) -> list[int]:
        """The lengths of a field by document, as Lucene rounds them."""
        return [lucene_length(len(words)) for words in self.texts(name)]


def make_archive(
    folder: Path,
    seed: int,
    sizes: Sequence[int],
    deleted_count: int,
    often: Sequence[int] = (),
) -> Archive:
    """Write a random archive as segments of some sizes, twice, and delete some documents.

    Args:
        folder: where the columnar index goes.
        seed: what the archive follows from.
        sizes: documents of each segment.
        deleted_count: documents to delete.
        often: documents in which a word stands more than 255 times, too often for one byte.
    """
    rng = random.Random(seed)
    docs = random_docs(rng, sum(sizes))
    for number in often:
        docs[number] = docs[number]._replace(body=f"{WORDS[0]} " * rng.randint(255, 700))
    deleted = frozenset(rng.sample(range(len(docs)), deleted_count))
    parts = [docs[sum(sizes[:number]) :][:size] for number, size in enumerate(sizes)]
    oracle = write_oracle(parts, deleted)
    return Archive(docs, deleted, folder, oracle, write_columnar(folder, parts, deleted))


def schema(tag: FieldType) -> Schema:
    """The schema of both indexes; only what a tag is differs."""
    words: Any = RegexTokenizer(r"\S+")  # Whoosh has no one type for what it takes as analyzer
    return Schema(
        title=TEXT(analyzer=words),
        body=TEXT(analyzer=words),
        stem=TEXT(analyzer=words | FirstLetters(), phrase=False),
        id=ID(),
        month=ID(),
        kind=ID(sortable=True),
        date=NUMERIC(int, 32, sortable=True),
        tag=tag,
        document=STORED(),
    )


def write_oracle(parts: Sequence[Sequence[Doc]], deleted: frozenset[int]) -> FileIndex:
    """Write documents with Whoosh's own codec, in memory."""
    written: FileIndex = RamStorage().create_index(schema(KEYWORD(commas=True)))
    for part in parts:
        writer = written.writer()
        for doc in part:
            writer.add_document(**to_whoosh(doc))
        writer.commit(merge=False)
    if deleted:
        writer = written.writer()
        for number in sorted(deleted):
            writer.delete_document(number)
        writer.commit(merge=False)
    return written


def to_whoosh(doc: Doc) -> dict[str, Any]:
    """Return a document as Whoosh's writer takes it."""
    return {
        "id": doc.doc_id,
        "title": doc.title,
        "body": doc.body,
        "stem": doc.body,
        "month": doc.month,
        "date": doc.date,
        "kind": doc.kind,
        "tag": ",".join(doc.tags) or None,
        "document": f"{doc.doc_id} {doc.body}",
    }


def write_columnar(
    folder: Path, parts: Sequence[Sequence[Doc]], deleted: frozenset[int]
) -> FileIndex:
    """Write documents as columnar segments into a folder, and open it as anyone would."""
    segments, first = [], 0
    for number, part in enumerate(parts):
        segment = ColumnarSegment("MAIN", f"part{number}", len(part))
        name = partial(str, segment.file_name.removesuffix(".col"))
        with SegmentWriter(folder, LAYOUT, tokenize=tokenize, derive=derive, name=name) as builder:
            builder.add(to_batch(part))
            builder.finish()
        local = [doc - first for doc in deleted if first <= doc < first + len(part)]
        segments.append(segment.with_deleted(local))
        first += len(part)
    TOC(schema(COLUMN(VarBytesListColumn())), segments, 1).write(FileStorage(str(folder)), "MAIN")
    return open_dir(str(folder))


@dataclass(frozen=True)
class Tokens:
    """What a tokenizer makes of some texts."""

    text: Any
    ends: Any
    hashes: Any
    positions: Any
    counts: Any


def tokenize(texts: Sequence[str]) -> Tokens:
    """Split texts at blanks."""
    words = [text.split() for text in texts]
    blob, ends, hashes = join_terms([word.encode() for part in words for word in part])
    positions = np.array([n for part in words for n in range(len(part))], np.uint32)
    return Tokens(blob, ends, hashes, positions, np.array([len(part) for part in words], np.int32))


def derive(words: Sequence[str]) -> list[str]:
    """Return the first three letters of words."""
    return [word[:3] for word in words]


def to_batch(docs: Sequence[Doc]) -> Batch:
    """Return documents as the segment writer takes them."""
    dates = [NO_NUMBER if doc.date is None else doc.date for doc in docs]
    return Batch(
        texts={"title": [doc.title for doc in docs], "body": [doc.body for doc in docs]},
        keys={
            "id": [doc.doc_id.encode() for doc in docs],
            "month": [doc.month.encode() if doc.month else None for doc in docs],
            "kind": [doc.kind.encode() for doc in docs],
        },
        numbers={"date": np.array(dates, np.int32)},
        facets={"tag": [doc.tags for doc in docs], "kind": [(doc.kind,) for doc in docs]},
        stored=[to_whoosh(doc)["document"].encode() for doc in docs],
    )
