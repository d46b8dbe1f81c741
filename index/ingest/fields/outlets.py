"""News outlets: their names, so that none is taken for a person, and their web addresses.

An outlet signs many articles with its own name, which says nothing about who wrote them. A newsroom
("Tim Redaksi", "Tim detikcom") counts as an author and stays:

>>> remove_outlets(["Kompas Cyber Media", "Ani Lestari", "Tim Redaksi"])
['Ani Lestari', 'Tim Redaksi']
>>> remove_outlets(["Kabar Pagi"], source="kabarpagi.example")
[]
>>> find_section("https://www.kabarpagi.example/ekonomi/read/2024/08/28/harga-beras")
'Ekonomi'
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from index.ingest.fields.name_lists import read_names

_FOLDED = re.compile(r"[\W_]+")
_PATH_END = re.compile(r"[?#]")
_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.IGNORECASE)
_TITLE_BREAK = re.compile(r" [-–—|] (?=\S)")
_TITLE_CHARS_MOST = 1_000
_OWN_CHARS_LEAST = 4
_OUTLET_WORDS_MOST = 4
_LABEL_CHARS_LEAST = 7
"""Fewest letters of an outlet's name before that of its network."""
_SECOND_LEVEL = frozenset({"co", "or", "go", "ac", "web", "my", "desa", "sch", "net"})
"""The second levels below .id, such as co in kompas.co.id."""
_HOST_END = re.compile(r"\.(?:com|co\.id|id|net|co|org|info|news|tv)$", re.IGNORECASE)
_NEWSROOM = re.compile(r"(?:tim|redaksi|dewan redaksi|newsroom|desk|litbang)\b", re.IGNORECASE)

_SECTION_NAMES = (
    "bisnis bola budaya daerah dunia edukasi ekonomi finance health hiburan hukum "
    "internasional kesehatan keuangan khazanah lifestyle market megapolitan metropolitan "
    "nasional nusantara olahraga opini otomotif pendidikan politik properti regional sains "
    "selebriti sport tekno teknologi travel wisata"
).split()
"""Parts of a URL that are the name of their section. Collected for Kliping."""
SECTIONS = {
    **{name: name.capitalize() for name in _SECTION_NAMES},
    "gaya-hidup": "Gaya Hidup",
    "hot": "Hiburan",
    "inet": "Teknologi",
    "money": "Ekonomi",
    "oto": "Otomotif",
}
"""The section that a part of a URL stands for. Collected for Kliping."""
_BEFORE_SECTION = frozenset({"read", "berita", "news", "artikel", "kanal", "id"})
"""Parts of a URL that may stand before the section."""


def remove_outlets(names: Sequence[str], *, source: str = "", url: str = "") -> list[str]:
    """Return the names that are people or newsrooms.

    Args:
        names: the names of a byline.
        source: the outlet that the article states.
        url: the article's URL, whose host is a name of the outlet as well.
    """
    if not names:  # as in half of all rows
        return []
    own = _own_names(source, find_host(url))
    return [name for name in names if not is_outlet(name, own)]


def remove_outlet_ends(title: str, *, source: str = "", url: str = "") -> str:
    """Return a headline without the outlet behind it, as search engines and feeds add it.

    >>> remove_outlet_ends("Panen Naik - Tekno Pagi - Kabar Pagi", source="Kabar Pagi")
    'Panen Naik - Tekno Pagi'
    >>> remove_outlet_ends("Panen Naik | Bisnis kabarpagi.com", url="https://kabarpagi.com/a")
    'Panen Naik'
    """
    if len(title) > _TITLE_CHARS_MOST or not _TITLE_BREAK.search(title):
        return title
    own = _own_names(source, find_host(url))
    while breaks := list(_TITLE_BREAK.finditer(title)):
        end = title[breaks[-1].end() :]
        folded = fold_name(end)
        is_own = any(
            folded.startswith(name) or folded.endswith(name)
            for name in own
            if len(name) >= _OWN_CHARS_LEAST
        )
        if len(end.split()) > _OUTLET_WORDS_MOST or not (is_own or is_outlet(end, own)):
            break
        title = title[: breaks[-1].start()].strip()
    return title


def is_outlet(name: str, own: frozenset[str] = frozenset()) -> bool:
    """Tell whether a name is an outlet: one of the table, a host, or one of `own` (folded)."""
    if is_newsroom(name):
        return False
    if _HOST_END.search(name) and _HOST.fullmatch(name.replace(" ", "")):
        return True
    folded = fold_name(name)
    return folded in own or folded in read_names("outlets.txt")


def is_newsroom(name: str) -> bool:
    """Tell whether a name stands for the people of an outlet: its desk, its team."""
    return _NEWSROOM.match(name) is not None


@lru_cache(maxsize=1 << 12)
def _own_names(source: str, own_host: str) -> frozenset[str]:
    """Return the names of an article's outlet, folded."""
    hosts = [text for text in (source.lower(), own_host) if _HOST.fullmatch(text)]
    hosts += [label for host in hosts if (label := _own_label(host))]
    names = {fold_name(source), *(fold_name(find_site(host).partition(".")[0]) for host in hosts)}
    return frozenset(name for name in names if name)


def _own_label(host: str) -> str:
    """Return the name that an outlet of a network has before the network's, "" for a section.

    >>> _own_label("otomotifpagi.kabarpagi.co.id"), _own_label("surabaya.kabarpagi.co.id")
    ('otomotifpagi', '')
    """
    label = host.partition(".")[0]
    is_other = label in SECTIONS or label.upper() in read_names("places.txt")
    is_own = len(label) >= _LABEL_CHARS_LEAST and host != find_site(host)
    return label if is_own and not is_other else ""


def find_site(host: str) -> str:
    """Return the site of a host: an outlet may have one host for each section.

    >>> find_site("nasional.kabarpagi.co.id"), find_site("Kabar Pagi")
    ('kabarpagi.co.id', 'Kabar Pagi')
    """
    if not _HOST.fullmatch(host):
        return host
    parts = host.split(".")
    count = 3 if parts[-1] == "id" and parts[-2] in _SECOND_LEVEL else 2
    return ".".join(parts[-count:])


def find_outlet(url: str) -> str:
    """Return the outlet that a URL names, "" for none."""
    host = find_host(url)
    return find_site(host) if "." in host and not host.replace(".", "").isdigit() else ""


def find_section(url: str) -> str:
    """Return the section that a URL names in its path or before its site, "" for none."""
    host, path = find_host(url), _split(url)[1]
    # The last part names the article itself.
    parts = [part for part in path.lower().split("/") if part][:-1]
    while parts and parts[0] in _BEFORE_SECTION:
        del parts[0]
    sub = host.removesuffix(find_site(host)).strip(".")
    return next((SECTIONS[name] for name in [*parts[:1], sub] if name in SECTIONS), "")


def find_host(url: str) -> str:
    """Return the host of a URL in lower case and without "www.", "" for none."""
    return _split(url)[0]


@lru_cache(maxsize=16)
def _split(url: str) -> tuple[str, str]:
    """Return the host and the path of a URL; "" and "" if it is none."""
    # Not urllib's urlsplit: it takes ten times as long, and raises for brackets without a host.
    scheme, _, rest = url.strip().partition("://")
    address = _PATH_END.split(rest, maxsplit=1)[0]
    authority, slash, path = address.partition("/")
    host = authority.rpartition("@")[2].partition(":")[0].lower()
    known = scheme.lower() in {"http", "https"} and _HOST.fullmatch(host)
    return (host.removeprefix("www."), slash + path) if known else ("", "")


def fold_name(text: str) -> str:
    """Return the letters and digits of an outlet's name or host, without case and ending."""
    return _FOLDED.sub("", _HOST_END.sub("", text.strip()).casefold())
