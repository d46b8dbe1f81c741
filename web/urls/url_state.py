"""Parameters of a URL to a search request and back: the URL is the whole state of a page.

`PARAMETERS` is the table of all parameters, made from the table of facets; the page and the JSON
read the same ones. An empty value means the same as none, because a form sends empty fields.

>>> state = state_from_args([("q", "beras"), ("tag", "AI"), ("page", "2")])
>>> state.request.choice("tag").include, state.request.page
(('AI',), 2)
>>> args_from_state(state)
[('q', 'beras'), ('tag', 'AI'), ('page', '2')]
"""

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import cast

from search import (
    FACET_BY_NAME,
    FACETS,
    SIZE_DEFAULT,
    FacetChoice,
    RequestError,
    SearchRequest,
    Sort,
    choices_in_order,
)
from search.query import parse_date_range
from web.settings import LANGUAGES
from web.urls.spans import date_args

PARAMETERS_MOST = 1000
"""Most parameters read from one URL; choices in all facets together need no more."""

DATE_LENGTH_MOST = 60
"""Longest day or month as a reader writes it, in characters."""

_DATE_PATTERN = re.compile(r"\d{4}(-\d\d){0,2}", re.ASCII)
_YEAR_PATTERN = re.compile(r"\d{4}", re.ASCII)
_NUMBER_PATTERN = re.compile(r"\d{1,9}", re.ASCII)

VIEWS = ("full", "dense")
"""How hits are shown: with a passage each, or a line each."""
CHARTS = ("count", "share")
"""What the bars of the timeline show: hits, or their share of all articles of the time."""

RANK = "rank"
"""The parameter of an article's address that tells where it stands in the results, from 1."""

Args = list[tuple[str, str]]
"""Names and values of parameters, in the order of a URL."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a URL.

    Attributes:
        name: its name.
        text: what it means.
        repeatable: whether it may have several values.
        is_last: whether the last of several values counts: a button of the form adds its own.
    """

    name: str
    text: str
    repeatable: bool = False
    is_last: bool = False


def _facet_parameters() -> tuple[Parameter, ...]:
    return tuple(
        parameter
        for facet in FACETS
        for parameter in (
            Parameter(facet.name, f"documents with this {facet.name}; several: any", True),
            Parameter(f"not_{facet.name}", f"no document with this {facet.name}", True),
            Parameter(f"{facet.name}_size", f"values of {facet.name} to show", is_last=True),
            Parameter(f"{facet.name}_match", f"only values of {facet.name} that contain this"),
        )
    )


PARAMETERS = (
    Parameter("q", "the query, in the query language"),
    *_facet_parameters(),
    Parameter("without", "documents without a value in this facet", True),
    Parameter("year", "a year YYYY: its days, but for an end that from or to gives"),
    Parameter("from", "first day: YYYY-MM-DD, or the first of a month YYYY-MM or a year YYYY"),
    Parameter("to", "last day: YYYY-MM-DD, or the last of a month YYYY-MM or a year YYYY"),
    Parameter("any", "1: any of the words is enough"),
    Parameter("synonyms", "0: only what was typed, no other names of it"),
    Parameter("copies", "1: every near duplicate of a story, else one of each"),
    Parameter("sort", "relevance, newest or oldest"),
    Parameter("page", "page of hits, from 1"),
    Parameter("size", "hits a page"),
    Parameter("view", f"hits on the page: {' or '.join(VIEWS)}, a line each"),
    Parameter("chart", f"bars of the timeline: {' or '.join(CHARTS)} of all articles of the time"),
    Parameter("lang", "id or en: the language of labels and messages"),
)
"""Every parameter of a search, in their order in a URL."""

_POSITION_BY_NAME = {parameter.name: number for number, parameter in enumerate(PARAMETERS)}
_PARAMETER_BY_NAME = {parameter.name: parameter for parameter in PARAMETERS}


@dataclass(frozen=True, slots=True)
class PageState:
    """A search request, the language of labels and messages, and what the timeline shows."""

    request: SearchRequest = field(default_factory=SearchRequest)
    lang: str = LANGUAGES[0]
    chart: str = CHARTS[0]
    view: str = VIEWS[0]


def state_from_args(
    args: Iterable[tuple[str, str]], *, site_lang: str = LANGUAGES[0], strict: bool = False
) -> PageState:
    """Return the state that the parameters of a URL describe.

    Args:
        args: names and values, in the order of the URL.
        site_lang: the language of a URL that names none.
        strict: refuse unknown parameters; otherwise they are ignored, since other sites add their
            own to links that people share.

    Raises:
        RequestError: for a value that cannot be used; it names the parameter.
    """
    values = _group(args, strict=strict)
    _check_without(values)
    page, size = _number(values, "page"), _number(values, "size")
    request = SearchRequest(
        query_text=_first(values, "q"),
        choices=choices_in_order((facet.name, _choice(facet.name, values)) for facet in FACETS),
        from_date=_date(values, "from", is_last=False) or _date(values, "year", is_last=False),
        to_date=_date(values, "to", is_last=True) or _date(values, "year", is_last=True),
        any_word=_is_on(values, "any"),
        synonyms=_is_on(values, "synonyms", default="1"),
        copies=_is_on(values, "copies"),
        sort=cast("Sort", _first(values, "sort") or "relevance"),  # SearchRequest checks it
        page=1 if page is None else page,  # 0 is a page that SearchRequest refuses
        size=SIZE_DEFAULT if size is None else size,
    )
    lang = lang_from_args(values.items(), site_lang)
    return PageState(request, lang, _chart(values), _view(values))


def lang_from_args(args: Iterable[tuple[str, list[str]]], site_lang: str = LANGUAGES[0]) -> str:
    """Return the language that the parameters name, or the site's if they name none.

    Args:
        args: names, each with its values.
        site_lang: the language of a URL that names none.

    Raises:
        RequestError: for a language that the page does not have.
    """
    named = (value for name, values in args if name == "lang" for value in values if value)
    lang = next(named, site_lang)
    if lang not in LANGUAGES:
        raise RequestError("lang", "unknown_lang", value=lang)
    return lang


def rank_from_args(args: Iterable[tuple[str, str]]) -> int:
    """Return the rank that an article's address tells; 0 for none.

    Raises:
        RequestError: where it is no number.
    """
    return _number({RANK: [value for name, value in args if name == RANK and value]}, RANK) or 0


def args_from_state(state: PageState, site_lang: str = LANGUAGES[0]) -> Args:
    """Return the URL parameters of a state, defaults left out."""
    request = state.request
    pairs: Args = [("q", request.query_text)]
    for name, choice in request.choices:
        pairs += [(name, value) for value in choice.include]
        pairs += [(f"not_{name}", value) for value in choice.exclude]
        pairs += [(f"{name}_size", "" if choice.size is None else str(choice.size))]
        pairs += [(f"{name}_match", choice.match)]
    pairs += [("without", name) for name, choice in request.choices if choice.without]
    pairs += [
        *date_args(request.from_date, request.to_date),
        ("any", "1" if request.any_word else ""),
        ("synonyms", "" if request.synonyms else "0"),
        ("copies", "1" if request.copies else ""),
        ("sort", "" if request.sort == "relevance" else request.sort),
        ("page", "" if request.page == 1 else str(request.page)),
        ("size", "" if request.size == SIZE_DEFAULT else str(request.size)),
        ("view", "" if state.view == VIEWS[0] else state.view),
        ("chart", "" if state.chart == CHARTS[0] else state.chart),
        ("lang", "" if state.lang == site_lang else state.lang),
    ]
    return [(name, value) for name, value in pairs if value]


def args_around(args: Args, first: str, last: str) -> tuple[Args, Args]:
    """Return the parameters before those from `first` to `last` in a URL, and those after them."""
    low, high = _POSITION_BY_NAME[first], _POSITION_BY_NAME[last]
    before = [pair for pair in args if _POSITION_BY_NAME[pair[0]] < low]
    return before, [pair for pair in args if _POSITION_BY_NAME[pair[0]] > high]


Values = dict[str, list[str]]
"""The values of each parameter, in order, empty ones and repeated ones left out."""


def _group(args: Iterable[tuple[str, str]], *, strict: bool) -> Values:
    values_by_name: Values = {}
    for count, (name, value) in enumerate(args, 1):
        if count > PARAMETERS_MOST:
            raise RequestError(name, "too_many_parameters", high=PARAMETERS_MOST)
        if name not in _PARAMETER_BY_NAME:
            if strict:
                raise RequestError(name, "unknown_parameter", known=", ".join(_PARAMETER_BY_NAME))
            continue
        values = values_by_name.setdefault(name, [])
        if value and value not in values:
            values.append(value)
    for name, values in values_by_name.items():
        if _PARAMETER_BY_NAME[name].is_last:
            del values[:-1]
        if len(values) > 1 and not _PARAMETER_BY_NAME[name].repeatable:
            raise RequestError(name, "repeated_parameter")
    return values_by_name


def _check_without(values: Values) -> None:
    for name in values.get("without", ()):
        if name not in FACET_BY_NAME:
            known = ", ".join(FACET_BY_NAME)
            raise RequestError("without", "unknown_facet", value=name, known=known)


def _choice(name: str, values: Values) -> FacetChoice:
    return FacetChoice(
        include=tuple(values.get(name, ())),
        exclude=tuple(values.get(f"not_{name}", ())),
        without=name in values.get("without", ()),
        size=_number(values, f"{name}_size"),
        match=_first(values, f"{name}_match"),
    )


def _first(values: Values, name: str) -> str:
    return next(iter(values.get(name, ())), "")


def _number(values: Values, name: str) -> int | None:
    value = _first(values, name)
    if not value:
        return None
    if not _NUMBER_PATTERN.fullmatch(value):
        raise RequestError(name, "not_a_number", value=value)
    return int(value)


def _date(values: Values, name: str, *, is_last: bool) -> dt.date | None:
    """Return a day; of a month or a year its first day, or its last."""
    value = _first(values, name)
    if not value:
        return None
    if name == "year" and not _YEAR_PATTERN.fullmatch(value):
        raise RequestError(name, "bad_date", value=value)
    if not _DATE_PATTERN.fullmatch(value):
        return _written_date(value, name, is_last=is_last)
    year, *rest = map(int, value.split("-"))
    month = rest[0] if rest else (1, 12)[is_last]
    try:
        day = rest[1] if len(rest) > 1 else (1, monthrange(year, month)[1])[is_last]
        return dt.date(year, month, day)
    except ValueError as error:
        raise RequestError(name, "bad_date", value=value) from error


def _written_date(value: str, name: str, *, is_last: bool) -> dt.date:
    """Return a day as readers write it: 1/4/2024 is in April, as Indonesians write it."""
    days = parse_date_range(value) if len(value) <= DATE_LENGTH_MOST else None
    day = days and (days.end if is_last else days.start)
    if not day:
        raise RequestError(name, "bad_date", value=value)
    return day


def _chart(values: Values) -> str:
    return _one_of(CHARTS, values, "chart")


def _view(values: Values) -> str:
    return _one_of(VIEWS, values, "view")


def _one_of(known: Sequence[str], values: Values, name: str) -> str:
    """Return the value of a parameter, the first of those that are known by default."""
    value = _first(values, name) or known[0]
    if value not in known:
        raise RequestError(name, "bad_value", value=value, known=", ".join(known))
    return value


def _is_on(values: Values, name: str, default: str = "0") -> bool:
    value = _first(values, name) or default
    if value not in {"0", "1"}:
        raise RequestError(name, "bad_value", value=value, known="0, 1")
    return value == "1"
