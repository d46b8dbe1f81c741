"""Quotes of tables: single ones, and those around whole lines."""

import io

from index.document import Document
from index.ingest.io.source import Origin, read_items
from index.ingest.rows.csv_table import read_table


def read(table: str, encoding: str = "utf-8") -> list[Document]:
    """Read the articles of a table from memory."""
    origin = Origin(path="a.csv", location="a.csv")
    items = read_items(io.BytesIO(table.encode(encoding)), origin, read_table)
    return [item for _, item in items if isinstance(item, Document)]


def test_lines_in_quotes_are_rows() -> None:
    """Excel writes them so; a row without a comma keeps its plain form."""
    (document,) = read('"judul,isi,penulis"\n"Panen,""Garam, kata Ani."",Budi Lestari"\n')
    assert (document.body, document.authors) == ("Garam, kata Ani.", ("Budi Lestari",))
    (document,) = read('judul,isi\n"Panen,""Garam, lagi."""\n')
    assert document.body == "Garam, lagi."


def test_text_with_commas_in_a_table_of_one_column_is_no_line_in_quotes() -> None:
    """It has no other cells."""
    (document,) = read('isi\n"Garam, kapal, dan beras naik."\n')
    assert document.body == "Garam, kapal, dan beras naik."


def test_single_quotes_are_those_of_cells() -> None:
    """Double ones are letters there; an apostrophe in a usual table is a letter as well."""
    (document,) = read("'judul','isi'\n'Panen','Garam, \"naik\", kata Ma''ruf.'\n")
    assert document.body == 'Garam, "naik", kata Ma\'ruf.'
    (document,) = read("judul,isi\n'Panen' Raya,\"Jum'at, garam naik.\"\n")
    assert (document.title, document.body) == ("'Panen' Raya", "Jum'at, garam naik.")


def test_utf_16_without_a_mark_is_told_by_its_zero_bytes() -> None:
    """Programs that split a file leave no mark on the second part."""
    for encoding in ("utf-16-le", "utf-16-be"):
        (document,) = read("judul\tisi\nPanen\tGaram “naik”.\n", encoding)
        assert document.body == "Garam “naik”."
