"""The documentation and the code name the same things: none is invented, none is left out.

The tables of the code are the source of truth. Each test compares one of them with the table of a
document, both ways, so that a deleted row and an invented one both fail.
"""

import dataclasses
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from flask import Flask

from index.document import CUT_RULES, REJECTION_REASONS
from index.indexer.build import build_index
from index.ingest.io.compression import PACKINGS
from index.ingest.io.limits import LIMITS
from index.ingest.registry import ARCHIVE_SUFFIX, PROGRAM_SUFFIXES, READERS
from index.ingest.rows.keys import KEYS
from index.ingest.rows.name_words import WORDS_OF_KEYS
from search.columnar_engine import ColumnarEngine
from search.facets import FACETS
from search.query.lexer import EXACT_SIGN, OPERATORS, Kind, lex
from search.query.parser import NOTICES
from search.query.tree import QUERY_FIELDS
from search.request import SearchRequest
from tests.documents import (
    ARCHITECTURE,
    DOCS,
    DOCUMENTS,
    MAKEFILE,
    PROJECT,
    README,
    code_spans,
    exit_codes_of,
    first_names,
    modules,
    options_of,
    rows_of,
    section,
    text_of,
)
from web import create_app
from web.json_api.openapi import make_openapi_document
from web.language import load_problems
from web.language.messages import load_messages
from web.settings import SETTINGS, read_settings
from web.urls.addresses import Addresses
from web.urls.url_state import PARAMETERS

API, FORMATS, OPERATING = DOCS / "api.md", DOCS / "formats.md", DOCS / "operating.md"
QUERY_LANGUAGE = DOCS / "query-language.md"
SCRIPTS = tuple(path for path in modules() if path.parent == Path("scripts"))
FACET_NAMES = tuple(facet.name for facet in FACETS)
STANDARD_INPUT = "-"


@pytest.fixture(scope="module")
def app() -> Flask:
    """Return the application, without an index."""
    return create_app(read_settings({}, index="nowhere"))


def of_each_facet(names: Iterable[str]) -> list[str]:
    """Return names with FACET in them once for each facet."""
    return [name.replace("FACET", facet) for name in names for facet in _facets_in(name)]


def _facets_in(name: str) -> tuple[str, ...]:
    return FACET_NAMES if "FACET" in name else ("",)


def test_settings_are_those_of_the_table() -> None:
    """Each with its default and its meaning, in the order of the code."""
    documented = rows_of(OPERATING, "Settings", "variable")
    assert documented == [[f"`{s.variable}`", f"`{s.default}`", s.text] for s in SETTINGS]


def test_exit_codes_are_those_of_the_scripts() -> None:
    """Each script has a row, with words for the codes that it returns and for no others."""
    codes = [
        int(code) for code in section(OPERATING, "Exit codes").splitlines()[1].split("|")[2:-1]
    ]
    documented = {
        row[0].strip("`"): {code for code, words in zip(codes, row[1:], strict=True) if words}
        for row in rows_of(OPERATING, "Exit codes", "script")
    }
    assert documented == {script.name: exit_codes_of(script) for script in SCRIPTS}


def test_options_of_reindex_are_documented() -> None:
    """All that it takes, and no others."""
    documented = [name.split()[0] for name in first_names(OPERATING, "Building an index", "option")]
    assert sorted(documented) == sorted(options_of(Path("scripts/reindex.py")))


def test_routes_are_those_of_the_application(app: Flask) -> None:
    """By their rules, without what converts an id."""
    rules = {re.sub(r"<\w+:", "<", rule.rule) for rule in app.url_map.iter_rules()}
    documented = first_names(API, "Routes", "route")
    assert sorted(documented) == sorted(rule.replace("doc_id>", "id>") for rule in rules)


def test_openapi_describes_routes_that_exist(app: Flask) -> None:
    """Under their own names."""
    rules = {re.sub(r"<[\w:]+>", "{id}", rule.rule) for rule in app.url_map.iter_rules()}
    assert set(make_openapi_document(Addresses())["paths"]) <= rules


def test_parameters_are_those_of_the_url() -> None:
    """FACET stands for each facet."""
    documented = of_each_facet(first_names(API, "Parameters of a search", "parameter"))
    assert sorted(documented) == sorted(parameter.name for parameter in PARAMETERS)


def test_facets_are_those_of_the_table() -> None:
    """In their order."""
    assert first_names(API, "Parameters of a search", "facet") == list(FACET_NAMES)


SCHEMAS: dict[str, Any] = make_openapi_document(Addresses())["components"]["schemas"]


@pytest.mark.parametrize("name", SCHEMAS)
def test_keys_of_the_json_are_those_of_openapi(name: str) -> None:
    """Keys of inner objects stand behind a dot."""
    documented = first_names(API, name, "key")
    assert sorted(documented) == sorted(_keys_of(SCHEMAS[name]))


def _keys_of(schema: dict[str, Any], before: str = "") -> Iterator[str]:
    if schema.get("type") == "array":
        yield from _keys_of(schema["items"], before)
    for key, value in schema.get("properties", {}).items():
        yield f"{before}{key}"
        yield from _keys_of(value, f"{before}{key}.")


def test_notices_are_those_of_the_parser() -> None:
    """All codes, and no others."""
    assert sorted(first_names(API, "Notices", "code")) == sorted(NOTICES)


def test_alternatives_are_those_that_have_words() -> None:
    """All kinds, and no others."""
    documented = of_each_facet(first_names(API, "Alternatives", "kind"))
    assert sorted(documented) == sorted(_messages_of("alternative_"))


def test_errors_are_those_of_the_table() -> None:
    """Each with its status."""
    documented = {row[0].strip("`"): row[1] for row in rows_of(API, "Problem", "code")}
    assert documented == {code: str(problem.status) for code, problem in load_problems().items()}


def _messages_of(beginning: str) -> list[str]:
    return [key.removeprefix(beginning) for key in load_messages() if key.startswith(beginning)]


def test_kinds_of_files_are_those_of_the_readers() -> None:
    """Names by their end, packings and archives included."""
    documented = first_names(FORMATS, "Kinds of files", "ends in")
    suffixes = [*READERS, *PROGRAM_SUFFIXES, *PACKINGS, ARCHIVE_SUFFIX, STANDARD_INPUT]
    assert sorted(documented) == sorted(suffixes)


def test_columns_are_those_that_are_known() -> None:
    """Each key with words of its names, the surest ones; dots stand for the others."""
    documented = {
        key.strip("`"): re.findall(r"`([^`]+)`", others)
        for key, others, _ in rows_of(FORMATS, "Rows: JSON and tables", "key")
    }
    assert list(documented) == list(KEYS)
    for key, words in documented.items():
        known = WORDS_OF_KEYS[key].split()
        assert {word.replace(" ", "") for word in words} <= set(known), key
        assert known[0] in words


def test_refusals_are_those_of_the_code() -> None:
    """Each reason with what it means."""
    documented = {code.strip("`"): words for code, words in rows_of(FORMATS, "Refusals", "reason")}
    assert documented.keys() == REJECTION_REASONS.keys()
    assert all(documented[code].startswith(words) for code, words in REJECTION_REASONS.items())


def test_rules_that_cut_lines_are_documented() -> None:
    """All of them, and no others."""
    assert sorted(first_names(FORMATS, "Text", "rule")) == sorted(CUT_RULES)


def test_limits_are_those_of_the_code() -> None:
    """Each with its value."""
    documented = {row[0].strip("`"): row[1] for row in rows_of(FORMATS, "Limits", "limit")}
    limits = dataclasses.asdict(LIMITS)
    del limits["date_order"]  # how dates are read, and no limit
    assert documented == {name: f"{value:,}" for name, value in limits.items()}


OPERATOR_ROWS = rows_of(QUERY_LANGUAGE, "Operators", "operator")


def test_operators_are_those_of_the_lexer() -> None:
    """Each kind of token stands in an example, and each operator word in a row."""
    kinds = {kind for row in OPERATOR_ROWS for kind in _kinds_in(row[1].strip("`"))}
    assert kinds == set(get_args(Kind)) - {"gap"}
    names = first_names(QUERY_LANGUAGE, "Operators", "operator")
    assert sorted(name for name in names if name.isalpha() and name.isupper()) == sorted(OPERATORS)
    assert EXACT_SIGN in names


@pytest.mark.parametrize("row", OPERATOR_ROWS[1:], ids=lambda row: row[0])
def test_operator_is_more_than_a_word_to_the_lexer(row: list[str]) -> None:
    """An invented operator would be read as text."""
    assert _kinds_in(row[1].strip("`")) - {"word"}


def _kinds_in(query_text: str) -> set[str]:
    return {token.kind for token in lex(query_text)[0]}


def test_operators_with_a_field_have_every_form() -> None:
    """A word, a group, a day, a range of days: to the lexer they are the same tokens."""
    examples = [row[1].strip("`") for row in OPERATOR_ROWS]
    for form in (r"\w:\w+$", r"\w:\(.+\)$", r"\w:\d+$", r"\w:\d+\.\.\d+"):
        assert any(re.search(form, example) for example in examples), form


def test_operator_words_in_the_text_are_those_of_the_lexer() -> None:
    """Code in capitals is an operator word, in the text as in the table."""
    named = {span for span in code_spans(QUERY_LANGUAGE) if re.fullmatch("[A-Z]{2,}", span)}
    assert named == set(OPERATORS)


@pytest.mark.parametrize("target", re.findall(r"^(\w+):", text_of(MAKEFILE), re.MULTILINE))
def test_target_of_make_is_documented(target: str) -> None:
    """In the Makefile's own head, and in README or the docs."""
    assert re.search(rf"^#   make {target}\b", text_of(MAKEFILE), re.MULTILINE)
    documents = "\n".join(text_of(path) for path in DOCUMENTS if path != ARCHITECTURE)
    assert re.search(rf"(?:^|`)make {target}\b", documents, re.MULTILINE)


def test_fields_of_the_query_language_are_those_of_the_code() -> None:
    """By both of their names."""
    rows = rows_of(QUERY_LANGUAGE, "Fields", "Indonesian")
    documented = [tuple(cell.strip("`") for cell in row[:2]) for row in rows]
    assert documented == [field.labels for field in QUERY_FIELDS]


def test_every_operator_in_the_docs_finds_something(tmp_path: Path) -> None:
    """In the sample archive, understood without a guess; the examples of README parse, too."""
    build_index([PROJECT / "samples"], tmp_path / "index")
    engine = ColumnarEngine(tmp_path / "index", 30)
    examples = [row[1].strip("`") for row in OPERATOR_ROWS]
    in_readme = first_names(README, "Searching", "type")
    for query_text in (*examples, *in_readme):
        results = engine.search(SearchRequest(query_text=query_text))
        guesses = [notice for notice in results.notices if notice.code != "synonyms"]
        assert guesses == [], query_text
        assert results.total or query_text in in_readme, query_text
    engine.close()
