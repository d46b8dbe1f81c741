"""From what may continue a text to the JSON that the search box asks for."""

from collections.abc import Iterable
from typing import Any

from search.request import FacetChoice, SearchRequest
from search.suggest.completions import Completion
from web.language import formatting
from web.views.context import Reader


def suggestions_json(found: Iterable[Completion], reader: Reader) -> list[dict[str, Any]]:
    """Return each with the words beside it, and the address to which it leads."""
    return [
        {
            "kind": each.kind,
            "text": each.text,
            "label": _label(each, reader),
            "count": each.count,
            "url": _url(each, reader),
        }
        for each in found
    ]


def _label(completion: Completion, reader: Reader) -> str:
    kind = reader.say(f"suggested_{completion.kind}")
    if not completion.count or completion.kind == "title":
        return kind
    return f"{kind}, {formatting.articles(reader.lang, completion.count)}"


def _url(completion: Completion, reader: Reader) -> str:
    if completion.kind == "title":
        return reader.article(completion.doc_id)
    if completion.kind == "phrase":
        return reader.results_of(SearchRequest(query_text=f'"{completion.text}"'))
    chosen = FacetChoice(include=(completion.text,))
    return reader.results_of(SearchRequest().with_choice(completion.kind, chosen))
