"""URL and request are inverse to each other, and a wrong value is named."""

import datetime as dt
from random import Random
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.wrappers import Request

from search.facets import FACETS, Facet
from search.request import (
    FACET_SIZE_RANGE,
    PAGE_RANGE,
    SIZE_RANGE,
    SORTS,
    VALUE_LENGTH_MOST,
    FacetChoice,
    RequestError,
    SearchRequest,
    choices_in_order,
)
from web.settings import LANGUAGES
from web.urls.addresses import Addresses
from web.urls.url_state import (
    CHARTS,
    PARAMETERS,
    PARAMETERS_MOST,
    PageState,
    Parameter,
    args_from_state,
    state_from_args,
)

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)
VALUES = st.lists(TEXTS, max_size=4, unique=True).map(tuple)
MONTHS = st.lists(st.dates().map(lambda day: f"{day:%Y-%m}".zfill(7)), max_size=4, unique=True)


def choices_of(facet: Facet) -> st.SearchStrategy[FacetChoice]:
    """Draw a valid choice in this facet."""
    values = MONTHS.map(tuple) if facet.pattern else VALUES
    return st.builds(
        FacetChoice,
        include=values,
        exclude=values,
        without=st.booleans(),
        size=st.none() | st.integers(*FACET_SIZE_RANGE),
        match=st.just("") | TEXTS,
    )


DAYS = st.none() | st.dates()


@st.composite
def states(draw: st.DrawFn) -> PageState:
    """Draw a state with any valid request."""
    choices = [(facet.name, draw(choices_of(facet))) for facet in FACETS if draw(st.booleans())]
    first, last = draw(DAYS), draw(DAYS)
    if first and last:
        first, last = min(first, last), max(first, last)
    request = SearchRequest(
        query_text=draw(st.just("") | TEXTS),
        choices=choices_in_order(choices),
        from_date=first,
        to_date=last,
        any_word=draw(st.booleans()),
        sort=draw(st.sampled_from(SORTS)),
        page=draw(st.integers(*PAGE_RANGE)),
        size=draw(st.integers(*SIZE_RANGE)),
    )
    return PageState(request, draw(st.sampled_from(LANGUAGES)), draw(st.sampled_from(CHARTS)))


@given(states(), st.sampled_from(LANGUAGES))
@settings(max_examples=200, deadline=None)
def test_state_comes_back_from_its_own_arguments(state: PageState, site_lang: str) -> None:
    """Nothing of a request is lost in its URL, and nothing is added."""
    args = args_from_state(state, site_lang)
    assert state_from_args(args, site_lang=site_lang, strict=True) == state
    assert args_from_state(state_from_args(args, site_lang=site_lang), site_lang) == args
    assert ("lang", state.lang) in args or state.lang == site_lang


@given(states(), st.sampled_from(["", "/arsip"]))
@settings(max_examples=100, deadline=None)
def test_state_comes_back_from_its_own_address(state: PageState, root: str) -> None:
    """A server reads from a URL what it was made of, whatever its characters."""
    url = Addresses(root).results(state)
    assert state_from_args(Request.from_values(url).args.items(multi=True)) == state


@given(states(), st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_order_of_different_parameters_does_not_matter(state: PageState, random: Random) -> None:
    """A link with its parameters in another order means the same."""
    args = args_from_state(state)
    names = list(dict.fromkeys(name for name, _ in args))
    random.shuffle(names)
    mixed = [(name, value) for first in names for name, value in args if name == first]
    assert args_from_state(state_from_args(mixed)) == args


@given(st.lists(st.tuples(st.sampled_from([p.name for p in PARAMETERS]) | TEXTS, st.text())))
@settings(max_examples=200, deadline=None)
def test_any_arguments_give_a_state_or_name_the_parameter(args: list[tuple[str, str]]) -> None:
    """Nothing else is raised, and the parameter is one of the arguments."""
    blamed = set()
    try:
        state_from_args(args)
    except RequestError as error:
        blamed.add(error.parameter)
    assert blamed <= {name for name, _ in args}


def test_state_that_asks_for_nothing_has_no_arguments() -> None:
    """Defaults stay out of the URL, so that one request has one address."""
    assert args_from_state(PageState()) == []
    assert Addresses().results(PageState()) == "/"
    defaults = [("sort", "relevance"), ("page", "1"), ("size", "10"), ("any", "0"), ("lang", "id")]
    assert args_from_state(state_from_args(defaults)) == []


@pytest.mark.parametrize("parameter", PARAMETERS, ids=lambda parameter: parameter.name)
def test_empty_value_means_none(parameter: Parameter) -> None:
    """A form also sends its empty fields."""
    name = parameter.name
    assert state_from_args([(name, "")], strict=True) == PageState()
    assert state_from_args([(name, ""), (name, "")], strict=True) == PageState()


def test_repeated_value_is_chosen_once() -> None:
    """The same tag twice in a link counts once."""
    state = state_from_args([("tag", "AI"), ("tag", "beras"), ("tag", "AI")])
    assert state.request.choice("tag").include == ("AI", "beras")


def test_unknown_parameter_is_ignored_on_the_page_and_refused_by_the_json() -> None:
    """Other sites add parameters to shared links; in the JSON it is a typing error."""
    args = [("q", "beras"), ("utm_source", "surat")]
    assert state_from_args(args).request == SearchRequest(query_text="beras")
    with pytest.raises(RequestError, match="utm_source") as caught:
        state_from_args(args, strict=True)
    assert caught.value.parameter == "utm_source"


LONG = "x" * (VALUE_LENGTH_MOST + 1)
MANY = [str(number) for number in range(51)]
REFUSED = [
    ("page", ["0"]),
    ("page", ["1001"]),
    ("page", ["-1"]),
    ("page", ["1.5"]),
    ("page", ["٣"]),
    ("page", ["9" * 5000]),
    ("page", ["1", "2"]),
    ("size", ["0"]),
    ("size", ["9"]),
    ("size", ["101"]),
    ("size", ["banyak"]),
    ("tag_size", ["0"]),
    ("month_size", ["1001"]),
    ("author_size", ["x"]),
    ("tag_match", [LONG]),
    ("author", [LONG]),
    ("not_tag", [LONG]),
    ("tag", MANY),
    ("not_month", MANY),
    ("sort", ["loudest"]),
    ("from", ["2024-13-01"]),
    ("year", ["2024-05"]),
    ("year", ["0000"]),
    ("chart", ["pie"]),
    ("from", ["kemarin"]),
    ("to", ["2024-02-30"]),
    ("to", ["pekan lalu"]),
    ("any", ["2"]),
    ("any", ["true"]),
    ("lang", ["fr"]),
    ("without", ["colour"]),
    ("q", ["beras", "kopi"]),
]


@pytest.mark.parametrize(("name", "values"), REFUSED)
def test_value_that_cannot_be_used_names_its_parameter(name: str, values: list[str]) -> None:
    """The error names the part of the URL to correct."""
    with pytest.raises(RequestError) as caught:
        state_from_args([(name, value) for value in values])
    assert caught.value.parameter == name


def test_first_day_after_the_last_names_the_first() -> None:
    """Two valid dates may be wrong together."""
    with pytest.raises(RequestError) as caught:
        state_from_args([("from", "2024-09-01"), ("to", "2024-08-31")])
    assert caught.value.parameter == "from"


def test_one_day_may_be_first_and_last() -> None:
    """Both days are part of the range."""
    request = state_from_args([("from", "2024-08-28"), ("to", "2024-08-28")]).request
    assert request.from_date == request.to_date == dt.date(2024, 8, 28)


def test_too_many_parameters_are_refused() -> None:
    """The work for one URL is bounded, unknown parameters included."""
    with pytest.raises(RequestError):
        state_from_args([("x", "")] * (PARAMETERS_MOST + 1))


def test_article_address_holds_any_id() -> None:
    """A newsroom's own id may have any characters."""
    url = Addresses("/arsip").article("/2024/a b?c#d%41", PageState(lang="en"))
    assert urlsplit(url).path == "/arsip/articles/%2F2024%2Fa%20b%3Fc%23d%2541"
    assert parse_qsl(urlsplit(url).query) == [("lang", "en")]
