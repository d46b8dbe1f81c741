"""Ids: stable from rebuild to rebuild, and no article's twice."""

import datetime as dt
from dataclasses import replace

import pytest

from index.document import Document
from index.ingest.fields.identity import choose_doc_id, hash_id, identify, normalize_url

ARTICLE = Document(
    doc_id="",
    title="Panen Lada",
    body="Panen lada dimulai.",
    source="Pagi",
    date=dt.date(2024, 8, 28),
    date_source="stated",
)


def test_given_id_is_taken() -> None:
    """The source's own id is the best one."""
    assert choose_doc_id(" a1 ", "https://pagi.example/x") == "a1"


def test_address_beats_location() -> None:
    """A file may move; its address stays."""
    document = replace(ARTICLE, doc_id=choose_doc_id("", "https://pagi.example/x"))
    assert len({identify(document, file=name).doc_id for name in ("a.txt", "b.txt")}) == 1


@pytest.mark.parametrize("url", ["https://pagi.example/x", " https://pagi.example/x#komentar "])
def test_address_is_hashed_without_fragment(url: str) -> None:
    """This very id must not change: every stored index and saved link holds such ids."""
    assert choose_doc_id("", url) == "63eac4ef717ff15a"


@pytest.mark.parametrize(
    "url",
    [
        "https://WWW.Pagi.Example/Ekonomi/x",
        "http://pagi.example/Ekonomi/x/",
        "https://pagi.example/Ekonomi/x?utm_source=wa&fbclid=1&UTM_Medium=x&_ga=2.3#komentar",
        "https://pagi.example/Ekonomi/x?gclid=&igshid=abc",
    ],
)
def test_addresses_of_one_article_are_normalized_to_one(url: str) -> None:
    """Hosts are the same in capitals; what says how a reader came is no part of an address."""
    assert normalize_url(url) == "pagi.example/Ekonomi/x"


@pytest.mark.parametrize(
    "url",
    [
        "https://pagi.example/ekonomi/x",
        "https://pagi.example/Ekonomi/x?id=2",
        "https://sore.example/Ekonomi/x",
        "https://pagi.example/Ekonomi/x?page_id=7",
        "https://pagi.example/Ekonomi/x?page=banjir-surut",
        "https://pagi.example/Ekonomi/x?page=2",
        "https://pagi.example/Ekonomi/x?pagename=garam",
        "https://pagi.example/Ekonomi/x?banjir-surut",
        "https://pagi.example/?page_id=7",
    ],
)
def test_addresses_of_other_articles_stay_apart(url: str) -> None:
    """A path in small letters, a parameter that may name the article, another host."""
    assert normalize_url(url) not in {"", "pagi.example/Ekonomi/x"}


@pytest.mark.parametrize("url", ["", "pagi.example/x", "https://pagi.example/", "https:///x"])
def test_front_page_or_no_address_names_no_article(url: str) -> None:
    """Every row of an export may have it, so two of them are no copies of each other."""
    assert normalize_url(url) == ""


def test_row_is_known_by_what_it_tells() -> None:
    """Its number is what older versions made its id of, and no part of it now."""
    first, second = (identify(ARTICLE, row=f"a.jsonl#{number}") for number in (1, 2))
    assert first.doc_id == second.doc_id
    assert (first.former_id, second.former_id) == (hash_id("a.jsonl#1"), hash_id("a.jsonl#2"))


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Panen Garam"},
        {"body": "Panen lada ditunda."},
        {"source": "Sore"},
        {"date": dt.date(2025, 8, 28)},
    ],
)
def test_rows_that_tell_something_else_have_other_ids(changes: dict[str, object]) -> None:
    """The same notice a year later, or in another outlet, is an article of its own."""
    other = replace(ARTICLE, **changes)  # type: ignore[arg-type] # of several types
    assert identify(ARTICLE, row="a#1").doc_id != identify(other, row="a#1").doc_id


def test_inferred_day_is_no_part_of_an_id() -> None:
    """The rules that infer it may get better, and the id must not change then."""
    rows = [replace(ARTICLE, date=dt.date(y, 8, 28), date_source="inferred") for y in (2023, 2024)]
    assert len({identify(row, row="a#1").doc_id for row in rows}) == 1


def test_page_alone_in_its_file_is_known_by_the_file() -> None:
    """Its text may be corrected; the link to it stays."""
    corrected = replace(ARTICLE, body="Panen lada dimulai lagi.")
    ids = {identify(document, file="2024/a.txt").doc_id for document in (ARTICLE, corrected)}
    assert ids == {hash_id("2024/a.txt")}


def test_endless_ids_are_bounded_and_still_differ() -> None:
    """A long id is cut, and its hash keeps it apart from its neighbours."""
    ids = {choose_doc_id("x" * 500 + end, "") for end in "ab"}
    assert len(ids) == 2
    assert {len(doc_id) for doc_id in ids} == {200}
