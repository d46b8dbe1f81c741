"""No page breaks a rule of WCAG 2.2 AA, or a best practice, that axe can check."""

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def test_page_breaks_no_rule(page: Page, path: str) -> None:
    """On a desk and on a telephone, its filters unfolded, in light and in dark."""
    page.goto(path)
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; })")
    broken = _broken_rules(page, "light")
    broken += _broken_rules(page, "dark", only="color-contrast")  # all that dark changes
    page.set_viewport_size({"width": 360, "height": 740})
    assert broken + _broken_rules(page, "light") == []


def test_folded_filters_break_no_rule(page: Page) -> None:
    """As a telephone shows them when a page opens."""
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto("/search?q=harga&tag=desa")
    assert _broken_rules(page, "light") == []


def _broken_rules(page: Page, scheme: Literal["light", "dark"], only: str = "") -> list[str]:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    chosen = {"type": "rule", "values": [only]} if only else {"type": "tag", "values": RULES}
    options = {"runOnly": chosen, "resultTypes": ["violations"]}
    violations = Axe().run(page, options=options).response["violations"]
    return [
        f"{scheme}: {rule['id']}: {rule['help']}: {node['html'][:200]}"
        for rule in violations
        for node in rule["nodes"]
    ]
