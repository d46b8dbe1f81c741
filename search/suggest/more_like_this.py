"""Articles about the same subject: those that share an article's telling words.

A word tells much where it stands often in the article and seldom in the archive: tf-idf chooses a
dozen stems, and a search for any of them does the rest, with the ranking that every search has.
"""

import math
from collections import Counter
from collections.abc import Sequence
from typing import Any

from whoosh import query as whoosh

from index.analysis.analyzer import tokenize
from index.analysis.stemmer import stem
from index.document import Document
from search.execution.snapshot import Snapshot

FIELD = "body_stem"
TERMS = 12
"""Telling words that are searched: more of them find longer articles, and no closer ones."""
TITLE_FACTOR = 3
"""How often a word of the headline counts."""
WORDS_MOST = 3_000
"""Words of a text that are looked at."""
DOCS_LEAST = 2
"""A word of this article alone finds no other."""
SHARE_MOST = 0.1
"""A word that stands in a larger share of the archive tells nothing."""
LETTERS_LEAST = 3
"""Letters of a telling word; numbers are none."""


def similar_query(document: Document, snapshot: Snapshot) -> Any | None:
    """Return the Whoosh query for articles like one; None where no word tells anything."""
    counts = _counts(document)
    terms = [(FIELD, word.encode("utf-8", "surrogatepass")) for word in counts]
    frequencies = _document_frequencies(snapshot, terms)
    most = max(DOCS_LEAST, SHARE_MOST * snapshot.doc_count)
    weights = {
        word: count / (count + 1) * math.log(snapshot.doc_count / frequency)
        for (word, count), frequency in zip(counts.items(), frequencies, strict=True)
        if DOCS_LEAST <= frequency <= most
    }
    telling = sorted(weights, key=lambda word: (-weights[word], word))[:TERMS]
    return whoosh.Or([whoosh.Term(FIELD, word) for word in telling]) if telling else None


def _counts(document: Document) -> Counter[str]:
    counts: Counter[str] = Counter()
    for text, factor in ((document.title, TITLE_FACTOR), (document.body, 1)):
        for token in list(tokenize(text))[:WORDS_MOST]:
            if len(token.text) >= LETTERS_LEAST and not token.text[0].isdigit():
                counts[stem(token.text)] += factor
    return counts


def _document_frequencies(snapshot: Snapshot, terms: Sequence[tuple[str, bytes]]) -> Sequence[int]:
    frequencies = [0] * len(terms)
    for view in snapshot.views:
        for number, (start, stop) in enumerate(view.segment.posting_ranges(terms)):
            frequencies[number] += stop - start
    return frequencies
