"""Links with an id that an article had once lead to it, on pages and in JSON."""

import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from index.indexer import build_index
from search.engine import open_engine
from web import create_app
from web.settings import read_settings

FORMER = "7"


@pytest.fixture
def counted_client(tmp_path: Path) -> FlaskClient:
    """Return a client of an archive whose column of ids only counts rows."""
    rows = [
        {"id": n, "title": f"Kabar {n}", "body": "Isi.", "url": f"https://a.example/x/kabar-{n}"}
        for n in (6, 7, 8)
    ]
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    build_index([path], tmp_path / "index")
    engine = open_engine(str(tmp_path / "index"), 10)
    return create_app(read_settings({}), engine=engine).test_client()


@pytest.mark.parametrize("root", ["/articles/", "/api/articles/"])
def test_former_id_leads_to_the_article(root: str, counted_client: FlaskClient) -> None:
    """For good, but a browser asks each time."""
    answer = counted_client.get(f"{root}{FORMER}?q=kabar")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (301, "no-cache")
    assert answer.headers["Location"].startswith(root)
    found = counted_client.get(answer.headers["Location"])
    assert found.status_code == 200
    assert "Kabar 7" in found.text


def test_query_is_kept_on_the_way(counted_client: FlaskClient) -> None:
    """What it marks, and the results to which the page leads back."""
    location = counted_client.get(f"/articles/{FORMER}?q=kabar").headers["Location"]
    assert location.endswith("?q=kabar")


def test_similar_articles_are_found_by_a_former_id(counted_client: FlaskClient) -> None:
    """As by the one it has now."""
    assert counted_client.get(f"/api/articles/{FORMER}/similar").status_code == 200


def test_unknown_id_is_not_found(counted_client: FlaskClient) -> None:
    """Nobody had it."""
    assert counted_client.get("/articles/9").status_code == 404
