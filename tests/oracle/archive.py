"""Articles in two indexes with the product's schema, and the vocabulary of them."""

from collections.abc import Collection, Iterator, Sequence
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import RamStorage
from whoosh.index import open_dir

from index.analysis.analyzer import tokenize
from index.document import Document
from index.generations.writer import GenerationWriter
from index.ingest import read_paths
from index.schema import FACET_FIELDS, FIELDS, LAYOUT, Field, day_number
from index.whoosh_codec import ColumnarSegment, entries_of, open_whoosh, write_contents
from index.whoosh_codec.schema import whoosh_schema
from search.ranking import WEIGHT_BY_NAME

from .pair import Pair
from .plain import PlainDocument, lucene_length
from .vocabulary import Rng, Vocabulary, new_rng
from .whoosh_scoring import GivenLengths

DRAWN = 300
"""Words of a field that are drawn from its texts, which are common, and from its terms, rare."""

PHRASE_WORDS = 3
_ANALYZED = tuple(field for field in FIELDS if field.kind in {"words", "stems"})

Parts = Sequence[Sequence[Document]]
"""The documents of each segment."""


def read_articles(paths: Sequence[Path], count: int, seed: int) -> list[Document]:
    """Return some articles, drawn from all, in the order in which they are read."""
    documents = [item for item in read_paths(paths) if isinstance(item, Document)]
    chosen = new_rng(seed).sample(range(len(documents)), min(count, len(documents)))
    return [documents[number] for number in sorted(chosen)]


def build_pair(
    documents: Sequence[Document],
    folder: Path,
    sizes: Sequence[int] = (),
    deleted: Collection[int] = (),
) -> Pair:
    """Build both indexes: ours in a folder, Whoosh's own in memory.

    Args:
        documents: what both hold.
        folder: an empty folder.
        sizes: documents of each segment; all are in one where it is left out.
        deleted: numbers of documents to delete.
    """
    bounds = [0, *accumulate(sizes or [len(documents)])]
    parts = [documents[first:last] for first, last in pairwise(bounds) if first < last]
    _write_ours(parts, folder, deleted)
    return pair_of(documents, (open_dir(str(folder)), write_oracle(parts, deleted)))


def pair_of(documents: Sequence[Document], indexes: tuple[Any, Any]) -> Pair:
    """Return a pair of the two indexes of some documents, ours first."""
    return Pair([to_plain(d) for d in documents], LAYOUT, indexes, given_lengths(documents))


def to_plain(document: Document) -> PlainDocument:
    """Return what filters, facets and orders need of an article."""
    date = day_number(document.date) if document.date else None
    values = {facet.name: frozenset(facet.values_of(document)) for facet in FACET_FIELDS}
    return PlainDocument(document.doc_id, date, values)


def given_lengths(documents: Sequence[Document]) -> GivenLengths:
    """Count the tokens of every field by its Whoosh analyzer, and round them as Lucene does."""
    schema = whoosh_schema()
    exact = {
        field.name: [_token_count(schema[field.name], field.value_of(d)) for d in documents]
        for field in _ANALYZED
    }
    rounded = {name: [lucene_length(n) for n in lengths] for name, lengths in exact.items()}
    return GivenLengths(exact, rounded, WEIGHT_BY_NAME)


def vocabulary(documents: Sequence[Document], pair: Pair, seed: int) -> Vocabulary:
    """Draw words, phrases and values; fields that are empty everywhere are left out."""
    rng = new_rng(seed)
    terms = {field.name: _drawn_terms(field, documents, pair, rng) for field in FIELDS}
    phrases = {
        field.name: list(_phrases(field, documents, rng))
        for field in FIELDS
        if field.kind == "words"
    }
    by_kind = {
        kind: {f.name: terms[f.name] for f in FIELDS if f.kind == kind and terms[f.name]}
        for kind in ("words", "stems", "key")
    }
    return Vocabulary(
        words={name: words for name, words in by_kind["words"].items() if phrases[name]},
        stems=by_kind["stems"],
        keys=by_kind["key"],
        dates=[d.number for d in pair.documents if d.number is not None],
        phrases=phrases,
        parents="month",
    )


def write_oracle(parts: Parts, deleted: Collection[int] = ()) -> Any:
    """Write documents into an index of Whoosh's own codec, each part as a segment."""
    written = RamStorage().create_index(whoosh_schema())
    for part in parts:
        writer = written.writer(limitmb=512)
        for document in part:
            writer.add_document(**{field.name: field.value_of(document) for field in FIELDS})
        writer.commit(merge=False)
    writer = written.writer()
    for number in deleted:
        writer.delete_document(number)
    writer.commit(merge=False)
    return written


def _write_ours(parts: Parts, folder: Path, deleted: Collection[int]) -> None:
    segments, first = list[ColumnarSegment](), 0
    for part in parts:
        own_folder = folder / f"from-{first}"
        own_folder.mkdir(parents=True, exist_ok=True)
        with GenerationWriter(own_folder, first_number=len(segments) + 1) as writer:
            for document in part:
                writer.add(document)
            writer.commit()
        for segment, _, _ in entries_of(open_whoosh(own_folder, own_folder)):
            (own_folder / segment.file_name).rename(folder / segment.file_name)
            last = first + segment.doc_count()
            own = [number - first for number in deleted if first <= number < last]
            segments.append(segment.with_deleted(own))
            first = last
    write_contents(folder, segments)


def _token_count(field: Any, value: str | int | None) -> int:
    return sum(1 for _ in field.analyzer(value)) if value else 0


def _drawn_terms(field: Field, documents: Sequence[Document], pair: Pair, rng: Rng) -> list[str]:
    if field.kind in {"day", "stored"}:
        return []
    schema_field = whoosh_schema()[field.name]
    texts = [field.value_of(document) for document in rng.choices(documents, k=DRAWN)]
    common = [
        rng.choice(found) for text in texts if text and (found := _tokens(schema_field, text))
    ]
    rare = [term.decode() for term in pair.oracle.reader().lexicon(field.name)]
    return common + rng.sample(rare, min(DRAWN, len(rare)))


def _tokens(field: Any, text: str | int) -> list[str]:
    return [token.text for token in field.analyzer(text)]


def _phrases(field: Field, documents: Sequence[Document], rng: Rng) -> Iterator[tuple[str, ...]]:
    """Yield words that stand side by side in a line of a field: three, or two."""
    for document in rng.choices(documents, k=4 * DRAWN):
        line = rng.choice(str(field.value_of(document) or "").split("\n"))
        words = [token.text for token in tokenize(line)]
        if len(words) > 1:
            start = rng.randrange(len(words) - 1)
            yield tuple(words[start : start + PHRASE_WORDS])
