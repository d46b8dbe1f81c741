"""From a found document to the view model of its page and its JSON."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from index.document import Document
from search.query.parser import to_query_text
from search.query.tree import Phrase
from search.request import SearchRequest
from search.results import FoundDocument, Snippet
from web.language import formatting
from web.urls.url_state import PageState
from web.views.context import Reader
from web.views.hit_view import safe_url
from web.views.marked_text import lines_of, marked_text
from web.views.page_models import ArticlePage, Link, Mention, Paragraph


def article_page(found: FoundDocument, reader: Reader) -> ArticlePage:
    """Return everything that an article's page shows; the reader comes from results, perhaps."""
    document, addresses = found.document, reader.addresses
    estimated = document.date_source == "inferred"
    day = formatting.day(reader.lang, document.date) if document.date else reader.say("no_date")
    return ArticlePage(
        frame=reader.frame(partial(addresses.article, document.doc_id)),
        doc_id=document.doc_id,
        title=marked_text(Snippet(document.title, found.title_highlights)),
        paragraphs=tuple(
            Paragraph(text=marked_text(line), is_subhead=line.text in document.subheads)
            for line in lines_of(document.body, found.body_highlights)
        ),
        caption=document.caption,
        credit=document.credit,
        place=document.place,
        date=document.date.isoformat() if document.date else "",
        date_label=day,
        date_estimated=estimated,
        estimated_note=reader.say("date_inferred") if estimated else "",
        authors=reader.facet_links("author", document.authors),
        editors=_editor_links(document.editors, reader),
        tags=reader.facet_links("tag", document.tags),
        category=document.category,
        source=document.source,
        url=safe_url(document.url),
        page_url=addresses.article(document.doc_id, PageState(lang=reader.lang)),
        back_url=addresses.results(reader.state),
        json_url=addresses.article_json(document.doc_id),
        copies=tuple(_copies(found, reader)),
        copy_total=found.copies.total,
        copies_note=_copies_note(found, reader),
        similar=tuple(mention(document, reader) for document in found.similar),
    )


def mention(document: Document, reader: Reader) -> Mention:
    """Return a document as it stands in a list of others."""
    day = formatting.day(reader.lang, document.date) if document.date else reader.say("no_date")
    return Mention(
        doc_id=document.doc_id,
        title=document.title,
        date=document.date.isoformat() if document.date else "",
        date_label=day,
        source=document.source,
        page_url=reader.article(document.doc_id),
    )


def _copies(found: FoundDocument, reader: Reader) -> Iterator[Mention]:
    for place, copy in enumerate(found.copies.documents):
        is_here = copy.doc_id == found.document.doc_id
        yield replace(mention(copy, reader), is_representative=place == 0, is_here=is_here)


def _copies_note(found: FoundDocument, reader: Reader) -> str:
    """Return how many copies there are, and whether all are listed."""
    shown, total = len(found.copies.documents), found.copies.total
    key = "copies_note" if shown == total else "copies_note_some"
    return reader.say(key, shown=shown, total=total) if total else ""


def _editor_links(editors: tuple[str, ...], reader: Reader) -> tuple[Link, ...]:
    """Return links that search for each editor; editors are no facet, so by query."""
    queries = (to_query_text(Phrase(editor, "editor")) for editor in editors)
    urls = (reader.results_of(SearchRequest(query_text=query)) for query in queries)
    return tuple(Link(editor, url) for editor, url in zip(editors, urls, strict=True))
