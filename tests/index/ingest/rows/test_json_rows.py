"""Articles in whatever exporters wrap them in."""

import datetime as dt
import io
import json

import pytest

from index.document import Document
from index.ingest.io.source import Origin, read_items
from index.ingest.rows.json_file import read_json
from index.ingest.rows.json_rows import name_row

ROWS = [{"judul": f"Panen {n}", "isi": f"Garam {n}.", "tanggal": "5/3/2024"} for n in (1, 2)]
TABLE = {name: [row[name] for row in ROWS] for name in ROWS[0]}
BULK = "".join(f'{{"index": {{"_id": "{n}"}}}}\n{json.dumps(row)}\n' for n, row in enumerate(ROWS))


@pytest.mark.parametrize(
    "data",
    [
        json.dumps({"status": "ok", "articles": ROWS}),
        json.dumps({"data": {"items": ROWS}, "links": [{"href": "x"}]}),
        json.dumps({"hits": {"hits": [{"_id": row["judul"], "_source": row} for row in ROWS]}}),
        json.dumps({row["judul"]: row for row in ROWS}),
        json.dumps({"nasional": ROWS[:1], "ekonomi": ROWS[1:]}),
        json.dumps(TABLE),
        json.dumps({name: dict(enumerate(column)) for name, column in TABLE.items()}),
        json.dumps({"columns": list(TABLE), "data": [list(row.values()) for row in ROWS]}),
        f"const articles = {json.dumps(ROWS)};",
        f"export default {json.dumps({'articles': ROWS})}\n",
        ",\n".join(map(json.dumps, ROWS)),
        "\r".join(map(json.dumps, ROWS)),
        "\n".join(json.dumps({"article": row, "crawled": 1}) for row in ROWS),
        BULK,
        json.dumps([{**row, "views": float("nan")} for row in ROWS]),
    ],
)
def test_articles_are_found(data: str) -> None:
    """Each once, in their order."""
    origin = Origin(path="a.json", location="a.json")
    items = [item for _, item in read_items(io.BytesIO(data.encode()), origin, read_json)]
    assert all(isinstance(item, Document) for item in items), items
    assert [item.title for item in items if isinstance(item, Document)] == ["Panen 1", "Panen 2"]


def test_answer_of_wordpress_is_read() -> None:
    """Texts are HTML in objects; numbers of people and terms are no names."""
    post = {
        "id": 7,
        "date": "2024-03-05T10:00:00",
        "link": "https://pagi.example/panen",
        "title": {"rendered": "Panen &#8211; Raya"},
        "content": {"rendered": "<p>Panen membaik.</p><script>x()</script><p>Harga turun.</p>"},
        "excerpt": {"rendered": "<p>Panen</p>"},
        "author": 3,
        "categories": [12],
        "tags": [4],
    }
    data = io.BytesIO(json.dumps([post]).encode())
    ((_, item),) = read_items(data, Origin(path="a", location="a"), read_json)
    assert isinstance(item, Document)
    assert (item.doc_id, item.title) == ("7", "Panen – Raya")
    assert item.body == "Panen membaik.\nHarga turun."
    assert (item.authors, item.category, item.tags) == ((), "", ())


def read_one(row: object) -> Document:
    """Read a file of one row."""
    data = io.BytesIO(json.dumps([row]).encode())
    ((_, item),) = read_items(data, Origin(path="a", location="a"), read_json)
    assert isinstance(item, Document)
    return item


def test_values_beside_the_text_are_found() -> None:
    """As data sets for training have them; the row's own go first."""
    meta = {"title": "Panen", "url": "https://pagi.example/1", "date": "6/3/2024", "id": "m"}
    document = read_one({"text": "Garam.", "label": 1, "date": "5/3/2024", "meta": meta})
    assert (document.title, document.url) == ("Panen", "https://pagi.example/1")
    assert document.date == dt.date(2024, 3, 5)


def test_values_around_a_wrapped_article_are_kept() -> None:
    """The address often stands outside."""
    detail = {"judul": "Panen", "konten": {"paragraf": ["Satu.", "Dua."]}, "penulis": ["Ani Sari"]}
    document = read_one({"url": "https://pagi.example/1", "status": 200, "detail": detail})
    assert (document.title, document.body) == ("Panen", "Satu.\nDua.")
    assert (document.url, document.authors) == ("https://pagi.example/1", ("Ani Sari",))


def test_people_and_terms_that_wordpress_embeds_are_read() -> None:
    """In place of their numbers."""
    terms = [
        [{"id": 5, "name": "Ekonomi", "taxonomy": "category"}],
        [{"id": 6, "name": "garam", "taxonomy": "post_tag"}],
    ]
    embedded = {"author": [{"id": 3, "name": "Ani Sari"}], "wp:term": terms}
    post = {"title": {"rendered": "Panen"}, "content": {"rendered": "<p>Garam.</p>"}, "author": 3}
    document = read_one({**post, "categories": [5], "tags": [6], "_embedded": embedded})
    assert (document.authors, document.tags) == (("Ani Sari",), ("garam",))
    assert document.category == "Ekonomi"


def test_texts_of_a_feed_of_blogger_are_read() -> None:
    """Each stands under "$t", beside its type."""
    entry = {
        "title": {"type": "text", "$t": "Panen"},
        "content": {"type": "html", "$t": "<p>Garam.</p>"},
        "published": {"$t": "2024-03-05T10:00:00+07:00"},
    }
    assert read_one(entry).title == "Panen"


def test_objects_of_several_lines_may_follow_each_other() -> None:
    """As a program leaves them that appends to its file."""
    data = "\n".join(json.dumps(row, indent=2) for row in ROWS)
    items = read_items(io.BytesIO(data.encode()), Origin(path="a", location="a"), read_json)
    assert [item.title for _, item in items if isinstance(item, Document)] == ["Panen 1", "Panen 2"]


def test_categories_of_atom_are_tags() -> None:
    """Other categories are sections."""
    origin = Origin(path="a.json", location="a.json")
    terms = [{"scheme": "x", "term": "garam"}, {"scheme": "x", "term": "kapal"}]
    named = name_row({"title": "Panen", "content": "Naik.", "category": terms}, origin)
    assert (named.values["tags"], named.values.get("category")) == (terms, None)
    named = name_row({"title": "Panen", "content": "Naik.", "category": [{"name": "a"}]}, origin)
    assert "tags" not in named.values
