"""The addresses of results that differ from the reader's in a parameter or two.

A page has hundreds of them, and each differs in one value. What they share is encoded once. All of
them lead to page 1, unless the page is what differs.

>>> from search.request import SearchRequest
>>> state = PageState(SearchRequest(query_text="beras", page=3), "en")
>>> varied = Variations(Addresses(), state)
>>> varied.at("tag", "not_tag").address(("AI", "inflasi"), ())
'/search?q=beras&tag=AI&tag=inflasi&lang=en'
>>> varied.at("page").address(("2",))
'/search?q=beras&page=2&lang=en'
>>> Variations(Addresses(), PageState()).at("tag").address(())
'/'
"""

from collections.abc import Sequence
from urllib.parse import urlencode

from web.addresses import Addresses, quoted
from web.url_state import Args, PageState, args_around, args_from_state


class Variations:
    """The addresses around one state."""

    def __init__(self, addresses: Addresses, state: PageState) -> None:
        self._addresses = addresses
        self._args = [pair for pair in args_from_state(state) if pair[0] != "page"]

    def at(self, *names: str) -> "Place":
        """Return the addresses that differ in these parameters, which stand side by side."""
        return Place(self._addresses, self._args, names)


class Place:
    """The addresses that differ in some parameters."""

    def __init__(self, addresses: Addresses, args: Args, names: Sequence[str]) -> None:
        before, after = args_around(args, names[0], names[-1])
        others = [*before, *after]
        asks = any(name != "lang" for name, _ in others)
        self._names = names
        self._without = addresses.results_with(urlencode(others), asks=asks)
        # What stands before the values asks for something by them, whatever the others say.
        head = addresses.results_with(urlencode(before), asks=True)
        self._head = head + ("&" if before else "?")
        self._tail = "&" + urlencode(after) if after else ""

    def address(self, *values: Sequence[str]) -> str:
        """Return the address in which the parameters have these values, some for each of them."""
        own = [
            f"{name}={quoted(value)}"
            for name, told in zip(self._names, values, strict=True)
            for value in told
            if value
        ]
        return f"{self._head}{'&'.join(own)}{self._tail}" if own else self._without
