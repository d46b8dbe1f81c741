"""The JSON routes: search, article, similar articles, suggestions, coverage, OpenAPI document."""

from dataclasses import replace

from flask import Blueprint, Response, request

from search import DocumentMissingError, RequestError
from web.http.app_context import (
    current_addresses,
    current_engine,
    current_lang,
    current_site,
    current_state,
    json_response,
    make_context,
)
from web.http.monitoring import note_results
from web.http.response_headers import keep_if_whole, redirect_to, unless_cached
from web.json_api import (
    encode_article,
    encode_coverage,
    encode_mention,
    encode_results,
    encode_suggestions,
    make_openapi_document,
)
from web.urls import PageState
from web.views import make_article_page, make_mention, make_results_view

SUGGESTIONS_MOST = 8
"""Suggestions in one answer: as many as a reader takes in at a glance."""
TYPED_LENGTH_LEAST = 2
"""Characters from which something is suggested."""
TYPED_LENGTH_MOST = 100
"""Characters of a typed text that are read for suggestions."""
SIMILAR_MOST = 10
"""Similar articles in one answer."""


def make_blueprint() -> Blueprint:
    """Return the JSON routes."""
    routes = Blueprint("api", __name__, url_prefix="/api")
    routes.add_url_rule("/search", "search", search)
    routes.add_url_rule("/articles/<doc_id:doc_id>", "article", article)
    routes.add_url_rule("/articles/<doc_id:doc_id>/similar", "similar", similar)
    routes.add_url_rule("/suggest", "suggest", suggest)
    routes.add_url_rule("/coverage", "coverage", coverage)
    routes.add_url_rule("/openapi.json", "openapi", openapi)
    return routes


def search() -> Response:
    """Answer a search; it takes the page's parameters and refuses any other."""
    state = current_state(strict=True)

    def make() -> Response:
        results = note_results(current_engine().search(state.request))
        context = make_context(state).for_json()
        found = json_response(encode_results(make_results_view(results, context)))
        return keep_if_whole(found, is_cut_short=results.is_cut_short)

    return unless_cached(make)


def article(doc_id: str) -> Response:
    """Answer with every field of one article."""

    def make() -> Response:
        found = current_engine().document(doc_id)
        if found.document.doc_id != doc_id:
            return redirect_to(current_addresses().article_json(found.document.doc_id))
        shown = json_response(encode_article(found, make_article_page(found, make_context())))
        return keep_if_whole(shown, is_cut_short=found.is_cut_short)

    return unless_cached(make)


def similar(doc_id: str) -> Response:
    """Answer with articles on the same subject, the most similar first."""
    if _has_document(own := f"{doc_id}/similar"):
        return article(own)

    def make() -> Response:
        documents = current_engine().similar(doc_id, SIMILAR_MOST)
        context = make_context()
        mentions = [encode_mention(make_mention(document, context)) for document in documents]
        return json_response({"id": doc_id, "articles": mentions})

    return unless_cached(make)


def _has_document(doc_id: str) -> bool:
    """Return whether an article has this id: an id may end as the addresses of this route do."""
    try:
        current_engine().document(doc_id)
    except DocumentMissingError:
        return False
    return True


def suggest() -> Response:
    """Answer with completions of the text in the parameter q; they keep the URL's filters."""
    typed = request.args.get("q", "")[:TYPED_LENGTH_MOST]
    context = make_context(_state_of_suggestions())

    def make() -> Response:
        completions = current_engine().complete(typed, SUGGESTIONS_MOST - 1)
        request = replace(context.request, query_text=typed)
        is_searchable = len(typed.strip()) >= TYPED_LENGTH_LEAST
        first = [(request, current_engine().count(request))] if is_searchable else []
        suggestions = encode_suggestions(completions, context, first)
        return json_response({"query": typed, "suggestions": suggestions})

    return unless_cached(make)


def _state_of_suggestions() -> PageState:
    """Return the state that suggestions lead on from: without filters if those are wrong."""
    try:
        state = current_state()
        return replace(state, request=replace(state.request, page=1))
    except RequestError:
        return PageState(lang=current_lang())


def coverage() -> Response:
    """Answer with what the archive has of each outlet, and what was refused."""
    return unless_cached(lambda: json_response(encode_coverage(current_engine().coverage())))


def openapi() -> Response:
    """Answer with the OpenAPI document of these routes."""
    return json_response(make_openapi_document(current_addresses(), current_site()))
