"""Ids: stable from rebuild to rebuild."""

import pytest

from index.ingest.fields.identity import choose_doc_id


def test_given_id_is_taken() -> None:
    """The source's own id is the best one."""
    assert choose_doc_id(" a1 ", "https://pagi.example/x", "x.txt") == "a1"


def test_address_beats_location() -> None:
    """A file may move; its address stays."""
    ids = {choose_doc_id("", "https://pagi.example/x", place) for place in ("a.txt", "b.txt")}
    assert len(ids) == 1


@pytest.mark.parametrize("url", ["https://pagi.example/x", " https://pagi.example/x#komentar "])
def test_address_is_hashed_without_fragment(url: str) -> None:
    """This very id must not change: every stored index and saved link holds such ids."""
    assert choose_doc_id("", url, "") == "63eac4ef717ff15a"


def test_location_is_the_last_resort() -> None:
    """Without id and address, file and row tell documents apart."""
    assert choose_doc_id("", "", "a.jsonl#1") != choose_doc_id("", "", "a.jsonl#2")


def test_endless_ids_are_bounded_and_still_differ() -> None:
    """A long id is cut, and its hash keeps it apart from its neighbours."""
    ids = {choose_doc_id("x" * 500 + end, "", "") for end in "ab"}
    assert len(ids) == 2
    assert {len(doc_id) for doc_id in ids} == {200}
