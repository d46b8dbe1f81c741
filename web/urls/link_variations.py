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

from web.urls.addresses import Addresses, encoded, quoted
from web.urls.url_state import Args, PageState, args_around, args_from_state


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
        self._without = addresses.results_with(encoded(others), asks=asks)
        # What stands before the values asks for something by them, whatever the others say.
        head = addresses.results_with(encoded(before), asks=True)
        self._head = head + ("&" if before else "?")
        self._tail = "&" + encoded(after) if after else ""

    def address(self, *values: Sequence[str]) -> str:
        """Return the address in which the parameters have these values, some for each of them."""
        own = "&".join(_pairs(self._names, values))
        return f"{self._head}{own}{self._tail}" if own else self._without

    def adding(self, name: str, *values: Sequence[str]) -> tuple[str, str]:
        """Return what stands before and after one more value of a parameter, behind its others.

        >>> place = Variations(Addresses(), PageState(lang="en")).at("tag", "not_tag")
        >>> place.adding("tag", ("AI",), ("inflasi",))
        ('/search?tag=AI&tag=', '&not_tag=inflasi&lang=en')
        """
        behind = self._names.index(name) + 1
        before = [f"{pair}&" for pair in _pairs(self._names[:behind], values[:behind])]
        after = [f"&{pair}" for pair in _pairs(self._names[behind:], values[behind:])]
        return f"{self._head}{''.join(before)}{name}=", f"{''.join(after)}{self._tail}"


def _pairs(names: Sequence[str], values: Sequence[Sequence[str]]) -> list[str]:
    return [
        f"{name}={quoted(value)}"
        for name, told in zip(names, values, strict=True)
        for value in told
        if value
    ]
