"""The form for readers who know no syntax, wide and narrow, with and without a script."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import NewPage

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("is_scripted", [True, False])
@pytest.mark.parametrize("width", [360, 1280])
def test_form_writes_the_query_and_reads_it_back(
    new_page: NewPage, *, is_scripted: bool, width: int
) -> None:
    """From the link at the search box to the results, and back to the filled form."""
    page = new_page(java_script_enabled=is_scripted, viewport={"width": width, "height": 800})
    page.goto("/search?tag=desa")
    page.get_by_role("link", name="Pencarian rinci").click()
    page.get_by_label("Semua kata ini").fill("harga")
    page.get_by_label("Tanpa kata ini").fill('"impor (')
    page.get_by_role("main").get_by_role("button", name="Cari").click()
    expect(page.locator("#query")).to_have_value("harga -impor")
    assert "tag=desa" in page.url
    page.get_by_role("link", name="Pencarian rinci").click()
    expect(page.get_by_label("Semua kata ini")).to_have_value("harga")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_form_breaks_no_rule_of_axe(new_page: NewPage) -> None:
    """Also with a part that no field holds."""
    page = new_page()
    page.goto("/advanced?q=harga+penulis:sari")
    assert Axe().run(page).response["violations"] == []
