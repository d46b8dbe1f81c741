"""The JSON of a view model. Keys may be added; none is renamed or dropped without a new version."""

from typing import Any

from search.results import FoundDocument
from web.views.page_models import ArticlePage, MarkedText, Mention
from web.views.results_models import BarView, FacetView, HitView, ResultsView


def results_json(found: ResultsView) -> dict[str, Any]:
    """Return the JSON of a page of results."""
    return {
        "query": _query(found),
        "notices": [{"code": n.code, "message": n.message} for n in found.notices],
        "total": found.total,
        "took_ms": found.took_ms,
        "generation": found.generation,
        "page": found.paging.page,
        "size": found.paging.size,
        "page_count": found.paging.page_count,
        "hits": [_hit(hit) for hit in found.hits],
        "facets": {facet.name: _facet(facet) for facet in found.facets},
        "timeline": [_bar(bar) for bar in found.timeline.bars],
        "alternatives": [
            {"kind": a.kind, "label": a.label, "total": a.total, "url": a.url}
            for a in found.alternatives
        ],
        "links": {
            "self": found.json_url,
            "first": found.paging.first_url or None,
            "previous": found.paging.previous_url or None,
            "next": found.paging.next_url or None,
            "last": found.paging.last_url or None,
        },
    }


def article_json(found: FoundDocument, page: ArticlePage) -> dict[str, Any]:
    """Return the JSON of one article: every field."""
    document = found.document
    return {
        "id": page.doc_id,
        "title": document.title,
        "body": document.body,
        "subheads": list(document.subheads),
        "caption": page.caption,
        "credit": page.credit,
        "place": page.place,
        "date": page.date or None,
        "date_source": document.date_source,
        "authors": list(document.authors),
        "editors": list(document.editors),
        "tags": list(document.tags),
        "category": page.category,
        "source": page.source,
        "url": page.url,
        "page_url": page.page_url,
        "copies": {
            "total": page.copy_total,
            "articles": [
                {**mention_json(copy), "is_representative": copy.is_representative}
                for copy in page.copies
            ],
        },
        "notes": list(document.notes),
        "extras": document.extras,
        "generation": found.generation,
    }


def mention_json(mention: Mention) -> dict[str, Any]:
    """Return the JSON of an article in a list of others."""
    return {
        "id": mention.doc_id,
        "title": mention.title,
        "date": mention.date or None,
        "source": mention.source,
        "page_url": mention.page_url,
    }


def _query(found: ResultsView) -> dict[str, Any]:
    request = found.request
    return {
        "text": request.query_text,
        "understood": found.understood,
        "any": request.any_word,
        "synonyms": request.synonyms,
        "copies": request.copies,
        "sort": request.sort,
        "from": request.from_date,
        "to": request.to_date,
    }


def _bar(bar: BarView) -> dict[str, Any]:
    return {
        "period": bar.period,
        "label": bar.label,
        "count": bar.hit_count,
        "selected": bar.selected,
        "url": bar.url,
    }


def _hit(hit: HitView) -> dict[str, Any]:
    return {
        "id": hit.doc_id,
        "title": hit.title.text,
        "title_highlights": _spans(hit.title),
        "date": hit.date or None,
        "date_source": hit.date_source,
        "date_estimated": hit.date_estimated,
        "authors": [link.label for link in hit.authors],
        "editors": list(hit.editors),
        "tags": [link.label for link in hit.tags],
        "category": hit.category,
        "source": hit.source,
        "score": hit.score,
        "url": hit.url,
        "page_url": hit.page_url,
        "copy_count": hit.copy_count,
        "is_copy": hit.is_copy,
        "snippet": {"text": hit.snippet.text, "highlights": _spans(hit.snippet)},
    }


def _facet(facet: FacetView) -> dict[str, Any]:
    return {
        "label": facet.label,
        "buckets": [
            {
                "value": b.value,
                "label": b.full_label,
                "count": b.count,
                "selected": b.selected,
                "excluded": b.excluded,
                "toggle_url": b.toggle_url,
                "exclude_url": b.exclude_url,
            }
            for b in facet.buckets
        ],
        "total": facet.total,
        "missing": facet.missing,
        "missing_selected": facet.missing_selected,
        "other": facet.other,
        "more_url": facet.more_url or None,
    }


def _spans(text: MarkedText) -> list[dict[str, int]]:
    return [{"start": start, "stop": stop} for start, stop in text.highlights]
