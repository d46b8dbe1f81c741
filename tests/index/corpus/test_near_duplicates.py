"""Which articles are near duplicates, and which of them represents the others."""

import datetime as dt
import itertools
from typing import Any

import pytest

from index.corpus.near_duplicates import (
    DAYS_MOST,
    NUMBERS_LEAST,
    WORDS_LEAST,
    group_near_duplicates,
    make_signatures,
)
from index.document import Document

DAY = dt.date(2024, 8, 28)
WORDS = [f"kata{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(200)]
STORY = " ".join(WORDS[:100])


def article(doc_id: str, body: str = STORY, **changes: Any) -> Document:
    """Return an article of an outlet of its own, on the day of the story."""
    head = {"title": f"Judul {doc_id}", "source": f"koran {doc_id}", "date": DAY}
    return Document(doc_id=doc_id, body=body, **{**head, **changes})


def groups(*articles: Document) -> dict[str, str]:
    """Return the representative of each article that has one."""
    return group_near_duplicates([each.doc_id for each in articles], make_signatures(articles))


def later(days: int) -> dt.date:
    """Return a day after that of the story."""
    return DAY + dt.timedelta(days)


def with_numbers(*numbers: int) -> str:
    """Return the story with numbers in it."""
    return f"{STORY} {' '.join(map(str, numbers))}"


def test_same_text_in_two_outlets_is_one_story() -> None:
    """Whatever the headlines."""
    assert groups(article("a"), article("b")) == {"b": "a"}


def test_stories_are_as_far_apart_as_three_days_and_no_further() -> None:
    """A wire story is printed within days; the same words a week later are another event."""
    assert DAYS_MOST == 3
    assert groups(article("a"), article("b", date=later(3))) == {"b": "a"}
    assert groups(article("a"), article("b", date=later(4))) == {}


def test_article_without_a_date_may_be_of_any_day() -> None:
    """It never represents a dated one."""
    assert groups(article("a", date=None), article("b")) == {"a": "b"}


@pytest.mark.parametrize(("title", "expected"), [("Judul a", {"b": "a"}), ("Lain", {})])
def test_one_outlet_needs_the_same_headline(title: str, expected: dict[str, str]) -> None:
    """A form that is filled in anew each day is no story that is told twice."""
    assert groups(article("a"), article("b", source="koran a", title=title)) == expected


def test_case_and_accents_of_headline_and_outlet_do_not_count() -> None:
    """As everywhere in the index."""
    twin = article("b", source="KORAN A", title="JUDUL Á")
    assert groups(article("a"), twin) == {"b": "a"}


def test_numbers_tell_articles_apart_when_both_have_enough() -> None:
    """Prices of two days differ in their numbers alone; two numbers may be a date."""
    assert NUMBERS_LEAST == 3
    few, other_few = with_numbers(11, 22), with_numbers(33, 44)
    many, other_many = with_numbers(11, 22, 33), with_numbers(44, 55, 66)
    assert groups(article("a", few), article("b", other_few)) == {"b": "a"}
    assert groups(article("a", many), article("b", other_many)) == {}
    assert groups(article("a", many), article("b", many)) == {"b": "a"}


def test_short_articles_are_never_grouped() -> None:
    """Captions are alike by chance."""
    enough, short = " ".join(WORDS[:WORDS_LEAST]), " ".join(WORDS[: WORDS_LEAST - 1])
    assert groups(article("a", enough), article("b", enough)) == {"b": "a"}
    assert groups(article("a", short), article("b", short)) == {}


@pytest.mark.parametrize(("shared", "is_grouped"), [(90, True), (80, True), (50, False)])
def test_most_words_must_stand_in_the_same_order(shared: int, *, is_grouped: bool) -> None:
    """Of two articles of 100 words; 80 equal ones are 78 of 118 shingles, 50 are 48 of 148."""
    other = " ".join(WORDS[:shared] + WORDS[100 : 200 - shared])
    assert bool(groups(article("a"), article("b", other))) == is_grouped


def test_same_words_in_another_order_are_another_article() -> None:
    """Three words in a row are compared as one."""
    assert groups(article("a"), article("b", " ".join(sorted(WORDS[:100], reverse=True)))) == {}


def test_earliest_represents_then_the_longest_then_the_first_id() -> None:
    """In whatever order they were read."""
    first = article("d", date=DAY)
    long = article("c", f"{STORY} akhir", date=later(1))
    same = [article(i, date=later(1)) for i in "ab"]
    for order in itertools.permutations([first, long, *same]):
        assert groups(*order) == {"a": "d", "b": "d", "c": "d"}
    for order in itertools.permutations([long, *same]):
        assert groups(*order) == {"a": "c", "b": "c"}
    for order in itertools.permutations(same):
        assert groups(*order) == {"b": "a"}


def test_every_member_is_like_its_representative_itself() -> None:
    """Days apart, each of three articles is near the next one: no chain leads to the third."""
    rows = [article("a"), article("b", date=later(3)), article("c", date=later(6))]
    assert groups(*rows) == {"b": "a"}


def test_archive_without_articles_has_no_groups() -> None:
    """Nor one of empty texts."""
    assert groups() == {}
    assert groups(article("a", ""), article("b", "")) == {}
