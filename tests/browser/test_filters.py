"""Filters: facets, search inside them, more values, exclusion, dates, the timeline."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

NewPage = Callable[..., Page]


def test_bar_of_the_timeline_shows_its_month_alone(page: Page) -> None:
    """A bar has its month and its number of articles, and leads to these articles."""
    page.goto("/")
    bar = page.get_by_role("link", name=re.compile(r"^\w+ \d{4}, [2-9] artikel$")).first
    month, _, articles = (bar.get_attribute("aria-label") or "").partition(", ")
    bar.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(articles)
    expect(page.locator(".chip > span")).to_have_text([month])
    assert _without_day(page.locator(".hit time").all_inner_texts()) == {month}


def test_chosen_bar_leads_back_to_all_months(page: Page) -> None:
    """A second click undoes the first; in between, the bar is marked as the current one."""
    page.goto("/search?q=harga")
    bar = page.get_by_role("link", name=re.compile(r"[1-9] artikel$")).first
    label = bar.get_attribute("aria-label") or ""
    bar.click()
    chosen = page.get_by_role("link", name=label)
    expect(chosen).to_have_attribute("aria-current", "true")
    chosen.click()
    expect(page.locator(".chip")).to_have_count(0)


def test_bar_says_its_month_below_the_picture(page: Page) -> None:
    """Pointing at a bar shows its month and count."""
    page.goto("/")
    bar = page.locator(".bar").nth(3)
    bar.hover()
    expect(page.locator(".timeline-bar-label")).to_have_text(bar.get_attribute("aria-label") or "")
    page.locator("main h2").first.hover()
    expect(page.locator(".timeline-bar-label")).to_be_empty()


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
    page.get_by_role("link", name="Tag: lebih banyak").click()
    expect(page.get_by_role("link", name="Tag: lebih sedikit")).to_be_visible()
    after = _values(page, "tag")
    assert set(before) < set(after)
    assert _chosen(page, "tag") == chosen
    page.get_by_role("link", name="Tag: lebih sedikit").click()
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
    page.get_by_role("link", name="Kecualikan desa", exact=True).click()
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


def test_dates_bound_the_hits_and_are_removed_by_their_chips(page: Page) -> None:
    """Both days apply, and each has its own chip."""
    page.goto("/search?size=100")
    total = _total(page)
    page.get_by_label("Dari", exact=True).fill("2024-01-01")
    page.get_by_label("Dari", exact=True).blur()
    expect(page.locator(".chip")).to_have_count(1)
    page.get_by_label("Sampai", exact=True).fill("2024-06-30")
    page.get_by_label("Sampai", exact=True).press("Enter")
    chips = ["sejak 1 Januari 2024", "sampai 30 Juni 2024"]
    expect(page.locator(".chip > span")).to_have_text(chips)
    days = [time.get_attribute("datetime") or "" for time in page.locator(".hit time").all()]
    assert days
    assert all("2024-01-01" <= day <= "2024-06-30" for day in days)
    for chip in chips:
        page.get_by_role("link", name=f"Hapus saringan {chip}").click()
    expect(page.locator(".chip")).to_have_count(0)
    assert _total(page) == total


def test_date_that_is_still_being_typed_does_not_apply(page: Page) -> None:
    """While it is typed, a date control holds other dates; it applies when it loses focus."""
    page.goto("/search?q=harga&from=2023-03-10")
    page.get_by_label("Dari", exact=True).focus()
    page.keyboard.type("12312022")
    assert not page.evaluate("document.documentElement.classList.contains('is-leaving')")
    assert page.url.endswith("/search?q=harga&from=2023-03-10")
    page.get_by_label("Dari", exact=True).blur()
    expect(page.locator(".chip > span")).to_have_text(["sejak 31 Desember 2022"])


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
    page.locator("summary").click()
    for value in (first, second):
        _box(page, "tag", value).click()
    expect(page.locator(".chip")).to_have_count(0)
    page.get_by_role("button", name="Terapkan").click()
    expect(page.locator(".chip > span")).to_have_text([first, second])
    expect(page.locator("summary")).to_have_text("Saring (2)")
    expect(_box(page, "tag", first)).not_to_be_visible()
    expect(page.locator(".chip").last).to_be_in_viewport()


def test_filters_stand_open_on_a_wide_screen(new_page: NewPage) -> None:
    """They fit beside the hits, with or without JavaScript."""
    for javascript in (True, False):
        page = new_page(java_script_enabled=javascript)
        page.goto("/search?q=harga")
        expect(page.locator("input[name=tag]").first).to_be_in_viewport()
        expect(page.locator("summary")).not_to_be_visible()


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
