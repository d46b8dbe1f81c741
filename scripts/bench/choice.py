"""Choose the queries of a benchmark from its corpus, by the document frequency of words.

Nothing is random: the same documents give the same queries. Only words are chosen that every engine
tokenizes alike: Kliping's tokenizer, the plain rule "runs of letters and digits, lower-cased", and
the rule of Lucene's standard analyzer must find them in nearly the same documents.

>>> nearest({"di": 90, "ke": 60, "itu": 30}, 0.5, 100)
'ke'
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeVar

from bench.peer import BenchDocument, BenchQuery, CannotRunError, Shape
from index.analysis import stem, tokenize

SAMPLE_SIZE = 5_000
"""Documents that are counted, spread evenly over the corpus."""

WORD_LENGTH_LEAST, PREFIX_LENGTH = 3, 3
WORD_DIFFERENCE_MOST, PAIR_DIFFERENCE_MOST = 0.005, 0.02
"""Share of the documents of a word or pair in which two tokenizers may differ."""

PREFIX_SHARE_MOST = 0.6
"""A prefix that matches a larger share of the documents is a query for everything."""

PHRASE_SHARE_LEAST = 0.2
"""Least share of the documents in which each word of a phrase stands."""

_Key = TypeVar("_Key", str, tuple[str, str])

_PLAIN_WORDS = re.compile(r"[^\W_]+")
_STANDARD_WORDS = re.compile(r"\w+(?:[.:·'’]\w+)*")
"""Nearly the words of Unicode's annex 29, as Lucene's standard analyzer finds them."""
_LETTERS = re.compile(r"[a-z]+")

WORD_SHARES: tuple[tuple[str, Shape, tuple[float, ...]], ...] = (
    ("rare word", "or", (0.012,)),
    ("middling word", "or", (0.26,)),
    ("common word", "or", (0.80,)),
    ("OR of 2", "or", (0.26, 0.40)),
    ("OR of 4", "or", (0.26, 0.40, 0.12, 0.05)),
    ("AND of 2", "and", (0.26, 0.40)),
    ("AND of 3", "and", (0.26, 0.40, 0.60)),
)
"""Kind, shape, and the share of documents in which each word should stand."""

FILTERED_KINDS = ("common word", "AND of 2")
"""Kinds that are also asked with a filter by tag, and with filters by tag and month."""


@dataclass(frozen=True, slots=True)
class Frequencies:
    """Document frequencies in a sample of a corpus.

    Attributes:
        doc_count: documents of the sample.
        words: documents by word.
        pairs: documents by two common words side by side.
        prefixes: documents by prefix.
        words_by_prefix: how many different words have a prefix.
        tags: documents by tag.
        months: documents by month.
    """

    doc_count: int
    words: Mapping[str, int]
    pairs: Mapping[tuple[str, str], int]
    prefixes: Mapping[str, int]
    words_by_prefix: Mapping[str, int]
    tags: Mapping[str, int]
    months: Mapping[str, int]


def count_frequencies(documents: Iterable[BenchDocument], doc_count: int) -> Frequencies:
    """Count document frequencies in an even sample of a corpus of `doc_count` documents."""
    stride = max(1, doc_count // SAMPLE_SIZE)
    sample = [document for document in documents if document.number % stride == 0]
    ours = [_tokens(document.body) for document in sample]
    plain, standard = (
        [pattern.findall(document.body.lower()) for document in sample]
        for pattern in (_PLAIN_WORDS, _STANDARD_WORDS)
    )
    all_words = _doc_counts(map(set, ours))
    clear = {word: count for word, count in all_words.items() if _is_clear(word)}
    for others in (plain, standard):
        clear = _alike(clear, _doc_counts(map(set, others)), WORD_DIFFERENCE_MOST)
    common = {word for word, count in clear.items() if count >= PHRASE_SHARE_LEAST * len(sample)}
    pairs: dict[tuple[str, str], int] = _pair_counts(ours, common)
    for others in (plain, standard):
        pairs = _alike(pairs, _pair_counts(others, common), PAIR_DIFFERENCE_MOST)
    return Frequencies(
        len(sample),
        clear,
        pairs,
        _doc_counts({word[:PREFIX_LENGTH] for word in own} for own in ours),
        Counter(word[:PREFIX_LENGTH] for word in all_words),
        _doc_counts(document.tags for document in sample),
        Counter(document.month for document in sample),
    )


def choose_queries(frequencies: Frequencies, variants: int) -> list[BenchQuery]:
    """Return `variants` queries of each kind; kinds stand in the order of the tables."""
    kinds: dict[str, list[BenchQuery]] = {}
    for variant in range(variants):
        for query in _choose(frequencies, variant):
            kinds.setdefault(query.kind, []).append(query)
    # There is only one query for everything, so its variants are the same.
    return [query for queries in kinds.values() for query in dict.fromkeys(queries)]


def nearest(counts: Mapping[str, int], share: float, doc_count: int, variant: int = 0) -> str:
    """Return the word whose share of documents is nearest, or the next nearest by `variant`.

    Raises:
        CannotRunError: when there is no word.
    """
    target = share * doc_count
    words = sorted(counts, key=lambda word: (abs(counts[word] - target), word))
    return _at(words, variant)


def _choose(frequencies: Frequencies, variant: int) -> Iterator[BenchQuery]:
    plain = [
        _query(
            kind,
            shape,
            *(
                nearest(frequencies.words, share, frequencies.doc_count, variant)
                for share in shares
            ),
        )
        for kind, shape, shares in WORD_SHARES
    ]
    yield from plain
    yield _query("phrase", "phrase", *_at(_commonest(frequencies.pairs), variant))
    yield _query("prefix", "prefix", _at(_widest_prefixes(frequencies), variant))
    yield BenchQuery("everything", "all", (), ())
    tag = _at(_commonest(frequencies.tags), variant)
    month = _at(_commonest(frequencies.months), variant)
    for query in plain:
        if query.kind in FILTERED_KINDS:
            yield replace(query, kind=f"{query.kind}, 1 filter", filters=(("tag", tag),))
            both = (("tag", tag), ("month", month))
            yield replace(query, kind=f"{query.kind}, 2 filters", filters=both)


def _query(kind: str, shape: Shape, *words: str) -> BenchQuery:
    return BenchQuery(kind, shape, words, tuple(map(stem, words)))


def _widest_prefixes(frequencies: Frequencies) -> list[str]:
    """Return the prefixes of most words, but for those that match nearly everything."""
    most = PREFIX_SHARE_MOST * frequencies.doc_count
    selective = {
        prefix: count
        for prefix, count in frequencies.words_by_prefix.items()
        if _LETTERS.fullmatch(prefix) and frequencies.prefixes[prefix] <= most
    }
    return _commonest(selective)


def _commonest(counts: Mapping[_Key, int]) -> list[_Key]:
    return sorted(counts, key=lambda key: (-counts[key], key))


def _at(values: Sequence[_Key], number: int) -> _Key:
    if not values:
        raise CannotRunError("The corpus has too few words to choose queries from. Add articles.")
    return values[number % len(values)]


def _tokens(text: str) -> list[str]:
    """Return the tokens of a text, with "" where two are not side by side."""
    words: list[str] = []
    position = -1
    for token in tokenize(text):
        if token.position != position + 1:
            words.append("")
        words.append(token.text)
        position = token.position
    return words


def _is_clear(word: str) -> bool:
    return len(word) >= WORD_LENGTH_LEAST and bool(_LETTERS.fullmatch(word))


def _alike(
    ours: Mapping[_Key, int], plain: Mapping[_Key, int], difference: float
) -> dict[_Key, int]:
    """Return the counts of what both tokenizers find in nearly the same documents."""
    return {
        key: count
        for key, count in ours.items()
        if abs(count - plain.get(key, 0)) <= difference * count
    }


def _doc_counts(documents: Iterable[Iterable[_Key]]) -> Counter[_Key]:
    counts: Counter[_Key] = Counter()
    for own in documents:
        counts.update(own)
    return counts


def _pair_counts(documents: list[list[str]], words: set[str]) -> Counter[tuple[str, str]]:
    return _doc_counts(
        {pair for pair in pairwise(own) if words.issuperset(pair)} for own in documents
    )
