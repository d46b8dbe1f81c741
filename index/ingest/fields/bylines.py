"""Byline and tag parsing: the names of a byline, and the tags of a tag line.

>>> split_people("Budi Santoso, S.H. dan Ani Lestari/Rahmat S")
['Budi Santoso, S.H.', 'Ani Lestari', 'Rahmat S']
>>> find_people("Penulis: Ani Lestari | Editor: Budi Raharja", "editors", "authors")
('Budi Raharja',)
>>> split_tags("#beras, harga pangan; Bulog")
['beras', 'harga pangan', 'Bulog']
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Literal

from index.ingest.fields.opening_lines import is_place

PeopleKind = Literal["authors", "editors"]

_LABELS: dict[str, PeopleKind | None] = {
    **dict.fromkeys(("penulis", "reporter", "pewarta", "jurnalis", "wartawan"), "authors"),
    **dict.fromkeys(("oleh", "by", "rep"), "authors"),
    **dict.fromkeys(("editor", "redaktur", "penyunting", "red"), "editors"),
    **dict.fromkeys(("sumber", "foto"), None),
}
"""What stands before the people of a byline, and which field they are; None for neither."""
_SHORT_LABELS = frozenset({"rep", "red", "sumber", "foto"})
"""Labels that need their colon: without it they may begin a name."""
_LABEL = re.compile(
    rf"(?:^|(?<=\| )|\b(?=\w+\s?:))(?P<label>{'|'.join(_LABELS)})\b\s?:?\s?", re.IGNORECASE
)
REMEMBERED = 1 << 16
"""Bylines whose people are kept."""

_BETWEEN_PEOPLE = re.compile(r" ?[;,/|&] ?| dan ")
_BETWEEN_TAGS = re.compile(r"[,;|]|(?:^|(?<=\s))#")
_NO_PART_OF_A_TAG = re.compile(r"[\s#_]+")
_TITLE_SHAPE = re.compile(r"(?:[A-Z][A-Za-z]{0,5}\. ?){1,4}(?:[A-Z][A-Za-z]{0,5})?")
_TITLES = frozenset(
    "SH MH SE MM ME MA SS ST MT SP MP SPd MPd SSi MSi SSos SIP SIKom MIKom SKom MKom SAg MAg SKed "
    "SKM MKM SPsi MPsi SSn MSn BSc MSc MBA MPA MPP PhD Ak CA CPA Jr Sr".split()
)
"""Degrees and suffixes that are written without dots after a comma. Collected for Kliping."""
_ROLE = re.compile(
    r"(?:(?:oleh|by|penulis|reporter|pewarta|kontributor|koresponden|jurnalis|editor|redaktur|"
    r"penyunting|(?:laporan )?wartawan|laporan|magang)\b[ :]*)+",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"\(([a-z]{2,4}(?:/[a-z]{2,4}){0,3}|[A-Z]{2,4}(?:/[A-Z]{2,4}){1,3})\)")
"""Who wrote and who edited, as newsrooms sign the end of a text: "(abc/def)"."""
_BEHIND_NAME = re.compile(r"(?<=\w) ?\([^()]{1,60}\)?$|(?<=[\w.]) [-–—] ?.*$")
"""What follows a name: its outlet, its channel, its role, in brackets or behind a dash."""


@lru_cache(maxsize=REMEMBERED)
def find_people(text: str, kind: PeopleKind, unlabelled: PeopleKind) -> tuple[str, ...]:
    """Return the people of a kind in one byline; the same few thousand sign all articles.

    Args:
        text: the byline.
        kind: who is wanted.
        unlabelled: what people are who stand behind no label.
    """
    people: list[str] = []
    for label, names in _labelled(text):
        people += split_people(names) if _LABELS.get(label, unlabelled) == kind else []
    return tuple(people)


def split_people(text: str) -> list[str]:
    """Split a byline into people: at commas, semicolons, slashes, bars, "&" and "dan".

    A degree after a comma stays with its name. Role words go ("Kontributor Solo, Budi" is Budi);
    so do initials, a channel or an outlet behind a name. Initials that stand alone are kept.
    """
    whole = _INITIALS.fullmatch(text.strip())
    text = whole[1] if whole else text
    people: list[str] = []
    for part in _BETWEEN_PEOPLE.split(_INITIALS.sub(" ", text)):
        name = _without_role(_BEHIND_NAME.sub("", part.strip(" -–—•*:")).strip(" ()[]-–—•*:"))
        if people and _is_title(name):
            people[-1] += f", {name}"
        elif name:
            people.append(name)
    return people


def split_tags(text: str) -> list[str]:
    """Split a line of tags at commas, semicolons, bars and number signs; "- " before one goes."""
    tags = (part.strip(" -–—•*·#") for part in _BETWEEN_TAGS.split(text))
    return [tag for tag in tags if tag]


def deduplicate_tags(tags: Iterable[str]) -> list[str]:
    """Return the tags of one article without "#", each once whatever its case and spaces.

    >>> deduplicate_tags(["Pemilu 2024", "#pemilu2024", " # ", "Kompas.com"])
    ['Pemilu 2024', 'Kompas.com']
    """
    unique: dict[str, str] = {}
    for tag in tags:
        key = _NO_PART_OF_A_TAG.sub("", tag.casefold())
        if key:
            unique.setdefault(key, tag.strip(" #"))
    return list(unique.values())


def _labelled(text: str) -> Iterator[tuple[str, str]]:
    """Split "Penulis: A | Editor: B" into labels and what follows; "" before the first label."""
    found = [
        match
        for match in _LABEL.finditer(text)
        if ":" in match.group() or match["label"].lower() not in _SHORT_LABELS
    ]
    starts = [*(match.start() for match in found), len(text)]
    yield "", text[: starts[0]]
    for match, stop in zip(found, starts[1:], strict=True):
        yield match["label"].lower(), text[match.end() : stop]


def _without_role(name: str) -> str:
    bare = _ROLE.sub("", name, count=1) if _ROLE.match(name) else name
    return "" if bare != name and is_place(bare) else bare


def _is_title(name: str) -> bool:
    return name in _TITLES or _TITLE_SHAPE.fullmatch(name) is not None
