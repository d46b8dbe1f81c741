"""Long queries: articles that have most of the words come first."""

import datetime as dt
from collections.abc import Callable, Iterable

from index.document import Document
from search.engine import Engine
from search.relevance.coverage import RERANKED_HITS
from search.request import SearchRequest, Sort

DAY = dt.date(2024, 1, 1)
EngineOf = Callable[[Iterable[Document]], Engine]


def article(doc_id: str, body: str, day: int = 0) -> Document:
    """An article under a headline that says nothing."""
    return Document(doc_id=doc_id, title="Kabar", body=body, date=DAY + dt.timedelta(day))


def found(engine: Engine, query_text: str, *, sort: Sort = "relevance") -> list[str]:
    """The ids of what any of the words finds, in order."""
    request = SearchRequest(query_text=query_text, any_word=True, sort=sort, size=100)
    return [hit.doc_id for hit in engine.search(request).hits]


def test_most_of_the_words_rank_above_some_of_them_often(engine_of: EngineOf) -> None:
    """What repeats the rarer half of a question does not answer it."""
    often = f"{'Mutiara ' * 3}tidak ada yang lain lagi sama sekali hari ini {'kerang ' * 3}"
    most = "Nelayan tidak mau lagi melaut jauh, pulau mereka sepi sekali sudah sejak tahun lalu."
    rest = [article(f"other{n}", f"Pasar dibuka pagi ini {'dan ramai ' * 6}.") for n in range(4)]
    engine = engine_of([article("often", often, 1), article("most", most), *rest])
    assert found(engine, "mutiara kerang pulau nelayan tahun")[0] == "most"


def test_question_words_do_not_decide(engine_of: EngineOf) -> None:
    """An article that happens to ask is no better an answer."""
    asks = "Siapakah yang tahu soal itu? Bupati menjawab di mana dan berapa."
    engine = engine_of(
        [article("asks", asks, 1), article("answers", "Bupati baru dilantik di alun-alun kota.")]
    )
    assert found(engine, "siapakah bupati baru yang dilantik")[0] == "answers"


def test_the_name_that_is_asked_for_need_not_be_called_one(engine_of: EngineOf) -> None:
    """Who answers says "Ketua koperasi, Rini", not that this is a name."""
    calls = "Nama koperasi itu dikenal baik di seluruh kota sejak lama, juga nama kota."
    engine = engine_of(
        [article("calls", calls, 1), article("answers", "Ketua koperasi memberi sambutan di kota.")]
    )
    assert found(engine, "apakah nama ketua koperasi kota")[0] == "answers"


def test_other_orders_stay_as_they_are(engine_of: EngineOf) -> None:
    """Who asks for the newest gets the newest."""
    engine = engine_of(
        [article("some", "Bupati datang.", 1), article("most", "Bupati bertemu warga.")]
    )
    query_text = "bupati bertemu warga gubernur"
    assert found(engine, query_text) == ["most", "some"]
    assert found(engine, query_text, sort="newest") == ["some", "most"]


def test_pages_hold_every_hit_once_beyond_what_is_looked_at(engine_of: EngineOf) -> None:
    """Hits looked at come before the rest, on every page in the same order, scores falling."""
    words = "bupati warga gubernur jalan pasar".split()
    count = 2 * RERANKED_HITS + 7
    engine = engine_of(
        article(f"{n:03}", " ".join(words[: 2 + n % 4] + ["lain"] * (n % 9))) for n in range(count)
    )
    ask = SearchRequest(query_text=" ".join(words), any_word=True, size=100)
    whole = (
        engine.search(ask).hits
        + engine.search(
            SearchRequest(query_text=ask.query_text, any_word=True, size=100, page=2)
        ).hits
    )
    by_ten = [
        hit
        for page in range(1, 12)
        for hit in engine.search(
            SearchRequest(query_text=ask.query_text, any_word=True, page=page)
        ).hits
    ]
    assert len({hit.doc_id for hit in whole}) == count
    assert by_ten == list(whole)
    assert [hit.score for hit in whole] == sorted((hit.score for hit in whole), reverse=True)
