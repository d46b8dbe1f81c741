"""The third column of a very wide screen: the article of the hit in focus or under the pointer."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

NewPage = Callable[..., Page]

WIDE = {"width": 1680, "height": 900}
PLACE = """() => {
  const hits = document.querySelector(".hits");
  return [hits.offsetLeft, hits.offsetTop, hits.offsetWidth];
}"""


def test_preview_shows_the_first_hit_and_then_the_one_in_focus(new_page: NewPage) -> None:
    """Its headline leads to the article; the focus stays where it was, and the hits do, too."""
    page = new_page(viewport=WIDE)
    page.goto("/search?q=desa")
    preview, titles = page.locator("#preview"), page.locator(".hit-title a")
    expect(preview.locator("h2").first).to_have_text(titles.nth(0).inner_text())
    before = page.evaluate(PLACE)
    titles.nth(2).focus()
    expect(preview.locator("h2").first).to_have_text(titles.nth(2).inner_text())
    expect(titles.nth(2)).to_be_focused()
    assert page.evaluate(PLACE) == before
    titles.nth(1).hover()
    expect(preview.locator("h2").first).to_have_text(titles.nth(1).inner_text())
    expect(preview.locator("mark").first).to_be_visible()
    preview.locator("h2 a").click()
    expect(page.locator(".article h1")).to_be_visible()


@pytest.mark.parametrize(
    ("width", "javascript"), [(1280, True), (375, True), (1680, False)], ids=str
)
def test_no_preview_on_other_screens_nor_without_script(
    new_page: NewPage,
    width: int,
    javascript: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    """And nothing is loaded for it."""
    page = new_page(viewport={"width": width, "height": 800}, java_script_enabled=javascript)
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    page.goto("/search?q=desa")
    page.locator(".hit-title a").nth(1).focus()
    expect(page.locator("#preview")).to_be_hidden()
    assert not [url for url in loaded if "/articles/" in url]


def test_print_of_results_has_addresses_and_what_was_asked(new_page: NewPage) -> None:
    """A reader of paper finds each article again."""
    page = new_page()
    page.emulate_media(media="print")
    page.goto("/search?q=desa&tag=desa")
    expect(page.get_by_role("heading", level=1)).to_contain_text("desa")
    expect(page.locator(".chip")).to_be_visible()
    expect(page.locator(".printed")).to_contain_text("/search?q=desa&tag=desa")
    for hidden in (".filters", ".sort", ".paging", ".search", "#preview"):
        for element in page.locator(hidden).all():
            expect(element).to_be_hidden()
    link = page.locator(".hit-title a").first
    shown = link.evaluate("link => getComputedStyle(link, '::after').content")
    assert shown.strip('"') == link.get_attribute("data-address")
    assert shown.strip('"').startswith(("http", "/articles/"))
    page.emulate_media(media="screen")


@pytest.mark.parametrize(
    "path", ["/", "/search?q=desa", "/advanced", "/help", "/coverage", "/facets/tag"]
)
def test_text_at_twice_its_size_fits_a_narrow_screen(new_page: NewPage, path: str) -> None:
    """At 360 pixels nothing reaches beyond the right edge."""
    page = new_page(viewport={"width": 360, "height": 740})
    page.goto(path)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
