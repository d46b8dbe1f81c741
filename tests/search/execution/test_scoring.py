"""Scores against the formula of `search.ranking`, worked out here over plain lists of words."""

import datetime as dt
import math
import random
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from index.analysis.stemmer import stem
from index.document import Document
from search.engine import Engine
from search.query import And, Query, Term
from search.query.parser import parse_query
from search.ranking import ADJACENCY_WEIGHT, FIELD_WEIGHTS, WEIGHT_BY_NAME, searched_fields
from search.relevance.adjacency import ADJACENCY_FIELDS, short_words
from search.relevance.questions import subject_stems
from search.request import SIZE_RANGE, SearchRequest, Sort
from search.results import Hit
from tests.oracle.plain import lucene_length
from tests.oracle.random_documents import FIRST_DAY, WORDS, random_document

PREFIXES = ("be", "ber", "neg", "dag", "has", "pasar")
LABELS = {
    "title": "judul",
    "body": "isi",
    "tag": "tag",
    "author": "penulis",
    "caption": "keterangan",
    "place": "tempat",
    "editor": "redaktur",
    "category": "kategori",
    "source": "sumber",
}
SEEDS_AND_SIZES = ((1, 1), (2, 7), (3, 40), (4, 100))

Lines = list[list[str]]
"""A field's words, a list for each line: no phrase reaches over a line's end."""


def lines_of(document: Document, name: str) -> Lines:
    """The words of one index field."""
    texts = {
        "tags": "\n".join(document.tags),
        "author": "\n".join(document.authors),
        "editor": "\n".join(document.editors),
    }
    base = name.removesuffix("_stem")
    text = texts[base] if base in texts else getattr(document, base)
    lines = [line.split() for line in text.split("\n")]
    return [[stem(word) for word in line] for line in lines] if name != base else lines


class Archive(NamedTuple):
    """The documents, their words, and an engine over them."""

    documents: tuple[Document, ...]
    lines: dict[str, list[Lines]]
    engine: Engine

    def __repr__(self) -> str:
        return f"<archive of {len(self.documents)}>"


@pytest.fixture(scope="module")
def archives(engine_of: Callable[[Iterable[Document]], Engine]) -> list[Archive]:
    """A handful of random archives."""
    made = []
    for seed, size in SEEDS_AND_SIZES:
        rng = random.Random(seed)
        documents = tuple(random_document(rng, number) for number in range(size))
        lines = {name: [lines_of(d, name) for d in documents] for name in WEIGHT_BY_NAME}
        made.append(Archive(documents, lines, engine_of(documents)))
    return made


Scores = dict[int, float]
"""By number of a document that matches, its score."""

Tree = tuple[Any, ...]
"""(word | phrase | prefix, text, field) or (and | or, parts) or (not, part)."""


def frequency(lines: Lines, words: Sequence[str]) -> int:
    """How often the words stand side by side."""
    phrase, count = list(words), len(words)
    return sum(
        line[start : start + count] == phrase for line in lines for start in range(len(line))
    )


def term_scores(fields: list[Lines], words: Sequence[str], weight: float) -> Scores:
    """BM25 of a term, or of a phrase as one term, in one field."""
    lengths = [sum(map(len, lines)) for lines in fields]
    having = sum(length > 0 for length in lengths)
    average = sum(lengths) / max(having, 1)
    idf = 0.0
    for word in words:
        found = sum(frequency(lines, [word]) > 0 for lines in fields)
        idf += math.log(1 + (having - found + 0.5) / (found + 0.5))
    scores = {}
    for number, lines in enumerate(fields):
        if tf := frequency(lines, words):
            norm = 1.2 * (1 - 0.75 + 0.75 * lucene_length(lengths[number]) / average)
            scores[number] = weight * idf * tf / (tf + norm)
    return scores


def added(parts: Iterable[Scores]) -> Scores:
    """The sums of scores, over all documents that have one."""
    total: Scores = {}
    for part in parts:
        for number, score in part.items():
            total[number] = total.get(number, 0.0) + score
    return total


def leaf_scores(archive: Archive, kind: str, text: str, query_field: str | None) -> Scores:
    """A leaf's scores, added up over the fields that it searches."""
    parts = []
    for name in searched_fields(query_field):
        fields, weight, is_stem = archive.lines[name], WEIGHT_BY_NAME[name], name.endswith("_stem")
        if kind == "word":
            parts.append(term_scores(fields, [stem(text) if is_stem else text], weight))
        elif kind == "phrase" and not is_stem:
            parts.append(term_scores(fields, text.split(), weight))
        elif kind == "prefix" and not is_stem:
            begins = [any(w.startswith(text) for line in lines for w in line) for lines in fields]
            parts.append({number: weight for number, found in enumerate(begins) if found})
    return added(parts)


def tree_scores(archive: Archive, tree: Tree) -> Scores:
    """A query's scores; an exclusion takes documents away and adds nothing."""
    kind, parts = tree[0], tree[1]
    if kind not in {"and", "or"}:
        return leaf_scores(archive, *tree)
    required = [tree_scores(archive, part) for part in parts if part[0] != "not"]
    if kind == "or":
        return added(required)
    excluded = added(tree_scores(archive, part[1]) for part in parts if part[0] == "not")
    common = set.intersection(*(set(scores) for scores in required)) - set(excluded)
    return {number: score for number, score in added(required).items() if number in common}


def adjacency_scores(archive: Archive, query: Query) -> Scores:
    """What neighbours among two or three plain words score as phrases."""
    words = short_words(query)
    parts = query.parts if words and isinstance(query, And) else ()
    pairs = [pair for pair in pairwise(parts) if all(isinstance(part, Term) for part in pair)]
    phrases = (" ".join(part.text for part in pair if isinstance(part, Term)) for pair in pairs)
    fields = ADJACENCY_FIELDS.get(len(words), ())
    asked = [(phrase, field) for phrase in phrases for field in fields]
    scores = added(leaf_scores(archive, "phrase", *each) for each in asked)
    return {number: ADJACENCY_WEIGHT * score for number, score in scores.items()}


def typed(tree: Tree) -> str:
    """The query as a reader types it."""
    kind = tree[0]
    if kind == "not":
        return f"-{typed(tree[1])}"
    if kind in {"and", "or"}:
        return f"({(' ' if kind == 'and' else ' OR ').join(map(typed, tree[1]))})"
    text = {"word": tree[1], "phrase": f'"{tree[1]}"', "prefix": f"{tree[1]}*"}[kind]
    return f"{LABELS[tree[2]]}:{text}" if tree[2] else text


query_fields = st.none() | st.sampled_from(sorted(LABELS))
words = st.sampled_from(WORDS)
phrases = st.lists(words, min_size=1, max_size=3).map(" ".join)
leaves = st.one_of(
    st.tuples(st.just("word"), words, query_fields),
    st.tuples(st.just("phrase"), phrases, query_fields),
    st.tuples(st.just("prefix"), st.sampled_from(PREFIXES), query_fields),
)


def joined(parts: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    """Join trees; what is excluded stands beside something that is required."""
    several = st.lists(parts, min_size=1, max_size=3)
    excluded = st.lists(parts.map(lambda part: ("not", part)), max_size=2)
    both = st.builds(lambda required, more: required + more, several, excluded)
    return st.tuples(st.just("and"), both) | st.tuples(st.just("or"), several)


trees = st.recursive(leaves, joined, max_leaves=7)
random_archives = st.integers(0, len(SEEDS_AND_SIZES) - 1)
SORTS: tuple[Sort, ...] = ("relevance", "newest", "oldest")


@settings(max_examples=200, deadline=None)
@given(number=random_archives, tree=trees)
def test_hits_and_scores_are_those_of_the_formula(
    archives: list[Archive], number: int, tree: Tree
) -> None:
    """Words, phrases, prefixes, fields, OR, AND and exclusions, to the digits of 32 bits."""
    # The hits of a long query are reranked: see tests/search/relevance/test_coverage.py.
    query = parse_query(typed(tree)).query
    assume(subject_stems(query) is None)
    archive = archives[number]
    hits = archive.engine.search(SearchRequest(query_text=typed(tree), size=SIZE_RANGE[1])).hits
    expected, beside = tree_scores(archive, tree), adjacency_scores(archive, query)
    expected = {number: score + beside.get(number, 0.0) for number, score in expected.items()}
    scores = {archive.documents[number].doc_id: score for number, score in expected.items()}
    assert {hit.doc_id: hit.score for hit in hits} == pytest.approx(scores, rel=1e-5)


def sort_key(hit: Hit, sort: Sort) -> tuple[object, ...]:
    """What hits are sorted by: score or date, then the newest, then the id; undated last."""
    day = hit.date.toordinal() if hit.date else None
    newest = (day is None, -(day or 0))
    if sort == "oldest":
        return (day is None, day or 0, hit.doc_id)
    return (-hit.score, newest, hit.doc_id) if sort == "relevance" else (newest, hit.doc_id)


@settings(max_examples=60, deadline=None)
@given(number=random_archives, tree=trees, sort=st.sampled_from(SORTS))
def test_hits_stand_in_order(archives: list[Archive], number: int, tree: Tree, sort: Sort) -> None:
    """By score, or by date; ties by date, newest first, then by id."""
    request = SearchRequest(query_text=typed(tree), sort=sort, size=SIZE_RANGE[1])
    hits = archives[number].engine.search(request).hits
    assert list(hits) == sorted(hits, key=lambda hit: sort_key(hit, sort))


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("query_text", ["", "beras", "pasar OR teh", "kategori:pasar", "-emas"])
@pytest.mark.parametrize("size", [10, 17, 33])
def test_pages_hold_every_hit_once_in_order(
    archives: list[Archive], query_text: str, sort: Sort, size: int
) -> None:
    """Page after page gives the same list as one long page, whatever the size."""
    engine = archives[-1].engine
    whole = engine.search(SearchRequest(query_text=query_text, sort=sort, size=100))
    pages = range(1, math.ceil(whole.total / size) + 1)
    requests = (SearchRequest(query_text=query_text, sort=sort, size=size, page=n) for n in pages)
    assert [hit for request in requests for hit in engine.search(request).hits] == list(whole.hits)


def test_an_exact_word_ranks_above_its_other_forms(
    engine_of: Callable[[Iterable[Document]], Engine],
) -> None:
    """Both are found; what was typed comes first, although the other is newer."""
    engine = engine_of(
        Document(doc_id=word, title="Kabar", body=f"Soal {word} hari ini.", date=day)
        for word, day in (("dagangan", FIRST_DAY), ("perdagangan", dt.date(2024, 6, 1)))
    )
    hits = engine.search(SearchRequest(query_text="dagangan")).hits
    assert [hit.doc_id for hit in hits] == ["dagangan", "perdagangan"]


def test_a_word_in_the_headline_ranks_above_one_in_the_text(
    engine_of: Callable[[Iterable[Document]], Engine],
) -> None:
    """The weights of the fields decide between articles that are alike otherwise."""
    engine = engine_of(
        Document(doc_id=title, title=title, body=body, date=FIRST_DAY)
        for title, body in (("Kabar pagi", "Beras naik."), ("Beras naik", "Kabar pagi."))
    )
    hits = engine.search(SearchRequest(query_text="beras")).hits
    assert [hit.doc_id for hit in hits] == ["Beras naik", "Kabar pagi"]


def test_every_searched_field_has_a_weight_and_a_reason() -> None:
    """The table is complete: no field is searched for nothing, none twice."""
    assert len({row.name for row in FIELD_WEIGHTS}) == len(FIELD_WEIGHTS)
    assert all(row.weight > 0 and row.reason for row in FIELD_WEIGHTS)
