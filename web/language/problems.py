"""The table of errors: HTTP status, code, title, text and advice of each, in both languages.

`problems.toml` has one row an error. The page and the JSON show the same row: what is wrong, and
what to do next. An error of Kliping's own that has no row is a fault of the program, as is anything
unexpected.

>>> problem = problem_of(RequestError("page", "page_range", low=1, high=1000))
>>> problem.status, problem.text.fill("en", low=1, high=1000)
(400, 'Pages run from 1 to 1,000.')
>>> problem_of(EngineUnavailableError("No index.", cause=IndexMissingError)).code
'no_index'
>>> problem_with_status(405).code
'wrong_method'
"""

from dataclasses import dataclass
from functools import cache

from index.errors import (
    ArchiveError,
    IndexDamagedError,
    IndexMissingError,
    IndexUnreadableError,
    PackageError,
    SchemaMismatchError,
)
from search import DocumentMissingError, EngineUnavailableError, QueryTimeoutError, RequestError
from web.language.messages import TextRow, Wording, read_texts

CODE_BY_ERROR: dict[type[Exception] | None, str] = {
    DocumentMissingError: "document_missing",
    QueryTimeoutError: "query_timeout",
    IndexMissingError: "no_index",
    SchemaMismatchError: "old_index",
    IndexDamagedError: "damaged_index",
    IndexUnreadableError: "index_unavailable",
    PackageError: "index_unavailable",
    EngineUnavailableError: "index_unavailable",
}
"""The code of each error; a `RequestError` brings its own."""

CODE_BY_STATUS = {
    404: "not_found",
    405: "wrong_method",
    413: "body_too_large",
    414: "url_too_long",
    429: "too_many_requests",
    431: "headers_too_large",
    503: "too_busy",
}
"""The code of each HTTP status with which the server itself refuses a request."""
BAD_REQUEST = "bad_request"
"""The code of every 4xx status that has no other."""
FAULT = "fault"
"""The code of every error that has no other; the server's log has the trace."""

_FAULT_STATUS = 500
"""The lowest HTTP status that is not the caller's fault."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One row: an error as it is shown.

    Attributes:
        code: names the problem in the JSON, as `urn:kliping:problem:CODE`.
        status: the HTTP status.
        title: the kind of error; `text`: what is wrong; `advice`: what to do next. Placeholders
            take the values of the error.
    """

    code: str
    status: int
    title: Wording
    text: Wording
    advice: Wording


def problem_of(error: ArchiveError) -> Problem:
    """Return the row of an error; for an index that cannot be opened, the row of the cause."""
    if isinstance(error, RequestError):
        code = error.code
    elif isinstance(error, EngineUnavailableError) and error.cause in CODE_BY_ERROR:
        code = CODE_BY_ERROR[error.cause]
    else:
        code = CODE_BY_ERROR.get(type(error), FAULT)
    problems = load_problems()
    return problems.get(code, problems[FAULT])


def problem_with_status(status: int) -> Problem:
    """Return the row of a request that the server itself refuses with this HTTP status."""
    other = BAD_REQUEST if status < _FAULT_STATUS else FAULT
    return load_problems()[CODE_BY_STATUS.get(status, other)]


@cache
def load_problems() -> dict[str, Problem]:
    """Return every row by its code."""
    table = read_texts("problems.toml", _Table)
    return {
        code: Problem(
            code=code,
            status=row.status,
            title=table.titles[row.title],
            text=row.text,
            advice=row.advice,
        )
        for code, row in table.problems.items()
    }


class _Row(TextRow, frozen=True):
    """A row as the file has it; `title` is a key of the titles, which several errors share."""

    status: int
    title: str
    text: Wording
    advice: Wording


class _Table(TextRow, frozen=True):
    titles: dict[str, Wording]
    problems: dict[str, _Row]
