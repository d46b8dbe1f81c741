"""Make the view model of an article's page, and of an article mentioned in a list."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from textwrap import shorten

from index.document import Document
from search import DocumentResult, SearchRequest, Snippet
from search.query import Phrase, to_query_text
from web.language import format_iso_day
from web.urls import PageState
from web.views.context import RequestContext
from web.views.hit_view import to_safe_url
from web.views.marked_text import split_lines, to_marked_text
from web.views.neighbours import no_neighbours
from web.views.page_models import ArticlePage, Link, Mention, Neighbours, Paragraph

DATELINE_LENGTH = 60
"""Within how many characters of a text the place of its dateline stands, where it has one."""
DESCRIPTION_LENGTH = 200
"""Characters of the text that describe an article to who links to it."""


def make_article_page(
    found: DocumentResult, context: RequestContext, neighbours: Neighbours | None = None
) -> ArticlePage:
    """Return all that an article's page shows; its links back lead to the context's results."""
    document, addresses = found.document, context.addresses
    return ArticlePage(
        frame=context.make_frame(partial(addresses.article, document.doc_id)),
        doc_id=document.doc_id,
        title=to_marked_text(Snippet(document.title, found.title_highlights)),
        paragraphs=tuple(_paragraphs(found)),
        caption=document.caption,
        credit=document.credit,
        place=document.place,
        place_before=_place_before(document),
        date=format_iso_day(document.date),
        date_label=context.date_label(document.date),
        date_mark=context.date_mark(document),
        date_note=_date_note(document, context),
        correction_note=_correction_note(document, context),
        authors=context.facet_links("author", document.authors),
        editors=_editor_links(document.editors, context),
        tags=context.facet_links("tag", document.tags),
        category=document.category,
        source=document.source,
        url=to_safe_url(document.url),
        page_url=addresses.article(document.doc_id, PageState(lang=context.lang)),
        canonical_url=context.plain_url(document.doc_id),
        neighbours=neighbours or no_neighbours(context),
        mentions_label=_mentions_label(found, context),
        description=_description(document),
        citation=_citation(document, context),
        json_url=addresses.article_json(document.doc_id),
        copies=tuple(_copies(found, context)),
        copy_total=found.copies.total,
        copies_note=_copies_note(found, context),
        similar=tuple(make_mention(document, context) for document in found.similar),
    )


def _paragraphs(found: DocumentResult) -> Iterator[Paragraph]:
    document = found.document
    for line in split_lines(document.body, found.body_highlights):
        yield Paragraph(text=to_marked_text(line), is_subhead=line.text in document.subheads)


def _mentions_label(found: DocumentResult, context: RequestContext) -> str:
    count = len(found.title_highlights) + len(found.body_highlights)
    return context.say("mentions", count=count) if count else ""


def _place_before(document: Document) -> str:
    """Return the place to be printed before the text: none if the text opens with it."""
    opening = document.body[:DATELINE_LENGTH].casefold()
    return "" if document.place.casefold() in opening else document.place


def _description(document: Document) -> str:
    opening = document.body[: 2 * DESCRIPTION_LENGTH]
    return shorten(opening, width=DESCRIPTION_LENGTH, placeholder=" …")


def _citation(document: Document, context: RequestContext) -> str:
    """Return a line to cite: writers, headline, outlet, day, address; what is unknown is left."""
    address = to_safe_url(document.url)
    parts = (
        ", ".join(document.authors),
        f"“{document.title}”",
        document.source,
        context.date_label(document.date) if document.date else "",
        address,
    )
    return ". ".join(filter(None, parts)) + ("" if address else ".")


def _date_note(document: Document, context: RequestContext) -> str:
    if document.date_doubtful:
        return context.say("date_doubtful")
    return context.say("date_inferred") if document.date_source == "inferred" else ""


def _correction_note(document: Document, context: RequestContext) -> str:
    """Return which fields were corrected and the last day; never what stood there before."""
    if not document.corrections:
        return ""
    names = (context.say(f"corrected_{each.field}") for each in reversed(document.corrections))
    day = dt.date.fromisoformat(max(each.when for each in document.corrections))
    return context.say("corrected", fields=", ".join(names), day=context.date_label(day))


def make_mention(document: Document, context: RequestContext) -> Mention:
    """Return an article as it stands in a list of others."""
    return Mention(
        doc_id=document.doc_id,
        title=document.title,
        date=format_iso_day(document.date),
        date_label=context.date_label(document.date),
        source=document.source,
        page_url=context.article_url(document.doc_id),
    )


def _copies(found: DocumentResult, context: RequestContext) -> Iterator[Mention]:
    """Yield the group's articles, its representative first."""
    for number, copy in enumerate(found.copies.documents):
        is_here = copy.doc_id == found.document.doc_id
        yield replace(make_mention(copy, context), is_representative=number == 0, is_here=is_here)


def _copies_note(found: DocumentResult, context: RequestContext) -> str:
    """Return how many near duplicates there are, and whether all are listed."""
    shown, total = len(found.copies.documents), found.copies.total
    key = "copies_note" if shown == total else "copies_note_some"
    return context.say(key, shown=shown, total=total) if total else ""


def _editor_links(editors: tuple[str, ...], context: RequestContext) -> tuple[Link, ...]:
    """Return a link for each editor that searches the field by query, since it is not a facet."""
    queries = (to_query_text(Phrase(editor, "editor")) for editor in editors)
    urls = (context.url_of(SearchRequest(query_text=query)) for query in queries)
    return tuple(Link(editor, url) for editor, url in zip(editors, urls, strict=True))
