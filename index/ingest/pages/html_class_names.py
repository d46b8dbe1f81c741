"""Class names and ids of an element: what they say that it holds.

>>> read_class_names("share-box ")
ClassNames(is_noise=True, is_field=False, is_person=False, is_tags=False)
"""

import re
from functools import lru_cache
from typing import NamedTuple

from lxml.html import HtmlElement

NAMES_CHARS_MOST = 1_000
"""Characters of an element's classes and of its id that are read."""

NAMES_REMEMBERED = 1 << 12
"""Classes that are cached: a site has a few hundred, and each stands on many elements."""

_NOISE = re.compile(
    r"(?:^|[\s_-])(?:ads?|advert\w*|iklan|banner|share|sharing|sosmed|social|related|terkait|"
    r"baca-?juga|lihatjg|linksisip\w*|inner-link\w*|parallax\w*|newsletter|breadcrumbs?|comments?|"
    r"komentar|kompasidrec|recommend\w*|rekomendasi|promo\w*|populer|trending|video-?player|"
    r"pagination|paging|copyright|cookies?)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Classes and ids of what belongs to the site: it is cut and counted."""

_FIELDS = re.compile(
    r"(?:^|[\s_-])(?:tags?|tagging|photo|foto|caption|byline|kcm-read-copy)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Classes and ids of what is another field of the article: it is left out of the text."""


def join_class_names(element: HtmlElement) -> str:
    """Return the classes and the id of an element as one text, each up to `NAMES_CHARS_MOST`."""
    get = element.get
    return f"{get('class', '')[:NAMES_CHARS_MOST]} {get('id', '')[:NAMES_CHARS_MOST]}"


_PERSON_NAME = re.compile(
    r"author|penulis|reporter|byline|jurnalis|wartawan|writer|kontributor", re.IGNORECASE
)
"""What the classes of a writer's name hold."""


_TAGS = re.compile(
    r"(?:^|\s)(?:[\w-]{1,40}[_-])?(?:tags?|tagging|topics|topic-list)(?:[_-]{1,2}(?:list|wrap\w*|container|"
    r"box|items?|links?|cloud|snippet|inner))*(?=\s|$)|(?:^|\s)tag(?:__article|list|cloud)\w*|"
    r"(?:^|\s)[a-z]{1,20}Tags?(?:List|Wrap|Box)?(?=\s|$)"
)
"""Classes and ids of a list of tags. WordPress names each tag of an article in its class, as in
"tag-beras", so that what stands behind "tag" has to be the word for a list."""


class ClassNames(NamedTuple):
    """What the classes and the id of an element say of it."""

    is_noise: bool
    is_field: bool
    is_person: bool
    is_tags: bool


@lru_cache(maxsize=NAMES_REMEMBERED)
def read_class_names(names: str) -> ClassNames:
    """Return what names say, as `join_class_names` joins them."""
    kinds = (_NOISE, _FIELDS, _PERSON_NAME, _TAGS)
    return ClassNames(*(bool(each.search(names)) for each in kinds))
