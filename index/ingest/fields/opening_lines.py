"""Opening lines of an article: photo credit, place and outlet, and where the text begins.

Saved pages glue the credit of the photo to the place that opens the text. Newspapers open with the
place, alone or beside the outlet:

>>> split_credit("Foto: Rio Arga/AFPBEIJING - Dua negara sepakat.")
CreditLine(credit='Rio Arga/AFP', place='BEIJING', rest='Dua negara sepakat.')
>>> split_credit("PADANG - Hujan turun.")
CreditLine(credit='', place='PADANG', rest='Hujan turun.')
>>> find_opening("Jakarta (ANTARA) - Harga beras turun.")
Opening(place='Jakarta', outlet='ANTARA', rest='Harga beras turun.')

What is neither credit nor opening stays in the text. Where credit and place cannot be separated,
all of it stays credit.
"""

import re
from collections.abc import Collection
from typing import NamedTuple

from index.ingest.fields.name_lists import read_names
from index.ingest.fields.outlets import fold_name, is_outlet

CREDIT_CHARS_MOST = 150
"""Longest credit with its place: the dash behind it is looked for within these characters."""
OPENING_CHARS_MOST = 70
"""Longest opening of a text without credit: place, outlet and the punctuation around them."""
_PLACE_CHARS_MOST = 40
_TEXT_CHARS_LEAST = 60
"""Fewest characters behind the dash after an unknown place; fewer are part of the credit."""

_CREDIT_LABEL = re.compile(r"(?:sumber foto|kredit foto|foto|photo)\s?:\s?", re.IGNORECASE)
_BARE_CREDIT = re.compile(
    r"[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){1,4} ?/ ?[A-Z][\w.-]*(?: [A-Z][\w.-]*){0,2}\)?\.?"
)
"""A line that holds a photographer and an agency, and nothing else."""
_CAPITALS = re.compile(r"[A-Z]{4,}(?:[ -][A-Z]{2,}){0,3}")
"""A name in capitals, as newspapers write the place before the first sentence."""
_DATED = re.compile(r"(?:[A-Z][\w &]{2,40} ?[-–—] ?)?\d{1,2} [A-Za-z]{3,9} \d{4} ?[-–—] ?")
"""A date, with or without the agency, between opening and text, as in press releases."""
_CREDIT_END = re.compile(
    r"[ (\[/|.](?:(?:sumber |kredit )?(?:foto|photo|gambar|ilustrasi|dok)(?:grafer)?"
    r"(?:umentasi)?\.? ?[:/] ?|dok(?:umentasi|\.) ?(?:pribadi|istimewa|humas)? ?)"
    r"[^:.]{0,80}[)\].]*$|"
    r"\((?:istimewa|ist|antara(?: foto)?/[^()]{2,60}|shutterstock|freepik|unsplash|pixabay)\)\.?$",
    re.IGNORECASE,
)
"""A photo credit at the end of a caption: behind its label, or in brackets."""
_AGENCY_END = re.compile(r"\([A-Z][\w.]*/[A-Z][^()/]{2,40}\)\.?$")
"""An agency and a photographer in brackets at the end of a caption."""
_DASH = re.compile(r" [-–—]{1,2} ?|[-–—]{1,2} |[–—]")
_OUTLET_FIRST = re.compile(
    r"(?P<outlet>[A-Z][\w-]*(?:\.[A-Z]\w*)+) ?[-–—] ?"
    r"(?P<place>[A-Z][A-Z' -]{2,30})\. (?P<rest>\S.*)"
)
"""An outlet before the place, as in WARTA.CO.ID - JAKARTA."""
_ALONE = re.compile(r"[^.!?]{2,60} ?[-–—]{1,2}")
_OPENING_PART = re.compile(r" ?[,|()]+ ?| I ")
_REGION = re.compile(r"(?:KABUPATEN|KAB\.|KOTA|PROVINSI) ")
_PART_WORDS_MOST = 4
_GLUED_PLACE = re.compile(r"(?<=[a-z)])[A-Z][A-Z'-]{2,}(?: [A-Z][A-Z'-]*){0,3}$")
"""Capitals up to the end right behind a small letter: a place, even if the table lacks it."""


class CreditLine(NamedTuple):
    """A line split into photo credit, place and text; each of them may be "".

    Attributes:
        credit: who took the photo.
        place: where the story was written, as it is spelled in the line.
        rest: what belongs to the article's text.
    """

    credit: str
    place: str
    rest: str


class Opening(NamedTuple):
    """The place and the outlet ("" for none) that open a text, and the text behind the dash."""

    place: str
    outlet: str
    rest: str


def is_place(name: str) -> bool:
    """Tell whether a name is a known place, whatever its case; also with KOTA or KABUPATEN."""
    return _REGION.sub("", name.upper(), count=1) in read_names("places.txt")


def is_opening_alone(line: str) -> bool:
    """Tell whether a line is place and outlet with a dash and nothing behind it."""
    return _ALONE.fullmatch(line) is not None


def is_credit(line: str) -> bool:
    """Tell whether a line begins with the label of a photo credit, or is a credit without it."""
    return _CREDIT_LABEL.match(line) is not None or _BARE_CREDIT.fullmatch(line) is not None


def has_photo_credit(line: str) -> bool:
    """Tell whether a line is a caption: it is or ends in a photo credit.

    >>> has_photo_credit("Warga menjemur gabah di tepi jalan. (Foto: Rio Arga)")
    True
    """
    end = line[-CREDIT_CHARS_MOST:]
    return is_credit(line) or any(each.search(end) for each in (_CREDIT_END, _AGENCY_END))


def split_credit(line: str) -> CreditLine:
    """Split a line with single spaces into photo credit, place and text."""
    label = _CREDIT_LABEL.match(line)
    if label is not None:
        return _split_labelled(line[label.end() :])
    if _BARE_CREDIT.fullmatch(line):
        return CreditLine(line.strip("()."), "", "")
    opening = find_opening(line)
    if opening is None:
        return CreditLine("", "", line)
    return CreditLine("", opening.place, opening.rest)


def find_opening(line: str, outlets: Collection[str] | None = None) -> Opening | None:
    """Return the opening of a text: a known place, alone or beside its outlet; None without one.

    Args:
        line: the first line of a text.
        outlets: the names of the article's outlet, folded. Where they are known, an outlet alone
            and an unknown place in capitals are openings, too.

    >>> find_opening("KABAR PAGI - 30 April 2024 - Harga beras turun.", ["kabarpagi"])
    Opening(place='', outlet='KABAR PAGI', rest='Harga beras turun.')
    """
    outlet_first = _OUTLET_FIRST.match(line)
    if outlet_first and is_place(outlet_first["place"]):
        return Opening(outlet_first["place"], outlet_first["outlet"], outlet_first["rest"])
    dash = _DASH.search(line, 0, OPENING_CHARS_MOST)
    if dash is None:
        return None
    head, rest = line[: dash.start()].strip(), line[dash.end() :].strip()
    parts = [part for part in _OPENING_PART.split(head) if part]
    places = [part for part in parts if is_place(part)]
    others = [part for part in parts if not is_place(part)]
    if outlets is not None and (dated := _DATED.match(rest)):
        rest = rest[dated.end() :]
    if not places and not _opens_without_place(head, others, rest, outlets):
        return None
    if not rest or not all(map(_reads_as_name, parts)):
        return None
    return Opening(places[0] if places else "", others[0] if others else "", rest)


def _opens_without_place(
    head: str, parts: list[str], rest: str, outlets: Collection[str] | None
) -> bool:
    """Tell whether an outlet opens the text, or a name in capitals that no table knows."""
    if outlets is None:
        return False
    is_own = any(is_outlet(part) or fold_name(part) in outlets for part in parts)
    return is_own or (_CAPITALS.fullmatch(head) is not None and rest[:1].isupper())


def _reads_as_name(part: str) -> bool:
    named = part[0].isupper() or "." in part
    return named and len(part.split()) <= _PART_WORDS_MOST


def _split_labelled(text: str) -> CreditLine:
    dashes = list(_DASH.finditer(text, 0, CREDIT_CHARS_MOST))
    for dash in dashes:
        start = _place_start(text[: dash.start()])
        if start is not None:
            head, rest = text[: dash.start()], text[dash.end() :]
            return CreditLine(_strip_credit(head[:start]), _place_only(head[start:]), rest.strip())
    return _split_without_place(text, dashes)


def _split_without_place(text: str, dashes: list[re.Match[str]]) -> CreditLine:
    if len(text) <= CREDIT_CHARS_MOST:
        short_of_text = not dashes or len(text) - dashes[0].end() < _TEXT_CHARS_LEAST
        if short_of_text:
            return CreditLine(_strip_credit(text), "", "")
    if not dashes:
        return CreditLine("", "", text)
    return CreditLine(_strip_credit(text[: dashes[0].start()]), "", text[dashes[0].end() :].strip())


def _place_start(head: str) -> int | None:
    """Return where the place at the end of a credit begins; None when that is not clear."""
    head = head[: _place_stop(head)]
    known = _known_place_start(head)
    glued = _GLUED_PLACE.search(head, max(0, len(head) - _PLACE_CHARS_MOST))
    if glued is None or known is None:
        return glued.start() if glued else known
    # Two words in capitals behind a small letter are one place (KOTA PADANG). An agency right
    # before the known place, or letters glued to it (KemenPUPRJAKARTA), are no part of it.
    before = head[glued.start() : known]
    is_one_place = before.endswith((" ", "-")) and before.strip(" -") not in read_names(
        "agencies.txt"
    )
    return glued.start() if is_one_place else known


def _place_stop(head: str) -> int:
    """Return where the place ends: before an outlet, as in "PADANG, PAGI" or "PADANG (ANTARA)"."""
    for mark in (",", " ("):
        cut = head.find(mark)
        if cut > 0 and _known_place_start(head[:cut]) is not None:
            return cut
    return len(head)


def _known_place_start(head: str) -> int | None:
    places, first = read_names("places.txt"), max(0, len(head) - _PLACE_CHARS_MOST)
    starts = [start for start in range(first, len(head)) if head[start:] in places]
    after_agency = [start for start in starts if _ends_in_agency(head[:start])]
    return next(iter(after_agency or starts), None)


def _ends_in_agency(credit: str) -> bool:
    words = re.split(r"[/ .,)(-]|(?<=[a-z])(?=[A-Z])", credit[-_PLACE_CHARS_MOST:])
    return words[-1] in read_names("agencies.txt")


def _place_only(text: str) -> str:
    return text[: _place_stop(text)].strip()


def _strip_credit(credit: str) -> str:
    return credit.strip(" /-–—,;:|")
