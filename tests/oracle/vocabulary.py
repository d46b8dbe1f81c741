"""Vocabulary of an archive: the words, phrases and values of which random queries are made."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Rng = random.Random

UNKNOWN = "xqxq"
"""A word that no document has."""

UNKNOWN_FIELD = "isi"
"""A field that no index has."""


@dataclass(frozen=True, repr=False)
class Vocabulary:
    """What queries of an archive can be made of.

    Attributes:
        words: by field with positions, words that stand there.
        stems: by field of stems, its terms.
        keys: by field of keys, its values.
        dates: numbers of the field "date".
        phrases: by field with positions, words that stand side by side in a document.
        parents: a field of keys, for queries of parents and children: documents that have one of
            its values are the parents of those that follow them.
        columns: number fields that have a column in both indexes, for conditions on it.
    """

    words: Mapping[str, Sequence[str]]
    stems: Mapping[str, Sequence[str]]
    keys: Mapping[str, Sequence[str]]
    dates: Sequence[int]
    phrases: Mapping[str, Sequence[Sequence[str]]]
    parents: str
    columns: Sequence[str] = ()


def new_rng(seed: int) -> Rng:
    """Return the source of all draws; the same seed draws the same."""
    return Rng(seed)


def chance(rng: Rng, share: float) -> bool:
    """Return whether something happens that happens in a share of all cases."""
    return rng.random() < share


def draw_boost(rng: Rng) -> float:
    """Return a boost; half of them are 1."""
    return rng.choice((1.0, 1.0, 2.5, 0.5))


def draw_term(rng: Rng, known: Vocabulary) -> tuple[str, str]:
    """Return a field and one of its terms: mostly a word, seldom a key."""
    texts = rng.choices((known.words, known.stems, known.keys), (5, 3, 1))[0]
    field = rng.choice(list(texts))
    return field, rng.choice(texts[field])


def draw_phrase(rng: Rng, known: Vocabulary) -> tuple[str, list[str]]:
    """Return a field and words side by side in it; at times one stands twice, or is unknown."""
    field = rng.choice(list(known.words))
    words = list(rng.choice(known.phrases[field]))
    if chance(rng, 0.15):
        words[rng.randrange(len(words))] = rng.choice((UNKNOWN, words[0]))
    return field, words
