"""The pages: results, article, help; and what crawlers and watchdogs ask for."""

from flask import Blueprint, Response, make_response, request

from search.request import SearchRequest
from web.http.app_context import current_addresses, current_engine, current_lang, render
from web.http.caching import unless_cached
from web.json_api.encoding import json_response
from web.language.help_sections import help_sections
from web.urls.url_state import PageState, state_from_args
from web.views.article_view import article_page
from web.views.context import Reader
from web.views.page_models import PlainPage
from web.views.results_view import results_page


def blueprint() -> Blueprint:
    """Return the routes of all pages."""
    routes = Blueprint("pages", __name__)
    routes.add_url_rule("/", "front", results)
    routes.add_url_rule("/search", "results", results)
    routes.add_url_rule("/articles/<doc_id:doc_id>", "article", article)
    routes.add_url_rule("/help", "help", help_page)
    routes.add_url_rule("/robots.txt", "robots", robots)
    routes.add_url_rule("/healthz", "health", health)
    return routes


def results() -> Response:
    """Show the results of the request in the URL; the archive itself when there is none."""
    state = state_from_args(request.args.items(multi=True))

    def make() -> str:
        found = current_engine().search(state.request)
        page = results_page(found, Reader(state, current_addresses()))
        return render("results.html", page, state.lang)

    return unless_cached(make)


def article(doc_id: str) -> Response:
    """Show one article, with the words of the query in the URL marked."""
    state = state_from_args(request.args.items(multi=True))

    def make() -> Response:
        found = current_engine().document(doc_id, state.request.query_text)
        page = article_page(found, Reader(state, current_addresses()))
        response = make_response(render("article.html", page, state.lang))
        plain = current_addresses().article(doc_id, PageState(SearchRequest()))
        response.headers["Link"] = f'<{plain}>; rel="canonical"'
        return response

    return unless_cached(make)


def help_page() -> str:
    """Show how to search."""
    reader = Reader(PageState(lang=current_lang()), current_addresses())
    sections = help_sections(
        reader.lang, lambda text: reader.results_of(SearchRequest(query_text=text))
    )
    frame = reader.frame(lambda state: reader.addresses.help(state.lang))
    return render("help.html", PlainPage(frame=frame, sections=sections), reader.lang)


def robots() -> Response:
    """Keep crawlers out of results, whose combinations have no end; articles are open to them."""
    root = current_addresses().root
    lines = ("User-agent: *", f"Disallow: {root}/search", f"Disallow: {root}/api/", "")
    return Response("\n".join(lines), mimetype="text/plain")


def health() -> Response:
    """Say whether an index is open, which generation, and how many documents it has."""
    status = current_engine().status()
    told = {
        "status": "ok" if status.is_open else "no index",
        "generation": status.generation,
        "documents": status.doc_count,
        "problem": status.problem,
    }
    response = json_response(told)
    response.status_code = 200 if status.is_open else 503
    response.headers["Cache-Control"] = "no-store"
    return response
