"""A site's own name, sentence, language and facets, on a desk and on a telephone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

NewPage = Callable[..., Page]

NAME = "Arsip Harian Satu"
TEXT = "Everything that Harian Satu has printed since 1999."
LEGENDS = ["Date", "Month", "Tag"]
WIDTHS = (1280, 320)
SCROLLS_SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture(params=WIDTHS)
def own_page(request: pytest.FixtureRequest, new_page: NewPage, own_address: str) -> Page:
    """A page of the site, as wide as a desk's and as narrow as a telephone's."""
    return new_page(base_url=own_address, viewport={"width": request.param, "height": 800})


def test_front_page_shows_the_site_s_own_face(own_page: Page) -> None:
    """Name, sentence and language; the page does not scroll sideways."""
    own_page.goto("/")
    expect(own_page).to_have_title(NAME)
    expect(own_page.locator("html")).to_have_attribute("lang", "en")
    expect(own_page.get_by_role("heading", name=NAME, level=1)).to_be_in_viewport(ratio=1)
    expect(own_page.locator(".lead").first).to_have_text(TEXT)
    expect(own_page.locator(".lead").last).to_contain_text("by word, month and tag")
    assert not own_page.evaluate(SCROLLS_SIDEWAYS)


def test_reader_filters_by_the_site_s_facets_in_its_order(own_page: Page) -> None:
    """A filter by a facet that is not shown stays when another is chosen."""
    own_page.goto("/search?q=harga&author=Damar+Prasetyo+Aji")
    expect(own_page.locator(".masthead .brand")).to_have_text(NAME)
    own_page.evaluate("document.getElementById('filters').open = true")
    expect(own_page.locator(".filters legend")).to_have_text(LEGENDS)
    assert not own_page.evaluate(SCROLLS_SIDEWAYS)
    own_page.locator("input[name=tag]").first.click()
    if own_page.viewport_size == {"width": WIDTHS[-1], "height": 800}:  # a desk needs no button
        own_page.locator(".filters-apply button").click()
    expect(own_page.locator(".chip")).to_have_count(2)
    expect(own_page.locator(".chip").last).to_contain_text("Damar Prasetyo Aji")
    expect(own_page).to_have_title(re.compile(rf": harga – {NAME}$"))
