"""Requests refuse themselves when a part is wrong, and name the part."""

import datetime as dt
from typing import Any

import pytest

from index.errors import ArchiveError
from search.facets import FACETS
from search.request import (
    CHOICES_MOST,
    FACET_SIZE_RANGE,
    NO_CHOICE,
    PAGE_RANGE,
    SIZE_RANGE,
    VALUE_LENGTH_MOST,
    FacetChoice,
    RequestError,
    SearchRequest,
    choices_in_order,
)

MANY = tuple(map(str, range(CHOICES_MOST + 1)))
LONG = "x" * (VALUE_LENGTH_MOST + 1)


def tagged(**choice: Any) -> dict[str, object]:
    """The parts of a request with a choice of tags."""
    return {"choices": (("tag", FacetChoice(**choice)),)}


REFUSED = {
    "unknown sort": ({"sort": "best"}, "sort", "unknown_sort"),
    "page zero": ({"page": 0}, "page", "page_range"),
    "page too far": ({"page": PAGE_RANGE[1] + 1}, "page", "page_range"),
    "few hits": ({"size": SIZE_RANGE[0] - 1}, "size", "number_range"),
    "many hits": ({"size": SIZE_RANGE[1] + 1}, "size", "number_range"),
    "dates": (
        {"from_date": dt.date(2024, 2, 1), "to_date": dt.date(2024, 1, 31)},
        "from",
        "date_order",
    ),
    "no month": ({"choices": (("month", FacetChoice(("2024-13",))),)}, "month", "bad_month"),
    "short month": (
        {"choices": (("month", FacetChoice((), ("2024-1",))),)},
        "not_month",
        "bad_month",
    ),
    "unknown facet": ({"choices": (("mood", FacetChoice()),)}, "mood", "unknown_facet"),
    "no buckets": (tagged(size=0), "tag_size", "number_range"),
    "many buckets": (tagged(size=FACET_SIZE_RANGE[1] + 1), "tag_size", "number_range"),
    "many values": (tagged(include=MANY), "tag", "too_many_values"),
    "many exclusions": (tagged(exclude=MANY), "not_tag", "too_many_values"),
    "long value": (tagged(include=("a", LONG)), "tag", "value_too_long"),
    "long exclusion": (tagged(exclude=(LONG,)), "not_tag", "value_too_long"),
    "long text inside": (tagged(match=LONG), "tag_match", "value_too_long"),
}
"""What is wrong: the parts of a request, the parameter named, the code."""


@pytest.mark.parametrize("case", REFUSED)
def test_request_refuses_itself_and_names_the_parameter(case: str) -> None:
    """The caller learns which parameter to mend, and how it is wrong."""
    parts, parameter, code = REFUSED[case]
    with pytest.raises(RequestError) as caught:
        SearchRequest(**parts)
    assert (caught.value.parameter, caught.value.code) == (parameter, code)
    assert str(caught.value).startswith(f"{parameter}: {code} (")
    assert isinstance(caught.value, ArchiveError)


@pytest.mark.parametrize(
    "parts",
    [
        {"page": PAGE_RANGE[0], "size": SIZE_RANGE[0]},
        {"page": PAGE_RANGE[1], "size": SIZE_RANGE[1]},
        {"from_date": dt.date(2024, 2, 1), "to_date": dt.date(2024, 2, 1)},
        {"from_date": dt.date.min, "to_date": dt.date.max},
        tagged(size=FACET_SIZE_RANGE[1], include=MANY[1:], exclude=MANY[1:], match=LONG[1:]),
        {"query_text": "x" * 1_000_000},
    ],
)
def test_bounds_themselves_are_allowed(parts: dict[str, Any]) -> None:
    """The first and last of each range; query text of any length is cut later, not refused."""
    assert SearchRequest(**parts)


def test_error_says_what_would_be_right() -> None:
    """The values for the sentence that a caller reads."""
    with pytest.raises(RequestError) as caught:
        SearchRequest(page=9_999)
    assert caught.value.values == {"value": 9_999, "low": PAGE_RANGE[0], "high": PAGE_RANGE[1]}


def test_choosing_goes_back_to_the_first_page() -> None:
    """The old page number means nothing in other results; the rest stays."""
    request = SearchRequest(query_text="beras", page=7, sort="newest", size=20)
    chosen = request.with_choice("tag", FacetChoice(include=("AI",)))
    assert (chosen.page, chosen.query_text, chosen.sort, chosen.size) == (1, "beras", "newest", 20)
    assert request.page == 7


def test_a_choice_is_replaced_not_added_to() -> None:
    """The last choice of a facet holds; none at all takes the facet out."""
    first = SearchRequest().with_choice("tag", FacetChoice(include=("AI",)))
    second = first.with_choice("tag", FacetChoice(exclude=("AI",)))
    assert second.choice("tag") == FacetChoice(exclude=("AI",))
    assert second.with_choice("tag", NO_CHOICE) == SearchRequest()


def test_equal_requests_have_equal_choices_whatever_their_order() -> None:
    """One address for one request: choices stand in the order of the facets' table."""
    names = [facet.name for facet in FACETS]
    choice = FacetChoice(without=True)
    assert [n for n, _ in choices_in_order((n, choice) for n in reversed(names))] == names


def test_choosing_in_an_unknown_facet_is_refused() -> None:
    """A facet that the table does not have is an error of the caller."""
    with pytest.raises(RequestError, match="mood: unknown_facet"):
        SearchRequest().with_choice("mood", FacetChoice(include=("glad",)))


@pytest.mark.parametrize(
    ("request_made", "restricts"),
    [
        (SearchRequest(query_text="beras", page=2), False),
        (SearchRequest(**tagged(size=20, match="a")), False),
        (SearchRequest(**tagged(include=("a",))), True),
        (SearchRequest(**tagged(exclude=("a",))), True),
        (SearchRequest(**tagged(without=True)), True),
        (SearchRequest(from_date=dt.date(2024, 1, 1)), True),
        (SearchRequest(to_date=dt.date(2024, 1, 1)), True),
    ],
)
def test_filters_restrict_and_ways_of_showing_do_not(
    request_made: SearchRequest, *, restricts: bool
) -> None:
    """How many buckets are shown, or which, keeps no document out."""
    assert request_made.restricts is restricts
