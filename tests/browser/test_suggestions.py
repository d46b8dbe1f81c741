"""Suggestions while a reader types: by keyboard, by pointer, and for screen readers."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser


def _box(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Cari artikel")


def _options(page: Page) -> Locator:
    return page.get_by_role("listbox", name="Saran").get_by_role("option")


def test_arrows_choose_and_enter_goes_there(page: Page) -> None:
    """A screen reader hears the chosen option; Escape closes the list and keeps the text."""
    page.goto("/")
    _box(page).press_sequentially("nelay")
    expect(_options(page).first).to_be_visible()
    expect(page.get_by_role("status").first).to_contain_text("saran")
    page.keyboard.press("Escape")
    expect(_options(page)).to_have_count(0)
    assert _box(page).input_value() == "nelay"
    page.keyboard.type("an")
    expect(_options(page).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(_options(page).first).to_have_attribute("aria-selected", "true")
    assert _box(page).get_attribute("aria-activedescendant") == "suggestion-0"
    address = _options(page).first.get_attribute("data-url")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")


def test_enter_without_a_choice_searches_what_was_typed(page: Page) -> None:
    """Suggestions do not get in the way of a search."""
    page.goto("/")
    _box(page).press_sequentially("nelayan")
    expect(_options(page).first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=nelayan")


def test_pointer_chooses_and_list_breaks_no_rule(page: Page) -> None:
    """The open list breaks no rule of axe."""
    page.goto("/")
    _box(page).press_sequentially("nelayan")
    expect(_options(page).first).to_be_visible()
    assert Axe().run(page).response["violations"] == []
    address = _options(page).first.get_attribute("data-url")
    _options(page).first.click()
    page.wait_for_url(f"**{address}")


def test_phrase_is_searched_as_it_stands(page: Page) -> None:
    """It has another label than a tag, and is chosen with the same keys."""
    page.goto("/")
    _box(page).press_sequentially("kepala de")
    expect(_options(page).filter(has_text="frasa").first).to_have_text("kepala desa frasa")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    chosen = page.locator("[role=option][aria-selected=true]")
    expect(chosen).to_have_text("kepala desa frasa")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=%22kepala+desa%22")
    expect(_box(page)).to_have_value('"kepala desa"')


def test_first_row_searches_all_texts_and_arrow_down_reopens_the_list(page: Page) -> None:
    """It says how many articles that gives, with the filters of the page."""
    page.goto("/search?q=desa&tag=desa")
    _box(page).fill("")
    _box(page).press_sequentially("harga")
    expect(_options(page).first).to_have_text(
        re.compile(r"^Cari 'harga' di semua teks · \d+ artikel$")
    )
    page.keyboard.press("Escape")
    expect(_options(page)).to_have_count(0)
    page.keyboard.press("ArrowDown")
    expect(_options(page).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=harga&tag=desa")
