"""No page breaks a rule of WCAG 2.2 AA, or a best practice, that axe can check."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

OPTIONS = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}


@pytest.mark.parametrize("width", [360, 1280], ids=["narrow", "wide"])
def test_page_has_no_violations(page: Page, path: str, width: int) -> None:
    """In light and dark, on a telephone with its filters unfolded and on a desk."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(path)
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; })")
    assert [report for scheme in ("light", "dark") for report in _violations(page, scheme)] == []


def test_folded_filters_have_no_violations(page: Page) -> None:
    """As a telephone shows them first."""
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto("/search?q=harga&tag=desa")
    assert _violations(page, "light") == []


def test_page_names_its_parts_and_its_state(page: Page, path: str) -> None:
    """One main heading, one main part, a title of its own, and a language."""
    page.goto(path)
    assert page.locator("h1").count() == 1
    assert page.locator("main").count() == 1
    assert page.title().endswith("Kliping")
    assert page.locator("html").get_attribute("lang") in {"id", "en"}


def _violations(page: Page, scheme: str) -> list[str]:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type] # two of its literals
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [
        f"{scheme}: {violation['id']}: {violation['help']}: {node['html'][:200]}"
        for violation in found
        for node in violation["nodes"]
    ]
