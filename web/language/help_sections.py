"""The help page: the query language in examples that a reader can try.

Tests compare it with the parser: every example is understood without a notice, and every field of
the query language has an example.

>>> make_help_sections("en", lambda query_text: f"/?q={query_text}")[0].examples[0].url
'/?q=dagang'
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from web.language.messages import TextRow, Wording, read_texts


@dataclass(frozen=True, slots=True)
class HelpExample:
    """An example query, what it finds, and the URL of its results."""

    query_text: str
    meaning: str
    url: str


@dataclass(frozen=True, slots=True)
class HelpSection:
    """One part of the help page."""

    title: str
    text: str
    examples: tuple[HelpExample, ...]


def make_help_sections(lang: str, url_of: Callable[[str], str]) -> tuple[HelpSection, ...]:
    """Return the sections of the help page, in the order of `help_sections.toml`.

    Args:
        lang: "id" or "en".
        url_of: gives the URL of the results of a query text.
    """
    return tuple(
        HelpSection(
            section.title.fill(lang),
            section.text.fill(lang),
            tuple(_example(lang, row, url_of) for row in section.examples),
        )
        for section in load_sections()
    )


class _ExampleRow(TextRow, frozen=True):
    query: Wording
    meaning: Wording


class _SectionRow(TextRow, frozen=True):
    title: Wording
    text: Wording
    examples: tuple[_ExampleRow, ...] = ()


@cache
def load_sections() -> tuple[_SectionRow, ...]:
    """Return the sections of the help page as they stand in their file."""
    return read_texts("help_sections.toml", dict[str, tuple[_SectionRow, ...]])["sections"]


def _example(lang: str, row: _ExampleRow, url_of: Callable[[str], str]) -> HelpExample:
    query_text = row.query.fill(lang)
    return HelpExample(query_text, row.meaning.fill(lang), url_of(query_text))
