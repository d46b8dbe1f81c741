"""Every address of the site, under whatever path it is served.

>>> Addresses("/arsip").article("a/1", PageState())
'/arsip/articles/a%2F1'
"""

from dataclasses import dataclass, replace
from urllib.parse import quote, urlencode

from search.request import SearchRequest
from web.url_state import Args, PageState, args_from_state


@dataclass(frozen=True, slots=True)
class Addresses:
    """Builds addresses below `root`: the path of the site, without a slash at its end.

    With `json`, results lead to their JSON, so that a caller of the JSON can follow them.
    """

    root: str = ""
    json: bool = False

    def of_json(self) -> "Addresses":
        """Return the addresses for a caller of the JSON."""
        return replace(self, json=True)

    def search(self) -> str:
        """Where the search form goes."""
        return f"{self.root}/search"

    def home(self, lang: str) -> str:
        """The front page."""
        return self._with(f"{self.root}/", args_from_state(PageState(lang=lang)))

    def help(self, lang: str) -> str:
        """The help page."""
        return self._with(f"{self.root}/help", args_from_state(PageState(lang=lang)))

    def results(self, state: PageState) -> str:
        """The page of results of a state; the front page when it asks for nothing."""
        if self.json:
            return self.results_json(state)
        if state.request == SearchRequest():
            return self.home(state.lang)
        return self._with(self.search(), args_from_state(state))

    def results_json(self, state: PageState) -> str:
        """The JSON of the same results."""
        return self._with(f"{self.root}/api/search", args_from_state(state))

    def article(self, doc_id: str, state: PageState) -> str:
        """An article's page, on the way back to the results of a state."""
        return self._with(f"{self.root}/articles/{quote(doc_id, safe='')}", args_from_state(state))

    def article_json(self, doc_id: str) -> str:
        """The JSON of an article."""
        return f"{self.root}/api/articles/{quote(doc_id, safe='')}"

    def static(self, name: str, stamp: str) -> str:
        """A file of the site itself; the stamp changes when the file does."""
        return self._with(f"{self.root}/static/{name}", [("v", stamp)])

    def _with(self, path: str, args: Args) -> str:
        return f"{path}?{urlencode(args)}" if args else path
