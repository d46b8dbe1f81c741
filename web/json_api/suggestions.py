"""JSON of suggestions: a search for the typed text, tags, authors, phrases, headlines.

Each leads to a page that keeps the filters of the one on which was typed.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from search import Completion, SearchRequest
from web.language import format_articles
from web.views import RequestContext


def encode_suggestions(
    completions: Iterable[Completion],
    context: RequestContext,
    searches: Iterable[tuple[SearchRequest, int | None]] = (),
) -> list[dict[str, Any]]:
    """Return the JSON of suggestions, each with its label and the URL it leads to.

    Args:
        completions: of the typed text.
        context: of the page, whose filters are kept.
        searches: what comes first: searches for the text itself, each with what it finds.
    """
    return [
        *(_typed_search(request, count, context) for request, count in searches),
        *(_completion(completion, context) for completion in completions),
    ]


def _typed_search(
    request: SearchRequest, count: int | None, context: RequestContext
) -> dict[str, Any]:
    label = context.say("suggested_search", text=request.query_text.strip())
    told = f" · {format_articles(context.lang, count)}" if count else ""
    return {
        "kind": "search",
        "text": request.query_text,
        "label": f"{label}{told}",
        "count": count,
        "url": context.url_of(request),
    }


def _completion(completion: Completion, context: RequestContext) -> dict[str, Any]:
    return {
        "kind": completion.kind,
        "text": completion.text,
        "label": _completion_label(completion, context),
        "count": completion.count,
        "url": _completion_url(completion, context),
    }


def _completion_label(completion: Completion, context: RequestContext) -> str:
    kind = context.say(f"suggested_{completion.kind}")
    if not completion.count or completion.kind == "title":
        return kind
    return f"{kind}, {format_articles(context.lang, completion.count)}"


def _completion_url(completion: Completion, context: RequestContext) -> str:
    if completion.kind == "title":
        return context.article_url(completion.doc_id)
    if completion.kind == "phrase":
        return context.url_with(query_text=f'"{completion.text}"')
    request = replace(context.request, query_text="", page=1)
    choice = request.choice(completion.kind)
    include = tuple(dict.fromkeys((*choice.include, completion.text)))
    exclude = tuple(value for value in choice.exclude if value != completion.text)
    choice = replace(choice, include=include, exclude=exclude)
    return context.url_of(request.with_choice(completion.kind, choice))
