"""Whatever is typed gives results: over 300 queries that nobody should type, and their pieces."""

import itertools
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from index.document import Document
from search.engine import Engine
from search.query.parser import NOTICES
from search.request import VALUE_LENGTH_MOST, FacetChoice, SearchRequest
from search.results import Snippet

PUNCTUATION = tuple("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~¿…—–·•\u00a0\u200b\ufeff\u2028")
OPENERS = ('"', "(", "-", "judul:", "tanggal:", "OR ", "NOT ", "“", "*")

HOSTILE: dict[str, tuple[str, ...]] = {
    "one sign": PUNCTUATION,
    "many signs": tuple(sign * 500 for sign in PUNCTUATION),
    "signs around a word": tuple(f"{sign}beras{sign}" for sign in PUNCTUATION),
    "unbalanced": tuple("".join(pair) + "beras" for pair in itertools.product(OPENERS, repeat=2)),
    "nested": ("(" * 2_000, ")" * 2_000, "(" * 300 + "beras" + ")" * 300, "((a) " * 200, "-(" * 99),
    "quotes": ('"' * 999, '" "' * 99, '"beras" "', '"\u201c\u201d«»„', '""beras""', "''beras''"),
    "operators": (
        "AND OR NOT",
        "OR OR OR",
        "NOT",
        "NOT NOT NOT beras",
        "beras AND",
        "AND beras",
        "ATAU DAN BUKAN",
        "-AND -OR",
        "beras OR OR gula AND AND",
        "judul:OR",
        " AND ".join("ab" for _ in range(400)),
        " OR ".join(f"w{n}" for n in range(400)),
        "-" + " -".join(f"w{n}" for n in range(400)),
    ),
    "stars": (
        "*",
        "**",
        "* *",
        "a*",
        "be*",
        "*a*",
        "b*r*s",
        "be**",
        '"be*"',
        "-*",
        "judul:*",
        "?*",
    ),
    "fields": (
        "judul:",
        "judul:judul:beras",
        "judul::::",
        ":beras",
        "tag:(",
        "penulis:-",
        "tag:-tag:tag:",
        "http://contoh.example:80/a?b=c#d",
        "isi:(judul:(tag:(beras",
        "Judul:BERAS tag:\u201cx",
    ),
    "dates": (
        "tanggal:2024-12..2024-01",
        "tanggal:..",
        "tanggal:....",
        "tanggal:0000",
        "tanggal:9999-99-99",
        "tanggal:2023-02-29",
        "tanggal:99999999999999999999",
        "tanggal:-2024",
        "tanggal:٢٠٢٤",
        "tanggal:0001..9999",
        "tanggal:9999-12-31..",
        "tanggal:(2023 OR 2024)",
        'tanggal:"2024"',
        "tanggal:20*",
        "-tanggal:2024",
    ),
    "numbers": (
        "9" * 1_000,
        "1.000.000",
        "-1",
        "1e309",
        "NaN",
        "Infinity",
        "0x7f",
        "1,2,3.4.5",
        "½²",
    ),
    "long": (
        "x" * 10_000,
        "beras " * 5_000,
        " ".join(f"kata{n}" for n in range(5_000)),
        "anak-" * 3_000,
        "a\u0301" * 5_000,
        "judul:" * 2_000,
        "\u0344" * 5_000,
        "ﷺ" * 900,
    ),
    "other alphabets": (
        "日本語のニュース",
        "العربية",
        "\u202eberas\u202c",
        "עברית",
        "ไทย",
        "हिन्दी",
        "Ünïcödé",
        "İstanbul ıI",
        "ß ẞ ﬁ",
        "𝕓𝕖𝕣𝕒𝕤",
        "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘",
    ),
    "emoji": ("🌾", "🌾🌾*", "👩‍👩‍👧", '"🌾 beras"', "judul:🌾", "🇮🇩 beras", "-🌾"),
    "no text": (
        "",
        " ",
        "\0",
        "beras\0gula",
        "\0" * 500,
        "\t\r\n\v\f",
        "\x1b[31m",
        "\u0085",
        "\x7f",
    ),
    "surrogates": (
        "\ud800",
        "\udfff",
        "beras\ud800",
        "\ud83d",
        '"\ud800"',
        "judul:\udc00*",
        "-\ud800",
    ),
    "for others": (
        "'; DROP TABLE artikel; --",
        "1' OR '1'='1",
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "{{7*7}} ${7*7} #{7*7}",
        "../../../../etc/hosts",
        "%00 %2e%2e %s %n",
        "(a+)+$ (a|a)*b ^(.*)*$",
        "a" * 500 + "!",
        "aaaa-" * 100 + "!",
        '\\beras\\ \\" \\u0041',
        'body:[a TO z] beras~2 beras^9 /be.*/ {"query":{}}',
        "__class__ constructor prototype null undefined None True",
    ),
    "misspelt": (
        "perundinggan",
        "x" * 30,
        "haarga berass guulaa",
        "aaaaaaaaaa",
        "bеrаs",
        "berassssss",
    ),
}
"""Queries by what is wrong with them."""


@pytest.fixture(scope="module")
def engine(engine_of: Callable[[Iterable[Document]], Engine]) -> Engine:
    """An archive of plain articles and some as odd as the queries."""
    odd = ("🌾", "日本語", "a-b-c", "Jum’at", "9" * 300, "﷽ ﷺ", "x" * 500, "2-2 10:30 Rp1.000,50")
    bodies = [*odd, "harga beras dan gula", "perundingan lama", "Beras.\n\nHarga\nnaik"]
    return engine_of(
        Document(doc_id=str(number), title=body[:50], body=body, tags=(body[:40], "beras"))
        for number, body in enumerate(bodies)
    )


def assert_sound(snippet: Snippet) -> None:
    """Highlights lie in the text, in order and apart."""
    places = [0]
    for span in snippet.highlights:
        places += [span.start, span.stop]
        assert span.start < span.stop
    assert places == sorted(places)
    assert places[-1] <= len(snippet.text)


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("any_word", [False, True])
def test_hostile_query_gives_results(engine: Engine, kind: str, *, any_word: bool) -> None:
    """Whole answers, every notice one that is explained, every offer one that finds something."""
    for query_text in HOSTILE[kind]:
        results = engine.search(SearchRequest(query_text=query_text, any_word=any_word))
        assert len(results.hits) == min(results.total, 10)
        assert {notice.code for notice in results.notices} <= set(NOTICES)
        assert all(offer.total for offer in results.alternatives)
        for hit in results.hits:
            assert_sound(hit.title)
            assert_sound(hit.snippet)
            engine.document(hit.doc_id, query_text)


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_was_understood_finds_the_same(engine: Engine, kind: str) -> None:
    """The query as it was understood, typed again, gives the same hits."""
    for query_text in HOSTILE[kind]:
        results = engine.search(SearchRequest(query_text=query_text))
        again = engine.search(SearchRequest(query_text=results.understood))
        assert again.hits == results.hits


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_values_in_facets_find_nothing_and_raise_nothing(engine: Engine, kind: str) -> None:
    """As a chosen, an excluded and a searched value."""
    for text in HOSTILE[kind]:
        value = text[: VALUE_LENGTH_MOST - 1] + "\0"
        for choice in ({"include": (value,)}, {"exclude": (value,)}, {"match": value}):
            parts: dict[str, Any] = choice
            results = engine.search(SearchRequest().with_choice("tag", FacetChoice(**parts)))
            assert results.total == (0 if "include" in parts else 11)


def test_there_are_three_hundred_hostile_queries() -> None:
    """The table is as long as it claims."""
    assert len({query_text for queries in HOSTILE.values() for query_text in queries}) >= 300
