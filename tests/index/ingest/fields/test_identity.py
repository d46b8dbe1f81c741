"""Ids: stable from rebuild to rebuild."""

import pytest

from index.ingest.fields.identity import choose_doc_id, normalize_url


def test_given_id_is_taken() -> None:
    """The source's own id is the best one."""
    assert choose_doc_id(" a1 ", "https://pagi.example/x", "x.txt") == "a1"


def test_address_beats_location() -> None:
    """A file may move; its address stays."""
    ids = {choose_doc_id("", "https://pagi.example/x", location) for location in ("a.txt", "b.txt")}
    assert len(ids) == 1


@pytest.mark.parametrize("url", ["https://pagi.example/x", " https://pagi.example/x#komentar "])
def test_address_is_hashed_without_fragment(url: str) -> None:
    """This very id must not change: every stored index and saved link holds such ids."""
    assert choose_doc_id("", url, "") == "63eac4ef717ff15a"


@pytest.mark.parametrize(
    "url",
    [
        "https://WWW.Pagi.Example/Ekonomi/x",
        "http://pagi.example/Ekonomi/x/",
        "https://pagi.example/Ekonomi/x?utm_source=wa&fbclid=1&page=2#komentar",
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
    ],
)
def test_addresses_of_other_articles_stay_apart(url: str) -> None:
    """A path in small letters, a parameter that names the article, another host."""
    assert normalize_url(url) not in {"", "pagi.example/Ekonomi/x"}


@pytest.mark.parametrize("url", ["", "pagi.example/x", "https://pagi.example/", "https:///x"])
def test_front_page_or_no_address_names_no_article(url: str) -> None:
    """Every row of an export may have it, so two of them are no copies of each other."""
    assert normalize_url(url) == ""


def test_location_is_the_last_resort() -> None:
    """Without id and address, file and row tell documents apart."""
    assert choose_doc_id("", "", "a.jsonl#1") != choose_doc_id("", "", "a.jsonl#2")


def test_endless_ids_are_bounded_and_still_differ() -> None:
    """A long id is cut, and its hash keeps it apart from its neighbours."""
    ids = {choose_doc_id("x" * 500 + end, "", "") for end in "ab"}
    assert len(ids) == 2
    assert {len(doc_id) for doc_id in ids} == {200}
