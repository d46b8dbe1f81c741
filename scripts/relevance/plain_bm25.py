"""Baseline BM25 over one field with title, text and tags, independent of the engine."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

import numpy as np

from index.analysis import tokenize
from index.document import Document
from search import K1, B, idf


class PlainBM25:
    """Ranks the articles that have any word of a query."""

    def __init__(self, documents: Sequence[Document], word_of: Callable[[str], str]) -> None:
        """Index articles.

        Args:
            documents: the articles.
            word_of: from a token to what is indexed: itself, or its stem.
        """
        self._ids = [document.doc_id for document in documents]
        self._word_of = word_of
        postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
        lengths = np.zeros(len(documents))
        for number, document in enumerate(documents):
            words = self._words("\n".join((document.title, document.body, *document.tags)))
            lengths[number] = len(words)
            for word, count in Counter(words).items():
                postings[word].append((number, count))
        self._postings = {word: np.array(rows).T for word, rows in postings.items()}
        self._norms = K1 * (1 - B + B * lengths / max(lengths.mean(), 1e-9))

    def best(self, query_text: str, count: int) -> list[tuple[str, float]]:
        """Return the ids and scores of the `count` best articles."""
        scores = np.zeros(len(self._ids))
        for word in self._words(query_text):
            if word in self._postings:
                docs, counts = self._postings[word]
                weight = idf(len(self._ids), len(docs))
                scores[docs] += weight * counts / (counts + self._norms[docs])
        order = np.argsort(-scores, kind="stable")[:count].tolist()
        return [(self._ids[doc], float(scores[doc])) for doc in order if scores[doc] > 0]

    def _words(self, text: str) -> list[str]:
        return [self._word_of(token.text) for token in tokenize(text)]
