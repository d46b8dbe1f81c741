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
from dataclasses import replace
from urllib.parse import urlsplit

from index.document import Document
from index.errors import SourceError
from index.ingest.fields import (
    DateLine,
    choose_doc_id,
    deduplicate_tags,
    find_date_line,
    find_opening,
    find_outlet,
    find_section,
    identify,
    is_place,
)
from index.ingest.io import LIMITS, DateOrder, Limits, Trimmer
from index.ingest.pages.html_body import Body, read_body
from index.ingest.pages.html_fields import (
    is_address,
    read_category,
    read_date,
    read_people,
    read_source,
    read_tags,
    read_title,
    read_url,
)
from index.ingest.pages.html_index import HtmlPage, parse_page
from index.ingest.pages.html_provenance import trace_fields
from index.ingest.pages.html_selectors import FieldName, selectors_for
from index.ingest.pages.json_ld import LISTING_TYPES, read_types
from index.ingest.pages.text_page import find_subheads
from index.ingest.pages.text_page_lines import PageParts, sort_lines

LINK_SHARE_MOST = 0.5
"""A page whose text has a larger share of links is a list of articles."""
_LISTING_PATH = re.compile(
    r"/(?:tags?|topi[ck]|indeks|index(?:\.\w{2,5})?|kategori|category|kanal|author|penulis|search|"
    r"cari|arsip|archive)(?:/.*)?|/?|/page/\d+/?",
    re.IGNORECASE,
)
"""The paths of front pages, tags, indexes and archives."""
_OPENING_ALONE = re.compile(r"[^.!?]{2,60} ?[-–—]{1,2}")
"""Place and outlet on a line of their own, with the dash before the next line."""
_OPENING_WITHOUT_DASH = re.compile(
    r"(?P<outlet>[\w.]{1,30}\.(?:com|co\.id|id)), ?(?P<place>[A-Z]\w{1,30})[ ,:]+(?=\w)",
    re.IGNORECASE,
)
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
        url = read_url(page) or (address if is_address(address) else "")
        _check_kind(page, url)
        body = read_body(page)
        document = identify(_to_document(page, body, url, limits), file=location)
        return replace(document, origins=trace_fields(page, document, body.origin))
    except RecursionError as error:
        raise SourceError("malformed", "the page is nested too deeply") from error


def _check_kind(page: HtmlPage, url: str) -> None:
    """Raise SourceError for a page that describes itself as a list of articles."""
    path = urlsplit(url).path if url else "?"
    # A front page may describe the articles that it lists; other pages describe themselves.
    if page.article and path.strip("/"):
        return
    if _LISTING_PATH.fullmatch(path):
        raise SourceError("no_article", f"its address is that of a front or list page: {url[:200]}")
    if any(LISTING_TYPES & read_types(node) for node in page.nodes):
        raise SourceError("no_article", "it describes itself as a list or a gallery")


def _to_document(page: HtmlPage, body: Body, url: str, limits: Limits) -> Document:
    trimmer = Trimmer()
    parts = _sort_lines(body, trimmer)
    category = read_category(page) or find_section(url)
    title = read_title(page, category)
    _check_text(page, body, parts, title)
    caption, credit = _photo(page)
    tags, tagged_editors = read_tags(page)
    authors = read_people(page, "authors") or parts.authors
    lines, place, outlet = _without_opening(_without_names(parts.article, [title, *authors]))
    when = _date_of(page, "\n".join(lines), limits.date_order)
    editors = read_people(page, "editors") or tagged_editors or parts.editors
    source = read_source(page) or outlet or find_outlet(url)
    url = url if len(url) <= limits.url_chars else ""
    return Document(
        doc_id=choose_doc_id("", url),
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
        tags=trimmer.trim_values(
            "tag", deduplicate_tags(tags or parts.tags), limits.tag_count, limits.value_chars
        ),
        category=trimmer.trim_text("category", category, limits.value_chars),
        source=trimmer.trim_text("source", source, limits.value_chars),
        url=url,
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


def _check_text(page: HtmlPage, body: Body, parts: PageParts, title: str) -> None:
    if not title:
        raise SourceError("no_title", "no selector of the headline gave a text")
    if not parts.article and page.article:
        raise SourceError("no_body", f"the title is: {title[:80]}")
    if not parts.article:
        raise SourceError("no_article", f"there is no running text under: {title[:80]}")
    if body.link_share > LINK_SHARE_MOST:
        raise SourceError("no_article", f"most of the text is links, under: {title[:80]}")


def _without_names(lines: list[str], names: list[str]) -> list[str]:
    """Return the lines without those that only repeat the title or an author."""
    folded = {name.casefold() for name in names}
    return [line for line in lines if line.casefold() not in folded] or lines


def _without_opening(lines: list[str]) -> tuple[list[str], str, str]:
    """Split place and outlet from the first line; some outlets write no dash behind them."""
    if len(lines) > 1 and _OPENING_ALONE.fullmatch(lines[0]):
        lines = [f"{lines[0]} {lines[1]}", *lines[2:]]
    opening = find_opening(lines[0]) if lines else None
    if opening:
        return [opening.rest, *lines[1:]], opening.place, opening.outlet
    match = _OPENING_WITHOUT_DASH.match(lines[0]) if lines else None
    if match and is_place(match["place"]):
        return [lines[0][match.end() :], *lines[1:]], match["place"], match["outlet"]
    return lines, "", ""


def _date_of(page: HtmlPage, body: str, order: DateOrder | None) -> DateLine:
    stated = read_date(page, order)
    if stated.date:
        return DateLine(stated.date, "stated", stated.notes)
    in_text = find_date_line(body) or DateLine(None, "unknown")
    return replace(in_text, notes=(*stated.notes, *in_text.notes))


def _photo(page: HtmlPage) -> tuple[str, str]:
    """Return the caption and the credit of the first photo; the credit may be in the caption."""
    caption = _read_first(page, "caption")
    credit = _read_first(page, "credit")
    tries = () if credit else (each.fullmatch(caption[:_CAPTION_CHARS]) for each in _CREDITS)
    match = next(filter(None, tries), None)
    if match:
        return match["caption"].strip(), match["credit"].strip()
    return caption.removeprefix(credit).removesuffix(credit).strip(), credit


def _read_first(page: HtmlPage, field: FieldName) -> str:
    texts = (text for selector in selectors_for(field) for text in page.read_values(selector))
    return next(texts, "")
