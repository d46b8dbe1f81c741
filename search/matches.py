"""What an evaluation is asked for, and what it found: plain values, free of any engine's syntax."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.uint32]

NUMBER_BIT = 7
"""The bit of the filter by a number; facets have those below it."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What a request keeps out, as ordinals of the snapshot.

    Attributes:
        allow: by number of the facet, the values of which a document must have one.
        deny: by number of the facet, the values of which it must have none.
        number: the field, the least and the greatest number; None for no such filter.
    """

    allow: Mapping[int, Sequence[int]] = field(default_factory=dict)
    deny: Mapping[int, Sequence[int]] = field(default_factory=dict)
    number: tuple[str, int, int] | None = None

    def __bool__(self) -> bool:
        return bool(self.bits)

    @property
    def bits(self) -> list[int]:
        """The bits of the filters that are set: one for all of a facet."""
        number = [NUMBER_BIT] if self.number else []
        return sorted({*self.allow, *self.deny, *number})


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for besides the matches.

    Attributes:
        best: how many of the best hits.
        order: the order's name; with `by_score` it decides between equal scores.
        by_score: whether the score comes first.
    """

    best: int
    order: str
    by_score: bool


class FoundHit(NamedTuple):
    """One of the best: its number among all documents, and its score."""

    number: int
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """What a query found.

    Attributes:
        total: documents that match and pass all filters.
        total_without: by bit of a filter, documents that this one alone keeps out.
        counts: by ordinal, documents that match and pass all filters but that facet's own.
        hits: the best, in order.
    """

    total: int
    total_without: Sequence[int]
    counts: Counts
    hits: Sequence[FoundHit]
