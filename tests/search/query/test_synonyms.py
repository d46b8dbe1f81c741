"""Other names of what is asked for: found too, ranked lower, told, and left out when asked."""

from collections.abc import Callable, Iterable
from importlib.resources import files
from pathlib import Path

import pytest

from index.document import Document
from search.engine import Engine
from search.query.parser import parse_query
from search.query.synonyms import SynonymsError, expand, load_synonyms, read_synonyms
from search.query.tree import Also, And, Or, Phrase, Term
from search.request import SearchRequest

EngineOf = Callable[[Iterable[Document]], Engine]
TABLE = read_synonyms("!AS\tAmerika Serikat\nTiongkok\tChina\tCina\nJokowi\tJoko Widodo\n", "t")


def article(doc_id: str, body: str) -> Document:
    """Return an article of a few words."""
    return Document(doc_id=doc_id, title="Kabar", body=body)


@pytest.fixture(scope="module")
def engine(engine_of: EngineOf) -> Engine:
    """Return an engine over articles that name one thing in two ways."""
    return engine_of(
        [
            article("singkat", "AS mengirim kapal ke laut."),
            article("panjang", "Amerika Serikat mengirim kapal ke laut."),
            article("lain", "Amerika Latin mengirim kapal ke laut."),
            article("tiongkok", "Tiongkok membeli kapal itu."),
            article("cina", "Cina membeli kapal itu."),
            article("presiden", "Joko Widodo naik kapal."),
        ]
    )


def found(engine: Engine, query_text: str, *, synonyms: bool = True) -> list[str]:
    """Return the ids of the hits, the best first."""
    request = SearchRequest(query_text=query_text, synonyms=synonyms)
    return [hit.doc_id for hit in engine.search(request).hits]


@pytest.mark.parametrize(
    ("query_text", "expected"),
    [
        ("AS kapal", ["singkat", "panjang"]),
        ("Amerika Serikat kapal", ["panjang", "singkat"]),
        ("Tiongkok", ["tiongkok", "cina"]),
        ("cina", ["cina", "tiongkok"]),
        ("jokowi", ["presiden"]),
    ],
)
def test_other_names_are_found_below_what_was_typed(
    engine: Engine, query_text: str, expected: list[str]
) -> None:
    """Acronyms both ways, spellings, nicknames."""
    assert found(engine, query_text) == expected


def test_a_rare_name_stays_below_the_common_one_that_was_typed(engine_of: EngineOf) -> None:
    """By its idf alone it would come first."""
    typed = [article(f"typed{n}", "Cina membeli kapal itu.") for n in range(5)]
    engine = engine_of([article("other", "Tiongkok membeli kapal itu."), *typed])
    assert found(engine, "cina")[-1] == "other"


@pytest.mark.parametrize(
    ("query_text", "expected"),
    [('"Tiongkok"', ["tiongkok"]), ("=cina", ["cina"]), ("as kapal", ["singkat"])],
)
def test_exact_words_add_nothing(engine: Engine, query_text: str, expected: list[str]) -> None:
    """Nor does a name that counts in capitals alone."""
    assert found(engine, query_text) == expected


def test_reader_is_told_and_can_leave_them_out(engine: Engine) -> None:
    """The notice names what was added; the query is told as it was typed."""
    results = engine.search(SearchRequest(query_text="AS kapal"))
    assert [(n.code, n.text) for n in results.notices] == [("synonyms", "Amerika Serikat")]
    assert results.understood == "AS kapal"
    assert found(engine, "AS kapal", synonyms=False) == ["singkat"]


def test_other_names_are_marked(engine: Engine) -> None:
    """As what was typed is."""
    hits = engine.search(SearchRequest(query_text="Tiongkok")).hits
    assert [hit.snippet.marked for hit in hits] == [["Tiongkok"], ["Cina"]]


def test_facets_count_what_is_found(engine: Engine) -> None:
    """The total is that of the hits."""
    results = engine.search(SearchRequest(query_text="Tiongkok ATAU jokowi"))
    assert results.total == len(results.hits) == 3


def test_excluded_words_stay_as_they_are() -> None:
    """Who excludes China has not said a word about Tiongkok."""
    parsed = parse_query("kapal -china", synonyms=TABLE)
    assert parsed.query == parsed.typed
    assert parsed.synonyms == ()


def test_a_name_that_is_written_otherwise_adds_nothing() -> None:
    """Jum'at and Jumat are one word in every text, so there is nothing to tell."""
    table = read_synonyms("Jumat\tJum'at\n", "example")
    assert expand(Term("Jumat"), table) == (Term("Jumat"), ())


def test_longest_name_counts() -> None:
    """Of words side by side; a field's words are no name, and an alternative is one of its own."""
    parsed = parse_query("impor amerika serikat", synonyms=TABLE)
    name = Also(And((Term("amerika"), Term("serikat"))), (Phrase("AS"),))
    assert parsed.query == And((Term("impor"), name))
    assert parse_query("judul:china", synonyms=TABLE).synonyms == ()
    parsed = parse_query("china ATAU jokowi", synonyms=TABLE)
    assert isinstance(parsed.query, Or)
    assert parsed.synonyms == ("Tiongkok", "Cina", "Joko Widodo")


@pytest.mark.parametrize("text", ["KPK\n", "KPK\t...\n", "a\t" + "kata " * 9 + "\n"])
def test_file_that_cannot_be_used_is_refused_with_its_line(text: str) -> None:
    """So that the person who wrote it finds it."""
    with pytest.raises(SynonymsError, match=r"^nama\.tsv:2: "):
        read_synonyms("# catatan\n" + text, "nama.tsv")


def test_site_adds_names_of_its_own(tmp_path: Path) -> None:
    """Beside ours; a file that is not there is told."""
    (tmp_path / "own.tsv").write_text("KPK\tKomisi Anti Rasuah\n", encoding="utf-8")
    parsed = parse_query("kpk", synonyms=load_synonyms(str(tmp_path / "own.tsv")))
    assert parsed.synonyms == ("Komisi Pemberantasan Korupsi", "Komisi Anti Rasuah")
    with pytest.raises(SynonymsError, match=r"none\.tsv"):
        load_synonyms(str(tmp_path / "none.tsv"))


def test_our_file_has_what_a_newsroom_writes() -> None:
    """At least 150 groups, each name in one of them alone."""
    lines = files("search.query").joinpath("synonyms.tsv").read_text(encoding="utf-8").splitlines()
    groups = [line.split("\t") for line in lines if not line.startswith("#")]
    names = [name.lstrip("!").casefold() for group in groups for name in group]
    assert len(groups) >= 150
    assert len(names) == len(set(names))
