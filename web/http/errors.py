"""Answer every error, as a page or as problem+json, with the row that the table of errors has.

The table is `web.language.problems`. An error of the program itself is logged with its trace; the
reader gets one sentence and nothing of its inside.
"""

import logging

from flask import Flask, Response, g, make_response, request
from werkzeug.exceptions import HTTPException

from index.errors import ArchiveError
from search import EngineUnavailableError, QueryTimeoutError, RequestError
from web.http.app_context import current_lang, current_site, make_context, render
from web.json_api import encode_problem, to_json
from web.language import Problem, problem_of, problem_with_status
from web.urls import PageState, state_from_args
from web.views import ErrorPage, ErrorView

LOG = logging.getLogger("kliping.web")

RETRY_SECONDS = 5
"""After how many seconds to ask again where no index is open: it is looked for all the time."""
SERVER_FAULTS = range(500, 600)
"""HTTP statuses that are not the caller's fault."""


def add_error_pages(app: Flask) -> None:
    """Answer every error with a page, or with problem+json below /api/."""
    app.register_error_handler(ArchiveError, _answer_archive_error)
    app.register_error_handler(HTTPException, _answer_http_error)


def _answer_archive_error(error: ArchiveError) -> Response:
    problem = problem_of(error)
    if problem.status in SERVER_FAULTS:
        LOG.error("%s", error)
    if isinstance(error, RequestError):
        values = {**error.values, "parameter": error.parameter}
        return _answer(_error_view(problem, problem.status, **values))
    if isinstance(error, QueryTimeoutError):
        return _answer(_error_view(problem, problem.status, seconds=f"{error.seconds:g}"))
    response = _answer(_error_view(problem, problem.status))
    if isinstance(error, EngineUnavailableError):
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def _answer_http_error(error: HTTPException) -> Response:
    status = error.code or 500
    response = _answer(_error_view(problem_with_status(status), status))
    for name, value in error.get_headers():
        if name in {"Allow", "Location", "Retry-After"}:
            response.headers[name] = value
    return response


def _error_view(problem: Problem, status: int, **values: object) -> ErrorView:
    """Return a row in the reader's language, its placeholders filled."""
    lang = current_lang()
    return ErrorView(
        status=status,
        code=problem.code,
        parameter=str(values.get("parameter", "")),
        title=problem.title.fill(lang),
        text=problem.text.fill(lang, **values),
        advice=problem.advice.fill(lang, **values),
    )


def _answer(error: ErrorView) -> Response:
    g.problem_code = error.code
    is_api = request.path.startswith("/api/")
    response = make_response(_error_json(error) if is_api else _error_page(error))
    response.status_code = error.status
    response.headers["Cache-Control"] = "no-store"
    if is_api:
        response.mimetype = "application/problem+json"
    return response


def _error_json(error: ErrorView) -> bytes:
    return to_json(encode_problem(error, f"{request.script_root}{request.path}"))


def _error_page(error: ErrorView) -> str:
    state = _mended_state(error.parameter)
    context = make_context(state or PageState(lang=current_lang()))
    page = ErrorPage(
        frame=context.make_frame(context.addresses.results),
        error=error,
        mended_url=context.url_with() if state and error.parameter else "",
    )
    return render("error.html", page, context.lang)


def _mended_state(parameter: str) -> PageState | None:
    """Return the URL's state without the wrong parameter, None if another is wrong too."""
    args = [(name, value) for name, value in request.args.items(multi=True) if name != parameter]
    try:
        return state_from_args(args, site_lang=current_site().lang)
    except RequestError:
        return None
