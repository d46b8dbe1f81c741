"""The pages without scripts: forms, links, and counts that agree."""

import csv
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask.testing import FlaskClient

from web.urls import PageState, state_from_args


def _query_of(url: str) -> PageState:
    return state_from_args(parse_qsl(urlsplit(url).query, keep_blank_values=True))


def test_paging_shows_every_article_once(open_page: Callable[[str], Any]) -> None:
    """The link to the next page leads through all pages; the last has none."""
    page = open_page("/search?q=harga")
    seen = []
    for _ in range(3):
        seen += [hit.all("a")[0].attributes["href"] for hit in page.all("h2", "hit-title")]
        following = [link for link in page.all("a", "paging-step") if "next" in link.rel]
        if following:
            page = open_page(following[0].attributes["href"])
    assert not following
    assert len({urlsplit(href).path for href in seen}) == len(seen) == 24


def test_page_beyond_the_last_says_so_and_leads_back(open_page: Callable[[str], Any]) -> None:
    """An old link to a page that no longer exists leads on."""
    page = open_page("/search?q=harga&page=40")
    main = page.all("main")[0]
    assert page.total() == 24
    assert not page.all("li", "hit")
    assert "/search?q=harga" in [link.attributes["href"] for link in main.all("a")]


@pytest.mark.parametrize(("sort", "first"), [("newest", "a11"), ("oldest", "a0")])
def test_sorting_orders_by_date(sort: str, first: str, open_page: Callable[[str], Any]) -> None:
    """The newest article is of December, the oldest of January; ties are in order of id."""
    page = open_page(f"/search?q=harga&sort={sort}")
    href = page.all("h2", "hit-title")[0].all("a")[0].attributes["href"]
    assert urlsplit(href).path == f"/articles/{first}"
    (order,) = [select for select in page.all("select") if select.attributes["id"] == "sort"]
    chosen = [option for option in order.all("option") if "selected" in option.attributes]
    assert [option.attributes["value"] for option in chosen] == [sort]


def test_front_page_shows_the_archive_itself(open_page: Callable[[str], Any]) -> None:
    """It shows the newest articles, the timeline, the tags, and example searches."""
    page = open_page("/")
    assert "24 artikel" in page.all("p", "lead")[0].text
    dates = [time.attributes["datetime"] for time in page.all("time")]
    assert dates == sorted(dates, reverse=True)
    assert len(dates) == 10
    assert page.all("p", "examples")[0].all("a")
    assert "pangan" in dict(page.shown("tag"))


def test_front_page_and_search_without_words_are_the_same(client: FlaskClient) -> None:
    """A search without a query shows the front page."""
    assert client.get("/").text == client.get("/search?q=").text


def test_page_needs_no_script(open_page: Callable[[str], Any]) -> None:
    """There is a GET form, links, and nothing that the security policy would block."""
    page = open_page("/search?q=harga&tag=pangan")
    form = page.all("form")[0].attributes
    assert (form["method"], form["action"]) == ("get", "/search")
    assert [button for button in page.all("button") if button.attributes["type"] == "submit"]
    assert not page.all("style")
    assert all(script.attributes["src"] and not script.text for script in page.all("script"))
    names = [name for element in page.all() for name in element.attributes]
    assert not [name for name in names if name == "style" or name.startswith("on")]


def test_language_switch_changes_nothing_but_the_language(
    page_query: str, open_page: Callable[[str], Any]
) -> None:
    """The same articles with labels in the other language."""
    page = open_page(f"/search?{page_query}")
    languages = page.all("nav", "languages")[0].all("a")
    here = _query_of(f"/search?{page_query}")
    for link in languages:
        href, lang = link.attributes["href"], link.attributes["hreflang"]
        assert _query_of(href) == replace(here, lang=lang)
        assert open_page(href).all("html")[0].attributes["lang"] == lang


def test_english_page_leads_to_english_pages_only(open_page: Callable[[str], Any]) -> None:
    """Links and the form keep the chosen language."""
    page = open_page("/search?q=harga&tag=pangan&lang=en")
    switch = page.all("nav", "languages")[0].all("a")
    strays = {link.attributes["href"] for link in switch if link.text == "ID"}
    inside = [h for h in page.hrefs() if not h.startswith(("#", "/api/")) and h not in strays]
    assert {_query_of(href).lang for href in inside} == {"en"}
    assert ("lang", "en") in page.form_fields()
    assert "7 articles" in page.all("main")[0].text


@pytest.mark.parametrize("lang", ["id", "en"])
def test_nothing_found_keeps_facets_and_says_what_helps(
    lang: str, open_page: Callable[[str], Any]
) -> None:
    """Each alternative is a link that finds as many articles as it says."""
    page = open_page(f"/search?q=beras&tag=tak-ada&from=2024-06-01&lang={lang}")
    assert page.total() == 0
    offers = page.all("ul", "alternatives")[0].all("li")
    assert len(offers) >= 1
    for offer in offers:
        promised = int(offer.all("span")[0].text.split()[0])
        assert open_page(offer.all("a")[0].attributes["href"]).total() == promised > 0
    assert ("tak-ada", 0) in page.shown("tag")


def test_any_of_the_words_is_offered_when_no_article_has_all(
    open_page: Callable[[str], Any],
) -> None:
    """No article has both words, twelve have each."""
    offers = open_page("/search?q=beras+kopi").all("ul", "alternatives")[0].all("a")
    page = open_page(next(a.attributes["href"] for a in offers if "any=1" in a.attributes["href"]))
    assert page.total() == 24
    drop = page.all("p", "understood")[0].all("a")[0].attributes["href"]
    assert drop == "/search?q=beras+kopi"


def test_misspelt_word_is_put_right_by_a_link(open_page: Callable[[str], Any]) -> None:
    """A link searches for the right spelling."""
    offers = open_page("/search?q=pedagamg").all("section", "correction")[0].all("a")
    assert open_page(offers[0].attributes["href"]).total() == 24


def test_nothing_found_without_advice_leads_to_the_help(open_page: Callable[[str], Any]) -> None:
    """Without alternatives, the page links to the help."""
    page = open_page("/search?q=xyzzyplugh")
    assert "/help" in [link.attributes["href"] for link in page.all("main")[0].all("a")]


def test_what_was_not_understood_is_said(open_page: Callable[[str], Any]) -> None:
    """A notice in words, and the query as it was understood."""
    page = open_page('/search?q=beras+"harga')
    assert "Tanda kutip" in page.all("div", "notices")[0].text
    assert page.all("p", "understood")[0].all("code")[0].text == 'beras "harga"'


def test_article_shows_all_of_it_and_leads_back(open_page: Callable[[str], Any]) -> None:
    """Title, day, people, tags, source; the query is highlighted."""
    results = "/search?q=beras&tag=pangan&sort=newest&page=1"
    hit = open_page(results).all("h2", "hit-title")[0].all("a")[0].attributes["href"]
    page = open_page(hit)
    article = page.all("article")[0]
    assert {mark.text for mark in article.all("mark")} == {"beras"}
    assert len(article.all("div", "article-body")[0].all("p")) == 2
    for text in ("Rina Sastra", "Lidya Kartasasmita", "pangan", "Harian Dua", "2024"):
        assert text in article.text
    back = page.all("a", "rail-back")[0].attributes["href"]
    assert _query_of(back) == _query_of(results)
    assert hit in open_page(back).hrefs()


def test_article_opened_by_itself_leads_to_the_front_page(open_page: Callable[[str], Any]) -> None:
    """There are no results to go back to."""
    link = open_page("/articles/a1").all("a", "rail-back")[0]
    assert link.attributes["href"] == "/"
    assert "halaman depan" in link.text


def test_article_leads_to_its_source_and_searches(open_page: Callable[[str], Any]) -> None:
    """Author, editor and tag link to their articles, and the source to the original."""
    page = open_page("/articles/a1")
    totals = {
        link.text: open_page(link.attributes["href"]).total()
        for link in page.all("article")[0].all("a")
        if "external" not in link.rel
    }
    assert totals == {"Budi Laksana": 12, "Lidya Kartasasmita": 24, "tag 1": 1}
    (source,) = [link for link in page.all("a") if "external" in link.rel]
    assert source.attributes["href"] == "https://example.com/1"


def test_article_has_one_canonical_url(client: FlaskClient) -> None:
    """Its page has many URLs; crawlers keep the canonical one."""
    for query_string in ("", "?q=beras&page=2", "?lang=en"):
        link = client.get(f"/articles/a1{query_string}").headers["Link"]
        assert link == '</articles/a1>; rel="canonical"'


def test_help_explains_in_both_languages_with_searches_that_work(
    open_page: Callable[[str], Any],
) -> None:
    """Every example is a link to a page that works."""
    for lang in ("id", "en"):
        page = open_page(f"/help?lang={lang}")
        examples = page.all("dl", "help-examples")
        assert examples
        for example in examples:
            for link in example.all("a"):
                open_page(link.attributes["href"])


@pytest.mark.parametrize(
    "query_string",
    [
        "q=beras&tag=pangan&not_author=Budi+Laksana&lang=en",
        "q=harga&tag=pangan&tag=ekspor&tag_size=3&size=20&sort=oldest",
        "not_tag=ekspor&month=2024-01&from=2024-01-05&to=2024-12-31",
        "q=beras+kopi&any=1&page=2",
    ],
)
def test_every_link_of_a_page_is_there(query_string: str, open_page: Callable[[str], Any]) -> None:
    """Facets, chips, bars, pages, articles, JSON: every link works."""
    for href in open_page(f"/search?{query_string}").hrefs():
        if href.startswith("#"):
            continue
        assert href.startswith("/")
        if not href.startswith("/api/"):
            open_page(href)


def test_results_are_not_indexed_and_articles_are(open_page: Callable[[str], Any]) -> None:
    """Search engines index the front page and the articles."""
    assert _robots(open_page("/search?q=beras")) == ["noindex"]
    assert _robots(open_page("/")) == _robots(open_page("/articles/a1")) == []


def test_robots_txt_keeps_crawlers_out_of_results(client: FlaskClient) -> None:
    """Articles stay allowed."""
    answer = client.get("/robots.txt")
    assert answer.mimetype == "text/plain"
    assert "Disallow: /search" in answer.text.splitlines()
    assert "Disallow: /api/" in answer.text.splitlines()
    assert "Disallow: /timeline.csv" in answer.text.splitlines()
    assert "/articles" not in answer.text


def test_timeline_is_a_file_of_csv(client: FlaskClient, open_page: Callable[[str], Any]) -> None:
    """It takes the page's parameters, the page leads to it, and its numbers add up to the hits."""
    page = open_page("/search?q=harga&tag=pangan&year=2024")
    (href,) = [href for href in page.hrefs() if href.startswith("/timeline.csv")]
    answer = client.get(href)
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="kliping-timeline.csv"'
    rows = list(csv.DictReader(answer.data.decode("utf-8-sig").splitlines()))
    assert [row["period"] for row in rows] == [f"2024-{month:02}" for month in range(1, 13)]
    assert sum(int(row["articles"]) for row in rows) == page.total()
    assert client.get("/timeline.csv?from=kemarin+dulu").status_code == 400


def test_health_has_generation_and_documents(client: FlaskClient) -> None:
    """That is all a monitor needs."""
    health = client.get("/healthz").get_json()
    assert health == {"status": "ok", "generation": 1, "documents": 24, "problem": ""}


def test_health_fails_without_an_index(empty_client: FlaskClient) -> None:
    """The answer says what to do."""
    answer = empty_client.get("/healthz")
    assert answer.status_code == 503
    assert answer.get_json()["documents"] == 0
    assert "reindex.py" in answer.get_json()["problem"]


def test_links_of_the_sample_archive_work(sample_client: FlaskClient) -> None:
    """Every link on the front page of the samples works."""
    for href in {h for h in _hrefs(sample_client.get("/").text) if h.startswith("/")}:
        with sample_client.get(href) as answer:
            assert answer.status_code == 200, href


def _hrefs(html: str) -> list[str]:
    return [part.partition('"')[0].replace("&amp;", "&") for part in html.split('href="')[1:]]


def _robots(page: Any) -> list[str]:
    metas = (element.attributes for element in page.all("meta"))
    return [meta["content"] for meta in metas if meta.get("name") == "robots"]


def test_parts_of_a_byline_are_parted_in_the_text(open_page: Callable[[str], Any]) -> None:
    """What is copied, or read aloud, has a separator between date, author, outlet and category."""
    page = open_page("/search?q=kopi")
    parts = page.all("p", "byline")[0].text.split(" · ")
    article = open_page(page.all("h2", "hit-title")[0].all("a")[0].attributes["href"])
    assert parts[1:] == ["Penulis: Budi Laksana", "Harian Satu", parts[-1]]
    assert article.all("p", "byline")[0].text.split(" · ") == parts


def test_heading_says_what_was_found_about_what(open_page: Callable[[str], Any]) -> None:
    """The count, the query, and the time with the most hits where one stands out."""
    page = open_page("/search?q=harga&size=10&page=2")
    heading = page.all("div", "results-count")[0].all("h1")[0]
    assert heading.text.startswith("24 artikel tentang harga")
    assert "detik" in heading.attributes["title"]
    assert page.all("title")[0].text == "24 artikel: harga (halaman 2) – Kliping"
    few = open_page("/search?q=harga&tag=ekspor").all("div", "results-count")[0].all("h1")[0]
    assert "puncak" not in few.text


def test_number_of_hits_is_a_choice_that_links_keep(open_page: Callable[[str], Any]) -> None:
    """Another number that an address names is among them."""
    page = open_page("/search?q=harga&size=20")
    (sizes,) = [each for each in page.all("select") if each.attributes["id"] == "size"]
    assert [option.text for option in sizes.all("option")] == ["10", "20", "25", "50", "100"]
    assert len(page.all("li", "hit")) == 20
    steps = [link.attributes["href"] for link in page.all("a", "paging-step")]
    assert steps
    assert all("size=20" in href for href in steps)


def test_dense_view_has_a_line_a_hit_and_is_kept(open_page: Callable[[str], Any]) -> None:
    """Date, headline and outlet, without passages and tags; one link leads back."""
    page = open_page("/search?q=harga&view=dense")
    assert len(page.all("li", "hit")) == 10
    assert not page.all("p", "snippet")
    assert "view=dense" in page.all("a", "paging-step")[0].attributes["href"]
    (back,) = [link for link in page.all("a") if link.text == "Lengkap"]
    assert back.attributes["href"] == "/search?q=harga"
