"""The main path of a reader: search, filter, read, go back."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

NewPage = Callable[..., Page]


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
def test_reader_searches_narrows_reads_and_comes_back(
    new_page: NewPage,
    javascript: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    """Everything works without JavaScript; with it, a choice applies at once."""
    page = new_page(java_script_enabled=javascript)
    page.goto("/")
    _search(page, "harga")
    first, second = _tags(page)[:2]
    for count, tag in enumerate((first, second), 1):
        _tag(page, tag).click()
        if not javascript:
            page.get_by_role("button", name="Terapkan").click()
        expect(page.locator(".chip")).to_have_count(count)
    _expect_chosen(page, first, second)

    page.get_by_role("link", name=f"Hapus saringan {first}").click()
    _expect_chosen(page, second)
    results_url, titles = page.url, _titles(page)

    page.locator(".hit-title a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(titles[0])
    marked = page.locator("main mark").all_inner_texts()
    assert marked
    assert all("harga" in word.lower() for word in marked)

    page.get_by_role("link", name="Kembali ke hasil").click()
    _expect_chosen(page, second)
    assert (page.url, _titles(page)) == (f"{results_url}#hit-1", titles)


def test_count_beside_a_value_is_the_number_of_hits_when_it_is_chosen(page: Page) -> None:
    """Choosing a tag gives as many hits as the number beside it."""
    page.goto("/search?q=harga")
    tag = _tags(page)[0]
    count = page.locator(".bucket", has=_tag(page, tag)).locator(".bucket-count").inner_text()
    _tag(page, tag).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"{count} artikel")
    assert len(_titles(page)) == int(count)


def test_back_button_shows_the_choices_of_the_address(page: Page) -> None:
    """The browser's back button also unticks the last choice."""
    page.goto("/search?q=harga")
    titles = _titles(page)
    tag = _tags(page)[0]
    _tag(page, tag).click()
    _expect_chosen(page, tag)
    page.go_back()
    expect(page.locator(".chip")).to_have_count(0)
    expect(_tag(page, tag)).not_to_be_checked()
    assert _titles(page) == titles


@pytest.mark.parametrize("name", ["tag", "month"])
def test_page_stays_where_the_choice_was_made(page: Page, name: str) -> None:
    """A checkbox far down the filters stays in sight, at its place, and keeps the focus."""
    page.set_viewport_size({"width": 1280, "height": 600})
    page.goto("/search?q=harga")
    box = page.locator(f"input[name={name}]").nth(8)
    value = box.get_attribute("value")
    box.scroll_into_view_if_needed()
    before = box.bounding_box()
    box.click()
    expect(page.locator(".chip")).to_have_count(1)
    chosen = page.locator(f"input[name={name}][value='{value}']")
    expect(chosen).to_be_focused()
    expect(chosen).to_be_in_viewport()
    after = chosen.bounding_box()
    assert before
    assert after
    # Lists that became shorter cannot be scrolled as far as before.
    assert after["y"] == pytest.approx(before["y"], abs=150)


def test_address_stays_short_with_script(page: Page) -> None:
    """Empty fields and the default order are not in the URL."""
    page.goto("/")
    _search(page, "harga")
    assert page.url.endswith("/search?q=harga")


def test_example_of_the_front_page_finds_something(page: Page) -> None:
    """Every example search has hits."""
    page.goto("/")
    for number in range(page.locator(".examples a").count()):
        page.locator(".examples a").nth(number).click()
        expect(page.locator(".hit").first).to_be_visible()
        page.goto("/")


def test_article_opened_by_its_bare_address_leads_to_the_front_page(
    page: Page, article_path: str
) -> None:
    """There are no results to go back to."""
    page.goto(article_path.partition("?")[0])
    expect(page.locator("main mark")).to_have_count(0)
    page.get_by_role("link", name="Ke halaman depan").click()
    expect(page.get_by_role("heading", name="Artikel terbaru")).to_be_visible()


def _search(page: Page, text: str) -> None:
    page.get_by_label("Cari artikel", exact=True).fill(text)
    page.get_by_role("button", name="Cari", exact=True).click()
    expect(page.locator("body.is-results")).to_be_visible()


def _tags(page: Page) -> list[str]:
    return [box.get_attribute("value") or "" for box in page.locator("input[name=tag]").all()]


def _tag(page: Page, value: str) -> Locator:
    return page.locator(f"input[name=tag][value='{value}']")


def _titles(page: Page) -> list[str]:
    return page.locator(".hit-title").all_inner_texts()


def _expect_chosen(page: Page, *tags: str) -> None:
    """Check that chips and checkboxes agree."""
    expect(page.locator(".chip > span")).to_have_text(list(tags))
    expect(page.locator("input[name=tag]:checked")).to_have_count(len(tags))
    for tag in tags:
        expect(_tag(page, tag)).to_be_checked()


def test_reader_goes_from_a_story_to_its_copies_and_back_to_all_of_them(page: Page) -> None:
    """Results show the representative of a group; its page lists the others."""
    page.goto("/search?q=kapal+patroli+Natuna")
    assert len(_titles(page)) == 1
    page.get_by_role("link", name="dan 2 salinan").click()
    copies = page.locator("#salinan")
    expect(copies.get_by_role("listitem")).to_have_count(3)
    copies.get_by_role("link").first.click()
    expect(page.locator("#salinan")).to_contain_text("artikel ini")
    page.get_by_role("link", name="Kembali ke hasil").click()
    page.get_by_role("link", name="Tampilkan juga semua salinan").click()
    expect(page.locator(".hit-title")).to_have_count(3)
    page.get_by_role("link", name="Satukan salinan").click()
    expect(page.locator(".hit-title")).to_have_count(1)
