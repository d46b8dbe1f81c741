"""The kinds of the lines of a page."""

import pytest

from index.ingest.pages.block_kinds import find_kind
from index.ingest.pages.html_blocks import read_blocks
from index.ingest.pages.html_tree import parse_tree


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Harga beras turun sejak panen raya dimulai, kata kepala pasar.", "TEXT"),
        ("Harga Beras Turun di Tiga Kecamatan", "SHORT"),
        ("<a href=x>Harga Beras Turun di Tiga Kecamatan</a>", "LINK"),
        ("<a href=x>Harga Beras Turun di Tiga Kecamatan</a> 4 Maret 2021", "LINK"),
        ("<a href=x>Ani Lestari</a> - Kamis, 4 Maret 2021 10:00 WIB", "DATE"),
        ("5 menit yang lalu", "DATE"),
        ("Tinggalkan Komentar", "SITE"),
        ("Baca juga: Panen Raya", "NOISE"),
        ("&amp;" * 200, "SHORT"),
    ],
)
def test_line_has_its_kind(line: str, kind: str) -> None:
    """Sentences, links, dates and what the site adds are told apart."""
    [block] = read_blocks(parse_tree(f"<p>{line}</p>")).blocks
    assert find_kind(block).name == kind
