"""Short queries: articles in which the words stand side by side come first."""

from collections.abc import Callable, Iterable

import pytest

from index.document import Document
from search.engine import Engine
from search.relevance.adjacency import COMMON_LEAST
from search.request import SearchRequest

EngineOf = Callable[[Iterable[Document]], Engine]

APART = "Cepat sekali petugas bekerja, cepat pula mereka pulang: suara belum habis di hitung."
TOGETHER = "Lembaga itu mengumumkan hasil hitung cepat pada malam hari di kantornya di ibu kota."


def article(doc_id: str, body: str) -> Document:
    """An article under a headline that says nothing."""
    return Document(doc_id=doc_id, title="Kabar", body=body)


def found(engine: Engine, query_text: str, *, any_word: bool = False) -> list[str]:
    """The ids of what a query finds, in order."""
    request = SearchRequest(query_text=query_text, any_word=any_word, size=100)
    return [hit.doc_id for hit in engine.search(request).hits]


@pytest.fixture
def engine(engine_of: EngineOf) -> Engine:
    """An archive in which words stand often apart, and once together."""
    return engine_of([article("apart", APART), article("together", f"{TOGETHER} {APART * 3}")])


@pytest.mark.parametrize(
    "query_text",
    ["hitung cepat", "Hitung CEPAT", "hitung cepat -impor", "hasil hitung cepat", "hitung-cepat"],
)
def test_words_side_by_side_rank_above_words_apart(engine: Engine, query_text: str) -> None:
    """Who types two words means them together; an exclusion does not change that."""
    assert found(engine, query_text)[0] == "together"


def test_words_apart_are_still_found(engine: Engine) -> None:
    """The rule finds neither more nor less: the words alone decide that."""
    assert found(engine, "hitung cepat") == ["together", "apart"]
    assert found(engine, "hitung cepat", any_word=True) == ["together", "apart"]
    assert found(engine, "hasil hitung cepat") == ["together"]


def test_operators_and_fields_mean_what_they_say(engine: Engine) -> None:
    """Where a reader wrote out what is meant, words side by side score as they did alone."""
    together = engine.search(SearchRequest(query_text="hitung ATAU cepat")).hits
    alone = [engine.search(SearchRequest(query_text=text)).hits for text in ("hitung", "cepat")]
    scores = ({hit.doc_id: hit.score for hit in hits}["together"] for hits in alone)
    assert {hit.doc_id: hit.score for hit in together}["together"] == pytest.approx(sum(scores))


def test_common_words_say_nothing_by_their_neighbours(engine_of: EngineOf) -> None:
    """Where an archive is full of both words, no phrase of them is looked for."""
    full = [article(f"{number:04}", "Cepat di hitung.") for number in range(COMMON_LEAST)]
    engine = engine_of([*full, article("together", f"Hitung cepat. {'Kabar lain. ' * 9}")])
    assert found(engine, "hitung cepat")[0] != "together"
