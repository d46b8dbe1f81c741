"""The coverage page and its JSON: the same counts as the searches that they lead to."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from index.document import REJECTION_REASONS
from web.language import message
from web.settings import LANGUAGES


def test_each_count_is_what_its_link_finds(
    client: FlaskClient, open_page: Callable[[str], Any]
) -> None:
    """Of years, of outlets, and of their years; near duplicates are counted."""
    rows = [row for row in open_page("/coverage").all("main")[0].below() if row.tag in {"h3", "li"}]
    links = [(row.all("a")[0].attributes["href"], row) for row in rows if row.all("a")]
    assert len(links) >= 3
    for href, row in links:
        total = client.get(f"/api/search?{urlsplit(href).query}").json["total"]
        assert int(row.all("span", "count")[0].text.replace(".", "")) == total


def test_json_has_what_the_page_has(sample_client: FlaskClient) -> None:
    """The articles of all outlets and years add up."""
    covered = sample_client.get("/api/coverage").json
    assert covered["articles"] == sum(outlet["articles"] for outlet in covered["outlets"]) > 0
    dated = sum(year["articles"] for year in covered["years"])
    assert dated == covered["articles"] - covered["undated"]
    page = sample_client.get("/coverage?lang=en").text
    assert all(outlet["name"] in page for outlet in covered["outlets"])
    assert f"{covered['articles']} articles of {covered['outlet_count']} outlets." in page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_reason_of_a_refusal_has_words(lang: str) -> None:
    """In both languages."""
    assert all(message(lang, f"refused_{reason}") for reason in REJECTION_REASONS)


def test_coverage_is_linked_from_every_page_and_kept_by_caches(client: FlaskClient) -> None:
    """It is made anew when the index is another one."""
    assert 'href="/coverage"' in client.get("/help").text
    etag = client.get("/api/coverage").headers["ETag"]
    assert client.get("/api/coverage", headers={"If-None-Match": etag}).status_code == 304


def test_coverage_without_an_index_says_so(empty_client: FlaskClient) -> None:
    """As a search does."""
    assert empty_client.get("/coverage").status_code == 503
    assert empty_client.get("/api/coverage").json["type"].endswith("no_index")
