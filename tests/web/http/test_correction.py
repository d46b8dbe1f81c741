"""Another spelling stands first on the page, with its first hits."""

from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient


def test_correction_stands_first_with_its_hits(
    client: FlaskClient, open_page: Callable[[str], Any]
) -> None:
    """Their links and those of the JSON lead on with the right spelling."""
    (offer, *_) = client.get("/api/search?q=pangna").get_json()["alternatives"]
    assert offer["kind"] == "spelling"
    assert 0 < len(offer["hits"]) <= 3
    (frame,) = open_page("/search?q=pangna").all("section", "correction")
    links = [link.attributes["href"] for link in frame.all("a")]
    assert links[0] == "/search?q=pangan"
    assert any(url.startswith("/articles/") and "q=pangan" in url for url in links)


def test_page_without_a_correction_has_no_frame(open_page: Callable[[str], Any]) -> None:
    """Nor has one that found enough."""
    for path in ("/search?q=zzzzqqq", "/search?q=harga", "/"):
        assert open_page(path).all("section", "correction") == []


def test_facets_without_values_are_hidden(
    client: FlaskClient, open_page: Callable[[str], Any]
) -> None:
    """A choice stays, so that it can be undone; the JSON has all facets."""
    pages = map(open_page, ("/search?q=zzzzqqq", "/search?q=zzzzqqq&tag=pangan"))
    empty, chosen = (
        [e.attributes["id"] for e in page.all("details", "facet-fold")] for page in pages
    )
    assert empty == ["facet-dates"]
    assert set(chosen) == {"facet-dates", "facet-tag"}
    assert client.get("/api/search?q=zzzzqqq").get_json()["facets"]
