"""Names out of bylines, and tags out of tag lines.

>>> split_people("Budi Santoso, S.H. dan Ani Lestari/Rahmat S")
['Budi Santoso, S.H.', 'Ani Lestari', 'Rahmat S']
>>> split_tags("#beras, harga pangan; Bulog")
['beras', 'harga pangan', 'Bulog']
"""

import re

from index.sources.datelines import is_place

_BETWEEN_PEOPLE = re.compile(r" ?[;,/|&] ?| dan ")
_BETWEEN_TAGS = re.compile(r"[,;|]|(?:^|(?<=\s))#")
_TITLE_SHAPE = re.compile(r"(?:[A-Z][A-Za-z]{0,5}\. ?){1,4}(?:[A-Z][A-Za-z]{0,5})?")
_TITLES = frozenset(
    "SH MH SE MM ME MA SS ST MT SP MP SPd MPd SSi MSi SSos SIP SIKom MIKom SKom MKom SAg MAg SKed "
    "SKM MKM SPsi MPsi SSn MSn BSc MSc MBA MPA MPP PhD Ak CA CPA Jr Sr".split()
)
"""Degrees and suffixes that are written without dots after a comma. Collected for Kliping."""
_ROLE = re.compile(
    r"(?:oleh|penulis|reporter|pewarta|kontributor|koresponden|editor|redaktur|laporan wartawan)\b"
    r"[ :]*",
    re.IGNORECASE,
)


def split_people(text: str) -> list[str]:
    """Split a byline into people: at commas, semicolons, slashes, bars, "&" and "dan".

    A degree after a comma stays with its name. Role words go ("Kontributor Solo, Budi" is Budi).
    """
    people: list[str] = []
    for part in _BETWEEN_PEOPLE.split(text):
        name = _without_role(part.strip(" -–—•*:"))
        if people and _is_title(name):
            people[-1] += f", {name}"
        elif name:
            people.append(name)
    return people


def split_tags(text: str) -> list[str]:
    """Split a line of tags at commas, semicolons, bars and number signs; "- " before one goes."""
    tags = (part.strip(" -–—•*·#") for part in _BETWEEN_TAGS.split(text))
    return [tag for tag in tags if tag]


def _without_role(name: str) -> str:
    bare = _ROLE.sub("", name, count=1) if _ROLE.match(name) else name
    return "" if bare != name and is_place(bare) else bare


def _is_title(name: str) -> bool:
    return name in _TITLES or _TITLE_SHAPE.fullmatch(name) is not None
