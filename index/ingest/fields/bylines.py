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
from index.ingest.io import Limits, Trimmer

PeopleKind = Literal["authors", "editors"]
"""The field that a person of a byline belongs to."""

_LABELS: dict[str, PeopleKind | None] = {
    **dict.fromkeys(("ditulis oleh", "written by", "penulis", "reporter", "pewarta"), "authors"),
    **dict.fromkeys(("jurnalis", "wartawan", "kontributor", "koresponden", "author"), "authors"),
    **dict.fromkeys(("writer", "laporan", "naskah", "teks", "oleh", "by", "rep"), "authors"),
    **dict.fromkeys(("diedit oleh", "edited by", "copy editor", "editor", "redaktur"), "editors"),
    **dict.fromkeys(("penyunting", "red"), "editors"),
    **dict.fromkeys(
        ("sumber", "source news", "foto", "fotografer", "sumber foto", "uploader"), None
    ),
    "videografer": None,
}
"""The labels of a byline and the field of the people behind each; None for neither field."""
_SHORT_LABELS = frozenset(
    {
        *("rep", "red", "sumber", "foto", "laporan", "naskah", "teks", "author", "writer"),
        *("kontributor", "koresponden", "fotografer", "sumber foto", "uploader", "videografer"),
    }
)
"""Labels that need their colon, because a name may begin with the same letters."""
_LABEL = re.compile(
    rf"(?:^|(?<=\| )|(?<=, )(?=\w+ (?-i:[A-Z]))|\b(?=\w+\s?:))"
    rf"(?P<label>{'|'.join(_LABELS)})\b\s?:?\s?",
    re.IGNORECASE,
)
REMEMBERED = 1 << 16
"""Bylines that are cached: the same few thousand sign all articles."""

LINE_CHARS_MOST = 130
"""A longer line is no signature."""
NAME_WORDS_MOST = 5
"""A text with more words has not the form of a name."""
NAME_WORDS_LEAST = 2
"""One word alone may be anything."""

_BETWEEN_PEOPLE = re.compile(r" ?[;,/|&] ?| dan ")
_BETWEEN_TAGS = re.compile(r"[,;|\n]|(?:^|(?<=\s))#|\s/\s")
_LABEL_OF_TAGS = re.compile(
    r"\A(?:tags?|topik|label|keywords?|kata kunci)(?: (?:terkait|berita|artikel))? ?: ?",
    re.IGNORECASE,
)
_PRINTED_TAGS = re.compile(r"[\[{](.*)[\]}]", re.DOTALL)
_AROUND_PRINTED = re.compile(r"(?<![^\s,])['\"]|['\"](?![^\s,])")
"""The quotes around an item of a list that was printed."""
_NO_PART_OF_A_TAG = re.compile(r"[\s_]+|(?<![^\W_])#+|#+(?=[^\W_])")
_AROUND_A_TAG = re.compile(r"^[\s#]+|(?<!\b[^\W\d_])[\s#]+$")
"""Blanks and number signs, but for that behind a single letter: C# is a language."""
_QUOTED_TAG = re.compile(r"[“‘\"]([^“”‘’\"]+)[”’\"]")
_TITLE_SHAPE = re.compile(r"(?:[A-Z][A-Za-z]{0,5}\. ?){1,4}(?:[A-Z][A-Za-z]{0,5})?")
_TITLES = frozenset(
    "SH MH SE MM ME MA SS ST MT SP MP SPd MPd SSi MSi SSos SIP SIKom MIKom SKom MKom SAg MAg SKed "
    "SKM MKM SPsi MPsi SSn MSn BSc MSc MBA MPA MPP PhD Ak CA CPA Jr Sr".split()
)
"""Degrees and suffixes that are written without dots behind a comma. Collected for Kliping."""
_ROLE = re.compile(
    r"(?:(?:oleh|by|penulis|reporter|pewarta|kontributor|koresponden|jurnalis|editor|redaktur|"
    r"penyunting|(?:laporan )?wartawan|laporan|magang)\b[ :]*)+",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(
    r"(?:\((?P<inside>[A-Z][^()]{3,60})\)|\[(?P<square>[A-Z][^\[\]]{3,60})\]|"
    r"(?P<capitals>[A-Z][A-Z.' -]{4,60}(?: ?[|/,] ?[A-Z][A-Z.' -]{1,60}){0,3}))[ .*]*"
)
"""What signs the end of a text: a name in brackets, or in capitals on a line of its own."""
_NAME_WORD = re.compile(r"[A-Z][\w.'’-]*|(?:bin|binti|al|de|van|der|di)|[A-Z]{1,3}\.?")
_INITIALS = re.compile(r"\(([a-z]{2,4}(?:/[a-z]{2,4}){0,3}|[A-Z]{2,4}(?:/[A-Z]{2,4}){1,3})\)")
"""The initials of writer and editor, as newsrooms sign the end of a text: "(abc/def)"."""
_BEHIND_NAME = re.compile(
    r"(?<=[\w.]) ?[(\[<](?P<inside>[^()\[\]<>]{1,60})[)\]>]?$|(?<=[\w.]) [-–—] ?.*$"
)
"""An outlet, a channel or a role behind a name, in brackets or behind a dash."""


@lru_cache(maxsize=REMEMBERED)
def find_people(text: str, kind: PeopleKind, unlabelled: PeopleKind) -> tuple[str, ...]:
    """Return the authors or the editors of one byline.

    Args:
        text: the byline.
        kind: which of the two to return.
        unlabelled: what the people are who stand behind no label.
    """
    people: list[str] = []
    for label, names in _labelled(text):
        people += split_people(names) if _LABELS.get(label, unlabelled) == kind else []
    return tuple(people)


def split_people(text: str) -> list[str]:
    """Split a byline into people: at commas, semicolons, slashes, bars, "&" and "dan".

    A degree behind a comma stays with its name. Role words are dropped ("Kontributor Solo, Budi"
    gives Budi), and so are initials, a channel or an outlet behind a name. Initials that stand
    alone are kept.
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


def find_behind_names(text: str) -> list[str]:
    """Return what a byline has in brackets behind names and `split_people` drops, if it may matter.

    Roles, places, initials, numbers and addresses are told to nobody.

    >>> find_behind_names("Ani (Tim 2), Budi (kontributor), Cici (Solo), Dedi (31)")
    ['Tim 2']
    """
    parts = (part.strip(" -–—•*:") for part in _BETWEEN_PEOPLE.split(_INITIALS.sub(" ", text)))
    found = (match["inside"] for part in parts if (match := _BEHIND_NAME.search(part)))
    return [
        inside
        for inside in filter(None, found)
        if "@" not in inside
        and any(map(str.isalpha, inside))
        and not (inside.lower() in _LABELS or is_place(inside))
    ]


def is_label(line: str) -> bool:
    """Tell whether a line is the label of a byline, and nothing else."""
    return line.strip(" :|").lower() in _LABELS


def find_signature(line: str) -> list[str]:
    """Return the people who sign the end of a text, [] if the line is something else.

    >>> find_signature("DINA TEJALAKSA | ANI"), find_signature("(Budi Santoso)")
    (['DINA TEJALAKSA', 'ANI'], ['Budi Santoso'])
    >>> find_signature("(abc/def)"), find_signature("Mereka pulang (Senin).")
    ([], [])
    """
    match = _SIGNATURE.fullmatch(line[:LINE_CHARS_MOST])
    names = split_people(match[match.lastgroup or 0]) if match else []
    return names if all(map(reads_as_name, names[:1])) else []


def reads_as_name(text: str, least: int = NAME_WORDS_LEAST) -> bool:
    """Tell whether a text has the form of a person's name: `least` to five words with capitals."""
    words = text.partition(",")[0].split()
    return least <= len(words) <= NAME_WORDS_MOST and all(map(_NAME_WORD.fullmatch, words))


def split_tags(text: str) -> list[str]:
    """Split tags at commas, semicolons, bars, "#", " / " and line breaks; drop what marks them.

    >>> split_tags("Tags: beras / Bulog"), split_tags("{'beras', 'harga pangan'}")
    (['beras', 'Bulog'], ['beras', 'harga pangan'])
    """
    bare = _bare_tags(text)
    tags = (trim_tag(part.strip(" -–—•*·")) for part in _BETWEEN_TAGS.split(bare))
    return [tag for tag in tags if tag]


def _bare_tags(text: str) -> str:
    """Return a line of tags without its label, its brackets, and the quotes of a printed set."""
    text = _LABEL_OF_TAGS.sub("", text.strip())
    printed = _PRINTED_TAGS.fullmatch(text)
    return _AROUND_PRINTED.sub("", printed[1]) if printed else text


def trim_tag(tag: str) -> str:
    """Return a tag without the blanks, number signs and quotes around it.

    >>> trim_tag("# beras "), trim_tag("#C#"), trim_tag("“harga pangan”")
    ('beras', 'C#', 'harga pangan')
    """
    is_bare = "#" not in tag and tag == tag.strip()  # as nearly every tag
    bare = tag if is_bare else _AROUND_A_TAG.sub("", tag)
    quoted = _QUOTED_TAG.fullmatch(bare) if bare.startswith(("“", "‘", '"')) else None
    return quoted[1] if quoted else bare


def deduplicate_tags(tags: Iterable[str]) -> list[str]:
    """Return the tags without "#" and without duplicates, whatever their case and spaces.

    >>> deduplicate_tags(["Pemilu 2024", "#pemilu2024", " # ", "Kompas.com"])
    ['Pemilu 2024', 'Kompas.com']
    """
    unique: dict[str, str] = {}
    for tag in tags:
        folded = tag.casefold()
        has_sign = "#" in folded  # as hardly any tag has; the pattern takes six times as long
        key = _NO_PART_OF_A_TAG.sub("", folded) if has_sign else _without_blanks(folded)
        if key:
            unique.setdefault(key, trim_tag(tag))
    return list(unique.values())


def _without_blanks(tag: str) -> str:
    return "".join(tag.replace("_", " ").split())


def trim_tags(tags: Iterable[str], trimmer: Trimmer, limits: Limits) -> tuple[str, ...]:
    """Return the tags without duplicates, within the limits of an article."""
    return trimmer.trim_values("tag", deduplicate_tags(tags), limits.tag_count, limits.value_chars)


def _labelled(text: str) -> Iterator[tuple[str, str]]:
    """Split "Penulis: A | Editor: B" into labels and names; the label is "" before the first."""
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
