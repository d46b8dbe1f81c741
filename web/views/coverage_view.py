"""Make the view model of the coverage page: outlets, years, gaps, and what was refused."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace

from index.corpus import OutletCoverage
from search import CoverageResult, FacetChoice, SearchRequest
from web.language import format_articles, format_number
from web.views.context import RequestContext
from web.views.page_models import CountRow, CoveragePage, OutletView

OUTLETS_SHOWN = 100
"""Outlets on the page; the JSON has all that the index keeps."""
GAPS_SHOWN = 5
"""Gaps of an outlet on the page, the oldest of the longest."""


def make_coverage_page(found: CoverageResult, context: RequestContext) -> CoveragePage:
    """Return all that the coverage page shows; its counts are those of the searches it links to."""
    coverage, addresses = found.coverage, context.addresses
    shown = coverage.outlets[:OUTLETS_SHOWN]
    more = coverage.outlet_count - sum(1 for outlet in shown if outlet.name)
    outlets = format_number(context.lang, coverage.outlet_count)
    all_articles = SearchRequest(copies=True)
    return CoveragePage(
        frame=context.make_frame(lambda state: addresses.coverage(state.lang)),
        summary=context.say("coverage_summary", articles=found.doc_count, outlets=outlets),
        updated_label=context.say("coverage_updated", day=context.date_label(_day(found.built_at))),
        years=tuple(_years(coverage.years, all_articles, context)),
        outlets=tuple(_outlet(outlet, context) for outlet in shown),
        others_label=context.say("coverage_others", count=more) if more > 0 else "",
        refused=tuple(_refused(coverage.refused, context)),
        refused_by_update=tuple(_refused(coverage.refused_by_update or {}, context)),
        json_url=addresses.coverage_json(),
    )


def _day(built_at: str) -> dt.date:
    return dt.datetime.fromisoformat(built_at).date()


def _row(label: str, count: int, url: str, context: RequestContext) -> CountRow:
    number = format_number(context.lang, count)
    return CountRow(label=label, count=count, count_label=number, url=url)


def _years(
    years: Mapping[int, int], request: SearchRequest, context: RequestContext
) -> Iterator[CountRow]:
    for year, count in sorted(years.items(), reverse=True):
        first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
        url = context.url_of(replace(request, from_date=first, to_date=last))
        yield _row(str(year), count, url, context)


def _outlet(outlet: OutletCoverage, context: RequestContext) -> OutletView:
    choice = FacetChoice(include=(outlet.name,)) if outlet.name else FacetChoice(without=True)
    request = SearchRequest(copies=True).with_choice("source", choice)
    name = outlet.name or context.say("missing_source")
    undated = format_articles(context.lang, outlet.undated_count)
    return OutletView(
        row=_row(name, outlet.article_count, context.url_of(request), context),
        span_label=_span(outlet.first, outlet.last, context) if outlet.first else "",
        years=tuple(_years(outlet.years, request, context)),
        undated_label=context.say("coverage_undated", articles=undated)
        if outlet.undated_count
        else "",
        gaps_label=_gaps(outlet, context) if outlet.gaps else "",
    )


def _span(first: str, last: str, context: RequestContext) -> str:
    days = [context.date_label(dt.date.fromisoformat(day)) for day in (first, last)]
    return " – ".join(dict.fromkeys(days))


def _gaps(outlet: OutletCoverage, context: RequestContext) -> str:
    spans = [_span(first, last, context) for first, last in outlet.gaps[:GAPS_SHOWN]]
    more = outlet.gap_count - len(spans)
    spans += [context.say("coverage_more_gaps", count=more)] if more > 0 else []
    return context.say("coverage_gaps", gaps="; ".join(spans))


def _refused(counts: Mapping[str, int], context: RequestContext) -> Iterator[CountRow]:
    for reason, count in counts.items():
        yield _row(context.say(f"refused_{reason}"), count, "", context)
