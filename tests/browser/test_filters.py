"""Filters: facets, search inside them, more values, exclusion, dates."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

NewPage = Callable[..., Page]


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
def test_search_inside_a_facet_finds_values_and_keeps_the_choice(
    new_page: NewPage,
    javascript: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    """The box of a facet narrows its values, not the hits."""
    page = new_page(java_script_enabled=javascript)
    page.goto("/search?q=desa&tag=desa")
    count = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("searchbox", name="Cari tag").fill("pe")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="hapus “pe”")).to_be_visible()
    values = _values(page, "tag")
    assert "desa" in values
    assert len(values) > 1
    assert all("pe" in value.lower() for value in values if value != "desa")
    expect(page.get_by_role("heading", level=1)).to_have_text(count)

    page.get_by_role("link", name="hapus “pe”").click()
    expect(page.get_by_role("searchbox", name="Cari tag")).to_have_value("")
    expect(_box(page, "tag", "desa")).to_be_checked()


def test_search_inside_a_facet_says_so_when_nothing_matches(page: Page) -> None:
    """The box keeps what was typed, beside a link that clears it."""
    page.goto("/search?tag_match=zzzz")
    tags = page.get_by_role("group", name="Tag", exact=True)
    expect(tags).to_contain_text("Tidak ada yang memuat “zzzz”.")
    expect(tags.get_by_role("searchbox")).to_have_value("zzzz")


def test_more_values_keep_those_shown_and_the_choice(page: Page) -> None:
    """The link "more" drops no value, and "fewer" leads back."""
    page.goto("/")
    _box(page, "tag", _values(page, "tag")[9]).click()
    expect(page.locator(".chip")).to_have_count(1)
    before, chosen = _values(page, "tag"), _chosen(page, "tag")
    page.get_by_role("button", name="Tag: lebih banyak").click()
    expect(page.get_by_role("button", name="Tag: lebih sedikit")).to_be_visible()
    after = _values(page, "tag")
    assert set(before) < set(after)
    assert _chosen(page, "tag") == chosen
    page.get_by_role("button", name="Tag: lebih sedikit").click()
    expect(page.locator("input[name=tag]")).to_have_count(len(before))


def test_more_values_stay_when_one_of_them_is_ticked(page: Page) -> None:
    """The next choice does not shorten the list again."""
    page.goto("/search?tag_size=50")
    count = len(_values(page, "tag"))
    _box(page, "tag", _values(page, "tag")[30]).click()
    expect(page.locator(".chip")).to_have_count(1)
    assert len(_values(page, "tag")) == count


def test_excluded_value_leaves_the_hits_and_comes_back(page: Page) -> None:
    """Excluding a value removes as many articles as its count; the same link takes it back."""
    page.goto("/search?size=100")
    total, desa = _total(page), _count(page, "tag", "desa")
    page.get_by_role("button", name="Kecualikan desa", exact=True).click()
    expect(page.locator(".chip > span")).to_have_text(["bukan desa"])
    assert _total(page) == total - desa
    expect(page.locator(".hit .tags").get_by_role("link", name="desa", exact=True)).to_have_count(0)
    tags = page.get_by_role("group", name="Tag", exact=True)
    tags.get_by_role("link", name="Jangan kecualikan lagi desa").click()
    expect(page.locator(".chip")).to_have_count(0)


def test_exclusion_survives_the_next_search(page: Page) -> None:
    """A new query keeps the exclusion, though no checkbox has it."""
    page.goto("/search?not_tag=desa")
    page.get_by_label("Cari artikel", exact=True).fill("harga")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("q=harga"))
    expect(page.locator(".chip > span")).to_have_text(["bukan desa"])


def test_articles_without_a_tag_can_be_chosen(page: Page) -> None:
    """To have no tag is one more choice."""
    page.goto("/")
    page.get_by_role("checkbox", name=re.compile("^Tanpa tag")).click()
    expect(page.locator(".chip > span")).to_have_text(["Tanpa tag"])
    assert page.locator(".hit").count() > 0
    expect(page.locator(".hit .tags")).to_have_count(0)


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
def test_dates_are_typed_as_indonesians_write_them(
    new_page: NewPage,
    javascript: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    """From and To are sent together, by Enter, and shown in words whatever the browser's locale."""
    page = new_page(java_script_enabled=javascript, locale="en-US")
    page.goto("/search?size=100")
    page.get_by_label("Dari", exact=True).fill("1/4/2023")
    page.get_by_label("Sampai", exact=True).fill("Juni 2024")
    page.get_by_label("Sampai", exact=True).press("Enter")
    expect(page.get_by_label("Dari", exact=True)).to_have_value("1 April 2023")
    expect(page.get_by_label("Sampai", exact=True)).to_have_value("30 Juni 2024")
    days = [time.get_attribute("datetime") or "" for time in page.locator(".hit time").all()]
    assert days
    assert all("2023-04-01" <= day <= "2024-06-30" for day in days)


def test_from_that_is_left_for_to_does_not_send_the_form(page: Page) -> None:
    """The form is sent when both days are left, so no digit typed into To is lost."""
    page.goto("/search?q=harga")
    page.get_by_label("Dari", exact=True).fill("2023")
    page.keyboard.press("Tab")
    assert not page.evaluate("document.documentElement.classList.contains('is-leaving')")
    page.get_by_label("Sampai", exact=True).fill("2024-04")
    page.get_by_label("Sampai", exact=True).blur()
    expect(page.get_by_label("Sampai", exact=True)).to_have_value("30 April 2024")
    expect(page.get_by_label("Dari", exact=True)).to_have_value("1 Januari 2023")


def test_calendar_beside_a_day_fills_it_in(page: Page) -> None:
    """The picker of the browser is an improvement; what it gives stands in the box."""
    page.goto("/search?q=harga")
    page.locator(".date-picker[data-for=from]").fill("2023-03-10")
    expect(page.get_by_label("Dari", exact=True)).to_have_value("2023-03-10")
    page.get_by_label("Dari", exact=True).press("Enter")
    expect(page.get_by_label("Dari", exact=True)).to_have_value("10 Maret 2023")


def test_usual_spans_are_one_click(page: Page) -> None:
    """This month and others; a second click takes the span back."""
    page.goto("/search?q=harga")
    page.get_by_role("link", name="Tahun lalu").click()
    expect(page.get_by_role("link", name="Tahun lalu")).to_have_attribute("aria-current", "true")
    assert page.locator(".chip").count()
    page.get_by_role("link", name="Tahun lalu").click()
    expect(page.locator(".chip")).to_have_count(0)


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
@pytest.mark.parametrize("button", ["Tag: lebih banyak", "Kecualikan"])
def test_no_button_of_the_panel_loses_a_tick(
    new_page: NewPage,
    javascript: bool,  # noqa: FBT001 - a parameter of the test
    button: str,
) -> None:
    """On a phone several ticks wait for the button; others send them along, and the panel stays."""
    page = new_page(java_script_enabled=javascript, viewport={"width": 360, "height": 740})
    page.goto("/search?q=harga")
    page.locator("#filters > summary").click()
    tags = _values(page, "tag")
    _box(page, "tag", tags[0]).check()
    page.get_by_role("button", name=re.compile(f"^{button}")).nth(
        1 if "Kec" in button else 0
    ).click()
    expect(page.locator(".chip").first).to_contain_text(tags[0])
    expect(_box(page, "tag", tags[0])).to_be_checked()
    expect(_box(page, "tag", tags[0])).to_be_visible()


def test_button_of_the_panel_says_how_many_articles_the_choice_gives(new_page: NewPage) -> None:
    """Before it is pressed."""
    page = new_page(viewport={"width": 360, "height": 740})
    page.goto("/search?q=harga")
    page.locator("#filters > summary").click()
    tag = _values(page, "tag")[0]
    count = _count(page, "tag", tag)
    _box(page, "tag", tag).check()
    button = page.get_by_role("button", name=f"Tampilkan {count} artikel")
    expect(button).to_be_in_viewport()
    button.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"{count} artikel")


def test_folded_facet_stays_folded(page: Page) -> None:
    """On the next page, too."""
    page.goto("/search?q=harga")
    page.locator("#facet-author > summary").click()
    expect(page.locator("input[name=author]").first).not_to_be_visible()
    page.goto("/search?q=beras")
    expect(page.locator("#facet-tag")).to_have_attribute("open", "")
    expect(page.locator("#facet-author")).not_to_have_attribute("open", "")


def test_all_values_by_letter_have_a_page_of_their_own(page: Page) -> None:
    """Its counts are those of the results, and a value leads back to them, chosen."""
    page.goto("/search?q=harga")
    page.get_by_role("link", name="Tag: semua, A–Z").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("tentang harga")
    names = page.locator(".values-list a").all_inner_texts()
    assert [name.casefold() for name in names] == sorted(name.casefold() for name in names)
    page.get_by_role("navigation", name="Huruf awal").get_by_role("link", name="P").click()
    page.wait_for_url("**letter=p**")
    values = page.locator(".values-list li")
    assert values.count()
    assert all(text.casefold().startswith("p") for text in values.locator("a").all_inner_texts())
    count, name = (
        values.first.locator(".count").inner_text(),
        values.first.locator("a").inner_text(),
    )
    values.first.locator("a").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"{count} artikel")
    expect(page.locator(".chip > span")).to_have_text([name])


def test_sidebar_is_never_longer_than_the_window(page: Page) -> None:
    """It sticks, and scrolls by itself; the last page is not long because of it."""
    page.goto("/search?tag_size=1000&page=2")
    height = page.locator(".filters").evaluate("e => e.getBoundingClientRect().height")
    assert height <= 800
    page.locator(".footer").scroll_into_view_if_needed()
    expect(page.locator(".filters")).to_be_in_viewport()


def test_all_filters_are_cleared_at_once_and_the_query_stays(page: Page) -> None:
    """One link removes all chips."""
    page.goto("/search?q=harga&tag=desa&not_tag=anak&from=2022-01-01")
    expect(page.locator(".chip")).to_have_count(3)
    page.get_by_role("link", name="Hapus semua saringan").click()
    expect(page.locator(".chip")).to_have_count(0)
    expect(page.get_by_label("Cari artikel", exact=True)).to_have_value("harga")


def test_folded_filters_apply_together_on_a_narrow_screen(new_page: NewPage) -> None:
    """A telephone shows the hits first; in the folded filters, several choices apply at once."""
    page = new_page(viewport={"width": 360, "height": 740})
    page.goto("/search?q=harga")
    first, second = _values(page, "tag")[:2]
    expect(_box(page, "tag", first)).not_to_be_visible()
    page.locator("#filters > summary").click()
    for value in (first, second):
        _box(page, "tag", value).click()
    expect(page.locator(".chip")).to_have_count(0)
    page.get_by_role("button", name=re.compile("Tampilkan|Terapkan")).click()
    expect(page.locator(".chip > span")).to_have_text([first, second])
    expect(page.locator("#filters > summary")).to_have_text("Saring (2)")
    expect(_box(page, "tag", first)).not_to_be_visible()
    expect(page.locator(".chip").last).to_be_in_viewport()


def test_filters_stand_open_on_a_wide_screen(new_page: NewPage) -> None:
    """They fit beside the hits, with or without JavaScript."""
    for javascript in (True, False):
        page = new_page(java_script_enabled=javascript)
        page.goto("/search?q=harga")
        expect(page.locator("input[name=tag]").first).to_be_in_viewport()
        expect(page.locator("#filters > summary")).not_to_be_visible()


def test_tag_of_a_hit_searches_for_that_tag(page: Page) -> None:
    """A tag below a hit leads to all articles with this tag."""
    page.goto("/search?q=harga")
    tag = page.locator(".hit .tags a").first
    name = tag.inner_text()
    tag.click()
    expect(page.locator(".chip > span")).to_have_text([name])


def _box(page: Page, facet: str, value: str) -> Locator:
    return page.locator(f"input[name={facet}][value='{value}']")


def _values(page: Page, facet: str) -> list[str]:
    boxes = page.locator(f"input[name={facet}]").all()
    return [box.get_attribute("value") or "" for box in boxes]


def _chosen(page: Page, facet: str) -> list[str]:
    boxes = page.locator(f"input[name={facet}]:checked").all()
    return [box.get_attribute("value") or "" for box in boxes]


def _count(page: Page, facet: str, value: str) -> int:
    bucket = page.locator(".bucket", has=_box(page, facet, value))
    return int(bucket.locator(".bucket-count").inner_text())


def _total(page: Page) -> int:
    return int(page.get_by_role("heading", level=1).inner_text().split()[0])


def _without_day(dates: list[str]) -> set[str]:
    return {date.partition(" ")[2] for date in dates}


def test_a_screen_reader_is_told_the_new_count(page: Page) -> None:
    """The focus stays on the tick, so the count is said by a status that was empty before."""
    page.goto("/search?q=desa")
    told = page.locator("#told")
    expect(told).to_have_role("status")
    expect(told).to_be_empty()
    _box(page, "tag", _values(page, "tag")[1]).click()
    expect(page.locator(".chip")).to_have_count(1)
    expect(told).to_have_text(page.get_by_role("heading", level=1).inner_text())
