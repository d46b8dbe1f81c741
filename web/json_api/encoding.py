r"""JSON of view models: results, an article, a mention, an error.

Each function returns dictionaries, which `to_json` encodes. Keys may be added; none changes its
name or goes without a new version.

>>> to_json({"judul": "Harga beras naik", "tag": []}), to_json("\ud83d")
(b'{"judul":"Harga beras naik","tag":[]}', b'"\\ud83d"')
"""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import msgspec

from search import CoverageResult, DocumentResult
from web.views import (
    ArticlePage,
    BarView,
    ErrorView,
    FacetView,
    HitView,
    MarkedText,
    Mention,
    ResultsView,
)

PROBLEM_TYPE = "urn:kliping:problem:"
"""What the type of every error begins with; its code follows."""


def to_json(value: Any) -> bytes:
    """Return a value of texts, numbers, lists and dictionaries encoded as JSON.

    A page of results has thousands of values, so the encoder is a compiled one. It refuses half of
    a surrogate pair, which a crawler may leave in a text; the standard library escapes it.
    """
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":")).encode()


def encode_results(results: ResultsView) -> dict[str, Any]:
    """Return the JSON of a page of results."""
    return {
        "query": _query(results),
        "notices": [{"code": n.code, "message": n.message} for n in results.notices],
        "total": results.total,
        "total_label": results.total_label,
        "took_ms": results.took_ms,
        "generation": results.generation,
        "page": results.paging.page,
        "size": results.paging.size,
        "page_count": results.paging.page_count,
        "hits": [_hit(hit) for hit in results.hits],
        "facets": {facet.name: _facet(facet) for facet in results.facets},
        "timeline": [_bar(bar) for bar in results.timeline.bars],
        "timeline_level": results.timeline.level or None,
        "timeline_peak": results.timeline.peak or None,
        "timeline_csv": results.timeline.csv_url or None,
        "alternatives": [
            {
                "kind": a.kind,
                "label": a.label,
                "total": a.total,
                "url": a.url,
                "hits": list(map(_hit, a.hits)),
            }
            for a in results.alternatives
        ],
        "links": {
            "self": results.json_url,
            "first": results.paging.first_url or None,
            "previous": results.paging.previous_url or None,
            "next": results.paging.next_url or None,
            "last": results.paging.last_url or None,
        },
    }


def encode_article(found: DocumentResult, page: ArticlePage) -> dict[str, Any]:
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
        "date_doubtful": document.date_doubtful,
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
                {**encode_mention(copy), "is_representative": copy.is_representative}
                for copy in page.copies
            ],
        },
        "corrections": [
            {"field": each.field, "value": each.value, "when": each.when}
            for each in document.corrections
        ],
        "notes": list(document.notes),
        "extras": document.extras,
        "generation": found.generation,
    }


def encode_coverage(found: CoverageResult) -> dict[str, Any]:
    """Return the JSON of what the archive covers."""
    coverage = found.coverage
    return {
        "articles": found.doc_count,
        "undated": coverage.undated_count,
        "updated": found.built_at,
        "generation": found.generation,
        "years": _encode_years(coverage.years),
        "outlet_count": coverage.outlet_count,
        "outlets": [
            {
                "name": outlet.name,
                "articles": outlet.article_count,
                "undated": outlet.undated_count,
                "first": outlet.first or None,
                "last": outlet.last or None,
                "years": _encode_years(outlet.years),
                "gap_count": outlet.gap_count,
                "gaps": [{"from": first, "to": last} for first, last in outlet.gaps],
            }
            for outlet in coverage.outlets
        ],
        "refused": coverage.refused,
        "refused_by_update": coverage.refused_by_update,
    }


def _encode_years(years: Mapping[int, int]) -> list[dict[str, int]]:
    return [{"year": year, "articles": count} for year, count in sorted(years.items())]


def encode_mention(mention: Mention) -> dict[str, Any]:
    """Return the JSON of an article that is mentioned in a list."""
    return {
        "id": mention.doc_id,
        "title": mention.title,
        "date": mention.date or None,
        "source": mention.source,
        "page_url": mention.page_url,
    }


def encode_problem(error: ErrorView, path: str) -> dict[str, Any]:
    """Return the problem+json (RFC 9457) of an error at the path of a request."""
    parameter = {"parameter": error.parameter} if error.parameter else {}
    return {
        "type": f"{PROBLEM_TYPE}{error.code}",
        "title": error.title,
        "status": error.status,
        "detail": error.text,
        "advice": error.advice,
        "instance": quote(path),
        **parameter,
    }


def _query(results: ResultsView) -> dict[str, Any]:
    request = results.request
    return {
        "text": request.query_text,
        "understood": results.understood,
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
        "from": bar.first_day,
        "to": bar.last_day,
        "label": bar.label,
        "count": bar.hit_count,
        "all_count": bar.doc_count,
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
        "date_doubtful": hit.date_doubtful,
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
