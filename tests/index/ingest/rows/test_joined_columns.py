"""Values in several columns: put together where they belong together."""

import pytest

from index.ingest.rows.column_names import name_values
from index.ingest.rows.keys import Row


@pytest.mark.parametrize(
    ("row", "key", "value"),
    [
        ({"judul": "x", "paragraf_kedua": "b", "paragraf_pertama": "a"}, "body", ["a", "b"]),
        ({"title": "x", "fulltext": "b", "introtext": "a"}, "body", ["a", "b"]),
        ({"isi": "x", "tag 1": "a", "tag 2": "b"}, "tags", ["a", "b"]),
        ({"isi": "x", "tanggal": "5", "bulan": "3", "tahun": "2024"}, "date", "5-3-2024"),
        (
            {"isi": "x", "hari": "Senin", "tgl": "5", "bulan": "Mei", "tahun": "2024"},
            "date",
            "5 Mei 2024",
        ),
        ({"isi": "x", "Author First Name": "A", "Author Last Name": "B"}, "author", "A B"),
        # counter-examples
        (
            {"isi": "x", "tanggal": "5 Mei 2024", "bulan": "3", "tahun": "2023"},
            "date",
            "5 Mei 2024",
        ),
        ({"isi_1": "x", "judul": "y"}, "body", "x"),
        ({"isi": "x", "gambar_1": "a", "gambar_2": "b"}, "body", "x"),
    ],
)
def test_value_in_several_columns_is_joined(row: Row, key: str, value: object) -> None:
    """Texts in their order, dates in parts, names in two; not what is whole by itself."""
    assert name_values(row, {}).values[key] == value


@pytest.mark.parametrize(
    ("row", "key", "value"),
    [
        ({"isi": "x", "labels": ["garam"]}, "tags", ["garam"]),
        ({"isi": "x", "user": {"name": "Ani"}}, "author", {"name": "Ani"}),
        ({"isi": "x", "Name": "Panen naik", "Author": "Ani"}, "title", "Panen naik"),
        ({"isi": "x", "source": "https://a.example/b", "source-hostname": "A"}, "source", "A"),
        (
            {"isi": "x", "source": "https://a.example/b", "source-hostname": "A"},
            "url",
            "https://a.example/b",
        ),
        # counter-examples
        ({"isi": "x", "label": "positif"}, "tags", None),
        ({"isi": "x", "user": "admin7"}, "author", None),
        ({"isi": "x", "nama": "Ani Lestari"}, "title", None),
    ],
)
def test_shape_of_a_value_tells_what_its_name_leaves_open(
    row: Row, key: str, value: object
) -> None:
    """A list under "labels" is tags, a word is the result of a program."""
    assert name_values(row, {}).values.get(key) == value
