"""The facets of the JSON: counts, choices, exclusions, and links that find their counts."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest

Ask = Callable[..., dict[str, Any]]


def _ids(answer: dict[str, Any]) -> list[str]:
    return [hit["id"] for hit in answer["hits"]]


def _counts(answer: dict[str, Any], name: str) -> dict[str, int]:
    return {bucket["value"]: bucket["count"] for bucket in answer["facets"][name]["buckets"]}


def test_every_facet_of_the_archive_is_there(ask: Ask) -> None:
    """Source and category too, since the tiny archive has two of each."""
    assert list(ask()["facets"]) == ["tag", "author", "month", "source", "category"]


def test_toggling_a_value_leads_to_the_json_of_that_count(json_query: str, ask: Ask) -> None:
    """Facet rule 1: if nothing in the facet is chosen, the link finds as many hits as the count."""
    answer = ask(json_query)
    for facet in answer["facets"].values():
        is_free = not facet["missing_selected"] and not any(
            bucket["selected"] for bucket in facet["buckets"]
        )
        for bucket in facet["buckets"]:
            assert urlsplit(bucket["toggle_url"]).path == "/api/search"
            toggled = ask(url=bucket["toggle_url"])
            assert not is_free or toggled["total"] == bucket["count"]


@pytest.mark.parametrize("name", ["tag", "not_tag"])
def test_as_many_choices_as_allowed_are_answered_with_links_that_work(name: str, ask: Ask) -> None:
    """At the bound of fifty, the link that adds a value drops the oldest."""
    answer = ask("&".join(f"{name}=x{number}" for number in range(50)))
    bucket = next(b for b in answer["facets"]["tag"]["buckets"] if b["value"] == "pangan")
    more = ask(url=bucket["toggle_url" if name == "tag" else "exclude_url"])
    chosen = [
        b["value"] for b in more["facets"]["tag"]["buckets"] if b["selected"] or b["excluded"]
    ]
    assert len(chosen) == 50
    assert "pangan" in chosen
    assert "x0" not in chosen


def test_toggling_twice_leads_back(ask: Ask) -> None:
    """The same link undoes a choice."""
    once = ask(url=ask("q=harga")["facets"]["tag"]["buckets"][0]["toggle_url"])
    chosen = next(bucket for bucket in once["facets"]["tag"]["buckets"] if bucket["selected"])
    assert chosen["toggle_url"] == "/api/search?q=harga"


def test_excluding_takes_away_exactly_the_count(ask: Ask) -> None:
    """Only documents with the value go."""
    answer = ask("q=harga")
    for bucket in answer["facets"]["tag"]["buckets"]:
        assert ask(url=bucket["exclude_url"])["total"] == answer["total"] - bucket["count"]


def test_facet_counts_with_other_filters_but_not_with_its_own(ask: Ask) -> None:
    """OR within a facet, AND between facets; siblings keep their counts."""
    plain, chosen = ask("q=harga"), ask("q=harga&tag=pangan")
    assert _counts(chosen, "tag") == _counts(plain, "tag")
    assert chosen["total"] == _counts(plain, "tag")["pangan"] == 7
    assert sum(_counts(chosen, "month").values()) + chosen["facets"]["month"]["missing"] == 7
    assert ask("tag=pangan&tag=ekspor")["total"] == 10
    assert ask("tag=pangan&source=Harian+Dua")["total"] == 4


def test_facet_size_limits_the_values_and_other_has_the_rest(ask: Ask) -> None:
    """`other` is the sum of the counts that are not shown."""
    whole, cut = ask("tag_size=100")["facets"]["tag"], ask("tag_size=3")["facets"]["tag"]
    assert [len(facet["buckets"]) for facet in (whole, cut)] == [22, 3]
    assert cut["total"] == whole["total"] == 22
    assert cut["other"] == sum(bucket["count"] for bucket in whole["buckets"][3:])
    assert (whole["other"], whole["more_url"]) == (0, None)
    assert ask(url=cut["more_url"])["facets"]["tag"]["other"] < cut["other"]


def test_facet_match_searches_inside(ask: Ask) -> None:
    """Only values that contain the text in any case; the hits stay."""
    answer = ask("tag_match=PAN&author_match=zzz")
    assert list(_counts(answer, "tag")) == ["pangan"]
    assert answer["facets"]["author"]["buckets"] == []
    assert answer["total"] == 24


def test_facet_match_keeps_a_chosen_value(ask: Ask) -> None:
    """Facet rule 5: a chosen value never disappears."""
    assert "ekspor" in _counts(ask("tag=ekspor&tag_match=pan"), "tag")


@pytest.mark.parametrize(("name", "missing"), [("tag", 4), ("author", 1), ("month", 2)])
def test_without_finds_what_has_no_value(name: str, missing: int, ask: Ask) -> None:
    """Facet rule 1 holds for the documents without a value."""
    answer = ask(f"without={name}")
    assert answer["total"] == ask()["facets"][name]["missing"] == missing
    assert answer["facets"][name]["missing_selected"] is True


def test_without_adds_to_a_chosen_value(ask: Ask) -> None:
    """It counts as one more value of its facet."""
    assert ask("without=tag&tag=pangan")["total"] == 4 + 7


@pytest.mark.parametrize("name", ["tag", "author", "month", "source", "category"])
def test_not_excludes_every_value_named(name: str, ask: Ask) -> None:
    """Each facet has its not_ form, and it may be repeated."""
    values = list(_counts(ask(), name))[:-1][:2]
    exclusions = "&".join(f"not_{name}={value}" for value in values)
    left = ask(f"{exclusions}&size=100")
    kept = [ask(url=f"/api/articles/{doc_id}") for doc_id in _ids(left)]
    key = {"tag": "tags", "author": "authors", "month": "date"}.get(name, name)
    assert kept
    assert not [one for one in kept if any(_has(one[key], value) for value in values)]


def _has(field: Any, value: str) -> bool:
    return value in field if isinstance(field, list) else (field or "").startswith(value)
