"""More like this: documents on the same subject, found by the telling words of one document.

A word tells much where it stands often in the document and seldom in the archive: tf-idf chooses a
dozen stems, and a search for any of them does the rest, with the ranking that every search has.
"""

import math
from collections import Counter

from index.analysis import stem, tokenize
from index.document import Document
from search.backend import Backend
from search.matches import Selection
from search.query import Or, Query, Stem
from search.request import NO_FILTERS

SIMILAR_FIELD = "body_stem"
TERMS = 12
"""Telling words that are searched: more of them find longer documents, and no closer ones."""
TITLE_FACTOR = 3
"""How often a word of the headline counts."""
WORDS_MOST = 3_000
"""Words of a text that are read."""
LENGTH_MOST = 100_000
"""Characters in which they are looked for: they have far fewer."""
DOCS_LEAST = 2
"""A word of this document alone finds no other."""
SHARE_MOST = 0.1
"""A word that stands in a larger share of the archive tells nothing."""
LETTERS_LEAST = 3
"""Letters of a telling word; numbers are none."""


def similar_documents(backend: Backend, number: int, most: int) -> list[Document]:
    """Return the documents most like one, the most alike first; none of its near duplicates.

    Raises:
        QueryTimeoutError: when finding them takes too long.
    """
    (document,) = backend.documents([number])
    query = similar_query(document, backend)
    if query is None:
        return []
    copies = {number, *backend.group_of(number)}
    selection = Selection(most + len(copies), "newest", by_score=True)
    hits = backend.with_copies(copies=False).find(query, selection, NO_FILTERS).hits
    return backend.documents([hit.number for hit in hits if hit.number not in copies][:most])


def similar_query(document: Document, backend: Backend) -> Query | None:
    """Return the query for documents like one; None where no word tells anything."""
    counts = _stem_counts(document)
    frequencies = backend.doc_frequencies(SIMILAR_FIELD, list(counts))
    most = max(DOCS_LEAST, SHARE_MOST * backend.doc_count)
    weights = {
        word: count / (count + 1) * math.log(backend.doc_count / frequency)
        for (word, count), frequency in zip(counts.items(), frequencies, strict=True)
        if DOCS_LEAST <= frequency <= most
    }
    telling = sorted(weights, key=lambda word: (-weights[word], word))[:TERMS]
    return Or(tuple(Stem(word, SIMILAR_FIELD) for word in telling)) if telling else None


def _stem_counts(document: Document) -> Counter[str]:
    counts: Counter[str] = Counter()
    for text, factor in ((document.title, TITLE_FACTOR), (document.body, 1)):
        for token in list(tokenize(text[:LENGTH_MOST]))[:WORDS_MOST]:
            if len(token.text) >= LETTERS_LEAST and not token.text[0].isdigit():
                counts[stem(token.text)] += factor
    return counts
