"""From a found document to the view model of its page and its JSON."""

from functools import partial

from search.parser import to_query_text
from search.query import Phrase
from search.request import SearchRequest
from search.results import FoundDocument, Snippet
from web import formatting
from web.addresses import Addresses
from web.marked_text import lines_of, marked_text
from web.messages import message
from web.results_view import facet_links, safe_url
from web.url_state import LANGUAGES, PageState
from web.view_models import ArticlePage, Link, Paragraph


def article_page(found: FoundDocument, state: PageState, addresses: Addresses) -> ArticlePage:
    """Return everything that an article's page shows; `state` is where the reader came from."""
    document, lang = found.document, state.lang
    say = partial(message, lang)
    estimated = document.date_source == "inferred"
    return ArticlePage(
        lang=lang,
        doc_id=document.doc_id,
        title=marked_text(Snippet(document.title, found.title_highlights)),
        paragraphs=tuple(
            Paragraph(text=marked_text(line), is_subhead=line.text in document.subheads)
            for line in lines_of(document.body, found.body_highlights)
        ),
        subheads=document.subheads,
        caption=document.caption,
        credit=document.credit,
        place=document.place,
        date=document.date.isoformat() if document.date else "",
        date_label=formatting.day(lang, document.date) if document.date else say("no_date"),
        date_source=document.date_source,
        date_estimated=estimated,
        estimated_note=say("date_inferred") if estimated else "",
        authors=facet_links("author", document.authors, lang, addresses),
        editors=_editor_links(document.editors, lang, addresses),
        tags=facet_links("tag", document.tags, lang, addresses),
        category=document.category,
        source=document.source,
        url=safe_url(document.url),
        query_text=state.request.query_text,
        page_url=addresses.article(document.doc_id, PageState(lang=lang)),
        back_url=addresses.results(state),
        languages=tuple(
            Link(
                code.upper(),
                addresses.article(document.doc_id, PageState(state.request, code)),
                code == lang,
            )
            for code in LANGUAGES
        ),
        search_url=addresses.search(),
        home_url=addresses.home(lang),
        help_url=addresses.help(lang),
        json_url=addresses.article_json(document.doc_id),
    )


def _editor_links(editors: tuple[str, ...], lang: str, addresses: Addresses) -> tuple[Link, ...]:
    """Return links that search for each editor; editors are no facet, so by query."""
    queries = (to_query_text(Phrase(editor, "editor")) for editor in editors)
    states = (PageState(SearchRequest(query_text=query), lang) for query in queries)
    urls = (addresses.results(state) for state in states)
    return tuple(Link(editor, url) for editor, url in zip(editors, urls, strict=True))
