"""The results page: order, paging, language, and advice when there are no hits."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("label", "descending"), [("Terbaru", True), ("Terlama", False)])
def test_order_by_date_applies_at_once(
    page: Page,
    label: str,
    descending: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    """Choosing an order needs no button."""
    page.goto("/search?q=harga")
    page.get_by_label("Urutkan").select_option(label)
    page.wait_for_url("**/search?q=harga&sort=*")
    expect(page.locator("#sort option:checked")).to_have_text(label)
    days = [time.get_attribute("datetime") or "" for time in page.locator(".hit time").all()]
    assert len(set(days)) > 1
    assert days == sorted(days, reverse=descending)


def test_pages_together_show_every_hit_once(page: Page) -> None:
    """All pages together show each article, and none twice."""
    page.goto("/search?q=desa&sort=oldest")
    total = int(page.get_by_role("heading", level=1).inner_text().split()[0])
    addresses = _addresses(page)
    page_count = 1
    while page.get_by_role("link", name="Berikutnya").count():
        page.get_by_role("link", name="Berikutnya").click()
        page_count += 1
        expect(page.locator(".paging [aria-current=page]")).to_have_text(f"Halaman {page_count}")
        addresses += _addresses(page)
    assert page_count > 1
    assert len(addresses) == len(set(addresses)) == total


def test_new_choice_begins_at_the_first_page(page: Page) -> None:
    """A filter chosen on page 2 leads to page 1 of its own hits."""
    page.goto("/search?q=desa&page=2")
    page.locator("input[name=tag]").first.click()
    expect(page.locator(".chip")).to_have_count(1)
    assert "page=" not in page.url
    expect(page.locator(".hit").first).to_be_visible()


def test_page_past_the_last_leads_back_to_the_first(page: Page) -> None:
    """An old link to a page that no longer exists leads on."""
    page.goto("/search?q=harga&page=900")
    page.get_by_role("link", name="Kembali ke halaman pertama").click()
    expect(page.locator(".hit").first).to_be_visible()


def test_language_switch_keeps_the_results(page: Page) -> None:
    """The same hits in English, and back; links keep the language."""
    page.goto("/search?q=harga&tag=desa")
    addresses = page.locator(".hit-title").all_inner_texts()
    page.get_by_role("link", name="EN", exact=True).click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", level=1)).to_contain_text("article")
    assert page.locator(".hit-title").all_inner_texts() == addresses
    page.locator(".hit-title a").first.click()
    page.get_by_role("link", name="Back to the results").click()
    page.get_by_label("Search articles", exact=True).fill("beras")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=beras**")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("link", name="ID", exact=True).click()
    expect(page.locator("html")).to_have_attribute("lang", "id")


def test_search_without_hits_offers_any_of_the_words(page: Page) -> None:
    """If no article has all words, a link searches for any of them."""
    page.goto("/search?q=beras+antariksa")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tidak ada hasil")
    page.get_by_role("link", name="Cukup salah satu kata").click()
    expect(page.locator(".hit").first).to_be_visible()
    expect(
        page.get_by_text("Artikel yang hanya memuat salah satu kata juga ditampilkan.")
    ).to_be_visible()
    page.get_by_role("link", name="Wajibkan semua kata").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tidak ada hasil")


def test_search_without_hits_offers_to_drop_the_filter(page: Page) -> None:
    """A link names the filter, with the number of hits without it."""
    page.goto("/search?q=beras&tag=korupsi&tag=gempa")
    expect(page.locator(".chip")).to_have_count(2)
    page.locator(".alternatives a").first.click()
    expect(page.locator(".hit").first).to_be_visible()


def test_what_was_not_understood_is_said(page: Page) -> None:
    """An unclosed quote is corrected, and a notice says so."""
    page.goto('/search?q="harga beras')
    expect(page.get_by_role("note", name="Tentang pencarian ini")).to_contain_text("kutip")
    expect(page.locator(".hit").first).to_be_visible()


def test_phrase_is_marked_only_where_it_stands(page: Page) -> None:
    """The words of a quoted phrase are not highlighted where they stand apart."""
    page.goto("/search?q=%22harga+beras%22")
    page.locator(".hit-title a").first.click()
    text = page.locator("main").inner_html().lower().replace("</mark> <mark>", " ")
    assert "<mark>harga beras</mark>" in text
    assert "<mark>harga</mark>" not in text
    assert "<mark>beras</mark>" not in text


def test_unknown_article_gets_a_page_of_the_archive(page: Page) -> None:
    """A dead link leads to a page with the search box."""
    answer = page.goto("/articles/none-such")
    assert answer is not None
    assert answer.status == 404
    expect(page.get_by_role("heading", level=1)).to_have_text("Halaman tidak ditemukan")
    page.get_by_label("Cari artikel", exact=True).fill("harga")
    page.keyboard.press("Enter")
    expect(page.locator(".hit").first).to_be_visible()


def _addresses(page: Page) -> list[str]:
    links = page.locator(".hit-title a").all()
    return [(link.get_attribute("href") or "").partition("?")[0] for link in links]


@pytest.mark.parametrize("is_scripted", [True, False])
@pytest.mark.parametrize("width", [360, 1280])
def test_correction_is_a_frame_with_its_first_hits(
    new_page: NewPage, *, is_scripted: bool, width: int
) -> None:
    """Before anything else, where nothing was found; empty facets are hidden, axe finds nothing."""
    page = new_page(java_script_enabled=is_scripted, viewport={"width": width, "height": 800})
    page.goto("/search?q=nelyaan")
    frame = page.locator(".correction")
    expect(frame.get_by_role("heading", level=2)).to_contain_text("nelayan")
    expect(frame.get_by_role("listitem").first).to_be_visible()
    assert frame.locator("li.hit").count() <= 3
    assert page.locator("#facet-tag").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if is_scripted:
        assert Axe().run(page).response["violations"] == []
    frame.get_by_role("heading", level=2).get_by_role("link").click()
    expect(page.locator("#query")).to_have_value("nelayan")


def test_no_ellipsis_has_a_line_of_its_own(page: Page) -> None:
    """It is tied to the word that it follows, however narrow the page is."""
    page.goto("/search?q=desa&size=50")
    snippets = page.locator(".snippet").all_inner_texts()
    assert any(text.endswith("\xa0…") for text in snippets)
    assert not any(text.endswith(" …") or text.startswith("… ") for text in snippets)
