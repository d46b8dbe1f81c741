"""The timeline in a browser: bars, their labels, crumbs, touch, drawing over bars, the table."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

NewPage = Callable[..., Page]

WIDTHS = {"wide": {"width": 1280, "height": 800}, "narrow": {"width": 375, "height": 800}}
SCRIPTS = [True, False]


def _bars(page: Page) -> Locator:
    """The bars that are seen and can be followed."""
    return page.locator(".timeline-picture:visible a.bar")


def _label_of(bar: Locator) -> str:
    return (bar.locator(".bar-label").text_content() or "").strip()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("javascript", SCRIPTS, ids=["with script", "without script"])
def test_bars_lead_down_to_a_day_and_crumbs_lead_back(
    new_page: NewPage,
    width: str,
    javascript: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    """A month, then one of its days; each is one chip, and the crumbs undo it."""
    page = new_page(java_script_enabled=javascript, viewport=WIDTHS[width])
    page.goto("/search?q=harga&year=2022")
    expect(page.locator(".chip > span")).to_have_text(["2022"])
    label = _label_of(_bars(page).first)
    _bars(page).first.click()
    month, _, articles = label.partition(", ")
    expect(page.locator(".chip > span")).to_have_text([month])
    expect(page.locator("h1")).to_contain_text(articles)
    expect(page.locator(".timeline-crumbs li")).to_have_text(["Semua", "2022", month.split()[0]])
    assert page.locator(".timeline-picture:visible .bar").count() in range(28, 32)
    day = _label_of(_bars(page).first).partition(", ")[0]
    _bars(page).first.click()
    expect(page.locator(".chip > span")).to_have_text([day])
    expect(page.locator(".bar[aria-current]:visible")).to_have_count(1)
    page.get_by_role("link", name="Semua", exact=True).click()
    expect(page.locator(".chip")).to_have_count(0)


@pytest.mark.parametrize("javascript", SCRIPTS, ids=["with script", "without script"])
def test_label_stands_above_the_bar_below_the_pointer(
    new_page: NewPage,
    javascript: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    """It is seen while the pointer is there, and whole within the chart."""
    page = new_page(java_script_enabled=javascript)
    page.goto("/")
    for bar in (_bars(page).first, _bars(page).last):
        label = bar.locator(".bar-label")
        expect(label).to_be_hidden()
        bar.hover()
        expect(label).to_be_visible()
        box, reach = label.bounding_box(), bar.locator(".bar-height").bounding_box()
        assert box
        assert reach
        assert box["y"] + box["height"] <= reach["y"]
        assert 0 <= box["x"] <= box["x"] + box["width"] <= 1280


@pytest.mark.parametrize("path", ["/", "/search?q=harga", "/search?q=harga&year=2022"])
@pytest.mark.parametrize("width", WIDTHS)
def test_chart_is_high_and_its_bars_can_be_hit(page: Page, width: str, path: str) -> None:
    """96 to 120 pixels high, each bar some ten wide, and nothing scrolls sideways."""
    page.set_viewport_size(WIDTHS[width])  # type: ignore[arg-type]  # a table of widths
    page.goto(path)
    box = page.locator(".timeline-picture:visible").bounding_box()
    assert box
    assert 96 <= box["height"] <= 120
    for reach in page.locator(".bar-reach:visible").all():
        own = reach.bounding_box()
        assert own
        assert own["width"] >= 8
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_first_tap_labels_and_the_second_follows(new_page: NewPage) -> None:
    """A finger hides what it points at."""
    page = new_page(has_touch=True, viewport=WIDTHS["narrow"])
    page.goto("/search?q=harga")
    address, bar = page.url, _bars(page).first
    bar.locator(".bar-reach").tap()
    expect(bar.locator(".bar-label")).to_be_visible()
    assert page.url == address
    bar.locator(".bar-reach").tap()
    expect(page.locator(".chip")).to_have_count(1)


def test_span_drawn_over_bars_is_asked_for(page: Page) -> None:
    """From the bar where the pointer goes down to the one where it is let go."""
    page.goto("/search?q=harga&year=2022")
    box = page.locator(".timeline-picture:visible").bounding_box()
    assert box
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 2.5 / 12, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 4.5 / 12, middle, steps=4)
    expect(page.locator(".is-drawn-over")).to_have_count(3)
    page.mouse.up()
    expect(page.locator(".chip > span")).to_have_text(["Maret – Mei 2022"])
    assert page.url.endswith("/search?q=harga&from=2022-03&to=2022-05")


def test_arrows_walk_along_the_bars(page: Page) -> None:
    """The chart is one Tab stop; arrows, Home and End move inside it, and the label is shown."""
    page.goto("/")
    bars = _bars(page)
    bars.first.focus()
    page.keyboard.press("ArrowRight")
    expect(bars.nth(1)).to_be_focused()
    page.keyboard.press("End")
    expect(bars.last).to_be_focused()
    expect(bars.last.locator(".bar-label")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator(".timeline-table summary")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    label = _label_of(bars.last)
    page.keyboard.press("Enter")
    expect(page.locator(".chip > span")).to_have_text([label.partition(",")[0]])


@pytest.mark.parametrize("javascript", SCRIPTS, ids=["with script", "without script"])
def test_shares_and_the_table_are_one_click_away(
    new_page: NewPage,
    javascript: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    """The bars' own numbers stand below them for who reads lists, and as a file."""
    page = new_page(java_script_enabled=javascript)
    page.goto("/search?q=harga")
    page.get_by_role("link", name="bagian dari semua").click()
    assert page.url.endswith("chart=share")
    assert re.search(r"artikel, [\d,]+% dari semua$", _label_of(_bars(page).first))
    page.locator(".timeline-table summary").click()
    expect(page.locator(".timeline-table tbody tr")).to_have_count(_bars(page).count())
    with page.expect_download() as download:
        page.locator(".timeline-table").get_by_role("link", name="CSV").click()
    assert download.value.suggested_filename == "kliping-timeline.csv"


def test_bars_grow_only_where_motion_is_wanted(page: Page) -> None:
    """When the scale changes; a reader who wants none sees none."""
    for motion, name in (("no-preference", "bar-grows"), ("reduce", "none")):
        page.emulate_media(reduced_motion=motion)  # type: ignore[arg-type]  # a table of two
        page.goto("/search?q=harga")
        page.goto("/search?q=harga&year=2022")
        bar = page.locator(".bar-height:visible").first
        assert bar.evaluate("bar => getComputedStyle(bar).animationName") == name
