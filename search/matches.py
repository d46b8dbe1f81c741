"""Selection and Matches: which hits a search keeps, and what it returns, for every engine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Selection:
    """Which hits to keep: how many, and in which order.

    Attributes:
        size: how many of the best hits.
        order: the name of an order by date; with `by_score` it decides between equal scores.
        by_score: whether the score comes first.
    """

    size: int
    order: str
    by_score: bool


COUNT_ONLY = Selection(size=0, order="newest", by_score=False)
"""Count the matches and keep no hit."""


class ScoredDocument(NamedTuple):
    """One of the best hits: its document number, and its score."""

    number: int
    score: float


@dataclass(frozen=True, slots=True)
class Matches:
    """The matches of a query: how many they are, and the best of them.

    Attributes:
        total: documents that match and pass all filters.
        total_without: by the name of each filter that is set, documents that only this one keeps
            out.
        hits: the best, in order.
        counts: the facet counts, in the engine's own form (see `Backend.count_facets`).
    """

    total: int
    total_without: Mapping[str, int]
    hits: Sequence[ScoredDocument]
    counts: object = None
