"""Articles in whatever exporters wrap them in."""

import io
import json

import pytest

from index.document import Document
from index.ingest.io.source import Origin, read_items
from index.ingest.rows.json_file import read_json

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
