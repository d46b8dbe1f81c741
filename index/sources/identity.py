"""The id of a document: the same from one rebuild to the next, as long as its source is the same.

The id that the source gives is taken; else a hash of the address; else a hash of where the article
lies: its path below the folder that was named, and the row. So an archive may be moved as a whole.

>>> choose_doc_id("", "https://a.example/x#top", "x.txt") == hash_id("https://a.example/x")
True
"""

from hashlib import blake2b

GIVEN_CHARS_MOST = 200
"""Longest id that is taken as it is given; a longer one is cut and ends in its own hash."""
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
    return hash_id(_without_fragment(url) or location)


def hash_id(text: str) -> str:
    """Return 16 hexadecimal digits that stand for the text."""
    # File names may hold bytes that are no text; surrogateescape keeps such names apart.
    return blake2b(text.encode(errors="surrogatepass"), digest_size=_HASH_BYTES).hexdigest()


def _bounded(given: str) -> str:
    if len(given) <= GIVEN_CHARS_MOST:
        return given
    mark = f"-{hash_id(given)}"
    return given[: GIVEN_CHARS_MOST - len(mark)] + mark


def _without_fragment(url: str) -> str:
    return url.partition("#")[0].strip()
