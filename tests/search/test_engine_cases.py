"""Every engine answers every case: the protocol of `search.engine` as data.

The cases are the files of `tests/search/cases`; a second engine is one more row of `ENGINES` there.
"""

import inspect
import json
from collections import Counter
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import msgspec
import pytest

from search.engine import Engine
from search.request import FacetChoice, SearchRequest
from tests.search.cases.answers import FACET_VIEWS, VIEWS, actual_values, expected_values
from tests.search.cases.case_files import (
    Case,
    Choice,
    Complete,
    Count,
    Nothing,
    Read,
    Search,
    Similar,
    read_theme,
    read_themes,
)
from tests.search.cases.engines import ENGINES, EngineRow
from tests.search.cases.expectations import EXPECTATIONS

THEMES = read_themes()
CASES = [(name, case) for name, theme in THEMES.items() for case in theme.cases]


@dataclass(frozen=True, slots=True)
class Skip:
    """A case that an engine cannot answer as expected, and why."""

    engine: str
    case: str
    reason: str


SKIPS: tuple[Skip, ...] = ()
"""What an engine cannot do."""

QUESTIONS = {
    "search": Search,
    "document": Read,
    "similar": Similar,
    "complete": Complete,
    "count": Count,
    "status": Nothing,
    "coverage": Nothing,
}
"""The structure of a question to each method that answers."""

EngineOf = Callable[[EngineRow, str, Case], Engine]


def cases_by_engine() -> Iterator[Any]:
    """Yield an engine, a theme and a case for each test; those in `SKIPS` are skipped."""
    reasons = {(skip.engine, skip.case): skip.reason for skip in SKIPS}
    for row in ENGINES:
        for theme, case in CASES:
            reason = reasons.get((row.name, case.name))
            marks = [pytest.mark.skip(reason=reason)] if reason else []
            yield pytest.param(
                row, theme, case, marks=marks, id=f"{row.name}: {theme}: {case.name}"
            )


@pytest.fixture(scope="module")
def engine_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngineOf]:
    """Return what opens an engine over a theme's archive, once for all cases but closing ones."""
    engines: dict[tuple[str, str, bool], Engine] = {}

    def open_engine(row: EngineRow, theme: str, case: Case) -> Engine:
        key = (row.name, theme, "close" in case.before)
        if key not in engines:
            engines[key] = row.open(THEMES[theme].archive, tmp_path_factory.mktemp("archive"))
        return engines[key]

    yield open_engine
    for engine in engines.values():
        engine.close()


@pytest.mark.parametrize(("row", "theme", "case"), list(cases_by_engine()))
def test_engine_answers_as_the_case_expects(
    row: EngineRow, theme: str, case: Case, engine_of: EngineOf
) -> None:
    """The same archive and the same question give the same values, whatever holds the index."""
    expected = expected_values(case)
    if row.counts_removed:
        expected.pop("scores", None)
    assert actual_values(engine_of(row, theme, case), case, expected) == expected


def wrong_value(value: Any) -> Any:
    """Return a value that differs from another one in a single place."""
    match value:
        case bool() | None:
            return not value
        case int() | float():
            return value + 1
        case str():
            return f"{value}?"
        case dict():
            first = next(iter(value))
            return {**value, first: wrong_value(value[first])}
    return [*value[:-1], wrong_value(value[-1])]


def expected_names() -> Iterator[tuple[str, str]]:
    """Yield the names of all values that a case may expect, each with its method."""
    for method, structure in EXPECTATIONS.items():
        for name in structure.__struct_fields__:
            if name in VIEWS[method]:
                yield method, name


def first_case(method: str, name: str) -> tuple[str, Case]:
    """Return the first case, with its theme, that expects something of a value."""
    return next(
        (theme, case) for theme, case in CASES if case.method == method and case.expect.get(name)
    )


@pytest.mark.parametrize(("method", "name"), list(expected_names()))
def test_wrong_expectation_is_noticed(method: str, name: str, engine_of: EngineOf) -> None:
    """Each value that can be expected is expected by a case, and compared with the answer."""
    theme, case = first_case(method, name)
    expected = {name: wrong_value(expected_values(case)[name])}
    assert actual_values(engine_of(ENGINES[0], theme, case), case, expected) != expected


def test_expected_error_that_does_not_come_is_noticed(engine_of: EngineOf) -> None:
    """An answer is no error."""
    theme, case = first_case("search", "ids")
    expected = {"error": "RequestError"}
    assert actual_values(engine_of(ENGINES[0], theme, case), case, expected) != expected


def unknown_skips(skips: tuple[Skip, ...]) -> list[Skip]:
    """Return the skips that name no engine, no case, or no reason."""
    engines, names = {row.name for row in ENGINES}, {case.name for _, case in CASES}
    return [s for s in skips if s.engine not in engines or s.case not in names or not s.reason]


def test_skip_names_an_engine_a_case_and_a_reason() -> None:
    """A skip that outlived its case is none."""
    assert unknown_skips(SKIPS) == []
    engine, case = ENGINES[0].name, CASES[0][1].name
    wrong = (Skip("none", case, "why"), Skip(engine, "none", "why"), Skip(engine, case, ""))
    assert unknown_skips((*wrong, Skip(engine, case, "why"))) == list(wrong)


def test_case_has_a_name_of_its_own() -> None:
    """A skip means one case."""
    counts = Counter(case.name for _, case in CASES)
    assert [name for name, count in counts.items() if count > 1] == []


def test_every_method_of_the_protocol_is_asked() -> None:
    """A new method needs a case."""
    methods = {name for name, _ in inspect.getmembers(Engine, inspect.isfunction)}
    asked = {case.method for _, case in CASES} | {name for _, c in CASES for name in c.before}
    assert asked == {name for name in methods if not name.startswith("_")}


@pytest.mark.parametrize("method", [name for name in QUESTIONS if name != "search"])
def test_question_has_the_parameters_of_the_method(method: str) -> None:
    """Their names and their order are those of the protocol."""
    _, *parameters = inspect.signature(getattr(Engine, method)).parameters
    assert list(QUESTIONS[method].__struct_fields__) == parameters


@pytest.mark.parametrize(("structure", "value"), [(Search, SearchRequest), (Choice, FacetChoice)])
def test_request_can_be_asked_with_all_of_its_parameters(
    structure: type[Any], value: type[Any]
) -> None:
    """A case can set each, and what it leaves out has the value that the request gives it."""
    defaults = msgspec.structs.asdict(structure())
    expected = {name: getattr(value(), name) for name in value.__dataclass_fields__}
    assert {**defaults, "choices": ()} == {**expected, "choices": ()}


@pytest.mark.parametrize("name", Search.__struct_fields__)
def test_every_parameter_of_a_request_is_asked(name: str) -> None:
    """Some case sets it to something else than its default."""
    searches = [case.search for _, case in CASES if isinstance(case.search, Search)]
    assert any(getattr(search, name) != getattr(Search(), name) for search in searches)


@pytest.mark.parametrize("name", Choice.__struct_fields__)
def test_every_part_of_a_choice_is_asked(name: str) -> None:
    """Some case sets it to something else than its default."""
    searches = [case.search for _, case in CASES if isinstance(case.search, Search)]
    choices = [choice for search in searches for choice in search.choices.values()]
    assert any(getattr(choice, name) != getattr(Choice(), name) for choice in choices)


@pytest.mark.parametrize("name", FACET_VIEWS)
def test_every_value_of_a_facet_is_expected(name: str) -> None:
    """Some case names it."""
    facets = [f for _, case in CASES for f in expected_values(case).get("facets", {}).values()]
    assert any(facet.get(name) for facet in facets)


SMALL = {
    "about": "A small file.",
    "archive": {"documents": [{"id": "a", "title": "Judul"}], "preferences": {"recency": 0.1}},
    "cases": [
        {
            "name": "A case",
            "search": {"query_text": "judul", "choices": {"tag": {"size": 1}}},
            "expect": {
                "facets": {"tag": {"total": 0}},
                "alternatives": [{"kind": "spelling", "total": 1}],
            },
        }
    ],
}
PATHS: tuple[tuple[str | int, ...], ...] = (
    (),
    ("archive",),
    ("archive", "documents", 0),
    ("archive", "preferences"),
    ("cases", 0),
    ("cases", 0, "search"),
    ("cases", 0, "search", "choices", "tag"),
    ("cases", 0, "expect"),
    ("cases", 0, "expect", "facets", "tag"),
    ("cases", 0, "expect", "alternatives", 0),
)
"""Where a case file has objects with keys."""


@pytest.mark.parametrize("path", PATHS, ids=lambda path: ".".join(map(str, path)) or "file")
def test_unknown_key_in_a_case_file_is_refused(path: tuple[str | int, ...]) -> None:
    """A slip of the pen is no silence."""
    altered: Any = deepcopy(SMALL)
    inner = altered
    for step in path:
        inner = inner[step]
    inner["totla"] = 1
    assert read_theme(json.dumps(SMALL)).cases
    with pytest.raises(msgspec.ValidationError, match="totla"):
        read_theme(json.dumps(altered))


@pytest.mark.parametrize("asked", [{}, {"search": {}, "status": {}}])
def test_case_asks_one_thing(asked: dict[str, object]) -> None:
    """Neither nothing nor two things."""
    case = {"name": "A case", "expect": {}, **asked}
    with pytest.raises(msgspec.ValidationError, match="one thing"):
        read_theme(json.dumps({**SMALL, "cases": [case]}))


def test_value_of_another_type_is_refused() -> None:
    """A number is no text."""
    case = {"name": "A case", "search": {}, "expect": {"total": "1"}}
    with pytest.raises(msgspec.ValidationError, match="int"):
        read_theme(json.dumps({**SMALL, "cases": [case]}))
