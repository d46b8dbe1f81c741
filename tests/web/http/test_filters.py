"""The page's filters without scripts: each choice finds as many hits as its count."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from web.urls import PageState, state_from_args


def _query_of(url: str) -> PageState:
    return state_from_args(parse_qsl(urlsplit(url).query, keep_blank_values=True))


def test_form_sent_as_it_stands_asks_for_the_same(
    page_query: str, open_page: Callable[[str], Any]
) -> None:
    """Hidden fields keep what has no input: language, sizes, exclusions; the page starts at 1."""
    page = open_page(f"/search?{page_query}")
    state = _query_of(f"/search?{page_query}")
    sent = _query_of(page.submitted(page.form_fields()))
    assert sent == replace(state, request=replace(state.request, page=1))


@pytest.mark.parametrize("name", ["tag", "author", "month", "source", "category"])
@pytest.mark.parametrize("query_string", ["", "q=kopi&from=2024-03-01"])
def test_ticking_one_value_gives_the_count_beside_it(
    name: str, query_string: str, open_page: Callable[[str], Any]
) -> None:
    """Facet rule 1 by the form: a value with count n leads to n articles."""
    page = open_page(f"/search?{query_string}")
    shown = page.shown(name)
    assert shown
    for value, count in shown:
        assert open_page(page.submitted([*page.form_fields(), (name, value)])).total() == count


@pytest.mark.parametrize("name", ["tag", "author", "month", "category"])
def test_ticking_without_gives_the_count_beside_it(
    name: str, open_page: Callable[[str], Any]
) -> None:
    """Articles without a value can be chosen."""
    page = open_page("/search?not_tag=x")
    counts = dict(page.shown("without"))
    if name in counts:
        url = page.submitted([*page.form_fields(), ("without", name)])
        assert open_page(url).total() == counts[name]
    assert ("tag" in counts, "author" in counts, "month" in counts) == (True, True, True)


@pytest.mark.parametrize("query_string", ["", "q=beras", "q=harga&tag=pangan", "month=2024-03"])
def test_every_bar_leads_to_the_articles_it_promises(
    query_string: str, open_page: Callable[[str], Any]
) -> None:
    """The timeline counts like the facet: with all filters but the month's own."""
    bars = open_page(f"/search?{query_string}").all("a", "bar")
    assert len(bars) > 2
    for bar in bars:
        if "aria-current" not in bar.attributes:
            promised = bar.text.strip().rpartition(", ")[2]
            assert f"{open_page(bar.attributes['href']).total()} artikel" == promised


def test_chip_removes_its_filter_and_no_other(open_page: Callable[[str], Any]) -> None:
    """Three filters, three chips; each link leads to the other two."""
    url = "/search?q=harga&tag=pangan&not_author=Budi+Laksana&from=2024-02"
    chips = open_page(url).all("li", "chip")
    assert [chip.all("span")[0].text for chip in chips] == [
        "pangan",
        "bukan Budi Laksana",
        "sejak 1 Februari 2024",
    ]
    pairs = parse_qsl(urlsplit(url).query)
    for chip, gone in zip(chips, pairs[1:], strict=True):
        rest = [pair for pair in pairs if pair != gone]
        href = chip.all("a")[0].attributes["href"]
        assert parse_qsl(urlsplit(href).query) == rest
        assert open_page(href).total() == open_page(f"/search?{urlencode(rest)}").total()


def test_clear_all_keeps_the_words(open_page: Callable[[str], Any]) -> None:
    """The query stays."""
    page = open_page("/search?q=beras&tag=pangan&to=2024-05-01")
    assert page.all("a", "chips-clear")[0].attributes["href"] == "/search?q=beras"


def test_excluding_a_value_leaves_the_others(open_page: Callable[[str], Any]) -> None:
    """Every third of the first twenty articles has the tag pangan: seven of 24 in all."""
    page = open_page("/search?q=harga")
    counts = dict(page.shown("tag"))
    buttons = [button.attributes for button in page.all("button", "bucket-exclude")]
    (button,) = [each for each in buttons if (each["name"], each["value"]) == ("not_tag", "pangan")]
    assert counts["pangan"] == 7
    sent = page.submitted([*page.form_fields(), (button["name"], button["value"])])
    assert open_page(sent).total() == 24 - 7


def test_excluded_value_stays_in_sight_and_comes_back(open_page: Callable[[str], Any]) -> None:
    """Facet rule 5: an excluded value stays in the list and can be included again."""
    page = open_page("/search?q=harga&not_tag=pangan")
    (bucket,) = page.all("li", "is-excluded")[-1:]
    assert "pangan" in bucket.text
    assert bucket.all("a")[0].attributes["href"] == "/search?q=harga"


def test_more_values_keep_the_choice_and_drop_none(open_page: Callable[[str], Any]) -> None:
    """Facet rule 6 by its link."""
    page = open_page("/search?q=harga&tag=tag+3")
    button = page.all("p", "facet-more")[0].all("button")[0].attributes
    more = page.submitted([*page.form_fields(), (button["name"], button["value"])])
    before, after = page.shown("tag"), open_page(more).shown("tag")
    assert set(before) < set(after)
    assert _query_of(more).request.choice("tag").include == ("tag 3",)


def test_links_to_filtered_results_are_nofollow(open_page: Callable[[str], Any]) -> None:
    """Crawlers do not follow the endless combinations of filters."""
    page = open_page("/search?q=harga&tag=pangan&not_author=Rina+Sastra")
    areas = [*page.all("section"), *page.all("div", "chips"), *page.all("ul", "tags")]
    links = [link for area in (*areas, *page.all("nav", "paging")) for link in area.all("a")]
    inside = [link for link in links if not link.attributes["href"].startswith("#")]
    assert len(inside) > 20
    assert all("nofollow" in link.rel for link in inside)
