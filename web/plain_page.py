"""The view model of pages that show no results: help and errors."""

from collections.abc import Callable
from dataclasses import dataclass

from web.addresses import Addresses
from web.help_sections import HelpSection
from web.url_state import LANGUAGES
from web.view_models import Link


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainPage:
    """What the frame of every page needs, and the sections of the help page."""

    lang: str
    query_text: str
    languages: tuple[Link, ...]
    search_url: str
    home_url: str
    help_url: str
    sections: tuple[HelpSection, ...]


def plain_page(
    lang: str,
    addresses: Addresses,
    url_in: Callable[[str], str],
    sections: tuple[HelpSection, ...] = (),
) -> PlainPage:
    """Return the view model of a page without results.

    Args:
        lang: the page's language.
        addresses: of the site.
        url_in: the address of this page in another language.
        sections: of the help page.
    """
    return PlainPage(
        lang=lang,
        query_text="",
        languages=tuple(Link(code.upper(), url_in(code), code == lang) for code in LANGUAGES),
        search_url=addresses.search(),
        home_url=addresses.home(lang),
        help_url=addresses.help(lang),
        sections=sections,
    )
