"""Page marks: which part of an address may say which page it names."""

import pytest

from index.ingest.fields.page_marks import WHOLE, find_page_mark, without_page_number


@pytest.mark.parametrize(
    ("address", "base", "number"),
    [
        ("a.example/x?page=2", "a.example/x", 2),
        ("a.example/x?id=7&page=2&v=1", "a.example/x?id=7&v=1", 2),
        ("a.example/x?page=all", "a.example/x", WHOLE),
        ("a.example/x?single=1", "a.example/x", WHOLE),
        ("a.example/x?id=7&single=1", "a.example/x?id=7", WHOLE),
        ("a.example/x?halaman=12", "a.example/x", 12),
        ("a.example/x_3.html", "a.example/x.html", 3),
        ("a.example/x_3.htm?page=3", "a.example/x.htm", 3),
        ("a.example/x/page/2", "a.example/x", 2),
        ("a.example/x/2?v=1", "a.example/x?v=1", 2),
    ],
)
def test_mark_is_taken_off_the_address(address: str, base: str, number: int) -> None:
    """What is left is the address of the article."""
    assert find_page_mark(address) == (base, number)


@pytest.mark.parametrize(
    "address",
    [
        "a.example/x",
        "a.example/2",
        "a.example/x?page_id=2",
        "a.example/x?page=banjir",
        "a.example/x?page=2024",
        "a.example/x?p=2",
        "a.example/x-2",
        "a.example/x_2024.html",
        "a.example/x?page=0",
        "",
    ],
)
def test_what_may_name_an_article_is_no_mark(address: str) -> None:
    """Words, years, a slug that a program has numbered, a front page."""
    assert find_page_mark(address) is None


@pytest.mark.parametrize(
    ("headline", "rest"),
    [
        ("Kisah Garam Halaman 2", "Kisah Garam"),
        ("Kisah Garam (Hal. 2/3)", "Kisah Garam"),
        ("Kisah Garam | Page 2 of 3", "Kisah Garam"),
        ("Kamus Tebal 900 Halaman", "Kamus Tebal 900 Halaman"),
        ("Harga Garam 2024", "Harga Garam 2024"),
        ("Halaman 3 Koran Lama Dipamerkan", "Halaman 3 Koran Lama Dipamerkan"),
    ],
)
def test_number_at_the_end_of_a_headline_is_taken_off(headline: str, rest: str) -> None:
    """Where the word before it says what it is."""
    assert without_page_number(headline) == rest
