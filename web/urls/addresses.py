"""Build the site's URLs, below whatever path it is served at.

>>> Addresses("/arsip").article("a/1", PageState())
'/arsip/articles/a%2F1'
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import quote, quote_plus

from search import SearchRequest
from web.settings import LANGUAGES
from web.urls.url_state import RANK, Args, PageState, args_from_state

QUOTED_VALUES = 4096
"""Values whose quoting is cached: enough for the months and common tags of a large archive."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """The URLs of the site.

    Attributes:
        root: the path at which the site is served, without a slash at its end.
        json: whether results link to their JSON, so that a caller of the JSON can follow them.
        site_lang: the language in which the site opens, which no URL needs to name.
    """

    root: str = ""
    json: bool = False
    site_lang: str = LANGUAGES[0]

    def for_json(self) -> "Addresses":
        """Return the addresses for a caller of the JSON."""
        return replace(self, json=True)

    def search(self) -> str:
        """The target of the search form."""
        return f"{self.root}/search"

    def suggest(self) -> str:
        """The suggestions of the search box, to which the script adds the fields of its form."""
        return f"{self.root}/api/suggest"

    def home(self, lang: str) -> str:
        """The front page."""
        return self._with(f"{self.root}/", self.args(PageState(lang=lang)))

    def help(self, lang: str) -> str:
        """The help page."""
        return self._with(f"{self.root}/help", self.args(PageState(lang=lang)))

    def advanced(self, state: PageState) -> str:
        """The form for readers who know no syntax, filled with the query of a state."""
        first = replace(state, request=replace(state.request, page=1))
        return self._with(f"{self.root}/advanced", self.args(first))

    def advanced_form(self) -> str:
        """Where that form is sent, which leads on to the results."""
        return f"{self.root}/advanced"

    def coverage(self, lang: str) -> str:
        """The page that shows what the archive has."""
        return self._with(f"{self.root}/coverage", self.args(PageState(lang=lang)))

    def coverage_json(self) -> str:
        """The JSON of that page."""
        return f"{self.root}/api/coverage"

    def results(self, state: PageState) -> str:
        """The results of a state, or the front page if it asks for nothing."""
        is_search = state.request != SearchRequest()
        return self.results_with(encode_args(self.args(state)), is_search=is_search)

    def results_with(self, parameters: str, *, is_search: bool) -> str:
        """The results of encoded parameters, or the front page if they ask for nothing."""
        if self.json:
            path = f"{self.root}/api/search"
        else:
            path = self.search() if is_search else f"{self.root}/"
        return f"{path}?{parameters}" if parameters else path

    def facet(self, name: str, state: PageState, own: Sequence[tuple[str, str]] = ()) -> str:
        """The page with all values of a facet among the results of a state, and its own state."""
        return self._with(f"{self.root}/facets/{name}", [*self.args(state), *own])

    def search_json(self) -> str:
        """The JSON of results."""
        return f"{self.root}/api/search"

    def timeline_csv(self, state: PageState) -> str:
        """The timeline of a state as CSV."""
        return self._with(f"{self.root}/timeline.csv", self.args(state))

    def article(self, doc_id: str, state: PageState) -> str:
        """An article's page, which leads back to the results of a state."""
        return self.article_with(doc_id, encode_args(self.args(state)))

    def article_with(self, doc_id: str, parameters: str) -> str:
        """An article's page, which leads back to the results of encoded parameters."""
        path = f"{self.root}/articles/{quote(doc_id, safe='')}"
        return f"{path}?{parameters}" if parameters else path

    def hit(self, doc_id: str, state: PageState, rank: int) -> str:
        """An article's page as a hit of a state's results, at its rank from 1."""
        return self.article_with(doc_id, encode_args([*self.args(state), (RANK, str(rank))]))

    def article_json(self, doc_id: str) -> str:
        """The JSON of an article."""
        return f"{self.root}/api/articles/{quote(doc_id, safe='')}"

    def static(self, name: str, stamp: str) -> str:
        """A static file; the stamp changes with its content, so browsers may cache it for good."""
        return self._with(f"{self.root}/static/{name}", [("v", stamp)])

    def args(self, state: PageState) -> Args:
        """The parameters of a state on this site."""
        return args_from_state(state, self.site_lang)

    def _with(self, path: str, args: Args) -> str:
        return f"{path}?{encode_args(args)}" if args else path


def encode_args(args: Args) -> str:
    """Return parameters encoded as a query string.

    >>> encode_args([("q", "beras & gula"), ("tag", "AI")])
    'q=beras+%26+gula&tag=AI'
    """
    return "&".join([f"{name}={quote_value(value)}" for name, value in args])


@lru_cache(maxsize=QUOTED_VALUES)
def quote_value(value: str) -> str:
    """Return a value encoded for a query string; the same few hundred recur on every page."""
    return quote_plus(value)
