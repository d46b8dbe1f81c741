"""Alike articles: those of an index with the same or nearly the same words, counted by kind.

All of them are in the index. The same words of another outlet, or of another day, are articles of
their own; near copies have other words, and are grouped.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class AlikeArticles(NamedTuple):
    """Which articles are near duplicates of others, and how many are alike.

    Attributes:
        representatives: by the id of each article that is grouped, that of its representative.
        other_outlet: articles with the words of one in another outlet.
        other_date: articles with the words of one of their outlet under another date.
        near: articles that are grouped with one that has other words.
    """

    representatives: Mapping[str, str]
    other_outlet: int
    other_date: int
    near: int


def count_alike(
    doc_ids: Sequence[str],
    texts: NDArray[np.int64],
    sources: NDArray[np.uint64],
    representatives: Mapping[str, str],
) -> AlikeArticles:
    """Return the articles that are alike, by kind.

    Args:
        doc_ids: of all articles.
        texts: hashes of their headlines and texts.
        sources: hashes of their outlets.
        representatives: of the near duplicates among them.

    >>> texts, sources = np.array([7, 7, 7, 8]), np.array([1, 2, 1, 1], np.uint64)
    >>> count_alike("abcd", texts, sources, {"b": "a", "d": "a"})[1:]
    (1, 1, 1)
    """
    distinct = len(np.unique(texts))
    in_outlets = len(np.unique(np.stack((texts.view(np.uint64), sources)), axis=1).T)
    grouped = representatives.keys() | set(representatives.values())
    text_of = {i: text for i, text in zip(doc_ids, texts.tolist(), strict=True) if i in grouped}
    pairs = {(text_of[member], text_of[other]) for member, other in representatives.items()}
    near = sum(text != other for text, other in pairs)
    return AlikeArticles(representatives, in_outlets - distinct, len(texts) - in_outlets, near)
