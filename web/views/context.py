"""Who reads: the state of the URL, the language it asks for, and the addresses of the site.

>>> reader = Reader(PageState(lang="en"), Addresses())
>>> reader.say("sort_newest"), reader.results(sort="newest")
('Newest first', '/search?sort=newest&lang=en')
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from search.request import FacetChoice, SearchRequest
from web.language.messages import LANGUAGES, message
from web.urls.addresses import Addresses, encoded, quoted
from web.urls.link_variations import Variations
from web.urls.url_state import PageState, args_from_state
from web.views.page_models import Frame, Link


@dataclass(frozen=True)
class Reader:
    """One reader's state, and what can be said to and addressed from it."""

    state: PageState
    addresses: Addresses

    @property
    def request(self) -> SearchRequest:
        """What the reader asked for."""
        return self.state.request

    @property
    def lang(self) -> str:
        """The language to speak."""
        return self.state.lang

    def say(self, key: str, **values: object) -> str:
        """Return words in the reader's language (see `web.language.messages`)."""
        return message(self.lang, key, **values)

    def results(self, **changes: Any) -> str:
        """Return the address of the results with parts of the request replaced, at page 1."""
        return self.results_of(replace(self.request, **{"page": 1, **changes}))

    def results_of(self, request: SearchRequest) -> str:
        """Return the address of the results of another request, in the same language."""
        return self.addresses.results(PageState(request, self.lang))

    def choosing(self, facet_name: str, **changes: Any) -> str:
        """Return the address of the results with a facet's choice changed."""
        choice: FacetChoice = replace(self.request.choice(facet_name), **changes)
        return self.results_of(self.request.with_choice(facet_name, choice))

    def facet_links(self, facet_name: str, values: tuple[str, ...]) -> tuple[Link, ...]:
        """Return links that each search for one value of a facet alone."""
        before, after = self.addresses.results_with(f"{facet_name}=", asks=True), self._lang_after
        return tuple([Link(value, f"{before}{quoted(value)}{after}") for value in values])

    def article(self, doc_id: str) -> str:
        """Return the address of an article, on the way back to these results."""
        return self.addresses.article_with(doc_id, self._encoded)

    def frame(self, url_in: Callable[[PageState], str]) -> Frame:
        """Return what stands around a page, whose address in a state is `url_in` of it."""
        states = (PageState(self.request, code) for code in LANGUAGES)
        return Frame(
            lang=self.lang,
            query_text=self.request.query_text,
            languages=tuple(
                Link(state.lang.upper(), url_in(state), state.lang == self.lang) for state in states
            ),
            search_url=self.addresses.search(),
            suggest_url=self.addresses.suggest(self.lang),
            home_url=self.addresses.home(self.lang),
            help_url=self.addresses.help(self.lang),
        )

    @cached_property
    def varied(self) -> Variations:
        """The addresses of the results that differ in a parameter."""
        return Variations(self.addresses, self.state)

    @cached_property
    def _encoded(self) -> str:
        return encoded(args_from_state(self.state))

    @cached_property
    def _lang_after(self) -> str:
        lang = encoded(args_from_state(PageState(lang=self.lang)))
        return f"&{lang}" if lang else ""
