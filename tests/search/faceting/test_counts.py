"""Facets, filters, months and totals against a plain count over the documents, at random."""

import datetime as dt
import random
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import reduce
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.document import Document
from search.engine import Engine
from search.facets import FACETS, Facet
from search.request import SIZE_RANGE, FacetChoice, SearchRequest
from search.results import Bucket, DayCount, FacetResult, MonthCount

WORDS = "rak meja kursi lampu pintu".split()
POOLS = {
    "tag": ("Beras", "beras", "harga pangan", "AI", "énergi", "energi baru", "Ō", "日本", "x-y"),
    "author": ("Sari Dewi", "Budi", "O'Neil", "budi", "Çelik"),
    "source": ("Koran Satu", "Koran Dua", "koran"),
    "category": ("Ekonomi", "Olahraga"),
}
"""Values to tag random documents with; some differ in case or accents only."""

FIRST_DAY = dt.date(2023, 11, 20)
SEEDS_AND_SIZES = ((1, 0.9, 1), (2, 0.5, 9), (3, 0.8, 30), (4, 0.2, 60), (5, 1.0, 95))
"""Of each random archive: its seed, how often a part is there, how many documents it has."""


class Archive(NamedTuple):
    """The documents, and an engine over them."""

    documents: tuple[Document, ...]
    engine: Engine

    def __repr__(self) -> str:
        return f"<archive of {len(self.documents)}>"


def random_document(rng: random.Random, number: int, often: float) -> Document:
    """Make a document that lacks this or that, and may name a tag twice."""

    def some(pool: Sequence[str], most: int) -> tuple[str, ...]:
        return tuple(rng.choices(pool, k=rng.randint(1, most))) if rng.random() < often else ()

    return Document(
        doc_id=f"{rng.randrange(1000):03}-{number}",
        title=rng.choice(WORDS),
        body=" ".join(rng.choices(WORDS, k=rng.randint(1, 4))),
        tags=some(POOLS["tag"], 5),
        authors=some(POOLS["author"], 2),
        source="".join(some(POOLS["source"][: rng.randint(1, 3)], 1)),
        category="".join(some(POOLS["category"], 1)) if often > 0.8 else "",
        date=FIRST_DAY + dt.timedelta(days=rng.randrange(120)) if rng.random() < often else None,
    )


@pytest.fixture(scope="module")
def archives(engine_of: Callable[[Iterable[Document]], Engine]) -> list[Archive]:
    """A handful of random archives, from one document to a page full."""
    made = []
    for seed, often, size in SEEDS_AND_SIZES:
        rng = random.Random(seed)
        documents = tuple(random_document(rng, number, often) for number in range(size))
        made.append(Archive(documents, engine_of(documents)))
    return made


def choices_of(pool: Sequence[str]) -> st.SearchStrategy[FacetChoice]:
    """Draw a choice among a facet's values, and one that no document has."""
    values = st.lists(st.sampled_from((*pool, "1901-01")), max_size=2).map(tuple)
    return st.builds(
        FacetChoice,
        include=values,
        exclude=values,
        without=st.booleans(),
        size=st.none() | st.integers(1, 4),
        match=st.sampled_from(["", "", "e", "BERAS", "ener", "2024-0", "zzz"]),
    )


MONTHS = ("2023-11", "2023-12", "2024-01", "2024-02", "2024-03")
days = st.none() | st.integers(-5, 130).map(lambda count: FIRST_DAY + dt.timedelta(days=count))
choices = st.fixed_dictionaries(
    {},
    optional={name: choices_of(pool) for name, pool in {**POOLS, "month": MONTHS}.items()},
)
query_words = st.lists(st.sampled_from(WORDS), max_size=2, unique=True)


@st.composite
def requests(draw: st.DrawFn) -> SearchRequest:
    """Draw any request whose first page holds every hit."""
    start, end = draw(days), draw(days)
    if start and end and start > end:
        start, end = end, start
    request = SearchRequest(
        query_text=" ".join([*draw(query_words), *(f"-{word}" for word in draw(query_words)[:1])]),
        from_date=start,
        to_date=end,
        any_word=draw(st.booleans()),
        sort=draw(st.sampled_from(["relevance", "newest", "oldest"])),
        size=SIZE_RANGE[1],
    )
    chosen = draw(choices)
    return reduce(lambda asked, name: asked.with_choice(name, chosen[name]), chosen, request)


def values_of(document: Document, facet_name: str) -> set[str]:
    """The values of a document in a facet, each once."""
    values: dict[str, Any] = {
        "tag": document.tags,
        "author": document.authors,
        "month": [document.date.isoformat()[:7]] if document.date else [],
        "source": [document.source],
        "category": [document.category],
        "date_source": [document.date_source] if document.date else [],
    }
    return {value for value in values[facet_name] if value}


def is_wanted(document: Document, request: SearchRequest, but: str = "") -> bool:
    """Whether a document passes the query and every filter but one facet's."""
    words = {*document.title.split(), *document.body.split()}
    typed = request.query_text.split()
    asked = [word in words for word in typed if not word.startswith("-")]
    if any(word[1:] in words for word in typed if word.startswith("-")):
        return False
    if asked and not (any(asked) if request.any_word else all(asked)):
        return False
    if (request.from_date or request.to_date) and not (
        document.date
        and (request.from_date or dt.date.min) <= document.date
        and document.date <= (request.to_date or dt.date.max)
    ):
        return False
    return all(
        is_chosen(values_of(document, name), choice)
        for name, choice in request.choices
        if name != but
    )


def is_chosen(values: set[str], choice: FacetChoice) -> bool:
    """Whether a document with these values passes a choice."""
    if values & set(choice.exclude):
        return False
    if not choice.include and not choice.without:
        return True
    return bool(values & set(choice.include)) or (choice.without and not values)


def plain(text: str) -> str:
    """Small letters without accents or apostrophes."""
    letters = unicodedata.normalize("NFD", text.lower().replace("'", ""))
    return "".join(char for char in letters if not unicodedata.combining(char))


def is_equal(value: str, choice: FacetChoice) -> bool:
    """Whether a value is the text that is looked for in its facet."""
    return bool(choice.match) and plain(value) == plain(choice.match)


def expected_facet(facet: Facet, documents: Sequence[Document], request: SearchRequest) -> Any:
    """The facet, counted a document at a time; None where the archive has too few values."""
    choice = request.choice(facet.name)
    everything = {value for document in documents for value in values_of(document, facet.name)}
    if len(everything) < facet.fewest and not choice.restricts:
        return None
    seen = [values_of(d, facet.name) for d in documents if is_wanted(d, request, facet.name)]
    counts = Counter(value for values in seen for value in values)
    found = [value for value in counts if plain(choice.match) in plain(value)]
    by_value = sorted(found, reverse=facet.order == "value")
    ranked = by_value if facet.order == "value" else sorted(by_value, key=lambda v: -counts[v])
    ranked = sorted(ranked, key=lambda v: not is_equal(v, choice))
    first = ranked[: facet.size if choice.size is None else choice.size]
    shown = {*first, *choice.include, *choice.exclude}
    return FacetResult(
        name=facet.name,
        buckets=tuple(expected_buckets(facet, shown, counts, choice)),
        total=len(found),
        missing=sum(not values for values in seen),
        missing_selected=choice.without,
        other=sum(counts[value] for value in found if value not in shown),
    )


def expected_buckets(
    facet: Facet, shown: set[str], counts: Counter[str], choice: FacetChoice
) -> Iterable[Bucket]:
    """The buckets in the order shown: months by time, others chosen first and then commonest.

    What equals the text that is looked for comes before what only contains it.
    """
    if facet.order == "value":
        ordered = sorted(shown, reverse=True)
    else:
        ordered = sorted(
            shown,
            key=lambda v: (v not in choice.include, not is_equal(v, choice), -counts[v], v),
        )
    for value in ordered:
        yield Bucket(value, counts[value], value in choice.include, value in choice.exclude)


random_archives = st.integers(0, len(SEEDS_AND_SIZES) - 1)
many = settings(max_examples=150, deadline=None)
some = settings(max_examples=40, deadline=None)


@many
@given(number=random_archives, request=requests())
def test_every_facet_is_what_a_plain_count_gives(
    archives: list[Archive], number: int, request: SearchRequest
) -> None:
    """Buckets in order, totals, missing, other: for any combination of filters."""
    documents, results = archives[number].documents, archives[number].engine.search(request)
    expected = (expected_facet(facet, documents, request) for facet in FACETS)
    assert results.facets == tuple(facet for facet in expected if facet)


@many
@given(number=random_archives, request=requests())
def test_hits_are_the_documents_that_pass_every_filter(
    archives: list[Archive], number: int, request: SearchRequest
) -> None:
    """All of them, each once, and counted."""
    documents, results = archives[number].documents, archives[number].engine.search(request)
    expected = sorted(d.doc_id for d in documents if is_wanted(d, request))
    assert sorted(hit.doc_id for hit in results.hits) == expected
    assert results.total == len(expected)


@some
@given(number=random_archives, request=requests())
def test_months_are_what_a_plain_count_gives(
    archives: list[Archive], number: int, request: SearchRequest
) -> None:
    """Every month of the archive, counted without the choice of months."""
    documents, results = archives[number].documents, archives[number].engine.search(request)
    months = sorted({month for document in documents for month in values_of(document, "month")})
    wanted = [values_of(d, "month") for d in documents if is_wanted(d, request, "month")]
    counts = Counter(month for values in wanted for month in values)
    chosen = request.choice("month").include
    are_all = SearchRequest(copies=request.copies)
    totals = Counter(m for d in documents if is_wanted(d, are_all) for m in values_of(d, "month"))
    expected = tuple(MonthCount(m, counts[m], m in chosen, totals[m]) for m in months)
    assert results.months == expected


@some
@given(number=random_archives, request=requests())
def test_days_are_what_a_plain_count_gives(
    archives: list[Archive], number: int, request: SearchRequest
) -> None:
    """Every day of the window, counted without the filter by days; none without a window."""
    documents, results = archives[number].documents, archives[number].engine.search(request)
    window = request.filters.day_window
    whole = replace(request, from_date=None, to_date=None)
    counts = Counter(d.date for d in documents if is_wanted(d, whole))
    are_all = SearchRequest(copies=request.copies)
    totals = Counter(d.date for d in documents if is_wanted(d, are_all))
    first, last = window or (dt.date(2000, 1, 2), dt.date(2000, 1, 1))
    days = [first + dt.timedelta(days=number) for number in range((last - first).days + 1)]
    assert results.days == tuple(DayCount(day, counts[day], totals[day]) for day in days)


@some
@given(number=random_archives, request=requests())
def test_rule_1_holds_of_every_shown_value(
    archives: list[Archive], number: int, request: SearchRequest
) -> None:
    """Chosen alone in its facet, a value gives as many hits as it counts."""
    engine = archives[number].engine
    for facet in engine.search(request).facets:
        for bucket in facet.buckets:
            alone = request.with_choice(facet.name, FacetChoice(include=(bucket.value,)))
            assert engine.search(alone).total == bucket.count
        missing = request.with_choice(facet.name, FacetChoice(without=True))
        assert engine.search(missing).total == facet.missing


@some
@given(number=random_archives, request=requests(), added=choices)
def test_rule_2_holds_of_every_added_filter(
    archives: list[Archive], number: int, request: SearchRequest, added: dict[str, FacetChoice]
) -> None:
    """No count grows when another facet is narrowed."""
    engine = archives[number].engine
    bare = everything_shown(replace(request, choices=()))
    before = {
        facet.name: {bucket.value: bucket.count for bucket in facet.buckets}
        for facet in engine.search(bare).facets
    }
    for name, choice in added.items():
        narrowed = bare.with_choice(name, replace(choice, match="", size=1000))
        for facet in engine.search(narrowed).facets:
            if facet.name in before:  # one of too few values appears only when it is chosen
                for bucket in facet.buckets:
                    assert bucket.count <= before[facet.name].get(bucket.value, 0)


@some
@given(number=random_archives, request=requests())
def test_rule_8_holds_of_every_facet_of_single_values(
    archives: list[Archive], number: int, request: SearchRequest
) -> None:
    """Without a choice of its own, buckets, other and missing add up to the hits."""
    engine = archives[number].engine
    for name in (facet.name for facet in FACETS if facet.single):
        results = engine.search(request.with_choice(name, FacetChoice()))
        for facet in results.facets:
            if facet.name == name:
                shown = sum(bucket.count for bucket in facet.buckets)
                assert shown + facet.other + facet.missing == results.total


def everything_shown(request: SearchRequest) -> SearchRequest:
    """The request with every bucket of every facet in its answer."""
    return reduce(
        lambda asked, facet: asked.with_choice(facet.name, FacetChoice(size=1000)), FACETS, request
    )
