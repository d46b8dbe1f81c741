"""The page routes: results, article, help, coverage; robots.txt and the health check."""

from flask import Blueprint, Response, make_response

from search import SearchRequest
from web.http.app_context import (
    current_addresses,
    current_engine,
    current_lang,
    current_site,
    current_state,
    json_response,
    make_context,
    render,
)
from web.http.monitoring import note_results
from web.http.response_headers import keep_if_whole, redirect_to, unless_cached
from web.language import make_help_sections
from web.urls import PageState
from web.views import HelpPage, make_article_page, make_coverage_page, make_results_page


def make_blueprint() -> Blueprint:
    """Return the page routes."""
    routes = Blueprint("pages", __name__)
    routes.add_url_rule("/", "front", results)
    routes.add_url_rule("/search", "results", results)
    routes.add_url_rule("/articles/<doc_id:doc_id>", "article", article)
    routes.add_url_rule("/help", "help", help_page)
    routes.add_url_rule("/coverage", "coverage", coverage)
    routes.add_url_rule("/robots.txt", "robots", robots)
    routes.add_url_rule("/healthz", "health", health)
    return routes


def results() -> Response:
    """Show the results of the URL's request, or the front page if it asks for nothing."""
    state = current_state()

    def make() -> Response:
        results = note_results(current_engine().search(state.request))
        page = make_results_page(results, make_context(state))
        shown = render("results.html", page, state.lang)
        return keep_if_whole(shown, is_cut_short=results.is_cut_short)

    return unless_cached(make)


def article(doc_id: str) -> Response:
    """Show one article, with the URL's query highlighted."""
    state = current_state()

    def make() -> Response:
        found = current_engine().document(doc_id, state.request.query_text)
        if found.document.doc_id != doc_id:
            return redirect_to(current_addresses().article(found.document.doc_id, state))
        page = make_article_page(found, make_context(state))
        response = make_response(render("article.html", page, state.lang))
        canonical = current_addresses().article(doc_id, PageState(lang=current_site().lang))
        response.headers["Link"] = f'<{canonical}>; rel="canonical"'
        return keep_if_whole(response, is_cut_short=found.is_cut_short)

    return unless_cached(make)


def help_page() -> str:
    """Show how to search."""
    context = make_context(PageState(lang=current_lang()))
    sections = make_help_sections(
        context.lang, lambda text: context.url_of(SearchRequest(query_text=text))
    )
    frame = context.make_frame(lambda state: context.addresses.help(state.lang))
    return render("help.html", HelpPage(frame=frame, sections=sections), context.lang)


def coverage() -> Response:
    """Show what the archive has of each outlet, and what was refused."""
    context = make_context(PageState(lang=current_lang()))

    def make() -> str:
        page = make_coverage_page(current_engine().coverage(), context)
        return render("coverage.html", page, context.lang)

    return unless_cached(make)


def robots() -> Response:
    """Keep crawlers out of results, whose combinations never end; articles are open to them."""
    root = current_addresses().root
    lines = ("User-agent: *", f"Disallow: {root}/search", f"Disallow: {root}/api/", "")
    return Response("\n".join(lines), mimetype="text/plain")


def health() -> Response:
    """Say whether an index is open, its generation, and how many documents it has."""
    status = current_engine().status()
    health_report = {
        "status": "ok" if status.is_open else "no index",
        "generation": status.generation,
        "documents": status.doc_count,
        "problem": status.problem,
    }
    response = json_response(health_report)
    response.status_code = 200 if status.is_open else 503
    response.headers["Cache-Control"] = "no-store"
    return response
