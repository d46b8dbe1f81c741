"""The context of a request: its state, its language, and links from it.

>>> context = RequestContext(PageState(lang="en"), Addresses())
>>> context.say("sort_newest"), context.url_with(sort="newest")
('Newest first', '/search?sort=newest&lang=en')
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from index.document import Document
from search import FACET_BY_NAME, FacetChoice, Hit, SearchRequest, today_in_jakarta
from web.language import format_day, message
from web.settings import DEFAULT_SITE, LANGUAGES, Site
from web.urls import Addresses, LinkAround, LinkVariations, PageState
from web.views.page_models import Frame, Link


@dataclass(frozen=True)
class RequestContext:
    """What every view model of one request is made from, beside the results."""

    state: PageState
    addresses: Addresses
    site: Site = DEFAULT_SITE
    today: dt.date = field(default_factory=today_in_jakarta)

    def for_json(self) -> "RequestContext":
        """Return the context for JSON, whose links lead to JSON."""
        return replace(self, addresses=self.addresses.for_json())

    @property
    def request(self) -> SearchRequest:
        """The search request of the URL."""
        return self.state.request

    @property
    def lang(self) -> str:
        """The language of labels and messages."""
        return self.state.lang

    def say(self, key: str, **values: object) -> str:
        """Return a message in the request's language (see `web.language.messages`)."""
        return message(self.lang, key, **values)

    def date_label(self, date: dt.date | None) -> str:
        """Return a day as it is shown: 28 Agustus 2024, or "Tanpa tanggal" for none."""
        return format_day(self.lang, date) if date else self.say("no_date")

    def date_mark(self, dated: Document | Hit) -> str:
        """Return what stands behind a date that is not certain, "" behind any other."""
        if dated.date_doubtful:
            return self.say("doubtful")
        return self.say("estimated") if dated.date_source == "inferred" else ""

    def url_with(self, **changes: Any) -> str:
        """Return the URL of the results with parts of the request replaced, at page 1."""
        return self.url_of(replace(self.request, **{"page": 1, **changes}))

    def url_of(self, request: SearchRequest) -> str:
        """Return the URL of the results of another request, in the same language."""
        return self.addresses.results(replace(self.state, request=request))

    def url_choosing(self, facet_name: str, **changes: Any) -> str:
        """Return the URL of the results with a facet's choice changed."""
        choice: FacetChoice = replace(self.request.choice(facet_name), **changes)
        return self.url_of(self.request.with_choice(facet_name, choice))

    def article_url(self, doc_id: str, rank: int = 0) -> str:
        """Return the URL of an article's page, which leads back to these results (to its rank)."""
        return self.links.article(doc_id, rank)

    def plain_url(self, doc_id: str) -> str:
        """Return an article's address without a search, whole where the site's origin is known."""
        state = PageState(lang=self.site.lang)
        return self.site.origin + self.addresses.article(doc_id, state)

    def facet_links(self, facet_name: str, values: tuple[str, ...]) -> tuple[Link, ...]:
        """Return links that each search for one value of a facet and nothing else."""
        urls = self._link_by_facet[facet_name].to_each(values)
        return tuple(map(Link, values, urls))

    def make_frame(self, url_in: Callable[[PageState], str]) -> Frame:
        """Return the frame of a page.

        Args:
            url_in: gives the page's own URL in a state, for the links to its other languages.
        """
        states = (replace(self.state, lang=lang) for lang in LANGUAGES)
        return Frame(
            lang=self.lang,
            site_name=self.site.name,
            site_text=self.site.text or self.say("site_description"),
            query_text=self.request.query_text,
            languages=tuple(
                Link(state.lang.upper(), url_in(state), state.lang == self.lang) for state in states
            ),
            search_url=self.addresses.search(),
            suggest_url=self.addresses.suggest(),
            home_url=self.addresses.home(self.lang),
            advanced_url=self.addresses.advanced(self.state),
            help_url=self.addresses.help(self.lang),
            coverage_url=self.addresses.coverage(self.lang),
            lang_fields=tuple(self.addresses.args(PageState(lang=self.lang))),
        )

    @cached_property
    def links(self) -> LinkVariations:
        """The links that differ from this URL in a parameter or two."""
        return LinkVariations(self.addresses, self.state)

    @cached_property
    def _link_by_facet(self) -> dict[str, LinkAround]:
        """The link that searches for one value, for each facet."""
        links = LinkVariations(self.addresses, replace(self.state, request=SearchRequest()))
        return {name: links.at(name).adding(name, ()) for name in FACET_BY_NAME}
