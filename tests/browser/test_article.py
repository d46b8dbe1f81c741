"""The page of an article in a browser: neighbours, marks, printing, motion and colours."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

NewPage = Callable[..., Page]
NARROW = {"width": 375, "height": 800}
TRANSITION_RULES = """() => [...document.styleSheets]
  .flatMap(sheet => [...sheet.cssRules])
  .filter(rule => rule instanceof CSSMediaRule && matchMedia(rule.conditionText).matches)
  .flatMap(rule => [...rule.cssRules])
  .filter(rule => rule.constructor.name === "CSSViewTransitionRule").length"""
"""How many rules of the style sheets ask for a transition between pages."""


def _open_hit(page: Page, number: int) -> list[str]:
    """Open a hit of a search, from 0; return the headlines of all hits."""
    page.goto("/search?q=harga")
    titles = page.locator(".hit-title a").all_inner_texts()
    page.locator(".hit-title a").nth(number).click()
    page.wait_for_url("**/articles/**")
    return titles


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
def test_reader_goes_on_to_the_next_hit_and_back_to_its_place(
    new_page: NewPage,
    javascript: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    """By links; the results open where the hit stands."""
    page = new_page(java_script_enabled=javascript, viewport=NARROW)
    titles = _open_hit(page, 3)
    expect(page.locator(".rail-rank")).to_contain_text("4 dari")
    page.get_by_role("link", name="Berikutnya").click()
    expect(page.locator(".rail-rank")).to_contain_text("5 dari")
    expect(page.get_by_role("heading", level=1)).to_have_text(titles[4])
    page.get_by_role("link", name="Sebelumnya").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(titles[3])
    page.get_by_role("link", name="Kembali ke hasil").click()
    expect(page.locator("#hit-4")).to_be_in_viewport()
    expect(page.locator("#hit-4 .hit-title")).to_have_text(titles[3])


def test_keys_lead_to_the_neighbours(page: Page) -> None:
    """The keys j and k, but not while something is typed."""
    titles = _open_hit(page, 0)
    page.keyboard.press("j")
    page.wait_for_url("**rank=2")
    expect(page.get_by_role("heading", level=1)).to_have_text(titles[1])
    page.keyboard.press("k")
    page.wait_for_url("**rank=1")
    expect(page.get_by_role("heading", level=1)).to_have_text(titles[0])
    page.locator("#query").press("j")
    expect(page.get_by_role("heading", level=1)).to_have_text(titles[0])


def test_marks_are_counted_and_stepped_through(page: Page) -> None:
    """By buttons and by the keys n and p; after the last comes the first."""
    _open_hit(page, 0)
    count = page.locator(".article mark").count()
    expect(page.locator(".rail-marks")).to_contain_text(f"{count} kali disebut")
    page.keyboard.press("p")
    expect(page.locator(".article mark").last).to_be_in_viewport()
    expect(page.locator(".article mark").last).to_have_class("is-here")
    page.get_by_role("button", name="Ke sebutan berikutnya").click()
    expect(page.locator(".article mark").first).to_have_class("is-here")
    expect(page.locator(".rail-marks [role=status]")).to_have_text(f"Sebutan 1 dari {count}")


def test_without_the_script_no_button_does_nothing(new_page: NewPage) -> None:
    """What only the script can do is not shown."""
    page = new_page(java_script_enabled=False)
    _open_hit(page, 0)
    expect(page.locator(".rail button:visible")).to_have_count(0)


@pytest.mark.parametrize("width", [375, 1280])
def test_facts_are_shown_once(width: int, new_page: NewPage) -> None:
    """In the rail on a wide screen, under the headline on a narrow one."""
    page = new_page(viewport={"width": width, "height": 800})
    _open_hit(page, 0)
    expect(page.locator("time:visible")).to_have_count(1 + page.locator(".copies time").count())
    assert page.locator(".rail-facts").is_visible() == (width > 1000)
    assert page.locator("#article-byline").is_visible() == (width < 1000)


def test_rail_stays_in_sight(new_page: NewPage) -> None:
    """The way back and on does not scroll away on a wide screen."""
    page = new_page(viewport={"width": 1280, "height": 500})
    _open_hit(page, 0)
    page.locator(".article-body p").last.scroll_into_view_if_needed()
    expect(page.get_by_role("link", name="Kembali ke hasil")).to_be_in_viewport()


def test_print_is_a_clipping(page: Page) -> None:
    """A dashed frame with source, day, address and query, and nothing to click."""
    _open_hit(page, 0)
    page.emulate_media(media="print")
    expect(page.locator(".printed")).to_contain_text("pencarian: harga")
    expect(page.locator(".printed")).to_contain_text("/articles/")
    expect(page.locator("#article-byline")).to_be_visible()
    for hidden in (".rail", ".search", ".footer"):
        expect(page.locator(hidden)).to_be_hidden()
    assert page.locator(".article").evaluate("e => getComputedStyle(e).borderTopStyle") == "dashed"
    page.emulate_media(media="screen")


def test_headline_of_the_hit_becomes_that_of_the_article(new_page: NewPage) -> None:
    """A transition between pages, and none for readers who want no motion."""
    for motion in ("no-preference", "reduce"):
        page = new_page(reduced_motion=motion)
        _open_hit(page, 0)
        named = page.locator("h1").evaluate("e => getComputedStyle(e).viewTransitionName")
        assert named == "headline"
        rules = page.evaluate(TRANSITION_RULES)
        assert bool(rules) == (motion == "no-preference")


def test_reader_chooses_light_or_dark_for_good(new_page: NewPage) -> None:
    """The choice outlasts the page; "system" follows the system again."""
    page = new_page(color_scheme="light")
    page.goto("/")
    paper = "() => getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(paper)
    page.get_by_label("gelap").check()
    dark = page.evaluate(paper)
    assert dark != light
    page.goto("/help")
    assert page.evaluate(paper) == dark
    page.get_by_label("sistem").check()
    assert page.evaluate(paper) == light


def test_serif_is_the_site_s_own(page: Page) -> None:
    """The page looks the same on every system."""
    page.goto("/")
    page.evaluate("() => document.fonts.ready")
    assert page.evaluate("""() => document.fonts.check('600 20px "Source Serif 4"')""")
    loaded = """() => [...document.fonts].filter(f => f.status === "loaded").length"""
    assert page.evaluate(loaded) >= 1
