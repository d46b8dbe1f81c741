"""Field weights: what a word counts for, by the field in which it stands.

A hit's score is the sum, over the words and over the fields in which each matches, of the field's
weight times BM25 in Lucene's form (`org.apache.lucene.search.similarities.BM25Similarity`, Lucene 8
and later):

    idf = ln(1 + (N - n + 0.5) / (n + 0.5))
    BM25 = idf * tf / (tf + k1 * (1 - b + b * length / average length))

N: documents that have the field; n: documents with the term in it; lengths as in
`index.segments.field_norms`. A phrase counts as one term whose idf is the sum of its words';
near words count as the words that they are, in the field where they are near. A prefix scores its
field's weight; what only restricts (dates, exclusions standing alone) scores 1, as in Lucene; the
whole archive scores 0. The best hits of a long query are then put in order anew
(`search.relevance.coverage`).

>>> searched_fields("title")
('title', 'title_stem')
"""

import math
from dataclasses import dataclass

K1 = 1.2
"""How soon a word's repetition stops counting: Lucene's default."""
B = 0.75
"""How much longer fields count less: Lucene's default."""
SYNONYM_WEIGHT = 0.05
"""What another name of a thing counts for beside the one that was typed: it is found, and no more.
docs/ranking.md has what heavier ones lose."""

ADJACENCY_WEIGHT = 2.0
"""What two plain words count for as a phrase, beside what they count for as words (see
`search.relevance.adjacency`). docs/ranking.md has what other numbers gain."""


@dataclass(frozen=True, slots=True)
class FieldWeight:
    """One searched field of the index.

    Attributes:
        name: the index field.
        query_field: the field of the query language (see `search.query.tree`) that searches it.
        weight: factor of its BM25.
        default: whether plain words search it too.
        reason: why this number.
    """

    name: str
    query_field: str
    weight: float
    default: bool
    reason: str


FIELD_WEIGHTS = (
    FieldWeight("title", "title", 0.4, True, "a little above the body: twice as much lost"),
    FieldWeight("title_stem", "title", 0.75, True, "exact to stem as in the body"),
    FieldWeight("body", "body", 0.35, True, "exact words above their other forms"),
    FieldWeight("body_stem", "body", 0.65, True, "with 0.35 exact gained a point of MRR"),
    FieldWeight("tags", "tag", 0.35, True, "a tag is an editor's word for the subject"),
    FieldWeight("tags_stem", "tag", 0.65, True, "exact to stem as in the body"),
    FieldWeight(
        "caption", "caption", 0.1, True, "a caption repeats the body: found, hardly ranked"
    ),
    FieldWeight("caption_stem", "caption", 0.2, True, "the same"),
    FieldWeight("place", "place", 0.2, True, "where a story was written, cut from its text"),
    FieldWeight("author", "author", 0.5, True, "a name typed finds what its bearer wrote"),
    FieldWeight("editor", "editor", 0.5, False, "only when asked for: editors sign everything"),
    FieldWeight("category", "category", 0.5, False, "only when asked for: it is a facet"),
    FieldWeight("source", "source", 0.5, False, "only when asked for: it is a facet"),
)
"""Every searched field. docs/ranking.md has what was measured; the other reasons are judgments."""

WEIGHT_BY_NAME = {field.name: field.weight for field in FIELD_WEIGHTS}


@dataclass(frozen=True, slots=True)
class FieldStatistics:
    """What scoring needs of a field: how many documents have it, and their tokens on average."""

    doc_count: int
    average: float


def idf(doc_count: int, frequency: int) -> float:
    """Return the inverse document frequency of a term, as Lucene computes it.

    Args:
        doc_count: documents that have the field.
        frequency: documents that have the term in it.

    >>> round(idf(10, 1), 4)
    1.9924
    """
    return math.log(1 + (doc_count - frequency + 0.5) / (frequency + 0.5))


def searched_fields(query_field: str | None) -> tuple[str, ...]:
    """Return the index fields that a field of the query language searches; None: plain words."""
    return tuple(
        field.name
        for field in FIELD_WEIGHTS
        if (field.default if query_field is None else field.query_field == query_field)
    )
