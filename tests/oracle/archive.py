"""Real articles in two indexes, and what queries of them can be made of."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.filedb.filestore import RamStorage
from whoosh.index import open_dir

from index.analysis.analyzer import tokenize
from index.document import Document
from index.generations.writer import GenerationWriter
from index.ingest import read_paths
from index.schema import FACET_FIELDS, FIELDS, LAYOUT, Field, day_number
from index.segments.field_norms import encode_lengths, length_table
from index.whoosh_codec.schema import whoosh_schema
from search.ranking import WEIGHT_BY_NAME

from .matchers import GivenLengths
from .pair import Pair
from .plain import Held
from .queries import Rng, Vocabulary, new_rng

DRAWN = 300
"""Words of a field that are drawn from its texts, and from its terms: common ones, and rare."""

PHRASE_WORDS = 3
_ANALYZED = tuple(field for field in FIELDS if field.kind in {"words", "stems"})


def read_articles(paths: Sequence[Path], count: int, seed: int) -> list[Document]:
    """Return some articles, drawn from all, in the order in which they are read."""
    documents = [item for item in read_paths(paths) if isinstance(item, Document)]
    chosen = new_rng(seed).sample(range(len(documents)), min(count, len(documents)))
    return [documents[number] for number in sorted(chosen)]


def build_pair(documents: Sequence[Document], folder: Path) -> Pair:
    """Build both indexes: ours in a folder, Whoosh's own in memory."""
    with GenerationWriter(folder) as writer:
        for document in documents:
            writer.add(document)
        writer.commit()
    indexes = (open_dir(str(folder)), _build_oracle(documents))
    return Pair([held(d) for d in documents], LAYOUT, indexes, given_lengths(documents))


def held(document: Document) -> Held:
    """Return what is known of an article besides its words."""
    date = day_number(document.date) if document.date else None
    values = {facet.name: frozenset(facet.values_of(document)) for facet in FACET_FIELDS}
    return Held(document.doc_id, date, values)


def given_lengths(documents: Sequence[Document]) -> GivenLengths:
    """Count the tokens of every field by its analyzer, and round them as Lucene does."""
    schema = whoosh_schema()
    exact = {
        field.name: [_token_count(schema[field.name], field.value_of(d)) for d in documents]
        for field in _ANALYZED
    }
    rounded = {
        name: length_table()[encode_lengths(np.array(lengths, np.int64))].tolist()
        for name, lengths in exact.items()
    }
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
        dates=[day for document in pair.documents if (day := document.date) is not None],
        phrases=phrases,
        parents="month",
    )


def _build_oracle(documents: Sequence[Document]) -> Any:
    built = RamStorage().create_index(whoosh_schema())
    writer = built.writer(limitmb=512)
    for document in documents:
        writer.add_document(**{field.name: field.value_of(document) for field in FIELDS})
    writer.commit()
    return built


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
