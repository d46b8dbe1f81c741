"""URL and request, inverse to each other: the URL is the whole state.

What a URL can say is one table, `PARAMETERS`, made from the facets' table; the page and the JSON
read the same parameters. An empty value means the same as none, because a form sends empty fields.

>>> state = state_from_args([("q", "beras"), ("tag", "AI"), ("page", "2")])
>>> state.request.choice("tag").include, state.request.page
(('AI',), 2)
>>> args_from_state(state)
[('q', 'beras'), ('tag', 'AI'), ('page', '2')]
"""

import datetime as dt
import re
from collections.abc import Iterable
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
from web.language import LANGUAGES

FACET_PARAMETERS = tuple(facet.name for facet in FACETS)
"""The parameters that choose a value of a facet."""

PARAMETERS_MOST = 1000
"""Most parameters read from one URL: beyond the choices of all facets, nobody needs more."""

_NUMBER_PATTERN = re.compile(r"\d{1,9}", re.ASCII)

Args = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of the URL, and what it is, for the documentation."""

    name: str
    text: str
    repeatable: bool = False


def _facet_parameters() -> tuple[Parameter, ...]:
    return tuple(
        parameter
        for facet in FACETS
        for parameter in (
            Parameter(facet.name, f"documents with this {facet.name}; several: any", True),
            Parameter(f"not_{facet.name}", f"no document with this {facet.name}", True),
            Parameter(f"{facet.name}_size", f"how many values of {facet.name} to show"),
            Parameter(f"{facet.name}_match", f"only values of {facet.name} that contain this"),
        )
    )


PARAMETERS = (
    Parameter("q", "the query, in the query language"),
    *_facet_parameters(),
    Parameter("without", "documents without a value in this facet", True),
    Parameter("from", "first day, YYYY-MM-DD"),
    Parameter("to", "last day, YYYY-MM-DD"),
    Parameter("any", "1: any of the words is enough"),
    Parameter("synonyms", "0: nothing but what was typed, no other names of it"),
    Parameter("copies", "1: every near copy of a story, else one of each"),
    Parameter("sort", "relevance, newest or oldest"),
    Parameter("page", "page of hits, from 1"),
    Parameter("size", "hits a page"),
    Parameter("lang", "id or en: the language of labels and messages"),
)
"""Every parameter that a search URL may have, in their order in a URL."""

_POSITION_BY_NAME = {parameter.name: position for position, parameter in enumerate(PARAMETERS)}
_PARAMETER_BY_NAME = {parameter.name: parameter for parameter in PARAMETERS}


@dataclass(frozen=True, slots=True)
class PageState:
    """A request, and the language in which its results are told."""

    request: SearchRequest = field(default_factory=SearchRequest)
    lang: str = LANGUAGES[0]


def state_from_args(args: Iterable[tuple[str, str]], *, strict: bool = False) -> PageState:
    """Return the state that a URL's parameters say.

    Args:
        args: names and values, in the order of the URL.
        strict: refuse parameters that do not exist; else they are ignored, since others add theirs
            to links that people share.

    Raises:
        RequestError: for a value that cannot be used; it names the parameter.
    """
    values = _grouped(args, strict=strict)
    number = _Numbers(values)
    _check_without(values)
    request = SearchRequest(
        query_text=_one(values, "q"),
        choices=choices_in_order((f.name, _choice(f.name, values, number)) for f in FACETS),
        from_date=_date(values, "from"),
        to_date=_date(values, "to"),
        any_word=_is_on(values, "any"),
        synonyms=_is_on(values, "synonyms", default="1"),
        copies=_is_on(values, "copies"),
        sort=cast("Sort", _one(values, "sort") or "relevance"),  # SearchRequest checks it
        page=number.of("page", 1),
        size=number.of("size", SIZE_DEFAULT),
    )
    return PageState(request, lang_from_args(values.items()))


def lang_from_args(args: Iterable[tuple[str, list[str]]]) -> str:
    """Return the language that the parameters ask for.

    Raises:
        RequestError: for a language that the page does not speak.
    """
    spoken = (value for name, values in args if name == "lang" for value in values if value)
    told = next(spoken, LANGUAGES[0])
    if told not in LANGUAGES:
        raise RequestError("lang", "unknown_lang", value=told)
    return told


def args_from_state(state: PageState) -> Args:
    """Return the parameters of a state, without those that say what is so anyway."""
    request = state.request
    pairs: Args = [("q", request.query_text)]
    for name, choice in request.choices:
        pairs += [(name, value) for value in choice.include]
        pairs += [(f"not_{name}", value) for value in choice.exclude]
        pairs += [(f"{name}_size", "" if choice.size is None else str(choice.size))]
        pairs += [(f"{name}_match", choice.match)]
    pairs += [("without", name) for name, choice in request.choices if choice.without]
    pairs += [
        ("from", request.from_date.isoformat() if request.from_date else ""),
        ("to", request.to_date.isoformat() if request.to_date else ""),
        ("any", "1" if request.any_word else ""),
        ("synonyms", "" if request.synonyms else "0"),
        ("copies", "1" if request.copies else ""),
        ("sort", "" if request.sort == "relevance" else request.sort),
        ("page", "" if request.page == 1 else str(request.page)),
        ("size", "" if request.size == SIZE_DEFAULT else str(request.size)),
        ("lang", "" if state.lang == LANGUAGES[0] else state.lang),
    ]
    return [(name, value) for name, value in pairs if value]


def args_around(args: Args, first: str, last: str) -> tuple[Args, Args]:
    """Return the parameters that a URL has before those from `first` to `last`, and behind them."""
    low, high = _POSITION_BY_NAME[first], _POSITION_BY_NAME[last]
    before = [pair for pair in args if _POSITION_BY_NAME[pair[0]] < low]
    return before, [pair for pair in args if _POSITION_BY_NAME[pair[0]] > high]


def _grouped(args: Iterable[tuple[str, str]], *, strict: bool) -> dict[str, list[str]]:
    """Return the values of each parameter, in order, empty ones and repetitions left out."""
    values: dict[str, list[str]] = {}
    for count, (name, value) in enumerate(args, 1):
        if count > PARAMETERS_MOST:
            raise RequestError(name, "too_many_parameters", high=PARAMETERS_MOST)
        if name not in _PARAMETER_BY_NAME:
            if strict:
                raise RequestError(name, "unknown_parameter", known=", ".join(_PARAMETER_BY_NAME))
            continue
        kept = values.setdefault(name, [])
        if value and value not in kept:
            kept.append(value)
    for name, told in values.items():
        if len(told) > 1 and not _PARAMETER_BY_NAME[name].repeatable:
            raise RequestError(name, "repeated_parameter")
    return values


class _Numbers:
    """Reads whole numbers from the parameters."""

    def __init__(self, values: dict[str, list[str]]) -> None:
        self._values = values

    def of(self, name: str, default: int) -> int:
        """Return the number told, or the default; a zero that is told is no default."""
        number = self.told(name)
        return default if number is None else number

    def told(self, name: str) -> int | None:
        """Return the number told, None without one."""
        told = _one(self._values, name)
        if not told:
            return None
        if not _NUMBER_PATTERN.fullmatch(told):
            raise RequestError(name, "not_a_number", value=told)
        return int(told)


def _check_without(values: dict[str, list[str]]) -> None:
    for name in values.get("without", ()):
        if name not in FACET_BY_NAME:
            known = ", ".join(FACET_BY_NAME)
            raise RequestError("without", "unknown_facet", value=name, known=known)


def _choice(name: str, values: dict[str, list[str]], number: _Numbers) -> FacetChoice:
    return FacetChoice(
        include=tuple(values.get(name, ())),
        exclude=tuple(values.get(f"not_{name}", ())),
        without=name in values.get("without", ()),
        size=number.told(f"{name}_size"),
        match=_one(values, f"{name}_match"),
    )


def _one(values: dict[str, list[str]], name: str) -> str:
    return next(iter(values.get(name, ())), "")


def _date(values: dict[str, list[str]], name: str) -> dt.date | None:
    told = _one(values, name)
    if not told:
        return None
    try:
        day = dt.date.fromisoformat(told)
    except ValueError as error:
        raise RequestError(name, "bad_date", value=told) from error
    if day.isoformat() != told:  # Python reads other forms of ISO 8601 as well
        raise RequestError(name, "bad_date", value=told)
    return day


def _is_on(values: dict[str, list[str]], name: str, default: str = "0") -> bool:
    told = _one(values, name) or default
    if told not in {"0", "1"}:
        raise RequestError(name, "bad_value", value=told)
    return told == "1"
