"""Bylines into people, tag lines into tags."""

import pytest

from index.sources.bylines import split_people, split_tags


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
