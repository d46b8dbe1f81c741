"""The JSON API: every documented key, and the same numbers as the page."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

Ask = Callable[..., dict[str, Any]]


def _ids(answer: dict[str, Any]) -> list[str]:
    return [hit["id"] for hit in answer["hits"]]


def _counts(answer: dict[str, Any], name: str) -> dict[str, int]:
    return {bucket["value"]: bucket["count"] for bucket in answer["facets"][name]["buckets"]}


def test_search_gives_every_key_that_was_promised(ask: Ask) -> None:
    """Callers rely on these names."""
    answer = ask("q=beras")
    assert {"query", "notices", "total", "took_ms", "hits", "facets", "links"} <= set(answer)
    assert {"id", "title", "date", "authors", "editors", "tags", "score", "url", "page_url"} <= set(
        answer["hits"][0]
    )
    assert set(answer["hits"][0]["snippet"]) == {"text", "highlights"}
    facet = answer["facets"]["tag"]
    assert {"buckets", "total", "missing", "other"} <= set(facet)
    assert {"value", "label", "count", "selected", "toggle_url"} <= set(facet["buckets"][0])
    assert {"first", "previous", "next", "last"} <= set(answer["links"])


def test_hit_has_the_fields_of_its_article(ask: Ask) -> None:
    """Authors and editors are lists, the day is ISO 8601, nothing is marked up."""
    hit = next(hit for hit in ask("q=kopi&size=100")["hits"] if hit["id"] == "a1")
    assert hit["title"] == "Kabar kopi ke-1"
    assert hit["date"] == "2024-02-10"
    assert (hit["authors"], hit["editors"]) == (["Budi Laksana"], ["Lidya Kartasasmita"])
    assert hit["tags"] == ["tag 1"]
    assert hit["url"] == "https://example.com/1"
    assert urlsplit(hit["page_url"]).path == "/articles/a1"
    assert hit["score"] > 0


def test_article_gives_every_field(ask: Ask) -> None:
    """The whole stored article, without labels or highlights."""
    article = ask(url="/api/articles/a1")
    assert article["body"].split("\n")[1] == "Pedagang kopi menunggu kabar berikutnya."
    assert (article["category"], article["source"]) == ("ekonomi", "Harian Satu")
    assert (article["date"], article["date_source"]) == ("2024-02-10", "stated")
    assert (article["authors"], article["editors"]) == (["Budi Laksana"], ["Lidya Kartasasmita"])
    keys = {"id", "title", "body", "subheads", "caption", "credit", "place", "date", "date_source"}
    assert keys | {"authors", "editors", "tags", "category", "source", "url"} <= set(article)


def test_near_words_give_the_same_on_page_and_json(
    ask: Ask, open_page: Callable[[str], Any]
) -> None:
    """In the JSON and on the page: hits, facets, and URLs that repeat the query."""
    json_query = "q=%22menunggu+kopi%22~1&tag=tag+1"
    answer, page = ask(json_query), open_page(f"/search?{json_query}")
    assert answer["total"] == page.total() > 0
    assert answer["query"]["understood"] == '"menunggu kopi"~1'
    assert _counts(answer, "tag")["tag 1"] == answer["total"]
    assert "%22~1" in answer["facets"]["tag"]["buckets"][0]["toggle_url"]
    for value, count in _counts(answer, "tag").items():
        assert ask(f"q=%22menunggu+kopi%22~1&tag={value}")["total"] == count


def test_article_without_date_or_author_says_so(ask: Ask) -> None:
    """The JSON has null or an empty list."""
    undated, nameless = ask(url="/api/articles/a23"), ask(url="/api/articles/a0")
    assert (undated["date"], undated["date_source"], undated["tags"]) == (None, "unknown", [])
    assert nameless["authors"] == []


def test_page_and_json_give_the_same_numbers(
    json_query: str, ask: Ask, open_page: Callable[[str], Any]
) -> None:
    """They share one view model: total, hits, every count and every bar."""
    answer, page = ask(json_query), open_page(f"/search?{json_query}")
    if json_query:
        assert page.total() == answer["total"]
    titles = [title.text for title in page.all("", "hit-title")]
    assert titles == [hit["title"] for hit in answer["hits"]]
    shown = [
        (bucket.all("", "bucket-label")[0].text, int(bucket.all("span", "bucket-count")[0].text))
        for bucket in page.all("li", "bucket")
    ]
    buckets = [bucket for facet in answer["facets"].values() for bucket in facet["buckets"]]
    assert [count for _, count in shown] == [bucket["count"] for bucket in buckets]
    assert [label[:3] for label, _ in shown] == [bucket["label"][:3] for bucket in buckets]
    bars = [bar["label"] for bar in answer["timeline"] if bar["count"]]
    wide = list(page.all("svg", "timeline-picture"))[:1]
    assert [bar.text.strip() for svg in wide for bar in svg.all("a", "bar")] == bars


def test_page_leads_to_its_own_json(ask: Ask, open_page: Callable[[str], Any]) -> None:
    """The link in the page's head has the same parameters."""
    links = open_page("/search?q=beras&tag=pangan&lang=en").all("link")
    (href,) = [link.attributes["href"] for link in links if "alternate" in link.attributes["rel"]]
    assert ask(url=href)["links"]["self"] == href == "/api/search?q=beras&tag=pangan&lang=en"


def test_days_are_included(ask: Ask) -> None:
    """`from` and `to` are the first and the last day of the range."""
    march = {"a2", "a14"}
    assert set(_ids(ask("from=2024-03-10&to=2024-03-10"))) == march
    assert not march & set(_ids(ask("from=2024-03-11&size=100")))
    assert not march & set(_ids(ask("to=2024-03-09&size=100")))
    assert ask("from=0001-01-01")["total"] == 22


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("year=2024", "from=2024-01-01&to=2024-12-31"),
        ("year=2024", "from=2024&to=2024-12"),
        ("from=2024-03&to=2024-03", "from=2024-03-01&to=2024-03-31"),
        ("from=2024-01-31&to=2024-02-29", "from=2024-01-31&to=2024-02"),
        ("to=2024-02", "to=2024-02-29"),
        ("from=2024-03&to=2024-12", "year=2024&from=2024-03"),
    ],
)
def test_span_of_time_is_written_in_its_shortest_form(
    ask: Ask, open_page: Callable[[str], Any], short: str, long: str
) -> None:
    """In the JSON and on the page, however it was asked for."""
    assert ask(short)["query"] == ask(long)["query"]
    assert ask(long)["links"]["self"] == f"/api/search?{short}"
    page = open_page(f"/search?{long}")
    assert any(short in href for href in page.hrefs())


def test_any_asks_for_one_of_the_words(ask: Ask) -> None:
    """No article is about both."""
    assert [ask(f"q=beras+kopi{more}")["total"] for more in ("", "&any=0", "&any=1")] == [0, 0, 24]
    assert ask("q=beras+kopi")["alternatives"][0]["total"] == 24
    assert ask("any=1&q=beras")["query"]["any"] is True


@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_sort_orders_by_day_with_the_undated_last(sort: str, ask: Ask) -> None:
    """Undated articles come last in both orders."""
    days = [hit["date"] for hit in ask(f"sort={sort}&size=100")["hits"]]
    dated = [day for day in days if day]
    assert dated == sorted(dated, reverse=sort == "newest")
    assert days[len(dated) :] == [None, None]


def test_relevance_orders_by_score(ask: Ask) -> None:
    """The best match comes first; browsing has no scores and is newest first."""
    scores = [hit["score"] for hit in ask("q=beras+OR+ke-3&size=100")["hits"]]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > scores[-1] > 0
    assert {hit["score"] for hit in ask()["hits"]} == {0}


def test_next_links_lead_through_all_hits_once(ask: Ask) -> None:
    """Facet rule 3: every page has the same total and the same counts."""
    answer = first = ask("q=harga&size=10")
    seen = _ids(answer)
    while answer["links"]["next"]:
        answer = ask(url=answer["links"]["next"])
        seen += _ids(answer)
        assert (answer["total"], answer["page_count"]) == (24, 3)
        assert _counts(answer, "tag") == _counts(first, "tag")
    assert len(seen) == len(set(seen)) == 24
    assert (answer["page"], answer["links"]["last"]) == (3, None)
    assert ask(url=answer["links"]["first"])["hits"] == first["hits"]


def test_page_beyond_the_last_is_empty_and_says_so(ask: Ask) -> None:
    """A page after the last has a notice and no error."""
    answer = ask("q=harga&page=900")
    assert (answer["hits"], answer["total"]) == ([], 24)
    assert [notice["code"] for notice in answer["notices"]] == ["page_beyond"]
    assert answer["links"]["previous"].endswith("page=3")


def test_highlights_count_code_points(ask: Ask) -> None:
    """Emoji before a highlight do not shift it."""
    for hit in ask("q=beras")["hits"]:
        text, spans = hit["snippet"]["text"], hit["snippet"]["highlights"]
        assert text.startswith("🌾🌾")
        assert spans
        assert {text[span["start"] : span["stop"]] for span in spans} == {"beras"}
        assert [hit["title"][s["start"] : s["stop"]] for s in hit["title_highlights"]] == ["beras"]


def test_language_changes_words_and_no_number(ask: Ask) -> None:
    """Labels and messages are translated; values and counts are not."""
    indonesian, english = ask("q=harga"), ask("q=harga&lang=en")
    assert indonesian["facets"]["author"]["label"] == "Penulis"
    assert english["facets"]["author"]["label"] == "Author"
    december = [f["facets"]["month"]["buckets"][0]["label"] for f in (indonesian, english)]
    assert december == ["Desember 2024", "December 2024"]
    for name in indonesian["facets"]:
        assert _counts(indonesian, name) == _counts(english, name)
    assert "lang=en" in english["facets"]["tag"]["buckets"][0]["toggle_url"]


def test_query_is_returned_as_understood_with_notices(ask: Ask) -> None:
    """A notice has a message and a code."""
    answer = ask("q=judul:beras+OR&from=2024-01-01")
    assert answer["query"]["understood"] == "judul:beras"
    assert answer["query"]["from"] == "2024-01-01"
    assert answer["notices"][0]["code"] == "dangling_operator"
    assert "OR" in answer["notices"][0]["message"]


def test_timeline_covers_all_hits_with_a_date(ask: Ask) -> None:
    """The counts of the bars add up, and each link finds its own count."""
    answer = ask("q=beras")
    assert sum(bar["count"] for bar in answer["timeline"]) == 11
    for bar in answer["timeline"]:
        assert ask(url=bar["url"])["total"] == bar["count"]
    assert answer["timeline_level"] == "month"


def test_days_of_a_month_are_counted(ask: Ask) -> None:
    """A month asked for has a bar for each day, with its hits and all articles of the day."""
    answer = ask("from=2024-03&to=2024-03")
    assert (answer["timeline_level"], len(answer["timeline"])) == ("day", 31)
    assert sum(bar["count"] for bar in answer["timeline"]) == answer["total"] > 0
    for bar in answer["timeline"]:
        assert bar["from"] == bar["to"] == bar["period"]
        assert bar["count"] <= bar["all_count"]
        if bar["count"]:
            assert ask(url=bar["url"])["total"] == bar["count"]


def test_alternatives_find_their_totals(ask: Ask) -> None:
    """Each has a kind, and its link finds its total."""
    offers = ask("q=beras&tag=tak-ada&from=2024-06-01")["alternatives"]
    assert [offer["kind"] for offer in offers][:1] == ["without_tag"]
    for offer in offers:
        assert ask(url=offer["url"])["total"] == offer["total"] > 0


def test_article_is_text_without_markup(client: FlaskClient) -> None:
    """The JSON has no HTML."""
    raw = client.get("/api/articles/a1").data
    assert json.loads(raw)["body"].startswith("🌾🌾 Harga")
    assert b"<" not in raw


def test_similar_articles_are_listed_with_their_pages(client: FlaskClient) -> None:
    """Each has a page; an unknown article gets 404."""
    hit = client.get("/api/search?q=harga").get_json()["hits"][0]
    answer = client.get(f"/api/articles/{hit['id']}/similar")
    assert answer.status_code == 200
    articles = answer.get_json()["articles"]
    assert all(client.get(article["page_url"]).status_code == 200 for article in articles)
    assert hit["id"] not in {article["id"] for article in articles}
    assert client.get("/api/articles/tidak-ada/similar").status_code == 404


def test_suggestions_lead_where_they_say(client: FlaskClient) -> None:
    """A tag leads to as many articles as it says, a headline to its page, in both languages."""
    for lang in ("id", "en"):
        answer = client.get(f"/api/suggest?q=ber&lang={lang}").get_json()
        assert answer["query"] == "ber"
        assert answer["suggestions"]
        for each in answer["suggestions"]:
            page = client.get(each["url"].replace("/search?", "/api/search?"))
            assert page.status_code == 200
            if each["kind"] == "search":
                assert each["label"].startswith(("Cari 'ber'", "Search 'ber'"))
            if each["kind"] == "phrase":
                assert page.get_json()["total"] > 0
            elif each["kind"] != "title":
                assert page.get_json()["total"] == each["count"]


@pytest.mark.parametrize("typed", ["ber", "pa"])
def test_suggestions_keep_the_filters_of_the_page(client: FlaskClient, typed: str) -> None:
    """A month, a chosen value and the order stay; the typed words are replaced."""
    filters = "month=2024-02&tag=sungai&sort=newest"
    answer = client.get(f"/api/suggest?q={typed}&page=3&{filters}").get_json()
    assert answer["suggestions"]
    for each in answer["suggestions"]:
        args = parse_qs(urlsplit(each["url"]).query)
        tags = ["sungai", each["text"]] if each["kind"] == "tag" else ["sungai"]
        assert (args["month"], args["sort"], args["tag"]) == (["2024-02"], ["newest"], tags)
        assert "page" not in args
        assert args.get("q") != [typed] or each["kind"] in {"title", "search"}


def test_chosen_suggestion_is_no_longer_excluded(client: FlaskClient) -> None:
    """Who chooses a value that was excluded wants it now."""
    _, tag = client.get("/api/suggest?q=pa&not_tag=pangan").get_json()["suggestions"]
    assert parse_qs(urlsplit(tag["url"]).query) == {"tag": ["pangan"]}


def test_search_for_the_text_comes_first_with_its_count(client: FlaskClient) -> None:
    """As many articles as the page will show, with the filters that are ticked."""
    for filters in ("", "&month=2024-02", "&tag=sungai&from=2022-01-01"):
        first = client.get(f"/api/suggest?q=harga{filters}").get_json()["suggestions"][0]
        page = client.get(first["url"].replace("/search?", "/api/search?")).get_json()
        assert (first["kind"], first["text"], first["count"]) == ("search", "harga", page["total"])
        total = f" · {page['total']} artikel" if page["total"] else ""
        assert first["label"] == f"Cari 'harga' di semua teks{total}"


def test_suggestions_come_without_filters_that_are_wrong(client: FlaskClient) -> None:
    """Who types sees suggestions; the search itself will name the wrong parameter."""
    answer = client.get("/api/suggest?q=ber&month=kemarin&sort=besar")
    assert answer.status_code == 200
    assert all("month" not in each["url"] for each in answer.get_json()["suggestions"])


def test_nothing_is_suggested_for_nothing(client: FlaskClient) -> None:
    """Whatever the parameters are."""
    for path in ("/api/suggest", "/api/suggest?q=", "/api/suggest?q=b&x=1", "/api/suggest?lang=xx"):
        answer = client.get(path)
        assert (answer.status_code, answer.get_json()["suggestions"]) == (200, [])
