"""False names: what scrapers take for authors and are none, as newspaper3k's Https and Feb.

Programs that guess at bylines return pieces of the page around a name: addresses, months, job
titles, dates, photo agencies, an outlet before or behind the name.

>>> remove_false_names(["Ani Lestari", "Https", "Www.Facebook.Com Pagi", "Feb", "Penulis"])
['Ani Lestari']
>>> remove_false_names(["Kompas.Com Budi Santoso", "Diterbitkan Januari"])
['Budi Santoso']
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from index.ingest.fields.calendar_names import ZONE_HOURS, parse_month, parse_weekday

_ADDRESS = re.compile(
    r"(?:https?\b|www\.).*|.*://.*|(?:[a-z]+\.)?(?:facebook|twitter|instagram|x|youtube)\.com\b.*"
    r"|@\w+|[\w.+-]{1,80}@[\w.-]{1,80}|.*\bprofile\.php.*",
    re.IGNORECASE | re.DOTALL,
)
_MAIL = re.compile(r"<[\w.+-]{1,80}@[\w.-]{1,80}>")
"""The address of a person behind the name, as mail has it."""
_MAIL_FIRST = re.compile(r"[\w.+-]{1,80}@[\w.-]{1,80} \((?P<name>[^()]{2,100})\)")
"""The address of a desk before the name, as RSS has it."""
_OUTLET_FIRST = re.compile(
    r"[a-z0-9-]{2,30}\.(?:com|co\.id|id|net|co|tv|news|org)\s+(?=[A-Z])", re.IGNORECASE
)
_WORDS_OF_NO_NAME = frozenset(
    (
        "about admin administrator ago am and artikel author authors baca baru berita by copy "
        "contributor day days diperbarui dipublikasikan diterbitkan dok editor facebook follow "
        "foto freelance getty gettyimages hari home hour hours images instagram istimewa istock "
        "jam journalist jurnalis kategori kontributor kontributors lalu link komentar menit minute "
        "minutes news pada penulis pewarta pexels photo photographer pm posted publish published "
        "reading redaktur reporter reporters repro senior share shutterstock staff terbit terbaru "
        "terkini the tiktok time twitter unsplash update updated user view views waktu wartawan "
        "whatsapp writer written youtube dan di freepik pixabay antara/ho ap afp reuters epa "
        "tangkapan layar dokumentasi pribadi image min read see all posts more on bio latest "
        "anonim anonymous anonymus noname kosong lainnya unknown xxx null true guest tamu"
    ).split()
)
"""Words of which no name is made: job titles, photo agencies, words of the page."""
_AGENCIES = frozenset(
    "shutterstock gettyimages freepik unsplash istock istockphoto pexels pixabay dok".split()
)
"""Words before the account of a photographer."""
_EDGE = ".,:;()[]|/·•-–—'" + '"'


def remove_false_names(names: Iterable[str]) -> list[str]:
    """Return the names that may be those of people or newsrooms."""
    bare = (_OUTLET_FIRST.sub("", _without_mail(name).strip(), count=1) for name in names)
    return [name for name in bare if name and not is_false_name(name)]


def _without_mail(name: str) -> str:
    if "@" not in name:  # as in nearly every name
        return name
    named = _MAIL_FIRST.fullmatch(name)
    return named["name"] if named else _MAIL.sub("", name)


@lru_cache(maxsize=1 << 12)
def is_false_name(name: str) -> bool:
    """Tell whether a text is a piece of a page and no name.

    >>> is_false_name("Senior Editor"), is_false_name("14:06 WIB"), is_false_name("Mei Lan")
    (True, True, False)
    """
    words = [word.strip(_EDGE).lower() for word in name.split()]
    words = [word for word in words if word]
    if not words or _ADDRESS.fullmatch(name.strip()):
        return True
    return words[0] in _AGENCIES or all(map(_is_no_name, words))


def _is_no_name(word: str) -> bool:
    return (
        word in _WORDS_OF_NO_NAME
        or not any(char.isalpha() for char in word)
        or word in ZONE_HOURS
        or parse_month(word) > 0
        or parse_weekday(word) > 0
    )
