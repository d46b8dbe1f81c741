"""Make the view model of one hit."""

from search import Hit
from web.language import format_iso_day
from web.views.context import RequestContext
from web.views.marked_text import to_marked_text
from web.views.results_models import HitView

COPIES_ID = "salinan"
"""The HTML id of the list of near duplicates on an article's page, for links to it."""


def make_hit_view(hit: Hit, rank: int, context: RequestContext) -> HitView:
    """Return one hit as it is shown; its rank counts from 1 through all pages."""
    page_url = context.article_url(hit.doc_id, rank)
    return HitView(
        rank=rank,
        doc_id=hit.doc_id,
        title=to_marked_text(hit.title),
        snippet=to_marked_text(hit.snippet),
        date=format_iso_day(hit.date),
        date_label=context.date_label(hit.date),
        date_source=hit.date_source,
        date_estimated=hit.date_source == "inferred",
        date_doubtful=hit.date_doubtful,
        date_mark=context.date_mark(hit),
        authors=context.facet_links("author", hit.authors),
        editors=hit.editors,
        tags=context.facet_links("tag", hit.tags),
        category=hit.category,
        source=hit.source,
        score=round(hit.score, 6),
        url=to_safe_url(hit.url),
        page_url=page_url,
        address=to_safe_url(hit.url) or context.plain_url(hit.doc_id),
        copy_count=hit.copy_count,
        copies_label=_copies_label(hit.copy_count, context),
        copies_url=f"{page_url}#{COPIES_ID}" if hit.copy_count else "",
        is_copy=hit.is_copy,
    )


def _copies_label(count: int, context: RequestContext) -> str:
    if not count:
        return ""
    return context.say("copy_count_one" if count == 1 else "copy_count", count=count)


def to_safe_url(url: str) -> str:
    """Return a URL that a link may lead to: http or https, else "".

    >>> to_safe_url("https://example.com/a"), to_safe_url("javascript:alert(1)")
    ('https://example.com/a', '')
    """
    return url if url.lower().startswith(("http://", "https://")) else ""
