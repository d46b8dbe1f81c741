"""Adjacency: of two or three plain words, documents rank higher where they stand side by side.

Who types hitung cepat means the two words together; a sum over words ranks an article that says
hitung in one place and cepat, often, in another as high. So each pair of neighbours in a query of
two or three plain words scores as a phrase, too, in headline and text (`ADJACENCY_FIELDS`):

    score' = score + ADJACENCY_WEIGHT * sum of field weight * BM25 of each pair as a phrase

BM25 of a phrase is as in `search.ranking`: its idf is the sum of its words', and what decides is
how often it stands in the field. That is the ordered half of the sequential dependence model of
Metzler and Croft, "A Markov Random Field Model for Term Dependencies" (SIGIR 2005), which Solr has
as `pf2`. Every hit is scored so, not the best ones alone: one pass over the positions of each pair
finds them, and no text is read. It finds neither more nor less: who has the phrase has its words.

Quotes, fields, operators and longer queries are left as they are: docs/ranking.md has what the rule
gains. Words of which an archive is full (`COMMON_SHARE`) say nothing by their neighbours.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from index.analysis import tokenize
from search.backend import Backend
from search.query import Also, And, DateRange, Not, Or, Phrase, Query, Term
from search.ranking import ADJACENCY_WEIGHT

ADJACENCY_FIELDS = {2: ("title", "body"), 3: ("body",)}
"""Where words stand side by side as in a sentence, by how many are typed. Three words that are all
in a headline are near each other anyhow, and two pairs in two fields take twice the time."""

COMMON_SHARE = 0.1
"""Share of the archive from which a word is too common to look for beside another: of a pair like
di Jakarta, ranked anyhow, it would cost as much as the rest of the query."""
COMMON_LEAST = 1_000
"""Documents that are few in any archive: they are looked through in no time."""

_STATISTICS_FIELD = "body"


def short_words(query: Query, *, any_word: bool = False) -> tuple[str, ...]:
    """Return the two or three plain words of a query in a row; none of any other query.

    Dates and exclusions may stand beside, and other names of all the words.

    Args:
        query: the query.
        any_word: whether any of its words is enough; else words joined by ATAU are no row.

    >>> from search.query import parse_query
    >>> short_words(parse_query("kereta api -cepat").query), short_words(parse_query("api").query)
    (('kereta', 'api'), ())
    """
    if isinstance(query, Also):
        return short_words(query.part, any_word=any_word)
    if not isinstance(query, Or if any_word else And):
        return ()
    words = [p for p in map(_typed, query.parts) if not isinstance(p, Not | DateRange)]
    texts = tuple(word.text for word in words if isinstance(word, Term) and word.field is None)
    return texts if len(texts) == len(words) and len(texts) in ADJACENCY_FIELDS else ()


def expect_adjacent(backend: Backend, words: Sequence[str]) -> None:
    """Tell the index which frequencies `prefer_adjacent` will ask for."""
    if words:
        backend.expect(_STATISTICS_FIELD, _tokens(" ".join(words)))


def prefer_adjacent(backend: Backend, query: Query, words: Sequence[str]) -> Query:
    """Return a query that ranks documents higher where its two or three plain words are neighbours.

    Args:
        backend: the index.
        query: the query.
        words: its `short_words`; without any, it is returned as it is.
    """
    if not words:
        return query
    tokens = _tokens(" ".join(words))
    counts = dict(zip(tokens, backend.doc_frequencies(_STATISTICS_FIELD, tokens), strict=True))
    most = max(COMMON_LEAST, COMMON_SHARE * backend.field_doc_count(_STATISTICS_FIELD))
    rare = {token for token, count in counts.items() if count <= most}

    def phrases(text: str) -> tuple[Phrase, ...]:
        is_telling = not rare.isdisjoint(_tokens(text))
        return tuple(Phrase(text, f) for f in ADJACENCY_FIELDS[len(words)] if is_telling)

    return _preferring(query, phrases)


def _preferring(query: Query, phrases: Callable[[str], tuple[Phrase, ...]]) -> Query:
    """Return the query of short words with the phrases of each pair beside its first word.

    A document with the phrase has the word, so the part finds what it found.
    """
    match query:
        case Also(part):
            return replace(query, part=_preferring(part, phrases))
        case And(parts) | Or(parts):
            pairs = pairwise(map(_typed, parts))
            first = (
                _beside(part, *pair, phrases) for pair, part in zip(pairs, parts[:-1], strict=True)
            )
            return type(query)((*first, parts[-1]))
    return query


def _beside(
    part: Query, word: Query, after: Query, phrases: Callable[[str], tuple[Phrase, ...]]
) -> Query:
    if not (isinstance(word, Term) and isinstance(after, Term)):
        return part
    names = phrases(f"{word.text} {after.text}")
    return Also(part, names, ADJACENCY_WEIGHT) if names else part


def _typed(part: Query) -> Query:
    return part.part if isinstance(part, Also) else part


def _tokens(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(token.text for token in tokenize(text)))
