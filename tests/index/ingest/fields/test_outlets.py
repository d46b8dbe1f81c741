"""Outlets are no authors; addresses tell the outlet and the section."""

import pytest

from index.ingest.fields.outlets import (
    find_outlet,
    find_section,
    remove_outlet_ends,
    remove_outlets,
)


@pytest.mark.parametrize(
    ("name", "source", "url"),
    [
        ("Kompas Cyber Media", "", ""),
        ("detikcom", "", ""),
        ("KOMPAS.com", "", ""),
        ("CNN Indonesia", "", ""),
        ("Kabar Pagi", "Kabar Pagi", ""),
        ("kabarpagi.com", "Kabar Pagi", ""),
        ("Kabar Pagi", "www.kabarpagi.co.id", ""),
        ("KabarPagi", "", "https://daerah.kabarpagi.com/x/y"),
    ],
)
def test_name_of_an_outlet_is_no_author(name: str, source: str, url: str) -> None:
    """By the table, as a host, or as what the article says of itself."""
    assert remove_outlets([name], source=source, url=url) == []


@pytest.mark.parametrize("name", ["Ani Lestari", "Tim Redaksi", "Tim detikcom", "Redaksi", "afr"])
def test_people_and_newsrooms_stay(name: str) -> None:
    """A newsroom is somebody."""
    names = remove_outlets([name], source="detik.com", url="https://news.detik.com/a/b")
    assert names == [name]


@pytest.mark.parametrize(
    ("url", "section"),
    [
        ("https://pagi.example/nasional/2024/08/28/panen", "Nasional"),
        ("https://pagi.example/ekonomi/read/5/panen?page=all", "Ekonomi"),
        ("https://pagi.example/read/gaya-hidup/panen", "Gaya Hidup"),
        ("https://bola.pagi.example/read/5/gol", "Bola"),
        ("https://pagi.example/ekonomi", ""),
        ("https://pagi.example/panen-raya/ekonomi", ""),
        ("https://pagi.example/2024/08/panen", ""),
        ("ekonomi/nasional/x", ""),
        ("https://[/ekonomi/x", ""),
        ("", ""),
    ],
)
def test_section_is_known_from_the_address(url: str, section: str) -> None:
    """Only by the names of the table, and never by the article's own name."""
    assert find_section(url) == section


@pytest.mark.parametrize(
    ("url", "source"),
    [
        ("https://nasional.pagi.co.id/x", "pagi.co.id"),
        ("http://www.pagi.example:80/x", "pagi.example"),
        ("https://10.0.0.1/x", ""),
        ("https://localhost/x", ""),
        ("pagi.example/x", ""),
    ],
)
def test_outlet_is_known_from_the_address(url: str, source: str) -> None:
    """One outlet, however many hosts it has."""
    assert find_outlet(url) == source


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("Panen Naik - Kabarsaga - Kabarsaga", "Panen Naik"),
        ("Panen Naik - Laporan Khusus", "Panen Naik - Laporan Khusus"),
    ],
)
def test_outlet_of_a_network_is_no_part_of_a_headline(title: str, kept: str) -> None:
    """Its name stands before the network's; what is no outlet stays."""
    assert remove_outlet_ends(title, url="https://kabarsaga.jaringan.example/panen") == kept
    title = "Panen Naik - Surabaya"
    assert remove_outlet_ends(title, url="https://surabaya.jaringan.example/panen") == title
