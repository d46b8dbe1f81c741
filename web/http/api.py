"""The JSON: search, article, and the OpenAPI document that describes both."""

from flask import Blueprint, Response, request

from web.http.app_context import current_addresses, current_engine, current_lang
from web.http.caching import unless_cached
from web.json_api.encoding import json_response
from web.json_api.openapi import openapi_document
from web.json_api.results_json import article_json, mention_json, results_json
from web.json_api.suggestions_json import suggestions_json
from web.urls.url_state import PageState, state_from_args
from web.views.article_view import article_page, mention
from web.views.context import Reader
from web.views.results_view import results_view

SUGGESTED_MOST = 8
"""Ways to go on that are offered at once: more than a list that is taken in at a glance."""
TYPED_MOST = 100
"""Characters of a text that are looked at."""
SIMILAR_MOST = 10
"""Articles on the same subject in one answer."""


def blueprint() -> Blueprint:
    """Return the routes of the JSON."""
    routes = Blueprint("api", __name__, url_prefix="/api")
    routes.add_url_rule("/search", "search", search)
    routes.add_url_rule("/articles/<doc_id:doc_id>", "article", article)
    routes.add_url_rule("/articles/<doc_id:doc_id>/similar", "similar", similar)
    routes.add_url_rule("/suggest", "suggest", suggest)
    routes.add_url_rule("/openapi.json", "openapi", openapi)
    return routes


def search() -> Response:
    """Answer a search; the parameters are those of the page, and none but those."""
    state = state_from_args(request.args.items(multi=True), strict=True)

    def make() -> Response:
        found = current_engine().search(state.request)
        reader = Reader(state, current_addresses().of_json())
        return json_response(results_json(results_view(found, reader)))

    return unless_cached(make)


def article(doc_id: str) -> Response:
    """Answer with every field of one article."""

    def make() -> Response:
        found = current_engine().document(doc_id)
        page = article_page(found, Reader(PageState(), current_addresses()))
        return json_response(article_json(found, page))

    return unless_cached(make)


def similar(doc_id: str) -> Response:
    """Answer with articles on the same subject, the most alike first."""

    def make() -> Response:
        documents = current_engine().similar(doc_id, SIMILAR_MOST)
        reader = Reader(PageState(), current_addresses())
        mentions = [mention_json(mention(document, reader)) for document in documents]
        return json_response({"id": doc_id, "articles": mentions})

    return unless_cached(make)


def suggest() -> Response:
    """Answer with what may continue the text of the parameter q."""
    typed = request.args.get("q", "")[:TYPED_MOST]
    state = PageState(lang=current_lang())

    def make() -> Response:
        found = current_engine().complete(typed, SUGGESTED_MOST)
        reader = Reader(state, current_addresses())
        return json_response({"query": typed, "suggestions": suggestions_json(found, reader)})

    return unless_cached(make)


def openapi() -> Response:
    """Answer with the description of this JSON."""
    return json_response(openapi_document(current_addresses()))
