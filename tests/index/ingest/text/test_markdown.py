"""Markdown: its signs go, the words stay; what only looks like it stays as well."""

import pytest

from index.ingest.text.markdown import strip_markdown


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("![foto](https://a.example/x.jpg)\n\n**Palu** - Naik.", "\n\nPalu - Naik."),
        ('[Garam](https://a.example/g_(1) "judul")', '[Garam](https://a.example/g_(1) "judul")'),
        ('[Garam](/g "judul") naik', "Garam naik"),
        ("### Harga\n***Sangat*** tinggi", "Harga\nSangat tinggi"),
        # counter-examples
        ("#banjir #rob", "#banjir #rob"),
        ("nomor # 1 dan C# 2", "nomor # 1 dan C# 2"),
        ("ia [Ani](istri Budi) pulang", "ia [Ani](istri Budi) pulang"),
        ("bintang ** dan **", "bintang ** dan **"),
    ],
)
def test_signs_of_markdown_are_no_words(text: str, plain: str) -> None:
    """Pictures, links, bold words and headings."""
    assert strip_markdown(text) == plain
