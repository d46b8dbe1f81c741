"""A question that no article answers word by word asks for any of its words, and says so."""

from collections.abc import Callable, Iterable

import pytest

from index.document import Document
from search.engine import Engine
from search.request import FacetChoice, SearchRequest

BODIES = {
    "beras": ("Harga beras di Pasar Kuningsari naik akibat panen terlambat.", "pangan"),
    "jagung": ("Harga jagung turun.", "pangan"),
    "gempa": ("Gempa mengguncang pulau.", "bencana"),
}
QUESTION = "mengapa harga beras naik tajam"


@pytest.fixture(scope="module")
def engine(engine_of: Callable[[Iterable[Document]], Engine]) -> Engine:
    """Three articles."""
    return engine_of(
        Document(doc_id=doc_id, title="Kabar", body=body, tags=(tag,))
        for doc_id, (body, tag) in BODIES.items()
    )


def test_a_question_finds_what_has_some_of_its_words(engine: Engine) -> None:
    """The one with most of them first, and the reader is told."""
    results = engine.search(SearchRequest(query_text=QUESTION))
    assert [hit.doc_id for hit in results.hits] == ["beras", "jagung"]
    assert [notice.code for notice in results.notices] == ["any_words"]


def test_words_that_stand_together_somewhere_are_all_required(engine: Engine) -> None:
    """However many they are."""
    results = engine.search(SearchRequest(query_text="harga beras naik panen terlambat"))
    assert [hit.doc_id for hit in results.hits] == ["beras"]
    assert not results.notices


@pytest.mark.parametrize(
    "query_text",
    [
        "beras jagung gempa",
        'mengapa harga beras naik "sangat tajam"',
        "mengapa harga beras naik judul:tajam",
        "(mengapa ATAU kenapa) harga beras naik tajam",
        "mengapa DAN harga DAN beras DAN naik DAN tajam",
        "(mengapa DAN harga DAN beras DAN naik DAN tajam)",
        "satu dua tiga empat lima",
    ],
)
def test_short_queries_operators_and_unknown_words_mean_what_they_say(
    engine: Engine, query_text: str
) -> None:
    """Nothing is found, so nothing is shown; alternatives are offered as ever."""
    results = engine.search(SearchRequest(query_text=query_text))
    assert results.total == 0
    assert not results.notices


def test_exclusions_still_exclude(engine: Engine) -> None:
    """Only what is asked for is loosened."""
    results = engine.search(SearchRequest(query_text=f"{QUESTION} -jagung"))
    assert [hit.doc_id for hit in results.hits] == ["beras"]


@pytest.mark.parametrize("query_text", [QUESTION, "harga beras naik panen terlambat"])
def test_each_tag_finds_as_many_as_its_count(engine: Engine, query_text: str) -> None:
    """Whether words are loosened does not hang on the filters, so counts come true."""
    request = SearchRequest(query_text=query_text)
    tags = next(f for f in engine.search(request).facets if f.name == "tag").buckets
    for tag in {tag for _, tag in BODIES.values()}:
        count = sum(bucket.count for bucket in tags if bucket.value == tag)
        chosen = request.with_choice("tag", FacetChoice(include=(tag,)))
        assert engine.search(chosen).total == count
