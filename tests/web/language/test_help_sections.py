"""The help page keeps its promises."""

import pytest

from search.query.parser import parse_query
from search.query.tree import QUERY_FIELDS
from web.language.help_sections import HelpExample, make_help_sections


def _examples(lang: str) -> list[HelpExample]:
    sections = make_help_sections(lang, lambda query_text: f"/?q={query_text}")
    return [example for section in sections for example in section.examples]


@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_example_is_understood_without_a_notice(lang: str) -> None:
    """What the page tells a reader to type, the parser reads as it stands."""
    notices = [parse_query(example.query_text).notices for example in _examples(lang)]
    assert not any(notices)


@pytest.mark.parametrize(("lang", "place"), [("id", 0), ("en", -1)])
def test_every_field_is_shown_under_its_name_in_the_language(lang: str, place: int) -> None:
    """A field without an example would never be found; singular names are the ones shown."""
    shown = " ".join(example.query_text for example in _examples(lang))
    missing = [field.name for field in QUERY_FIELDS if f"{field.labels[place][:3]}" not in shown]
    assert missing == []


def test_examples_lead_to_their_own_results() -> None:
    """The address is made of the example's own text."""
    assert all(example.url == f"/?q={example.query_text}" for example in _examples("id"))
