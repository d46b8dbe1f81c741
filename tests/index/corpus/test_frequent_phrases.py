"""Which phrases an archive is said to use often."""

import json
from pathlib import Path

import pytest

from index.corpus.frequent_phrases import ARTICLES_LEAST, PHRASES_MOST, find_frequent_phrases
from index.generations.generation import open_current
from index.indexer.build import build_index

FOUND = {
    "Menteri Keuangan, tiba di Palu.": {"Menteri Keuangan"},
    "Kata Menteri Keuangan itu, Menteri Keuangan lain.": {"Menteri Keuangan"},
    "Menteri\nKeuangan, Bank, Sentral; Bank: Umum": set(),
    "kata dia kepada dia": set(),
    "tahun 2024 dan 2024 lalu": set(),
    "Komisi Pemberantasan Korupsi datang.": {"Komisi Pemberantasan Korupsi"},
    "Jalan A Yani": {"Jalan A Yani"},
    "Dinas Pertanian dan Pangan": {"Dinas Pertanian"},
    "www kabar.com": set(),
    "": set(),
}
"""What articles say, and phrases that are found in it, among others."""


@pytest.mark.parametrize("text", FOUND)
def test_names_and_subjects_are_found_whole_as_they_are_spelled(text: str) -> None:
    """No phrase begins or ends with a word that joins, nor reaches over a comma or a line."""
    others = [f"{word} lain" for word in text.replace("\n", " ").split(" ") for _ in range(2)]
    found = find_frequent_phrases([text] * 20 + others)
    assert FOUND[text] <= set(found)
    assert FOUND[text] or not found


def test_spelling_is_the_one_that_readers_see_most() -> None:
    """Of three, two in capitals."""
    assert find_frequent_phrases(["Harga Beras", "harga beras", "Harga Beras"]) == ["Harga Beras"]


def test_phrase_is_said_by_several_articles() -> None:
    """One article that says it again and again makes nothing frequent."""
    assert find_frequent_phrases(["Harga beras.\n" * 50]) == []
    assert find_frequent_phrases(["Harga beras."] * (ARTICLES_LEAST - 1)) == []


def test_words_that_meet_by_chance_are_no_phrase() -> None:
    """Three articles say them together, and a hundred say each without the other."""
    apart = ["Beras, naik."] * 100
    assert find_frequent_phrases([*apart, *["Beras naik."] * 3]) == []


def test_commonest_come_first_and_only_so_many() -> None:
    """Ties are in the order of letters: the same on every machine."""
    texts = ["Bank Sentral."] * 5 + ["Harga Beras.", "Air Bersih."] * 3
    assert find_frequent_phrases(texts) == ["Bank Sentral", "Air Bersih", "Harga Beras"]
    assert len(find_frequent_phrases(texts)) < PHRASES_MOST


def test_near_copies_count_once(tmp_path: Path) -> None:
    """Three outlets that print one story make nothing frequent."""
    story = " ".join(f"kata{n}" for n in range(60)) + "\nBank Sentral, kata dia."
    rows = [
        {
            "id": f"{n}",
            "title": f"Kabar {n * 'x'}",
            "body": f"{story} Salinan{n * 'x'}.",
            "date": "2024-08-28",
            "source": f"koran {n}",
        }
        for n in range(3)
    ]
    source = tmp_path / "a.jsonl"
    source.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert build_index([source], tmp_path / "index").near_duplicate_count == 2
    assert open_current(tmp_path / "index").phrases == ()


def test_build_keeps_them_beside_the_index(tmp_path: Path) -> None:
    """Of articles' texts; what the headline alone says is found as a headline."""
    rows = [
        {"id": f"{n}", "title": f"Kabar Palu {n}", "body": f"Rapat Bank Sentral ke-{n}."}
        for n in range(4)
    ]
    source = tmp_path / "a.jsonl"
    source.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    build_index([source], tmp_path / "index")
    assert open_current(tmp_path / "index").phrases == ("Rapat Bank Sentral",)
