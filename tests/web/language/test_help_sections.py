"""The help page: its examples are understood and lead to results."""

import pytest

from search.query.parser import parse_query
from search.query.tree import QUERY_FIELDS
from web.language.help_sections import HelpExample, make_help_sections


def _examples(lang: str) -> list[HelpExample]:
    sections = make_help_sections(lang, lambda query_text: f"/?q={query_text}")
    return [example for section in sections for example in section.examples]


@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_example_is_understood_without_a_notice(lang: str) -> None:
    """The parser understands them without guessing."""
    notices = [parse_query(example.query_text).notices for example in _examples(lang)]
    assert not any(notices)


def test_sections_have_a_title_a_text_and_the_same_examples_in_both_languages() -> None:
    """Neither language lacks a part of the page."""
    indonesian, english = (make_help_sections(lang, str) for lang in ("id", "en"))
    for section in (*indonesian, *english):
        assert section.title.strip()
        assert section.text.strip()
        assert all(e.query_text.strip() and e.meaning.strip() for e in section.examples)
    assert [len(s.examples) for s in indonesian] == [len(s.examples) for s in english]


@pytest.mark.parametrize(("lang", "label"), [("id", 0), ("en", -1)])
def test_every_field_is_shown_under_its_name_in_the_language(lang: str, label: int) -> None:
    """Each field has an example with its name."""
    shown = " ".join(example.query_text for example in _examples(lang))
    missing = [field.name for field in QUERY_FIELDS if f"{field.labels[label][:3]}" not in shown]
    assert missing == []


def test_examples_lead_to_their_own_results() -> None:
    """The URL has the example's own text."""
    assert all(example.url == f"/?q={example.query_text}" for example in _examples("id"))
