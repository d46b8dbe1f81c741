"""HTML pages: a saved page to a document.

Outlets describe an article several times on its page: for search engines (JSON-LD), for social
networks (og:), for their own advertising, and for readers. `html_selectors` lists where, in the
order of trust; `html_fields` reads the fields, `html_body` the text.

>>> page = "<meta property='og:title' content='Harga Turun'><article itemprop='articleBody'>"
>>> page += "<p>PADANG - Harga beras turun, kata Kepala Pasar Raya pada hari Senin pagi.</p>"
>>> document = read_html_page(page + "<p>Baca juga: Panen raya</p></article>")
>>> document.title, document.place, document.notes
('Harga Turun', 'PADANG', ('Lines of adverts and links that were cut from the text: 1.',))

Left out: the further pages of an article, comments of readers, pictures.
"""

import re
from collections.abc import Collection
from dataclasses import replace
from urllib.parse import urlsplit

from index.document import Document
from index.errors import SourceError
from index.ingest.fields import (
    DateLine,
    choose_doc_id,
    find_date_line,
    find_opening,
    find_outlet,
    find_section,
    identify,
    is_opening_alone,
    is_place,
    trim_tags,
)
from index.ingest.io import LIMITS, DateOrder, Limits, Trimmer
from index.ingest.pages.error_titles import is_error_title
from index.ingest.pages.html_body import Body, read_body
from index.ingest.pages.html_date import read_date
from index.ingest.pages.html_fields import (
    find_outlet_names,
    find_title_end,
    is_address,
    read_category,
    read_first,
    read_source,
    read_title,
    read_titles,
    read_url,
)
from index.ingest.pages.html_index import HtmlPage, parse_page
from index.ingest.pages.html_page_number import number_address
from index.ingest.pages.html_page_text import PageText, read_page_text
from index.ingest.pages.html_people import read_people
from index.ingest.pages.html_tags import read_tags
from index.ingest.pages.json_ld import LISTING_TYPES, read_types
from index.ingest.pages.text_page import find_subheads
from index.ingest.pages.text_page_lines import PageParts, sort_lines
from index.ingest.text import clean_text, to_one_line

TEASERS_LEAST = 10
"""Fewer teasers surround many an article."""
LISTED_CHARS_LEAST = 250
"""A shorter text among as many teasers is none of an article."""
LINKS_LEAST = 4
"""Fewer links to other articles make no list, however short the text is."""
_LISTING_PATH = re.compile(
    r"/(?:tags?|topi[ck]|indeks|index(?:\.\w{2,5})?|kategori|category|kanal|author|penulis|search|"
    r"cari|arsip|archive)(?:/.*)?|/?|/page/\d+/?",
    re.IGNORECASE,
)
"""The paths of front pages, tags, indexes and archives."""
_ELSEWHERE = {
    "date": "the text's date line",
    "authors": "a labelled line of the text",
    "editors": "a labelled line of the text",
    "tags": "a labelled line of the text",
    "category": "the address",
    "source": "the text's first line, or the address",
    "url": "where it was fetched",
    "credit": "the end of the caption",
    "place": "the text's first line",
}
"""The provenance of a field that no part of the page states."""
_OPENING_WITHOUT_DASH = re.compile(
    r"(?P<outlet>[\w.]{1,30}\.(?:com|co\.id|id)), ?(?P<place>[A-Z]\w{1,30})[ ,:]+(?=\w)",
    re.IGNORECASE,
)
SAVED_FROM_CHARS = 2_000
"""Characters of a page in which the note of a browser is looked for."""
_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d{4}\)(?P<url>\S{1,1000}) -->")
_LABELLED_CREDIT = (
    r"(?P<caption>.*?)[ (\[]+(?:[Ss]umber |[Kk]redit )?(?:[Ff]oto|FOTO|[Pp]hoto|[Dd]ok)\.? ?: ?"
    r"(?P<credit>[^:]{1,150}?)[)\].]*"
)
_AGENCY_CREDIT = (
    r"(?P<caption>.*?)(?:(?<=\.) | ?\()"
    r"(?P<credit>[A-Z][\w .-]{1,40}/[A-Z][\w .'-]{1,60})\)?\.?"
)
_CREDITS = (re.compile(_LABELLED_CREDIT), re.compile(_AGENCY_CREDIT))
"""A credit at the end of a caption: behind a label, or "AGENCY/Name"."""
_CAPTION_CHARS = 1_000
"""Characters of a caption that are searched for a credit."""


def read_html_page(
    text: str, *, location: str = "", address: str = "", limits: Limits = LIMITS
) -> Document:
    """Make a document of one saved HTML page.

    Args:
        text: the page, decoded.
        location: its path. A page without a URL gets an id made of it, or of what it tells.
        address: the URL from which it was fetched, if that is known; used if the page states none.
        limits: the most that is read of anything.

    Raises:
        SourceError: no_article, no_title, no_body, too_large or malformed.
    """
    try:
        page = parse_page(text, limits)
        fetched = _saved_from(text) or (address if is_address(address) else "")
        url = number_address(page, read_url(page), fetched) or fetched
        _check_kind(page, url)
        page_text = read_page_text(page.root, [title for title, _ in read_titles(page)])
        body = read_body(page, page_text)
        document = replace(
            _to_document(page, page_text, body, limits),
            doc_id=choose_doc_id("", url),
            url=url if len(url) <= limits.url_chars else "",
        )
        document = replace(
            document,
            source=document.source or find_outlet(url),
            category=document.category or find_section(url),
        )
        origins = _origins_of(page, document, body)
        return replace(identify(document, file=location), origins=origins)
    except RecursionError as error:
        raise SourceError("malformed", "the page is nested too deeply") from error


def _saved_from(text: str) -> str:
    """Return the address that a browser notes above a page when it saves it, "" without one."""
    match = _SAVED_FROM.search(text[:SAVED_FROM_CHARS])
    return match["url"] if match and is_address(match["url"]) else ""


def _origins_of(page: HtmlPage, document: Document, body: Body) -> dict[str, str]:
    """Return what gave each field that is not empty."""
    origins = {**_ELSEWHERE, **page.origins, "body": body.origin}
    if document.date_source != "stated":
        origins["date"] = _ELSEWHERE["date"]
    return {name: origin for name, origin in origins.items() if getattr(document, name)}


def _check_kind(page: HtmlPage, url: str) -> None:
    """Raise SourceError for a page that is an error, or describes itself as a list of articles."""
    wrong = next((text for text, _ in read_titles(page) if is_error_title(text)), "")
    if wrong and not page.article:
        raise SourceError("no_article", f"its title is that of an error or a login: {wrong}")
    path = urlsplit(url).path if url else "?"
    # A front page may describe the articles that it lists; other pages describe themselves.
    if page.article and path.strip("/"):
        return
    if _LISTING_PATH.fullmatch(path):
        raise SourceError("no_article", f"its address is that of a front or list page: {url[:200]}")
    if any(LISTING_TYPES & read_types(node) for node in page.nodes):
        raise SourceError("no_article", "it describes itself as a list or a gallery")


def _to_document(page: HtmlPage, text: PageText, body: Body, limits: Limits) -> Document:
    """Return the document without what follows from the address."""
    trimmer = Trimmer()
    parts = _sort_lines(body, trimmer)
    title = read_title(page, text.shown_headline)
    _check_text(page, text, body, parts, title)
    caption, credit = _photo(page, text)
    tags, tagged_editors = read_tags(page, text)
    outlets = find_outlet_names(page)
    stated_authors, stated_editors = read_people(page, text, outlets)
    authors = stated_authors or parts.authors
    lines, place, outlet = _without_opening(
        _without_names(parts.article, [title, *authors]), outlets
    )
    when = _date_of(page, text, "\n".join(lines), limits.date_order)
    editors = stated_editors or tagged_editors or parts.editors
    source = read_source(page) or find_title_end(page, title) or outlet
    return Document(
        doc_id="",
        title=trimmer.trim_text("title", title, limits.title_chars),
        body="\n".join(lines),
        subheads=find_subheads(tuple(lines)),
        caption=trimmer.trim_text("caption", caption, limits.caption_chars),
        credit=credit,
        place=place,
        date=when.date,
        date_source=when.date_source,
        date_doubtful=when.is_doubtful,
        authors=trimmer.trim_values("author", authors, limits.person_count, limits.value_chars),
        editors=trimmer.trim_values("editor", editors, limits.person_count, limits.value_chars),
        tags=trim_tags(tags or parts.tags, trimmer, limits),
        category=trimmer.trim_text("category", read_category(page), limits.value_chars),
        source=trimmer.trim_text("source", source, limits.value_chars),
        notes=(*trimmer.notes, *when.notes),
        cut_lines=(*body.cut_lines, *parts.cut_lines),
    )


def _sort_lines(body: Body, trimmer: Trimmer) -> PageParts:
    """Take bylines and lists of other articles out of the text, and note how much was cut."""
    parts = sort_lines(body.lines)
    if body.cut_lines or parts.cut_lines:
        count = len(body.cut_lines) + len(parts.cut_lines)
        trimmer.add_note(f"Lines of adverts and links that were cut from the text: {count}.")
    return parts


def _check_text(page: HtmlPage, text: PageText, body: Body, parts: PageParts, title: str) -> None:
    """Raise SourceError for a page that is no article; docs/formats.md states the rule."""
    if not title:
        raise SourceError("no_title", "no selector of the headline gave a text")
    if not parts.article and page.article:
        raise SourceError("no_body", f"the title is: {title[:80]}")
    if not parts.article:
        raise SourceError("no_article", f"there is no running text under: {title[:80]}")
    is_listing = body.headlines >= max(LINKS_LEAST, len(parts.article))
    if is_listing and not _is_declared(page):
        raise SourceError("no_article", f"it holds more links than paragraphs, under: {title[:80]}")
    teasers = text.count_teasers()
    if _is_declared(page) or teasers < LINKS_LEAST:
        return
    if text.headline is None and teasers >= len(parts.article):
        raise SourceError("no_article", f"its title stands above no text of it: {title[:80]}")
    is_little = sum(map(len, parts.article)) < LISTED_CHARS_LEAST
    if teasers >= TEASERS_LEAST and is_little and not read_date(page, text).date:
        raise SourceError("no_article", f"{teasers} teasers stand around little text: {title[:80]}")


def _is_declared(page: HtmlPage) -> bool:
    """Tell whether a page says that it is an article."""
    kinds = [kind.lower() for kind in page.meta.get("og:type", [])]
    return bool(page.article) or "article" in kinds or "article:published_time" in page.meta


def _without_names(lines: list[str], names: list[str]) -> list[str]:
    """Return the lines without those that only repeat the title or an author."""
    folded = {name.casefold() for name in names}
    return [line for line in lines if line.casefold() not in folded] or lines


def _without_opening(lines: list[str], outlets: Collection[str]) -> tuple[list[str], str, str]:
    """Split place and outlet from the first line; some outlets write no dash behind them."""
    if len(lines) > 1 and is_opening_alone(lines[0]):
        lines = [f"{lines[0]} {lines[1]}", *lines[2:]]
    opening = find_opening(lines[0], outlets) if lines else None
    if opening:
        return [opening.rest, *lines[1:]], opening.place, opening.outlet
    match = _OPENING_WITHOUT_DASH.match(lines[0]) if lines else None
    if match and is_place(match["place"]):
        return [lines[0][match.end() :], *lines[1:]], match["place"], match["outlet"]
    return lines, "", ""


def _date_of(page: HtmlPage, text: PageText, body: str, order: DateOrder | None) -> DateLine:
    stated = read_date(page, text, order)
    if stated.date:
        return DateLine(stated.date, "stated", stated.notes)
    in_text = find_date_line(body) or DateLine(None, "unknown")
    return replace(in_text, notes=(*stated.notes, *in_text.notes))


def _photo(page: HtmlPage, text: PageText) -> tuple[str, str]:
    """Return the caption and the credit of the first photo; the credit may be in the caption."""
    caption = read_first(page, "caption") or _shown_caption(page, text)
    credit = read_first(page, "credit")
    tries = () if credit else (each.fullmatch(caption[:_CAPTION_CHARS]) for each in _CREDITS)
    match = next(filter(None, tries), None)
    if match:
        return match["caption"].strip(), match["credit"].strip()
    return caption.removeprefix(credit).removesuffix(credit).strip(), credit


def _shown_caption(page: HtmlPage, text: PageText) -> str:
    """Return the caption that stands beside the first paragraphs, "" without one."""
    top = -1 if text.headline is None else text.headline
    below = sorted(number for number in text.captions if top < number < text.stop)
    if not below:
        return ""
    page.note_origin("caption", "the line below a photo")
    return to_one_line(clean_text(text.blocks[below[0]].text))
