"""A batch: the documents that a segment writer takes at once, field by field, and their tokens."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from index.arrays import Int32Array, Int64Array, Uint8Array, Uint32Array, Uint64Array


class FieldTokens(Protocol):
    """The tokens of one field of some documents, as `index.analysis.TokenBatch` has them."""

    @property
    def text(self) -> Uint8Array:
        """The bytes of all tokens, end to end."""

    @property
    def ends(self) -> Int64Array:
        """For each token, where it ends in them."""

    @property
    def hashes(self) -> Uint64Array:
        """For each token, the hash of its text."""

    @property
    def positions(self) -> Uint32Array:
        """For each token, its position in its text."""

    @property
    def counts(self) -> Int32Array:
        """For each text, how many tokens it has."""


Tokenize = Callable[[Sequence[str]], FieldTokens]
"""From the texts of a field to their tokens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Some documents, by field; every list and array has an entry a document.

    Attributes:
        texts: by field of words, the texts.
        keys: by field of keys, the keys; None where a document has none.
        numbers: by field of numbers, the numbers; `NO_NUMBER` where a document has none.
        facets: by facet, the values.
        stored: the stored texts, as UTF-8.
    """

    texts: dict[str, list[str]]
    keys: dict[str, list[bytes | None]]
    numbers: dict[str, Int32Array]
    facets: dict[str, list[tuple[str, ...]]]
    stored: list[bytes]
