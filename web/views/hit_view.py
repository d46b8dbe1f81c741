"""From a hit to its view model."""

from search.results import Hit
from web.language import formatting
from web.views.context import Reader
from web.views.marked_text import marked_text
from web.views.results_models import HitView

COPIES_ID = "salinan"
"""What the list of copies is called on an article's page, for links to it."""


def hit_view(hit: Hit, reader: Reader) -> HitView:
    """Return one hit as it is shown."""
    day = formatting.day(reader.lang, hit.date) if hit.date else reader.say("no_date")
    return HitView(
        doc_id=hit.doc_id,
        title=marked_text(hit.title),
        snippet=marked_text(hit.snippet),
        date=hit.date.isoformat() if hit.date else "",
        date_label=day,
        date_source=hit.date_source,
        date_estimated=hit.date_source == "inferred",
        authors=reader.facet_links("author", hit.authors),
        editors=hit.editors,
        tags=reader.facet_links("tag", hit.tags),
        category=hit.category,
        source=hit.source,
        score=round(hit.score, 6),
        url=safe_url(hit.url),
        page_url=reader.article(hit.doc_id),
        copy_count=hit.copy_count,
        copies_label=_copies_label(hit.copy_count, reader),
        copies_url=f"{reader.article(hit.doc_id)}#{COPIES_ID}" if hit.copy_count else "",
        is_copy=hit.is_copy,
    )


def _copies_label(count: int, reader: Reader) -> str:
    if not count:
        return ""
    return reader.say("copy_count_one" if count == 1 else "copy_count", count=count)


def safe_url(url: str) -> str:
    """Return an address that a link may lead to: http or https, else "".

    >>> safe_url("https://example.com/a"), safe_url("javascript:alert(1)")
    ('https://example.com/a', '')
    """
    return url if url.lower().startswith(("http://", "https://")) else ""
