"""Names of columns, in the table and mapped by the caller."""

import pytest

from index.errors import ColumnMapError
from index.ingest.rows.column_names import name_columns, parse_column_map, rename_keys
from index.ingest.rows.record import KEYS


@pytest.mark.parametrize(
    ("column", "key"),
    [
        ("JUDUL", "title"),
        (" headline ", "title"),
        ("\ufeffisi", "body"),
        ('"Konten"', "body"),
        ("content", "body"),
        ("Publish_Date", "date"),
        ("published at", "date"),
        ("tanggal", "date"),
        ("Wartawan", "author"),
        ("Redaktur", "editor"),
        ("kata-kunci", "tags"),
        ("rubrik", "category"),
        ("Media", "source"),
        ("tautan", "url"),
        ("ID", "id"),
    ],
)
def test_column_is_known_however_it_is_written(column: str, key: str) -> None:
    """Case, spaces, marks, quotes and underscores do not matter."""
    assert name_columns([column], {}) == [key]


def test_columns_of_a_known_scraper_find_their_keys() -> None:
    """The words it searched for are no tags, and are kept aside."""
    header = "title,publish_date,author,content,keyword,category,source,link".split(",")
    names = ["title", "date", "author", "body", "keyword", "category", "source", "url"]
    assert name_columns(header, {}) == names


def test_two_columns_never_get_one_name() -> None:
    """The usual name goes first; the others keep their own, numbered where it is taken."""
    header = ["judul", "title", "isi", "views", "views", "", "Body"]
    names = ["judul", "title", "isi", "views", "views 5", "column 6", "body"]
    assert name_columns(header, {}) == names


def test_what_is_told_wins_over_the_table() -> None:
    """Also where another column has the usual name."""
    key_by_column = parse_column_map(["Judul Panjang=title", "isi=category"])
    header = ["title", "judul_panjang", "Isi", "text"]
    assert name_columns(header, key_by_column) == ["title 1", "title", "category", "body"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["judul"], "'judul' is not COLUMN=KEY"),
        (["=title"], "'=title' is not COLUMN=KEY"),
        (["judul=judul"], "there is no key 'judul' .* choose: id, title, body"),
        (["judul="], "there is no key ''"),
        (["a=title", "A=body"], "the column A cannot be both title and body"),
    ],
)
def test_what_cannot_be_meant_is_an_error(options: list[str], message: str) -> None:
    """Each says what would be right."""
    with pytest.raises(ColumnMapError, match=message):
        parse_column_map(options)


def test_column_may_hold_the_sign_that_divides() -> None:
    """The last one divides; saying the same twice does no harm."""
    assert parse_column_map(["a=b=title", "a=b=title"]) == {"ab": "title"}


def test_keys_of_a_row_are_renamed() -> None:
    """An empty value does not replace what is there."""
    row = {"title": "Panen", "headline": "", "teks": "Membaik."}
    mapped = {"headline": "title", "teks": "body"}
    assert rename_keys(row, mapped) == {"title": "Panen", "body": "Membaik."}
    assert rename_keys(row, {"judul": "title"}) == row


def test_keys_of_json_are_known_by_the_names_of_columns() -> None:
    """What a scraper calls them; a value that cannot be one stays where it is."""
    row = {"headline": "Panen", "content": "Membaik.", "media": {"foto": 1}, "publish_date": "x"}
    found = {"title": "Panen", "body": "Membaik.", "date": "x", "media": {"foto": 1}}
    assert rename_keys(row, {}) == found
    both = {"title": "Panen", "body": "Membaik.", "text": "lain"}
    assert rename_keys(both, {}) == both


def test_every_key_is_known_by_its_own_name() -> None:
    """A table may use the keys of JSON."""
    assert name_columns(list(KEYS), {}) == list(KEYS)
