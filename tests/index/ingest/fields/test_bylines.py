"""Bylines into people, tag lines into tags."""

import pytest

from index.ingest.fields.bylines import (
    PeopleKind,
    deduplicate_tags,
    find_people,
    split_people,
    split_tags,
)


@pytest.mark.parametrize(
    ("byline", "people"),
    [
        ("Rosmini Tandilino S", ["Rosmini Tandilino S"]),
        ("Rosmini, Hanafi", ["Rosmini", "Hanafi"]),
        ("Rosmini/Hanafi", ["Rosmini", "Hanafi"]),
        ("Rosmini dan Hanafi & Tirta | Wiguna", ["Rosmini", "Hanafi", "Tirta", "Wiguna"]),
        ("Budi Santoso, S.H.", ["Budi Santoso, S.H."]),
        ("Budi Santoso, S.H., M.Si. dan Ani", ["Budi Santoso, S.H., M.Si.", "Ani"]),
        ("Dr. Budi, Ph.D, MBA", ["Dr. Budi, Ph.D, MBA"]),
        ("Dandan Wildan", ["Dandan Wildan"]),
        ("Kontributor Solo, Budi", ["Budi"]),
        ("Kontributor Kabupaten Bogor, Budi", ["Budi"]),
        ("Reporter: Budi", ["Budi"]),
        ("Ani Lestari -Sepakbola", ["Ani Lestari"]),
        ("Ani Lestari - detikNews", ["Ani Lestari"]),
        ("Ani Lestari (abc/def)", ["Ani Lestari"]),
        ("Ani Lestari (Kontributor)", ["Ani Lestari"]),
        ("Ani Lestari [Tim 2], Budi <budi@pagi.example>", ["Ani Lestari", "Budi"]),
        ("(abc/def)", ["abc", "def"]),
        ("Ani, Budi Lestari)", ["Ani", "Budi Lestari"]),
        ("Mayjen (Purn) Budi", ["Mayjen (Purn) Budi"]),
        ("Laporan Wartawan Ani", ["Ani"]),
        ("Siti Nur-Aini", ["Siti Nur-Aini"]),
        (" , / ", []),
        ("", []),
    ],
)
def test_byline_is_split_between_people_only(byline: str, people: list[str]) -> None:
    """Initials and degrees stay with their names, role words go."""
    assert split_people(byline) == people


@pytest.mark.parametrize("line", ["beras, kopi", "#beras #kopi", "- beras; kopi", "beras | kopi,"])
def test_tag_line_is_split_however_it_is_written(line: str) -> None:
    """Commas, semicolons, bars and number signs all separate."""
    assert split_tags(line) == ["beras", "kopi"]


def test_number_sign_behind_a_letter_is_part_of_the_tag() -> None:
    """C# and C are two languages."""
    assert split_tags("#C#, C, C++") == ["C#", "C", "C++"]
    assert deduplicate_tags(["C#", "C", "C++", "c#"]) == ["C#", "C", "C++"]


@pytest.mark.parametrize(
    ("byline", "kind", "people"),
    [
        ("Penulis: Ani | Editor: Budi", "authors", ["Ani"]),
        ("Penulis: Ani | Editor: Budi", "editors", ["Budi"]),
        ("Ani, Editor: Budi", "authors", ["Ani"]),
        ("Ani", "editors", []),
        ("Editor: Budi", "authors", []),
    ],
)
def test_editors_are_apart(byline: str, kind: PeopleKind, people: list[str]) -> None:
    """Labels say who is what; without one, a byline is the authors'."""
    assert list(find_people(byline, kind, "authors")) == people


def test_tag_stands_once_whatever_its_spelling() -> None:
    """The first spelling stays with its case; the outlet's name is a tag like others."""
    tags = ["Pemilu 2024", "#pemilu2024", "PEMILU 2024", "", " # ", "#Beras ", "Kabarpagi.com"]
    assert deduplicate_tags(tags) == ["Pemilu 2024", "Beras", "Kabarpagi.com"]


def test_label_behind_a_comma_needs_no_colon() -> None:
    """A role behind its own name has no name behind it."""
    text = "Oleh Ani Lestari, Editor Budi Raharja"
    assert find_people(text, "authors", "authors") == ("Ani Lestari",)
    assert find_people(text, "editors", "authors") == ("Budi Raharja",)
    assert find_people("Ani Lestari, editor senior", "editors", "authors") == ()


def test_quotes_around_a_tag_are_no_part_of_it() -> None:
    """Those within it are."""
    assert split_tags("“beras”, 'harga' pangan, “A” dan “B”") == [
        "beras",
        "'harga' pangan",
        "“A” dan “B”",
    ]
