"""Document ids: the same from one rebuild to the next, as long as the source is the same.

The id that the source gives is taken; else a hash of the address; else a hash of where the article
lies: its path below the folder that was named, and the row. So an archive may be moved as a whole.
An address without a path is a front page's, which every row of an export may have.

>>> choose_doc_id("", "https://a.example/x#top", "x.txt") == hash_id("https://a.example/x")
True
>>> normalize_url("http://www.a.example/x/?page=all&utm_source=wa#top")
'a.example/x'
"""

from hashlib import blake2b
from urllib.parse import parse_qsl, urlencode

GIVEN_CHARS_MOST = 200
"""Longest id that is taken as it is given; a longer one is cut and ends in its own hash."""
_PASSING = ("utm_", "fbclid", "gclid", "page")
"""How parameters begin that are no part of an address."""
_HASH_BYTES = 8
"""64 bits: with a million documents, the odds that any two share an id are 1 in 37 million."""


def choose_doc_id(given: str, url: str, location: str) -> str:
    """Return the id of a document.

    Args:
        given: the id that the source states, "" without one; dots alone are none, because no
            address can end in them.
        url: the article's address, "" without one.
        location: path below the folder named, with "#row" for a row.
    """
    if given.strip(" ."):
        return _bounded(given.strip())
    return hash_id(_without_fragment(url) if normalize_url(url) else location)


def normalize_url(url: str) -> str:
    """Return what two addresses of one article have in common; "" for a front page or no address.

    Left out are scheme, "www.", fragment, a last slash, and what only tells how a reader came or
    how much of the article is on the page.
    """
    # Not urllib's urlsplit: it takes ten times as long, and errors for brackets that hold no host.
    _, scheme_end, rest = _without_fragment(url).partition("://")
    place, _, asked = rest.partition("?")
    host, _, path = place.rstrip("/").partition("/")
    query = [row for row in parse_qsl(asked) if not row[0].startswith(_PASSING)] if asked else []
    if not (scheme_end and host and (path or query)):
        return ""
    arguments = f"?{urlencode(query)}" if query else ""
    return f"{host.lower().removeprefix('www.')}/{path}{arguments}"


def hash_id(text: str) -> str:
    """Return 16 hexadecimal digits that stand for the text."""
    # File names may hold bytes that are no text; surrogatepass keeps such names apart.
    return blake2b(text.encode(errors="surrogatepass"), digest_size=_HASH_BYTES).hexdigest()


def _bounded(given: str) -> str:
    if len(given) <= GIVEN_CHARS_MOST:
        return given
    mark = f"-{hash_id(given)}"
    return given[: GIVEN_CHARS_MOST - len(mark)] + mark


def _without_fragment(url: str) -> str:
    return url.partition("#")[0].strip()
