"""Every word a reader sees, in both languages."""

import datetime as dt
import re
from pathlib import Path
from string import Formatter
from typing import get_args

import msgspec
import pytest

from index.document import DateSource
from search.facets import FACETS, Facet
from search.query.parser import NOTICES, parse_query
from search.request import SORTS
from web.language.messages import EXAMPLE_QUERIES, TEXT_MOST, Wording, load_messages, message

MESSAGES = load_messages()
WEB = Path(__file__).parents[3] / "web"
TEMPLATES = sorted((WEB / "templates").glob("*.html"))


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("key", sorted(MESSAGES))
def test_row_says_the_same_in_both_languages(key: str) -> None:
    """Neither language lacks a text or a part of it."""
    words = MESSAGES[key]
    assert words.indonesian.strip()
    assert words.english.strip()
    assert _placeholders(words.indonesian) == _placeholders(words.english)


def test_message_speaks_indonesian_unless_english_is_asked_for() -> None:
    """Any language but English gives Indonesian."""
    assert message("id", "search_button") == message("xx", "search_button") == "Cari"
    assert message("en", "search_button") == "Search"


def test_message_writes_numbers_days_and_times_as_the_language_does() -> None:
    """The caller hands in plain values."""
    assert message("id", "shown_of", shown=10, total=1000) == "10 dari 1.000"
    assert message("id", "chip_from", day=dt.date(2024, 8, 28)) == "sejak 28 Agustus 2024"
    assert message("en", "took", milliseconds=412.0) == "in 0.4 seconds"


def test_message_cuts_a_long_text() -> None:
    """A hostile address does not fill the page."""
    assert len(message("id", "notice_unknown_field", text="x" * 10_000)) < TEXT_MOST + 100


def test_message_repeats_braces_of_a_reader_as_they_are() -> None:
    """A reader's text is a value, never a template."""
    assert "{parameter} {0}" in message("id", "notice_bad_date", text="{parameter} {0}")


@pytest.mark.parametrize("facet", FACETS, ids=lambda facet: facet.name)
@pytest.mark.parametrize("start", ["facet", "missing", "alternative_without"])
def test_every_facet_has_its_words(start: str, facet: Facet) -> None:
    """A new facet needs its messages."""
    assert f"{start}_{facet.name}" in MESSAGES


def test_every_code_of_the_other_packages_has_its_words() -> None:
    """Sorts, notices of the parser, and sources of dates."""
    codes = [f"sort_{sort}" for sort in SORTS] + [f"notice_{code}" for code in NOTICES]
    codes += [f"date_source_{source}" for source in get_args(DateSource) if source != "unknown"]
    assert [code for code in codes if code not in MESSAGES] == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_every_key_of_a_template_exists(template: Path) -> None:
    """A misspelt key would break a page."""
    keys = re.findall(r"""say\(["']([a-z_0-9]+)["'][,)]""", template.read_text(encoding="utf-8"))
    assert [key for key in keys if key not in MESSAGES] == []


def test_every_message_is_used() -> None:
    """Its key, or what keys of its kind begin with, stands in a template or in code."""
    sources = "".join(path.read_text(encoding="utf-8") for path in (*TEMPLATES, *WEB.rglob("*.py")))
    beginnings = tuple(re.findall(r"""(?:f"|')([a-z_]+_)(?:\{|' ~)""", sources))
    quoted = set(re.findall(r"""["']([a-z_]+)["']""", sources))
    assert [key for key in MESSAGES if key not in quoted and not key.startswith(beginnings)] == []


@pytest.mark.parametrize(
    ("row", "wrong"), [('id = "Cari"', "`en`"), ('id = "Cari"\nen = "Search"\nfr = ""', "`fr`")]
)
def test_row_without_a_language_or_with_another_is_refused(row: str, wrong: str) -> None:
    """A translator's slip does not reach a page."""
    with pytest.raises(msgspec.ValidationError, match=wrong):
        msgspec.toml.decode(f"[search_button]\n{row}", type=dict[str, Wording])


@pytest.mark.parametrize("query_text", EXAMPLE_QUERIES)
def test_example_is_understood_without_a_notice(query_text: str) -> None:
    """An example search must not need a correction."""
    assert parse_query(query_text).notices == ()
