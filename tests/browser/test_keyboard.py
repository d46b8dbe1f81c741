"""The keyboard alone is enough, and the focus is always visible."""

from typing import Literal

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

RESULTS = "/search?q=harga&tag=desa&tag=ekspor&not_tag=anak&page=1&size=10"

STOPS_MOST = 120
"""Most stops of the Tab key tried on the way to something."""

CONTROLS = (
    ".brand a",
    "#query",
    ".search .button",
    ".bar",
    ".facet-match input",
    "input[name=tag]",
    ".bucket-exclude",
    ".facet-more a",
    "#from",
    ".filters-apply .button",
    "#sort",
    ".chip a",
    ".hit-title a",
)
"""One of every kind of thing that takes the focus on a page of results."""


def test_slash_focuses_the_box(page: Page) -> None:
    """The query in it is selected, so that typing replaces it."""
    page.goto("/search?q=harga")
    page.keyboard.press("/")
    box = page.get_by_label("Cari artikel", exact=True)
    expect(box).to_be_focused()
    page.keyboard.type("a/b")
    expect(box).to_have_value("a/b")


def test_slash_is_a_character_in_other_boxes(page: Page) -> None:
    """A slash can be typed into them."""
    page.goto("/search")
    box = page.get_by_role("searchbox", name="Cari tag")
    box.press("/")
    expect(box).to_have_value("/")
    expect(box).to_be_focused()


def test_skip_link_is_the_first_stop_and_leads_to_the_content(page: Page) -> None:
    """It skips the head of the page and the filters."""
    page.goto("/search?q=harga")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Langsung ke isi")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#sort")).to_be_focused()


def test_keyboard_alone_searches_narrows_reads_and_comes_back(page: Page) -> None:
    """The whole path of a reader without a mouse."""
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("harga")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=harga")
    boxes = page.locator("input[name=tag]").all()[:2]
    tags = [box.get_attribute("value") or "" for box in boxes]
    for count, tag in enumerate(tags, 1):
        box = page.locator(f"input[name=tag][value='{tag}']")
        _tab_to(page, box)
        page.keyboard.press("Space")
        expect(page.locator(".chip")).to_have_count(count)
        expect(box).to_be_focused()
    _tab_to(page, page.locator(".chip a").first)
    page.keyboard.press("Enter")
    expect(page.locator(".chip > span")).to_have_text([tags[1]])
    titles = page.locator(".hit-title").all_inner_texts()
    _tab_to(page, page.locator(".hit-title a").first)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(titles[0])
    _tab_to(page, page.get_by_role("link", name="Kembali ke hasil"))
    page.keyboard.press("Enter")
    expect(page.locator(".chip > span")).to_have_text([tags[1]])
    assert page.locator(".hit-title").all_inner_texts() == titles


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_focus_is_seen_on_every_kind_of_control(
    page: Page, scheme: Literal["light", "dark"]
) -> None:
    """A control with the focus looks different from one without."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(RESULTS)
    page.keyboard.press("Tab")
    unseen = [selector for selector in CONTROLS if not _focus_shows(page, selector)]
    assert unseen == []


def _focus_shows(page: Page, selector: str) -> bool:
    control = page.locator(selector).first
    control.scroll_into_view_if_needed()
    box = control.bounding_box()
    assert box is not None
    clip = {
        "x": max(0, box["x"] - 6),
        "y": max(0, box["y"] - 6),
        "width": box["width"] + 12,
        "height": box["height"] + 12,
    }
    page.evaluate("document.activeElement.blur()")
    before = page.screenshot(clip=clip, animations="disabled")  # type: ignore[arg-type] # a rectangle
    control.focus()
    return page.screenshot(clip=clip, animations="disabled") != before  # type: ignore[arg-type] # same


def _tab_to(page: Page, goal: Locator) -> None:
    for _ in range(STOPS_MOST):
        if goal.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"The Tab key does not reach {goal}.")
