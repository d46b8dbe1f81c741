"""Document ids: the same from one rebuild to the next, whatever is added before or after.

The id is the one that the source states, else a hash of the URL. A URL without a path is a front
page's, which every row of an export may have, and gives no id. Without either, an article that has
a file to itself is known by a hash of the path below the folder that was named, so an archive can
be moved as a whole; one among others by a hash of what it tells: outlet, day, headline and text. A
row's number is no id, since it changes when a row is put in front. Until version 6 of the schema it
was; that id is the former id (`Document.former_id`), and links that have it lead to the article.

>>> choose_doc_id("", "https://a.example/x#top") == hash_id("https://a.example/x")
True
>>> normalize_url("http://www.a.example/x/?page=2&utm_source=wa#top")
'a.example/x?page=2'
"""

from dataclasses import replace
from hashlib import blake2b
from urllib.parse import parse_qsl, urlencode

from index.document import Document

GIVEN_CHARS_MOST = 200
"""Longest id that is kept as it is stated; a longer one is cut and ends in its own hash."""
PASSING_PARAMETERS = frozenset(
    "fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid twclid ttclid li_fat_id igsh igshid "
    "mc_cid mc_eid mkt_tok _ga _gl _hsenc _hsmi vero_id oly_anon_id oly_enc_id wickedid "
    "fb_action_ids fb_action_types fb_comment_id fb_ref fb_source ref_src ref_url".split()
)
"""Parameters that only say how a reader came: advertisers, social networks and letters add them.
Nothing else is left out of an address, since any other name may be the one that tells articles
apart (`?p=7`, `?page_id=7`, `?page=banjir`)."""
_CAMPAIGN = ("utm_", "at_campaign", "at_medium", "pk_campaign", "mtm_", "hsa_")
"""Beginnings of parameters of campaigns, which say the same."""
_HASH_BYTES = 8
"""64 bits: with a million documents, the odds that any two share an id are 1 in 37 million."""


def choose_doc_id(given: str, url: str) -> str:
    """Return the id of a document by its source's own id or its URL; "" without either.

    Args:
        given: the id that the source states, "" without one. Dots alone are no id, because no
            page of the site can have them at the end of its URL.
        url: the article's URL, "" without one.
    """
    if given.strip(" ."):
        return _bounded(given.strip())
    return address_id(url)


def address_id(url: str) -> str:
    """Return the id that a URL gives; "" for a front page or for no URL."""
    return hash_id(_without_fragment(url)) if normalize_url(url) else ""


def identify(document: Document, *, file: str = "", row: str = "") -> Document:
    """Return a document with an id: its own, or a hash of its file, or of what it tells.

    Args:
        document: its id is "" if it has neither an id of its source nor a URL.
        file: the path below the folder that was named, of a file that holds nothing else.
        row: the same of a file that holds several, with the number of the row.
    """
    if document.doc_id:
        return document
    doc_id = hash_id(file or story_of(document))
    return replace(document, doc_id=doc_id, former_id=hash_id(row) if row else "")


def story_of(document: Document) -> str:
    """Return what tells a document from others: outlet, day, headline and text.

    A day that was inferred is left out: it follows from the text, by rules that may get better.
    """
    day = "" if document.date_source == "inferred" else document.date or ""
    return f"{document.source.casefold()}\n{day}\n{document.title}\n{document.body}"


def normalize_url(url: str) -> str:
    """Return one form for all URLs of an article; "" for a front page or for no URL.

    Left out are scheme, "www.", fragment, a last slash, and the parameters that only say how a
    reader came.
    """
    # Not urllib's urlsplit: it takes ten times as long, and raises for brackets without a host.
    _, scheme_end, rest = _without_fragment(url).partition("://")
    address, _, parameters = rest.partition("?")
    host, _, path = address.rstrip("/").partition("/")
    # Blank values are kept: without a value, a name itself may be the article's (`?p-17`).
    pairs = parse_qsl(parameters, keep_blank_values=True) if parameters else []
    query = [pair for pair in pairs if not _is_passing(pair[0].lower())]
    if not (scheme_end and host and (path or query)):
        return ""
    kept = f"?{urlencode(query)}" if query else ""
    return f"{host.lower().removeprefix('www.')}/{path}{kept}"


def hash_id(text: str) -> str:
    """Return a hash of the text as 16 hexadecimal digits."""
    # File names may hold bytes that are no text; surrogatepass keeps such names apart.
    return blake2b(text.encode(errors="surrogatepass"), digest_size=_HASH_BYTES).hexdigest()


def _is_passing(name: str) -> bool:
    return name in PASSING_PARAMETERS or name.startswith(_CAMPAIGN)


def _bounded(given: str) -> str:
    if len(given) <= GIVEN_CHARS_MOST:
        return given
    mark = f"-{hash_id(given)}"
    return given[: GIVEN_CHARS_MOST - len(mark)] + mark


def _without_fragment(url: str) -> str:
    return url.partition("#")[0].strip()
