"""Document ids: the same from one rebuild to the next, as long as the source is the same.

An id is the one that the source states, else a hash of the URL, else a hash of the location: the
path below the folder that was named, and the row. So an archive can be moved as a whole. A URL
without a path is a front page's, which every row of an export may have, and gives no id.

>>> choose_doc_id("", "https://a.example/x#top", "x.txt") == hash_id("https://a.example/x")
True
>>> normalize_url("http://www.a.example/x/?page=all&utm_source=wa#top")
'a.example/x'
"""

from hashlib import blake2b
from urllib.parse import parse_qsl, urlencode

GIVEN_CHARS_MOST = 200
"""Longest id that is kept as it is stated; a longer one is cut and ends in its own hash."""
_PASSING = ("utm_", "fbclid", "gclid", "page")
"""Beginnings of the parameters that say nothing of which article a URL names."""
_HASH_BYTES = 8
"""64 bits: with a million documents, the odds that any two share an id are 1 in 37 million."""


def choose_doc_id(given: str, url: str, location: str) -> str:
    """Return the id of a document.

    Args:
        given: the id that the source states, "" without one. Dots alone are no id, because no
            page of the site can have them at the end of its URL.
        url: the article's URL, "" without one.
        location: the path below the folder that was named, with "#" and the number of a row.
    """
    if given.strip(" ."):
        return _bounded(given.strip())
    return hash_id(_without_fragment(url) if normalize_url(url) else location)


def normalize_url(url: str) -> str:
    """Return one form for all URLs of an article; "" for a front page or for no URL.

    Left out are scheme, "www.", fragment, a last slash, and the parameters that only say how a
    reader came or which part of the article the page shows.
    """
    # Not urllib's urlsplit: it takes ten times as long, and raises for brackets without a host.
    _, scheme_end, rest = _without_fragment(url).partition("://")
    address, _, parameters = rest.partition("?")
    host, _, path = address.rstrip("/").partition("/")
    pairs = parse_qsl(parameters) if parameters else []
    query = [pair for pair in pairs if not pair[0].startswith(_PASSING)]
    if not (scheme_end and host and (path or query)):
        return ""
    kept = f"?{urlencode(query)}" if query else ""
    return f"{host.lower().removeprefix('www.')}/{path}{kept}"


def hash_id(text: str) -> str:
    """Return a hash of the text as 16 hexadecimal digits."""
    # File names may hold bytes that are no text; surrogatepass keeps such names apart.
    return blake2b(text.encode(errors="surrogatepass"), digest_size=_HASH_BYTES).hexdigest()


def _bounded(given: str) -> str:
    if len(given) <= GIVEN_CHARS_MOST:
        return given
    mark = f"-{hash_id(given)}"
    return given[: GIVEN_CHARS_MOST - len(mark)] + mark


def _without_fragment(url: str) -> str:
    return url.partition("#")[0].strip()
