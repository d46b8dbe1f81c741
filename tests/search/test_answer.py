"""What a reader gets for what was typed: hits, marks, notices, pages."""

import datetime as dt
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from index.document import Document
from search.engine import Engine, open_engine
from search.errors import DocumentMissingError
from search.query.parser import NOTICES
from search.request import SearchRequest
from search.results import SearchResults

EngineOf = Callable[[Iterable[Document]], Engine]

DOCUMENTS = (
    Document(
        doc_id="panen",
        title="Panen beras di Lembah Sunyi",
        body="Harga beras turun.\nPetani menegosiasikan kontrak baru.",
        tags=("harga pangan", "petani"),
        authors=("Sekar Wulandari",),
        editors=("Tirta Gunawan",),
        caption="Sawah yang menguning.",
        category="Ekonomi",
        source="Koran Pagi",
        date=dt.date(2024, 8, 1),
    ),
    Document(
        doc_id="dagang",
        title="Perdagangan kopi ramai",
        body="Beras dan harga kopi dibahas.\nNegosiasi berjalan alot.",
        tags=("kopi", "pangan harga"),
        authors=("Wulandari Putra",),
        source="Koran Sore",
        date=dt.date(2024, 12, 31),
    ),
    Document(
        doc_id="emas",
        title="Harga emas naik",
        body="Emas naik lagi, kata Sekar.\nHarga\nberas tetap.",
        tags=("emas",),
        date=dt.date(2025, 1, 1),
    ),
    Document(
        doc_id="hukum",
        title="Undang-undang baru",
        body="Jum’at ini rapat anti-korupsi. Mereka mengundang tamu.",
        date=dt.date(2023, 2, 28),
    ),
    Document(doc_id="tua", title="Arsip lama", body="Tanpa tanggal: emas dan kopi."),
)
"""Five invented articles; the last has no date."""


@pytest.fixture(scope="module")
def engine(engine_of: Callable[[Iterable[Document]], Engine]) -> Engine:
    """An archive of the five articles."""
    return engine_of(DOCUMENTS)


def found(engine: Engine, query_text: str, **parts: Any) -> set[str]:
    """The ids of what a query finds."""
    return {hit.doc_id for hit in engine.search(SearchRequest(query_text=query_text, **parts)).hits}


def answer_to(engine: Engine, query_text: str, **parts: Any) -> SearchResults:
    """The results of a query."""
    return engine.search(SearchRequest(query_text=query_text, **parts))


def test_the_empty_query_browses_the_archive_newest_first(engine: Engine) -> None:
    """Everything, the undated last, without scores, marks or notices."""
    results = answer_to(engine, "")
    assert [hit.doc_id for hit in results.hits] == ["emas", "dagang", "panen", "hukum", "tua"]
    assert (results.total, results.notices, results.understood) == (5, (), "")
    assert not any(hit.score or hit.snippet.highlights for hit in results.hits)


FOUND = {
    "harga beras": {"panen", "dagang", "emas"},
    "beras sekar": {"panen", "emas"},
    "berdagang": {"dagang"},
    "HARGA Emas": {"emas"},
    '"harga beras"': {"panen"},
    '"beras harga"': set(),
    '"beras harga"~0': {"panen"},
    '"beras harga"~1': {"panen", "dagang"},
    '"harga beras"~50': {"panen", "dagang"},
    '"harga beras"~1 OR jumat': {"panen", "dagang", "hukum"},
    'harga -"harga beras"~1': {"emas"},
    'tag:"harga pangan"~0': {"panen", "dagang"},
    '"emas emas"~9': set(),
    '"harga pangan"': {"panen"},
    '"dagang"': set(),
    '"perdagangan"': {"dagang"},
    '"negosiasi berjalan alot"': {"dagang"},
    "harga -kopi": {"panen", "emas"},
    'beras -"harga beras"': {"dagang", "emas"},
    "harga -(kopi OR emas)": {"panen"},
    "-harga": {"hukum", "tua"},
    "negosia*": {"dagang"},
    "menegosia*": {"panen"},
    "harga negosia*": {"dagang"},
    "-pe*": {"emas", "hukum", "tua"},
    "emas OR kopi": {"emas", "dagang", "tua"},
    "emas ATAU kopi -tanggal:2025": {"emas", "dagang", "tua"},
    "(emas OR kopi) DAN harga": {"emas", "dagang"},
    "harga NOT emas": {"panen", "dagang"},
    "harga BUKAN emas": {"panen", "dagang"},
    "undang-undang": {"hukum"},
    "undang": {"hukum"},
    "jumat": {"hukum"},
    "antikorupsi": {"hukum"},
    '"antikorupsi"': set(),
    "anti-korupsi": {"hukum"},
    "korupsi-anti": set(),
    "judul:harga": {"emas"},
    "title:harga": {"emas"},
    "isi:panen": set(),
    "body:petani": {"panen"},
    "tag:pangan": {"panen", "dagang"},
    'tags:"harga pangan"': {"panen"},
    "penulis:wulandari": {"panen", "dagang"},
    'author:"wulandari putra"': {"dagang"},
    "redaktur:tirta": {"panen"},
    "tirta": set(),
    "keterangan:sawah": {"panen"},
    "caption:sawah": {"panen"},
    "kategori:ekonomi": {"panen"},
    "sumber:pagi": {"panen"},
    "source:koran": {"panen", "dagang"},
    "koran": set(),
    "tanggal:2024": {"panen", "dagang"},
    "tanggal:2024-08..2024-12": {"panen", "dagang"},
    "date:2024-09..": {"dagang", "emas"},
    "tanggal:..2023": {"hukum"},
    "tanggal:31-12-2024": {"dagang"},
    "tanggal:2024-12-31..2025-01-01": {"dagang", "emas"},
    "tanggal:2023-02": {"hukum"},
    "harga tanggal:2024": {"panen", "dagang"},
    "harga -tanggal:2024": {"emas"},
    "tanggal:2030": set(),
    "tanggal:0001..9999": {"panen", "dagang", "emas", "hukum"},
}
"""What is typed, and what it finds."""


@pytest.mark.parametrize("query_text", FOUND)
def test_query_finds(engine: Engine, query_text: str) -> None:
    """Words, phrases, exclusions, prefixes, operators, fields, dates."""
    assert found(engine, query_text) == FOUND[query_text]


@pytest.mark.parametrize(
    ("query_text", "ids"),
    [
        ("emas kopi", {"emas", "dagang", "tua"}),
        ("emas kopi -panen tanggal:2024", {"dagang"}),
        ("zzz panen", {"panen"}),
        ("", {"panen", "dagang", "emas", "hukum", "tua"}),
    ],
)
def test_any_of_the_words_is_enough_when_asked(
    engine: Engine, query_text: str, ids: set[str]
) -> None:
    """Words become alternatives; dates and exclusions still restrict."""
    assert found(engine, query_text, any_word=True) == ids


@pytest.mark.parametrize(
    ("start", "end", "ids"),
    [
        (dt.date(2024, 8, 1), dt.date(2024, 12, 31), {"panen", "dagang"}),
        (dt.date(2024, 8, 2), None, {"dagang", "emas"}),
        (None, dt.date(2024, 8, 1), {"hukum", "panen"}),
        (dt.date.min, dt.date.max, {"hukum", "panen", "dagang", "emas"}),
    ],
)
def test_dates_of_the_request_include_both_ends(
    engine: Engine, start: dt.date | None, end: dt.date | None, ids: set[str]
) -> None:
    """The first and last day count; an article without a date is on no day."""
    assert found(engine, "", from_date=start, to_date=end) == ids


@pytest.mark.parametrize(
    ("query_text", "code"),
    [
        ("Kabar: beras", None),
        ("kabar:beras", "unknown_field"),
        ('"harga beras', "unbalanced_quote"),
        ("(harga", "unbalanced_parenthesis"),
        ("harga OR", "dangling_operator"),
        ("tanggal:entah", "bad_date"),
        ("tanggal:kemarin", None),
        ("judul:", "empty_field"),
        ("x" * 2_000, "query_too_long"),
        ("b*", "prefix_too_short"),
        ("*beras", "leading_wildcard"),
        ("-beras", "only_negative"),
        ('""', "empty_phrase"),
        ("beras , emas", "ignored_characters"),
        ("C++", "ignored_signs"),
        ("harga NEAR beras", "unknown_operator"),
    ],
)
def test_what_was_guessed_is_told(engine: Engine, query_text: str, code: str | None) -> None:
    """The notice stands in the results, and its code is one that is explained."""
    codes = [notice.code for notice in answer_to(engine, query_text).notices]
    assert codes == ([code] if code else [])
    assert set(codes) <= set(NOTICES)


def test_a_prefix_stands_for_all_its_words_however_many(
    engine_of: Callable[[Iterable[Document]], Engine],
) -> None:
    """The rarest of thousands of words is searched like the commonest; there is nothing to tell."""
    bodies = [f"kata{number:04}" for number in range(3_000)]
    engine = engine_of(Document(doc_id=body, title="Kabar", body=body) for body in bodies)
    results = answer_to(engine, "kata*")
    assert (results.total, results.notices) == (3_000, ())
    assert answer_to(engine, "kata29*").total == 100


def test_a_page_behind_the_last_one_says_so(engine: Engine) -> None:
    """No hits, but the total, the facets and a notice."""
    results = answer_to(engine, "harga", page=1000)
    assert (results.hits, results.total) == ((), 3)
    assert [notice.code for notice in results.notices] == ["page_beyond"]
    assert results.facets == answer_to(engine, "harga").facets
    assert results.alternatives == ()


def test_a_page_of_no_hits_is_not_behind_the_last_one(engine: Engine) -> None:
    """There is nothing on any page; the advice is another."""
    assert answer_to(engine, "zzz", page=3).notices == ()


def marks(engine: Engine, query_text: str, doc_id: str) -> tuple[list[str], list[str]]:
    """What is marked in the title and in the snippet of one hit."""
    hits = {hit.doc_id: hit for hit in answer_to(engine, query_text).hits}
    return hits[doc_id].title.marked, hits[doc_id].snippet.marked


@pytest.mark.parametrize(
    ("query_text", "doc_id", "in_title", "in_snippet"),
    [
        ("beras", "panen", ["beras"], ["beras"]),
        ("dagang", "dagang", ["Perdagangan"], []),
        ('"harga beras"', "panen", [], ["Harga beras"]),
        ('"beras harga"~1', "dagang", [], ["Beras", "harga"]),
        ('beras OR "harga beras"', "dagang", [], ["Beras"]),
        ("negosia*", "dagang", [], ["Negosiasi"]),
        ("judul:harga", "emas", ["Harga"], []),
        ("isi:harga", "emas", [], ["Harga"]),
        ("harga -kopi", "emas", ["Harga"], ["Harga"]),
        ("tanggal:2025", "emas", [], []),
        ("jumat", "hukum", [], ["Jum’at"]),
        ("penulis:sekar", "panen", [], []),
    ],
)
def test_hits_show_what_was_found(
    engine: Engine, query_text: str, doc_id: str, in_title: list[str], in_snippet: list[str]
) -> None:
    """Stemmed matches are marked too, a phrase only where it is, a field's word in that field."""
    assert marks(engine, query_text, doc_id) == (in_title, in_snippet)


def test_a_hit_tells_all_of_its_article_that_a_list_shows(engine: Engine) -> None:
    """Whatever the page needs is in the hit; nothing is looked up later."""
    (hit,) = answer_to(engine, "panen").hits
    document = DOCUMENTS[0]
    for part in ("doc_id", "date", "date_source", "authors", "editors", "tags", "category"):
        assert getattr(hit, part) == getattr(document, part)
    assert (hit.title.text, hit.source, hit.url) == (document.title, document.source, document.url)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.doc_id)
def test_an_article_comes_back_as_it_was_stored(engine: Engine, document: Document) -> None:
    """Every field, by its id."""
    assert engine.document(document.doc_id).document == document


def test_an_article_is_marked_with_the_query_that_found_it(engine: Engine) -> None:
    """The same marks as in the hit, over the whole text."""
    shown = engine.document("emas", "harga beras -kopi")
    body = [shown.document.body[span.start : span.stop] for span in shown.body_highlights]
    assert body == ["Harga", "beras"]
    assert [span.start for span in shown.title_highlights] == [0]


@pytest.mark.parametrize("doc_id", ["", "nobody", "PANEN", "panen ", "\0", "\ud800", "x" * 100_000])
def test_an_unknown_id_is_missing(engine: Engine, doc_id: str) -> None:
    """Whatever stands in an address, it is the one error that means not found."""
    with pytest.raises(DocumentMissingError) as caught:
        engine.document(doc_id)
    assert caught.value.doc_id == doc_id


def test_results_say_how_the_query_was_understood(engine: Engine) -> None:
    """In the query language, with the request as it was asked."""
    results = answer_to(engine, "harga OR emas kopi")
    assert results.understood == "harga ATAU (emas kopi)"
    assert results.request == SearchRequest(query_text="harga OR emas kopi")
    assert results.took_ms > 0


def test_article_is_found_by_the_place_that_opens_it(
    archive_of: Callable[[Iterable[Document]], Path],
) -> None:
    """The place is cut from the text, and searched all the same."""
    document = Document(doc_id="a", title="Panen", body="Beras melimpah.", place="MEDAN")
    engine = open_engine(str(archive_of([document])), 10)
    totals = [engine.search(SearchRequest(query_text=q)).total for q in ("medan", "tempat:medan")]
    engine.close()
    assert totals == [1, 1]


CORRECTED = tuple(
    Document(
        doc_id=f"k{number}",
        title="Kabar koperasi",
        body=f"Koperasi ke-{number} " + "desa " * number,
    )
    for number in range(5)
)


def test_correction_comes_first_with_the_first_hits_of_its_search(engine_of: EngineOf) -> None:
    """They are those that the reader will see there, marked."""
    results = engine_of(CORRECTED).search(
        SearchRequest(query_text="kopersai", from_date=dt.date(1, 1, 1))
    )
    first, *others = results.alternatives
    there = engine_of(CORRECTED).search(first.request)
    assert (first.is_correction, len(first.hits)) == (True, 3)
    assert first.hits == there.hits[:3]
    assert all(not other.hits for other in others)


def test_correction_stands_beside_few_hits_too(engine_of: EngineOf) -> None:
    """Where another spelling finds more."""
    slip = Document(doc_id="slip", title="Kabar", body="Kopersai desa.")
    many = [Document(doc_id=f"m{number}", title="Kabar", body="Koperasi.") for number in range(30)]
    results = engine_of([slip, *many]).search(SearchRequest(query_text="kopersai"))
    assert [hit.doc_id for hit in results.hits] == ["slip"]
    assert [len(offer.hits) for offer in results.alternatives] == [3]
