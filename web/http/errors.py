"""What went wrong, as a page or as problem+json (RFC 9457), in the context's language.

Every error of Kliping's own tree has a status here; whatever else escapes is a fault of the
program, is logged with its trace, and is told to the context in one sentence.
"""

import logging
from dataclasses import dataclass
from urllib.parse import quote

from flask import Flask, Response, json, make_response, request
from werkzeug.exceptions import HTTPException

from index.errors import ArchiveError
from search.errors import DocumentMissingError, EngineUnavailableError, QueryTimeoutError
from search.request import RequestError
from web.http.app_context import current_lang, make_context, render
from web.language import message
from web.language.messages import MESSAGES
from web.urls import PageState, state_from_args
from web.views import PlainPage

STATUS_BY_ERROR: dict[type[ArchiveError], int] = {
    RequestError: 400,
    DocumentMissingError: 404,
    EngineUnavailableError: 503,
    QueryTimeoutError: 503,
}

LOG = logging.getLogger("kliping.web")


@dataclass(frozen=True, slots=True)
class Problem:
    """One error as it is told: HTTP status, code, parameter to blame ("" if none), words."""

    status: int
    code: str
    parameter: str
    title: str
    text: str
    advice: str


def add_error_pages(app: Flask) -> None:
    """Answer every error with a page, or with problem+json below /api/."""
    app.register_error_handler(ArchiveError, _archive_error)
    app.register_error_handler(HTTPException, _http_error)


def _archive_error(error: ArchiveError) -> Response:
    status = STATUS_BY_ERROR.get(type(error), 500)
    if status >= 500:  # noqa: PLR2004 - ours, not the caller's
        LOG.error("%s", error)
    problem = _problem(status, _code_of(error))
    if isinstance(error, RequestError):
        text = message(
            current_lang(), f"error_{error.code}", parameter=error.parameter, **error.values
        )
        problem = _problem(status, error.code, parameter=error.parameter, text=text)
    return _answer(problem)


def _http_error(error: HTTPException) -> Response:
    status = error.code or 500
    response = _answer(_problem(status, "not_found" if status == 404 else "http"))  # noqa: PLR2004
    for name, value in error.get_headers():
        if name in {"Allow", "Location"}:
            response.headers[name] = value
    return response


def _code_of(error: ArchiveError) -> str:
    codes = {
        DocumentMissingError: "document_missing",
        EngineUnavailableError: "no_index",
        QueryTimeoutError: "query_timeout",
    }
    return codes.get(type(error), "archive")


def _problem(status: int, code: str, *, parameter: str = "", text: str = "") -> Problem:
    lang = current_lang()
    told = status if f"status_{status}_title" in MESSAGES else 400 if status < 500 else 500  # noqa: PLR2004
    key = f"status_{told}"
    return Problem(
        status=status,
        code=code,
        parameter=parameter,
        title=message(lang, f"{key}_title"),
        text=text or message(lang, f"{key}_text"),
        advice=message(lang, f"{key}_advice"),
    )


def _answer(problem: Problem) -> Response:
    is_api = request.path.startswith("/api/")
    response = make_response(_as_json(problem) if is_api else _as_page(problem))
    response.status_code = problem.status
    response.headers["Cache-Control"] = "no-store"
    if is_api:
        response.mimetype = "application/problem+json"
    return response


def _as_json(problem: Problem) -> str:
    told = {
        "type": f"urn:kliping:problem:{problem.code}",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.text,
        "instance": quote(f"{request.script_root}{request.path}"),
    }
    if problem.parameter:
        told["parameter"] = problem.parameter
    return json.dumps(told)


def _as_page(problem: Problem) -> str:
    state = _mended_state(problem.parameter)
    context = make_context(state or PageState(lang=current_lang()))
    mended_url = context.url_with() if state and problem.parameter else ""
    frame = context.make_frame(context.addresses.results)
    return render(
        "error.html",
        PlainPage(frame=frame, mended_url=mended_url),
        context.lang,
        status=problem.status,
        title=problem.title,
        message=problem.text,
        advice=problem.advice,
    )


def _mended_state(wrong: str) -> PageState | None:
    """Return what the address asks for without its wrong parameter, None if more is wrong."""
    args = [(name, value) for name, value in request.args.items(multi=True) if name != wrong]
    try:
        return state_from_args(args)
    except RequestError:
        return None
