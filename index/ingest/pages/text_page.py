r"""Plain-text pages: a page saved as text to a document.

The page has one paragraph a line, in this order; all but the title and the text may be missing:

    Title
    Caption of the photo.
    Foto: Photographer/AgencyPLACE - First paragraph, on Selasa (28/8) ...
    Second paragraph.
    Subhead
    Third paragraph.
    Redaktur: Editor
    Penulis: Author
    Tag Terkait: tag, tag
    Berita Trending
    - 1 Some other headline

>>> document = read_text_page("Harga Turun\nPADANG - Harga beras turun.\nPenulis: Ani Lestari")
>>> document.place, document.body, document.authors
('PADANG', 'Harga beras turun.', ('Ani Lestari',))
"""

import re
import textwrap
from dataclasses import dataclass

from index.document import Document
from index.errors import SourceError
from index.ingest.fields import (
    DateLine,
    find_date_line,
    find_opening,
    identify,
    is_credit,
    read_stated_date,
    remove_outlets,
    split_credit,
    trim_tags,
)
from index.ingest.io import LIMITS, DateOrder, Limits, Trimmer
from index.ingest.pages.text_page_lines import is_item, is_paragraph, sort_lines
from index.ingest.pages.text_page_menu import cut_menu
from index.ingest.text import clean_text, remove_boilerplate, split_paragraphs

_PROVENANCE = {
    "title": "the first line",
    "date": "a line of its own, a label, or the text's date line",
    **dict.fromkeys(("authors", "editors", "tags"), "a labelled line"),
    "caption": "the line above the photo credit",
    "credit": "a line with its label, or of a name and an agency",
    **dict.fromkeys(("place", "source"), "the beginning of the text"),
    "body": "what is left between title and lists",
}
"""The provenance of each field, the same for all pages of plain text."""

SUBHEAD_CHARS_MOST = 80
"""Longest subhead: what fits on one line of a page."""
SUBHEAD_WORDS_MOST = 10
"""Most words of a subhead."""
CAPTION_LINES = 2
"""Most lines between the title and the credit: a deck and the caption."""
TEXT_CHARS_LEAST = 300
"""Shortest line that is a text without a title; a longer headline than this is none."""
TITLE_CHARS = 80
"""Most characters of a text whose beginning stands in for a missing title."""
INLINE_CHARS_MOST = 1_000
"""Characters of a caption that are searched for a credit."""
HEADLINES_LEAST = 5
"""So many lines, each of which reads as a headline, are a list of other articles."""
DATE_LINES = 3
"""Lines below the title that are searched for a line that is a date."""

_INLINE_CREDIT = re.compile(
    r"(?P<caption>.+?)[ (\[]+(?:sumber foto|foto) ?: ?(?P<credit>[^:]{1,150}?)[)\]]?", re.IGNORECASE
)


@dataclass(slots=True)
class _Article:
    """The parts of an article, as they are taken out of its lines."""

    title: str
    caption: str = ""
    credit: str = ""
    place: str = ""
    outlet: str = ""
    stated_date: str = ""
    body: tuple[str, ...] = ()


def read_text_page(text: str, *, doc_id: str = "", limits: Limits = LIMITS) -> Document:
    """Make a document of one saved page.

    Args:
        text: the page, decoded.
        doc_id: the id of the document; "" for a hash of what it tells.
        limits: the most that is read of anything.

    Raises:
        SourceError: no_title, no_body, or no_article for a list of headlines.
    """
    own, menu = cut_menu(split_paragraphs(clean_text(text)))
    parts, trimmer = sort_lines(own), Trimmer()
    lines, cut = remove_boilerplate(parts.article)
    article = _read_article(lines, trimmer)
    body = "\n".join(article.body)
    when, extras = _date_of(article.stated_date, parts.dates, body, trimmer, limits.date_order)
    if parts.left_out:
        trimmer.add_note(f"{parts.left_out} lines below the lists were left out.")
    document = Document(
        doc_id=doc_id,
        title=trimmer.trim_text("title", article.title, limits.title_chars),
        body=body,
        subheads=find_subheads(article.body),
        caption=trimmer.trim_text("caption", article.caption, limits.caption_chars),
        credit=article.credit,
        place=article.place,
        date=when.date,
        date_source=when.date_source,
        date_doubtful=when.is_doubtful,
        source=article.outlet,
        authors=_names("author", parts.authors, trimmer, limits),
        editors=_names("editor", parts.editors, trimmer, limits),
        tags=trim_tags(parts.tags, trimmer, limits),
        notes=(*trimmer.notes, *when.notes),
        extras=extras,
        origins=_PROVENANCE,
        cut_lines=(*menu, *parts.cut_lines, *cut),
    )
    return identify(document)


def find_subheads(body: tuple[str, ...]) -> tuple[str, ...]:
    """Return the subheads: short lines without closing punctuation between two paragraphs."""
    heads = [_reads_as_subhead(line) for line in body]
    around = zip(heads, heads[1:], heads[2:], body[1:], strict=False)
    return tuple(line for above, here, below, line in around if here and not above and not below)


def _names(name: str, people: list[str], trimmer: Trimmer, limits: Limits) -> tuple[str, ...]:
    return trimmer.trim_values(
        name, remove_outlets(people), limits.person_count, limits.value_chars
    )


def _date_of(
    line: str, labelled: list[str], body: str, trimmer: Trimmer, order: DateOrder | None
) -> tuple[DateLine, dict[str, str]]:
    """Return the stated date, else that of the date line; an unread date comes as an extra."""
    for text in filter(None, [line, *labelled]):
        stated = read_stated_date(text, order)
        for note in stated.notes:
            trimmer.add_note(note)
        if stated.date:
            return DateLine(stated.date, "stated"), {}
    extras: dict[str, str] = {}
    if labelled and labelled[0]:
        extras["date"] = labelled[0]
        trimmer.add_note("The stated date could not be read.")
    return find_date_line(body) or DateLine(None, "unknown"), extras


def _read_article(lines: list[str], trimmer: Trimmer) -> _Article:
    if not lines or is_credit(lines[0]):
        raise SourceError("no_title", "the page has no line above the photo credit and the text")
    if len(lines) >= HEADLINES_LEAST and all(map(_reads_as_subhead, lines)):
        raise SourceError("no_article", f"every line reads as a headline, as: {lines[1][:80]}")
    article = _Article(lines[0])
    rest = _without_date(lines[1:], article)
    body = _without_credits(_without_photo(rest, article), article, trimmer)
    article.body = tuple(_without_opening(body, article))
    if not article.body and len(article.title) >= TEXT_CHARS_LEAST:
        return _title_as_text(article, trimmer)
    if not article.body:
        raise SourceError("no_body", f"nothing but a title: {article.title[:80]}")
    return article


def _title_as_text(article: _Article, trimmer: Trimmer) -> _Article:
    """Return an article whose only line is its text: the beginning of it stands for a title."""
    trimmer.add_note("There is no title; the beginning of the text stands for it.")
    article.body = tuple(_without_opening([article.title], article))
    article.title = textwrap.shorten(article.body[0], TITLE_CHARS, placeholder=" …")
    return article


def _without_date(lines: list[str], article: _Article) -> list[str]:
    """Return the lines without one near the top that is a date, which goes to the article."""
    for position, line in enumerate(lines[:DATE_LINES]):
        if read_stated_date(line).date:
            article.stated_date = line
            return lines[:position] + lines[position + 1 :]
    return lines


def _without_photo(lines: list[str], article: _Article) -> list[str]:
    """Return the lines without the caption, and without a credit in the caption's line."""
    above = next((k for k, line in enumerate(lines[: CAPTION_LINES + 1]) if is_credit(line)), None)
    if above is not None:
        article.caption = lines[above - 1] if above else ""
        return lines[: max(above - 1, 0)] + lines[above:]
    inline = _INLINE_CREDIT.fullmatch(lines[0][:INLINE_CHARS_MOST]) if len(lines) > 1 else None
    if inline is not None:
        article.caption, article.credit = inline["caption"].strip(), inline["credit"].strip()
        return lines[1:]
    if len(lines) > 1 and find_opening(lines[1]) and not find_opening(lines[0]):
        article.caption = lines[0]
        return lines[1:]
    return lines


def _without_credits(lines: list[str], article: _Article, trimmer: Trimmer) -> list[str]:
    """Return the lines without photo credits; the article keeps the first of several."""
    body: list[str] = []
    for line in lines:
        if not is_credit(line):
            body.append(line)
            continue
        credit, place, rest = split_credit(line)
        if article.credit and credit:
            trimmer.add_note(f"Another photo credit was left out: {credit}.")
        article.credit = article.credit or credit
        article.place = article.place or place
        body += [rest] if rest else []
    return body


def _without_opening(body: list[str], article: _Article) -> list[str]:
    """Return the lines without place and outlet in the first, unless a credit gave the place."""
    opening = find_opening(body[0]) if body and not article.place else None
    if opening is None:
        return body
    article.place, article.outlet = opening.place, opening.outlet
    return [opening.rest, *body[1:]]


def _reads_as_subhead(line: str) -> bool:
    short = len(line) <= SUBHEAD_CHARS_MOST and len(line.split()) <= SUBHEAD_WORDS_MOST
    return short and not is_paragraph(line) and not is_item(line)
