"""Writers and editors of an HTML page: who wrote and who edited, told apart as the page tells them.

A byline that a reader sees with its label ("Penulis:", "Editor:") comes first: search engines are
often given the editor as the author. Then come the places of the table of selectors, links to a
writer's page beside the article, and the name that signs its end.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from lxml.html import HtmlElement

from index.ingest.fields import (
    PeopleKind,
    find_people,
    find_signature,
    is_label,
    is_newsroom,
    is_outlet,
    is_place,
    reads_as_name,
    split_people,
)
from index.ingest.pages.block_kinds import Kind
from index.ingest.pages.html_blocks import fold_words, read_visible_text
from index.ingest.pages.html_index import HtmlPage
from index.ingest.pages.html_page_text import PageText
from index.ingest.pages.html_selectors import selectors_for
from index.ingest.pages.html_votes import home_of
from index.ingest.text import clean_text, to_one_line

NAME_WORDS_MOST = 8
"""A text with more words is no name."""
BYLINE_CHARS_MOST = 150
"""A longer line that begins like a byline is a paragraph."""
ABOVE_MOST, BELOW_MOST = 4, 15
"""How many lines above the headline, and behind the text, are searched for a byline."""
SIGNED_LINES = 3
"""How many lines at the end of a text are searched for the name that signs it."""

_NO_PERSON = re.compile(
    r"https?:|www\.|@|\.(?:com|co|id|net)\b|\b(?:admin|administrator|redaktur|editor|"
    r"penulis|jurnalis|reporter|wartawan|media|news|online|indonesia|tv|channel)\b",
    re.IGNORECASE,
)
_IN_LINE = re.compile(r" ?[|•·] ?")
"""What parts the fields of a line below a headline: section, day, writer."""
_GLUED = re.compile(
    r"(?<=[\w.])(?=(?:Editor|Penulis|Reporter|Pewarta|Writer|Penyunting|Redaktur|Sumber|"
    r"Source News)\b)"
)
"""Where the next label stands right behind a name, as themes write them in one line."""
_BYLINE = re.compile(
    r"\W*(?:(?:tim )?(?:reporter|penulis|pewarta|jurnalis|wartawan|kontributor|koresponden|oleh|by|"
    r"rep|editor|redaktur|red|penyunting|laporan|author|writer|ditulis oleh|written by|"
    r"diedit oleh|edited by|copy ?editor|naskah|teks)(?:\s?/\s?\w+)?\s?:|(?:oleh|by|"
    r"ditulis oleh|written by)\s+(?=[A-Z])|(?:penulis|editor|reporter), (?=[A-Z]))",
    re.IGNORECASE,
)
_BEFORE_OUTLET = re.compile(
    r"(?P<name>[^|–—,-]{3,60}?)(?: [-–—] ?| ?[|,] ?)(?P<outlet>[^|,]{2,40})"
)
_DATE_BEHIND = re.compile(
    r"(?<=\w)[ ,|–—-]{1,4}(?:(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad),? )?"
    r"\d{1,2}[ /-](?:[a-z]{3,9}|\d{1,2})[ /-]\d{4}.*",
    re.IGNORECASE,
)
"""The date behind a name, as in "Oleh Ani Lestari, 21 Maret 2024"."""
_LABELS = "the labelled line"
_INITIALS = re.compile(r"[A-Z]{2,4}|[a-z]{2,4}")
_EXPLICIT = frozenset({"content_author", "dtk:author", "jpnncom_news_author"})
"""Keys that outlets write for their writers alone: who stands there wrote, and may have edited."""


def read_people(
    page: HtmlPage, text: PageText, outlets: Sequence[str]
) -> tuple[list[str], list[str]]:
    """Return the authors and the editors; a newsroom, if nothing on the page gives a person."""
    lines = list(_bylines(text))
    editors, edited = _first_people(page, lines, "editors", outlets, [])
    authors, written = _first_people(page, lines, "authors", outlets, editors)
    newsroom: list[str] = []
    if not authors or all(map(is_newsroom, authors)):
        newsroom = authors
        authors, written = _people_beside(text, outlets, editors)
    if not authors:
        authors, written = newsroom, "the newsroom that the page states"
    for name, people, origin in (("authors", authors, written), ("editors", editors, edited)):
        if people:
            page.note_origin(name, origin)
    return authors, editors


def read_byline(text: str, field: PeopleKind, outlets: Sequence[str]) -> list[str]:
    """Return the people in a byline: those behind labels of the field, or without a label."""
    if "://" in text:  # some outlets state their page at a social network as an author
        return []
    people = find_people(text, field, field)
    return [name for name in people if is_newsroom(name) or _is_person(name, outlets)]


def _first_people(
    page: HtmlPage, lines: list[str], field: PeopleKind, outlets: Sequence[str], others: list[str]
) -> tuple[list[str], str]:
    """Return the people of the labelled lines, else of the first selector that gives some."""
    labelled = _labelled(lines, field, outlets)
    if labelled:
        return labelled, f"{_LABELS} {lines[0][:40]!r}" if len(lines) == 1 else "a labelled line"
    known = {fold_words(name) for name in others}
    newsroom: tuple[list[str], str] = ([], "")
    for selector in selectors_for(field):
        texts = page.read_values(selector)
        people = [name for each in texts for name in read_byline(each, field, outlets)]
        is_explicit = selector.key in _EXPLICIT
        unique = dict.fromkeys(people)
        people = [name for name in unique if is_explicit or fold_words(name) not in known]
        if not all(map(is_newsroom, people)):
            page.note_origin(field, selector)
            return people, page.origins[field]
        newsroom = newsroom if newsroom[0] else (people, "a newsroom")
    return newsroom


def _bylines(text: PageText) -> Iterator[str]:
    """Yield the lines beside the article that begin as a byline does."""
    for number in _beside(text):
        line = text.blocks[number].text
        if len(line) <= BYLINE_CHARS_MOST and is_label(line):
            line = f"{line.rstrip(' :')}: {_name_beside(text, number)}"
        if len(line) <= BYLINE_CHARS_MOST and (byline := _find_byline(line)):
            yield _DATE_BEHIND.sub("", to_one_line(clean_text(byline)))


def _find_byline(line: str) -> str:
    """Return a line from its first field on that begins as a byline does, "" without one.

    >>> _find_byline("Jumat, 27 Januari 2023 | Oleh Yuda Prakasa")
    'Oleh Yuda Prakasa'
    >>> _find_byline("Penulis: Rina MustikaEditor: Yogi")
    'Penulis: Rina Mustika | Editor: Yogi'
    """
    starts = (0, *(match.end() for match in _IN_LINE.finditer(line)))
    found = next((line[start:] for start in starts if _BYLINE.match(line, start)), "")
    return _GLUED.sub(" | ", found)


def _name_beside(text: PageText, number: int) -> str:
    """Return the name on the line behind a label, or on the line before it."""
    blocks = text.blocks
    behind = (
        number + 2 if number + 1 < len(blocks) and blocks[number + 1].text == ":" else number + 1
    )
    near = (each for each in (behind, number - 1) if 0 <= each < len(blocks))
    lines = (blocks[each].text for each in near if each not in text.captions)
    return next((line for line in lines if _is_name_alone(line)), "")


def _is_name_alone(line: str) -> bool:
    people = split_people(line)
    return bool(people) and all(reads_as_name(name, 1) for name in people) and not is_label(line)


def _beside(text: PageText) -> Iterator[int]:
    """Yield the numbers of the blocks right above, in and right behind the article."""
    top = text.start if text.headline is None else min(text.headline, text.start)
    last = len(text.blocks)
    for number in range(max(0, top - ABOVE_MOST), min(last, text.stop + BELOW_MOST)):
        if text.surroundings.rules.get(number, "") not in {"list", "link", "media"}:
            yield number


def _labelled(lines: list[str], field: PeopleKind, outlets: Sequence[str]) -> list[str]:
    other: PeopleKind = "editors" if field == "authors" else "authors"
    for line in lines:
        people = find_people(line, field, other)
        kept = [name for name in people if _is_person(name, outlets)]
        if kept:
            return _without_initials(kept)
    return []


def _without_initials(names: list[str]) -> list[str]:
    """Return the names without initials, as of an editor beside the writer."""
    return [name for name in names if not _INITIALS.fullmatch(name)] or names


def _people_beside(
    text: PageText, outlets: Sequence[str], editors: list[str]
) -> tuple[list[str], str]:
    """Return the people whom nothing but their place on the page names as writers."""
    known = {fold_words(name) for name in editors}
    beside = set(_beside(text))
    above = (text.blocks[number : number + 2] for number in sorted(beside) if number < text.start)
    near = (
        " ".join(block.text for block in (pair if pair[0].text.endswith(",") else pair[:1]))
        for pair in above
    )
    shown = (
        match["name"]
        for line in near
        if (match := _BEFORE_OUTLET.fullmatch(line)) and _is_own(match["outlet"], outlets)
    )
    ways: tuple[tuple[str, Iterable[str]], ...] = (
        ("the class of a writer's name", _texts_of(text.found.people, beside)),
        ("a link to the writer's page", _texts_of(text.found.profiles, beside)),
        ("the name before the outlet's", shown),
        (
            "the name that signs the text",
            _signatures(text),
        ),
    )
    for origin, lines in ways:
        people = [name for line in lines for name in read_byline(line, "authors", outlets)]
        kept = [name for name in dict.fromkeys(people) if _is_named(name, known)]
        if kept:
            return kept, origin
    return [], ""


def _signatures(text: PageText) -> Iterator[str]:
    """Yield the names on the short lines at the end of the text that sign it."""
    behind = range(text.stop, min(len(text.blocks), text.stop + BELOW_MOST))
    last = range(max(text.start, text.stop - SIGNED_LINES), text.stop)
    homes = {home_of(text.blocks[n]) for n in range(text.start, text.stop) if text.is_text(n)}
    for number in (n for n in [*last, *behind] if text.kinds[n] is Kind.SHORT):
        if home_of(text.blocks[number]) in homes and not text.is_elsewhere(number):
            yield from find_signature(text.blocks[number].text)


def _texts_of(places: list[tuple[int, HtmlElement]], beside: set[int]) -> Iterator[str]:
    """Yield the texts of the elements that stand beside the article."""
    for number, element in places:
        if number in beside:
            yield to_one_line(clean_text(read_visible_text(element)))


def _is_named(name: str, known: set[str]) -> bool:
    """Tell whether a text that nothing labels has the form of a name, and is not an editor's."""
    return reads_as_name(name) and not is_place(name) and fold_words(name) not in known


def _is_own(name: str, outlets: Sequence[str]) -> bool:
    folded = fold_words(name)
    return is_outlet(name) or any(outlet in folded for outlet in outlets)


def _is_person(name: str, outlets: Sequence[str]) -> bool:
    is_short = len(name.split()) <= NAME_WORDS_MOST and any(char.isalpha() for char in name)
    return is_short and not _is_own(name, outlets) and not _NO_PERSON.search(name)
