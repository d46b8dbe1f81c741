"""Long queries: articles that have most of the words, near each other and an answer, come first."""

import datetime as dt
from collections.abc import Callable, Iterable

import pytest

from index.document import Document
from search.engine import Engine
from search.relevance.coverage import LOOKED_AT
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


SCATTERED = (
    "Bupati datang pagi sekali ke kota. Jalan sudah ramai dan panas. Warga bertemu gubernur."
)
TOGETHER = (
    "Pagi sekali datang ke kota yang ramai dan panas sudah. Bupati bertemu warga jalan gubernur."
)

QUESTION = "apakah bupati bertemu warga gubernur"


def test_words_near_each_other_rank_above_the_same_words_apart(engine_of: EngineOf) -> None:
    """The two have the same words as often; the nearer one is the older, so no tie decides."""
    engine = engine_of([article("apart", SCATTERED, 1), article("near", TOGETHER)])
    assert found(engine, QUESTION) == ["near", "apart"]


def test_where_nothing_is_asked_nearness_does_not_decide(engine_of: EngineOf) -> None:
    """Of names and subjects in a row it is not known that it helps: the newer one stays first."""
    engine = engine_of([article("apart", SCATTERED, 1), article("near", TOGETHER)])
    assert found(engine, QUESTION.removeprefix("apakah ")) == ["apart", "near"]


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


@pytest.mark.parametrize(
    ("asked", "answers", "does_not"),
    [
        ("Kapan jembatan Sela dibuka?", "pada Maret", "oleh Tirta"),
        ("Tahun berapa jembatan Sela dibuka?", "pada 2019", "pada 1.900"),
        ("Di mana jembatan Sela dibuka?", "di Melati", "di pesisir"),
        ("Kota apakah jembatan Sela dibuka?", "di Melati", "oleh Melati"),
        ("Berapa kali jembatan Sela dibuka?", "tepat 12", "pada 2019"),
        ("Siapakah membuka jembatan Sela?", "oleh Lestari Wibowo", "oleh Lestari dan"),
    ],
)
def test_words_around_what_is_asked_for_rank_above_the_same_words_elsewhere(
    engine_of: EngineOf, asked: str, answers: str, does_not: str
) -> None:
    """A day, a place, a number or a person, by the question word and what stands before it."""
    rest = ", kata warga dengan gembira sekali kepada petugas dan tamu yang menunggu sejak pagi"
    engine = engine_of(
        article(name, f"Jembatan Sela dibuka {words} {rest}.", day)
        for name, words, day in (("does not", does_not, 1), ("answers", answers, 0))
    )
    assert found(engine, asked) == ["answers", "does not"]


def test_what_the_question_says_itself_is_no_answer(engine_of: EngineOf) -> None:
    """Who names a place and asks for another one knows the first."""
    repeats = "Koperasi nelayan berkantor di Melati lama."
    tells = "Koperasi nelayan Melati berkantor di Sela."
    engine = engine_of([article("repeats", repeats, 1), article("tells", tells)])
    assert found(engine, "di mana koperasi nelayan Melati berkantor")[0] == "tells"


def test_other_orders_stay_as_they_are(engine_of: EngineOf) -> None:
    """Who asks for the newest gets the newest."""
    engine = engine_of([article("apart", SCATTERED, 1), article("near", TOGETHER)])
    assert found(engine, QUESTION, sort="newest") == ["apart", "near"]


def test_pages_hold_every_hit_once_beyond_what_is_looked_at(engine_of: EngineOf) -> None:
    """Hits looked at come before the rest, on every page in the same order, scores falling."""
    words = "bupati warga gubernur jalan pasar".split()
    count = 2 * LOOKED_AT + 7
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
