"""The page of an article: its neighbours in the results, its metadata, its rail."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from search.engine import Engine
from web import create_app
from web.settings import SettingError, read_settings

SEARCH = "/search?q=harga&sort=newest"


def _hits(page: Any) -> list[Any]:
    return [hit.all("a")[0] for hit in page.all("h2", "hit-title")]


def _path(link: Any) -> str:
    return urlsplit(link.attributes["href"]).path


def test_next_leads_through_all_results_in_their_order(open_page: Callable[[str], Any]) -> None:
    """From the first hit to the last, over all pages of results."""
    paths = [
        _path(hit) for number in (1, 2, 3) for hit in _hits(open_page(f"{SEARCH}&page={number}"))
    ]
    page = open_page(_hits(open_page(SEARCH))[0].attributes["href"])
    assert not [link for link in page.all("a") if link.attributes.get("id") == "previous"]
    for rank, path in enumerate(paths, 1):
        assert page.all("p", "rail-rank")[0].text.count(f"{rank} dari 24") == 1
        back = page.all("a", "rail-back")[0].attributes["href"]
        shown = open_page(back.partition("#")[0])
        (hit,) = [each for each in shown.all("li", "hit") if each.attributes["id"] == f"hit-{rank}"]
        assert back.endswith(f"#hit-{rank}")
        assert _path(hit.all("a")[0]) == path
        following = [link for link in page.all("a") if link.attributes.get("id") == "next"]
        assert bool(following) == (rank < len(paths))
        if following:
            page = open_page(following[0].attributes["href"])


def test_previous_leads_back(open_page: Callable[[str], Any]) -> None:
    """The neighbours of a hit name each other."""
    first, second = _hits(open_page(SEARCH))[:2]
    page = open_page(second.attributes["href"])
    (link,) = [each for each in page.all("a") if each.attributes.get("id") == "previous"]
    assert _path(link) == _path(first)
    assert link.attributes["title"] == first.text


@pytest.mark.parametrize("rank", ["2", "999", "999999999", "0"])
def test_old_rank_gives_an_article_without_neighbours(
    rank: str, open_page: Callable[[str], Any]
) -> None:
    """Results change, so a rank in an old link may be another article's by now."""
    first = _hits(open_page(SEARCH))[0].attributes["href"]
    page = open_page(first.replace("rank=1", f"rank={rank}"))
    assert not page.all("p", "rail-rank")
    assert page.all("a", "rail-back")[0].attributes["href"] == SEARCH


def test_rank_that_is_no_number_is_refused(client: FlaskClient) -> None:
    """As every other parameter."""
    answer = client.get("/articles/a1?q=harga&rank=x")
    assert answer.status_code == 400
    assert "rank" in answer.text


def test_metadata_say_what_the_article_is(open_page: Callable[[str], Any]) -> None:
    """JSON-LD by schema.org, a description, and what other sites show of a link."""
    page = open_page("/articles/a1?q=harga")
    (script,) = [s for s in page.all("script") if s.attributes.get("type") == "application/ld+json"]
    found = json.loads(script.text)
    assert found["@type"] == "NewsArticle"
    assert found["headline"] == "Kabar kopi ke-1"
    assert found["datePublished"] == "2024-02-10"
    assert found["author"] == [{"@type": "Person", "name": "Budi Laksana"}]
    assert found["url"] == "/articles/a1"
    content = {m.attributes.get("property"): m.attributes["content"] for m in page.all("meta")[1:]}
    assert content["og:title"] == "Kabar kopi ke-1"
    assert "Harga kopi berubah lagi." in content["og:description"]


def test_origin_makes_addresses_of_metadata_whole(
    tiny_engine: Engine, read_page: Callable[[str], Any]
) -> None:
    """Other sites need the host; a request's own word for it is never believed."""
    settings = read_settings({"KLIPING_SITE_ORIGIN": "https://arsip.example/"})
    app = create_app(settings, engine=tiny_engine)
    page = read_page(app.test_client().get("/articles/a1?q=beras").text)
    (link,) = [each for each in page.all("link") if each.rel == ["canonical"]]
    assert link.attributes["href"] == "https://arsip.example/articles/a1"


@pytest.mark.parametrize(
    "origin", ["arsip.example", "https://a.example/b", "javascript:x", "https://a b"]
)
def test_origin_must_be_scheme_and_host(origin: str) -> None:
    """Anything else would make links that lead nowhere."""
    with pytest.raises(SettingError, match="KLIPING_SITE_ORIGIN"):
        read_settings({"KLIPING_SITE_ORIGIN": origin})
