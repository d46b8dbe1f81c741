"""The page routes: results, article, help, coverage; robots.txt and the health check."""

from dataclasses import replace

from flask import Blueprint, Response, abort, make_response, request

from search import FACET_BY_NAME, QueryTimeoutError, SearchRequest
from search.query import write_form
from web.http.app_context import (
    current_addresses,
    current_engine,
    current_lang,
    current_state,
    json_response,
    make_context,
    render,
)
from web.http.front import front_answers
from web.http.monitoring import note_results
from web.http.response_headers import keep_if_whole, redirect_to, unless_cached
from web.json_api import encode_metadata, to_script
from web.language import make_help_sections
from web.urls import PageState, rank_from_args
from web.views import (
    ORDERS,
    HelpPage,
    Neighbours,
    RequestContext,
    facet_request,
    form_from_args,
    make_advanced_page,
    make_article_page,
    make_coverage_page,
    make_csv,
    make_facet_page,
    make_front_page,
    make_neighbours,
    make_results_page,
    make_timeline,
    window_of,
)

CSV_NAME = "kliping-timeline.csv"
"""The name under which a browser saves the timeline."""


def make_blueprint() -> Blueprint:
    """Return the page routes."""
    routes = Blueprint("pages", __name__)
    routes.add_url_rule("/", "front", results)
    routes.add_url_rule("/search", "results", results)
    routes.add_url_rule("/articles/<doc_id:doc_id>", "article", article)
    routes.add_url_rule("/facets/<name>", "facet", facet)
    routes.add_url_rule("/advanced", "advanced", advanced)
    routes.add_url_rule("/help", "help", help_page)
    routes.add_url_rule("/coverage", "coverage", coverage)
    routes.add_url_rule("/timeline.csv", "timeline", timeline)
    routes.add_url_rule("/robots.txt", "robots", robots)
    routes.add_url_rule("/healthz", "health", health)
    return routes


def results() -> Response:
    """Show the results of the URL's request, or the front page if it asks for nothing."""
    state = current_state()

    def make() -> Response:
        if state.request == SearchRequest():
            return _front(state)
        results = note_results(current_engine().search(state.request))
        page = make_results_page(results, make_context(state))
        shown = render("results.html", page, state.lang)
        return keep_if_whole(shown, is_cut_short=results.is_cut_short)

    return unless_cached(make)


def _front(state: PageState) -> Response:
    """Show the newest articles, and what the archive has today besides."""
    context, engine = make_context(state), current_engine()
    answers = front_answers(engine, context.today)
    note_results(answers.results)
    html = render("results.html", make_front_page(answers, context), state.lang)
    return keep_if_whole(html, is_cut_short=answers.is_cut_short)


def timeline() -> Response:
    """Answer with the timeline of the URL's request as CSV."""
    state = current_state()

    def make() -> Response:
        results = note_results(current_engine().search(state.request))
        text = make_csv(make_timeline(results, make_context(state)))
        response = Response(text, mimetype="text/csv")
        response.headers["Content-Disposition"] = f'attachment; filename="{CSV_NAME}"'
        return response

    return unless_cached(make)


def article(doc_id: str) -> Response:
    """Show one article, with the URL's query highlighted."""
    state, rank = current_state(), rank_from_args(request.args.items(multi=True))

    def make() -> Response:
        found = current_engine().document(doc_id, state.request.query_text)
        if found.document.doc_id != doc_id:
            return redirect_to(current_addresses().article(found.document.doc_id, state))
        context = make_context(state)
        neighbours, is_late = _neighbours(doc_id, rank, context)
        page = make_article_page(found, context, neighbours)
        metadata = to_script(encode_metadata(page))
        html = render("article.html", page, state.lang, metadata=metadata)
        response = make_response(html)
        response.headers["Link"] = f'<{page.canonical_url}>; rel="canonical"'
        return keep_if_whole(response, is_cut_short=found.is_cut_short or is_late)

    return unless_cached(make)


def _neighbours(doc_id: str, rank: int, context: RequestContext) -> tuple[Neighbours | None, bool]:
    """Return the neighbours of an article in the results, and whether time was over for them.

    The article itself is there, so it is shown all the same.
    """
    window = window_of(context.request, rank) if rank else None
    if window is None:
        return None, False
    try:
        return make_neighbours(doc_id, rank, current_engine().search(window), context), False
    except QueryTimeoutError:
        return None, True


def facet(name: str) -> Response:
    """Show all values of a facet by letter, among the results of the URL's request."""
    if name not in FACET_BY_NAME:
        abort(404)
    state = current_state()
    letter, order = request.args.get("letter", ""), request.args.get("order") or ORDERS[0]

    def make() -> str:
        found = current_engine().search(facet_request(state.request, name, letter))
        page = make_facet_page(found, name, letter, order, make_context(state))
        return render("facet.html", page, state.lang)

    return unless_cached(make)


def advanced() -> Response | str:
    """Show the form for readers who know no syntax; where it was sent, lead to its results."""
    state = current_state()
    form = form_from_args(request.args)
    if form is None:
        page = make_advanced_page(make_context(state))
        return render("advanced.html", page, state.lang)
    asked = replace(state.request, query_text=write_form(form), any_word=False, page=1)
    address = current_addresses().results(replace(state, request=asked))
    return Response(status=303, headers={"Location": address})


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
    paths = ("/search", "/advanced", "/facets/", "/timeline.csv", "/api/")
    closed = (f"Disallow: {root}{path}" for path in paths)
    return Response("\n".join(("User-agent: *", *closed, "")), mimetype="text/plain")


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
