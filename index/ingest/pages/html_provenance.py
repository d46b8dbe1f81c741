"""Provenance of HTML fields: which selector of a page gave each field.

The fields are read first. The provenance of a field is the first selector whose values hold what
was read.
"""

from collections.abc import Callable, Mapping

from index.document import Document
from index.ingest.fields import find_date
from index.ingest.pages.html_index import HtmlPage
from index.ingest.pages.html_selectors import FieldName, Selector, selectors_for

TRACED_FIELDS: tuple[FieldName, ...] = (
    *("title", "date", "authors", "editors", "tags", "category", "source", "url"),
    *("caption", "credit"),
)
_ELSEWHERE: Mapping[FieldName, str] = {
    "date": "the text's date line",
    "authors": "a labelled line of the page",
    "editors": "a labelled line of the page",
    "tags": "a labelled line of the page",
    "category": "breadcrumbs, or the address",
    "source": "the text's first line, or the address",
    "url": "where it was fetched",
}
"""The provenance of a field that no selector gave."""


def trace_fields(page: HtmlPage, document: Document, body: str) -> dict[str, str]:
    """Return the provenance of each field that is not empty.

    Args:
        page: the page.
        document: what was read from it.
        body: the provenance of its text.
    """
    traced = {field: _trace(page, field, getattr(document, field)) for field in TRACED_FIELDS}
    return {name: origin for name, origin in {**traced, "body": body}.items() if origin}


def _trace(page: HtmlPage, field: FieldName, value: object) -> str:
    if not value:
        return ""
    holds = _holds(value)
    holding = (
        selector
        for selector in selectors_for(field)
        if any(holds(text) for text in page.read_values(selector))
    )
    selector = next(holding, None)
    return _describe(selector) if selector else _ELSEWHERE.get(field, "")


def _holds(value: object) -> Callable[[str], bool]:
    """Return a predicate: whether a text holds a value, or the first of several values."""
    if isinstance(value, tuple):
        return lambda text: str(value[0]).casefold() in text.casefold()
    if isinstance(value, str):
        return lambda text: value.casefold() in text.casefold()
    return lambda text: find_date(text) == value


def _describe(selector: Selector) -> str:
    names = {"json_ld": "JSON-LD", "meta": "meta", "script": "a script's", "time": "the time of"}
    return f"{names.get(selector.kind, 'what is seen at')} {selector.key}"
