"""What is offered when nothing was found: only what does find something, with its true count."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.document import Document
from search.engine import Engine
from search.request import NO_CHOICE, FacetChoice, SearchRequest

EngineOf = Callable[[Iterable[Document]], Engine]

DOCUMENTS = tuple(
    Document(
        doc_id=f"{number}",
        title="Kabar pasar",
        body=body,
        tags=(tag,),
        authors=(author,),
        date=dt.date(2024, 1, 1 + number),
    )
    for number, (body, tag, author) in enumerate(
        [
            ("Harga beras naik.", "pangan", "Sari"),
            ("Harga gula turun.", "pangan", "Budi"),
            ("Pemerintah membuka gudang.", "gudang", "Budi"),
            ("Pemerintah menutup gudang beras.", "gudang", "Sari"),
        ]
    )
)


@pytest.fixture(scope="module")
def engine(engine_of: Callable[[Iterable[Document]], Engine]) -> Engine:
    """An archive of four articles."""
    return engine_of(DOCUMENTS)


def request_of(query_text: str = "", /, **parts: Any) -> SearchRequest:
    """A request; a facet's name with a value chooses that value."""
    chosen = {name: parts.pop(name) for name in ("tag", "author", "month") if name in parts}
    request = SearchRequest(query_text=query_text, **parts)
    for name, value in chosen.items():
        request = request.with_choice(name, FacetChoice(include=(value,)))
    return request


def offered(engine: Engine, request: SearchRequest) -> dict[str, int]:
    """The alternatives, by kind, with what they say they find."""
    return {offer.kind: offer.total for offer in engine.search(request).alternatives}


OFFERS = (
    (request_of("beras gula"), {"any_words": 3}),
    (request_of("beras zzzz"), {"any_words": 2}),
    (request_of("berass"), {"spelling": 2}),
    (request_of("pemerintaah bers"), {"spelling": 1}),
    (request_of("harga pemerintha"), {"any_words": 2, "spelling": 4}),
    (request_of("gula", tag="gudang"), {"without_tag": 1}),
    (
        request_of("gula", tag="gudang", author="Sari"),
        {"without_filters": 1},
    ),
    (
        request_of("gula", tag="pangan", author="Sari"),
        {"without_author": 1, "without_filters": 1},
    ),
    (
        request_of("beras", from_date=dt.date(2025, 1, 1)),
        {"without_dates": 2},
    ),
    (
        request_of("beras", to_date=dt.date(2024, 1, 2), month="2023-12"),
        {"without_month": 1, "without_filters": 2},
    ),
    (
        request_of("gula gudang", tag="gudang"),
        {"any_words": 2},
    ),
    (request_of('"harga beras" gudang'), {"any_words": 3}),
    (request_of("judul:harga isi:beras"), {"any_words": 2}),
    (request_of("harga gudang", tag="nobody"), {"any_words_without_filters": 4}),
    (request_of("berass", author="nobody"), {"spelling_without_filters": 2}),
    (request_of("zzzz"), {}),
    (request_of("zz yy"), {}),
    (request_of('"beras harga"'), {}),
    (request_of("zzzz", tag="nobody", from_date=dt.date(2030, 1, 1)), {}),
    (request_of("gula beras", any_word=True, tag="nobody"), {"without_tag": 3}),
)
"""A request that finds nothing, and what is offered instead."""


@pytest.mark.parametrize(("request_made", "kinds"), OFFERS, ids=str)
def test_only_what_finds_something_is_offered(
    engine: Engine, request_made: SearchRequest, kinds: dict[str, int]
) -> None:
    """Any of the words, another spelling, fewer filters."""
    assert engine.search(request_made).total == 0
    assert offered(engine, request_made) == kinds


@pytest.mark.parametrize("request_made", [request_of(), request_of("beras")])
def test_nothing_is_offered_where_something_was_found(
    engine: Engine, request_made: SearchRequest
) -> None:
    """Readers with hits need no advice, but for a spelling that finds more."""
    assert engine.search(request_made).alternatives == ()


def test_nothing_is_offered_on_a_page_behind_the_last_one(engine: Engine) -> None:
    """There are hits, on an earlier page."""
    assert engine.search(request_of("beras", page=9)).alternatives == ()


typed_words = st.lists(
    st.sampled_from(
        "beras berass gula harga haarga pemerintha gudang zzzz -pasar -gula judul:kabar OR "
        '"harga beras" tanggal:2024 ber* (beras gula)'.split(" ")
    ),
    max_size=4,
).map(" ".join)
filters = st.fixed_dictionaries(
    {},
    optional={
        "tag": st.sampled_from(["pangan", "gudang", "nobody"]),
        "author": st.sampled_from(["Sari", "nobody"]),
        "from_date": st.sampled_from([dt.date(2024, 1, 3), dt.date(2030, 1, 1)]),
        "any_word": st.booleans(),
        "page": st.integers(1, 3),
    },
)


@settings(max_examples=150, deadline=None)
@given(query_text=typed_words, parts=filters)
def test_every_offer_finds_what_it_says(
    engine: Engine, query_text: str, parts: dict[str, Any]
) -> None:
    """Following an offer gives as many hits as it promised, from the first page on."""
    for offer in engine.search(request_of(query_text, **parts)).alternatives:
        results = engine.search(offer.request)
        assert results.total == offer.total > 0
        assert results.hits


def test_offers_change_nothing_else(engine: Engine) -> None:
    """Sort, size and the other filters stay; the page begins again."""
    request = request_of("gula", tag="gudang", author="Budi", sort="oldest", size=20, page=3)
    (first, *_) = engine.search(request).alternatives
    assert first.kind == "without_tag"
    assert first.request.choice("tag") == NO_CHOICE
    assert first.request.choice("author").include == ("Budi",)
    assert (first.request.sort, first.request.size, first.request.page) == ("oldest", 20, 1)


@pytest.mark.parametrize(
    ("query_text", "respelt"),
    [
        ("berass", "beras"),
        ("haarga berass", "harga beras"),
        ("berass -gula", "beras -gula"),
        ("judul:kabar berass", "judul:kabar beras"),
    ],
)
def test_a_spelling_is_a_query_to_type(engine: Engine, query_text: str, respelt: str) -> None:
    """The words mended and the rest as it was, in the query language."""
    offers = engine.search(request_of(query_text)).alternatives
    assert [o.request.query_text for o in offers if o.kind == "spelling"] == [respelt]


def _articles(prefix: str, text: str, count: int) -> list[Document]:
    """Return articles of the same words, each with a number of its own."""
    ids = (f"{prefix}{number}" for number in range(count))
    return [Document(doc_id=i, title="Pasar", body=f"{text} {i}.") for i in ids]


def test_spelling_is_offered_where_little_was_found(engine_of: EngineOf) -> None:
    """A slip that stands in the archive itself, and a long question with a slip in it."""
    rows = [
        Document(doc_id=f"a{n}", title="Pasar", body=f"Harga beras naik {n}.") for n in range(60)
    ]
    slip = Document(doc_id="slip", title="Pasar", body="Harga betas naik lagi.")
    engine = engine_of([*rows, slip])
    for query_text, meant in (
        ("betas", "beras"),
        ("harga brras naik pasar", "harga beras naik pasar"),
    ):
        results = engine.search(SearchRequest(query_text=query_text))
        assert results.total > 0
        offers = [
            (offer.kind, offer.request.query_text, offer.total) for offer in results.alternatives
        ]
        assert offers == [("spelling", meant, 60)]


def test_no_spelling_is_offered_for_a_word_that_exists_often(engine_of: EngineOf) -> None:
    """Nor where the other one finds no more."""
    rows = [
        Document(doc_id=f"a{n}", title="Pasar", body=f"Harga beras naik {n}.") for n in range(60)
    ]
    rows += [Document(doc_id=f"b{n}", title="Alat", body=f"Mesin deras {n}.") for n in range(4)]
    engine = engine_of(rows)
    assert engine.search(SearchRequest(query_text="deras mesin")).alternatives == ()


def test_form_of_a_common_word_is_not_taken_for_a_slip(engine_of: EngineOf) -> None:
    """Menjaga stands nowhere, but dijaga does, so menjadi is not what was meant."""
    rows = _articles("a", "Pantai dijaga warga menjadi aman", 60)
    results = engine_of(rows).search(SearchRequest(query_text="siapa menjaga laut pantai"))
    assert results.total > 0
    assert results.alternatives == ()
