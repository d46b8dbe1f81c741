"""Which reader is chosen, by name or by content."""

import io
import json
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.document import REJECTION_REASONS, Document, Rejection
from index.ingest.io.source import Origin, read_items
from index.ingest.registry import (
    READERS,
    find_reader,
    read_by_content,
    read_html,
    read_text_file,
    read_unnamed,
)

ORIGIN = Origin(path="-", location="-", key_by_column={"kepala": "title", "uraian": "body"})
ROW = json.dumps({"title": "Panen", "body": "Membaik."})


def read(data: bytes) -> list[Document | Rejection]:
    """Read what has no name."""
    return [item for _, item in read_items(io.BytesIO(data), ORIGIN, read_by_content)]


@pytest.mark.parametrize(
    ("name", "suffix"),
    [("a.txt", ".txt"), ("A.CSV.GZ", ".csv"), ("b/a.json.zst", ".json"), ("a.b.TSV", ".tsv")],
)
def test_reader_is_chosen_by_the_end_of_the_name(name: str, suffix: str) -> None:
    """Capitals do not matter, packed or not."""
    assert find_reader(name) is READERS[suffix]


@pytest.mark.parametrize("name", ["a.jpg", "a.gz", "a.csv.bz2", "a.csv.gz.gz", "a.zip", ""])
def test_other_names_have_no_reader(name: str) -> None:
    """What is packed twice is not unpacked twice."""
    assert find_reader(name) is None


@pytest.mark.parametrize(
    "data",
    [
        f"{ROW}\n{ROW}".encode(),
        f"[{ROW}]".encode(),
        f'{{"articles": [{ROW}]}}'.encode("utf-16"),
        b"\n title ; isi \nPanen;Membaik.",
        b"Kepala\tUraian\nPanen\tMembaik.",
        b"Panen\nPALU - Membaik.",
        b"\xef\xbb\xbfPanen\nPALU - Membaik.",
    ],
)
def test_content_without_a_name_is_known_by_its_beginning(data: bytes) -> None:
    """Also with columns that are mapped."""
    first = read(data)[0]
    assert isinstance(first, Document)
    assert first.title == "Panen"


@pytest.mark.parametrize("title", ["[Foto] Panen Garam", "Judul, Isi yang Panjang", "Tanggal"])
def test_page_that_begins_unusually_is_a_page(title: str) -> None:
    """A bracket makes no list, and one word that is a column's name no table."""
    (document,) = read(f"{title}\nPALU - Panen membaik.".encode())
    assert isinstance(document, Document)
    assert document.title == title


@pytest.mark.parametrize("pack", [lambda data: data, lambda data: data.decode().encode("utf-16")])
@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_read_or_is_refused(pack: Callable[[bytes], bytes], text: str) -> None:
    """In any encoding that a mark tells of."""
    for item in read(pack(text.encode(errors="replace"))):
        assert isinstance(item, Document) or item.reason in REJECTION_REASONS


@pytest.mark.parametrize(
    "name", ["read.php", "read.PHP?id=3", "berita.html?page=all", "berita.aspx", "berita.php.gz"]
)
def test_page_that_a_program_wrote_is_read_as_html(name: str) -> None:
    """Crawlers name files after addresses."""
    assert find_reader(name) in {read_html, read_unnamed}


@pytest.mark.parametrize("name", ["kabar.html", "kabar.htm", "kabar.txt", "kabar.php", "kabar.xml"])
@pytest.mark.parametrize("pack", [str.encode, lambda text: text.encode("utf-16")])
@pytest.mark.parametrize("blank", ["", "\n \n"])
def test_feed_is_a_feed_whatever_its_file_is_called(
    name: str, pack: Callable[[str], bytes], blank: str
) -> None:
    """Browsers save a feed as a page, and some sites put blanks before it."""
    feed = (
        f"{blank}<?xml version='1.0'?>"
        "<rss xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel>"
        "<item><title>Panen Garam</title><content:encoded>Garam dipanen.</content:encoded></item>"
        "<item><title>Panen Padi</title><content:encoded>Padi dipanen.</content:encoded></item>"
        "</channel></rss>"
    )
    reader = find_reader(name)
    assert reader is not None
    items = reader(io.BytesIO(pack(feed)), Origin(path=name, location=name))
    assert [getattr(item, "title", item) for _, item in items] == ["Panen Garam", "Panen Padi"]


def test_table_called_text_may_name_no_text() -> None:
    """Four columns that are known tell a table; two words of a first line do not."""
    table = b"HEADLINE|BYLINE|SECTION|PUBDATE|STORY\nPanen|Ani Lestari|Desa|28/8/2024|Garam naik."
    ((_, item),) = read_text_file(io.BytesIO(table), Origin(path="a.txt", location="a.txt"))
    assert isinstance(item, Document)
    assert (item.title, item.body, item.category) == ("Panen", "Garam naik.", "Desa")
    page = b"Judul | Penulis\n\nGaram naik di Palu sejak Senin.\n"
    ((_, item),) = read_text_file(io.BytesIO(page), Origin(path="a.txt", location="a.txt"))
    assert isinstance(item, Document)
    assert item.title.startswith("Judul")
