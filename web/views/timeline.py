"""Make the timeline of some results: a bar chart of hits, each bar a link one level down.

Words: a *level* is how long a bar is: a century, a decade, a year, a month, a day; the *axis* is
the months that are drawn; the *ghost* is the shape of the whole archive behind the bars; a *span*
is the days that were asked for; a *crumb* leads from a span back to a longer one.

The modules beside this one: `timeline_periods` (levels and their periods), `timeline_axis` (what is
drawn), `timeline_chart` (where it is drawn), `timeline_spans` (links and crumbs), `timeline_table`
(the same numbers as rows), `timeline_models`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from search import SearchResults
from web.language import format_articles, format_share, format_span
from web.urls import CHARTS
from web.views.context import RequestContext
from web.views.timeline_axis import Axis, axis_of, day_periods, months_as_periods, periods_of
from web.views.timeline_chart import Style, draw_chart, highest
from web.views.timeline_models import Chart, Crumb, Timeline
from web.views.timeline_periods import DAY, Period, level_of
from web.views.timeline_spans import SpanUrl, make_crumbs, span_urls
from web.views.timeline_table import make_rows

WIDE_MOST = 120
"""Most bars on a wide screen: ten years of months, at some ten pixels each."""
NARROW_MOST = 34
"""Most bars at 375 pixels, at ten each: bars that are thinner nobody hits."""

Drawn = list[tuple[str, str, list[Period]]]
"""The charts to draw: for which screens, the level, the periods."""


def make_timeline(results: SearchResults, context: RequestContext) -> Timeline:
    """Return the timeline; the context is that of the results' request."""
    axis = axis_of(results.months, context.request)
    drawn = _drawn(results, axis, context) if axis else []
    if not any(period.hit_count for _, _, periods in drawn for period in periods):
        return Timeline(crumbs=make_crumbs(context, span_urls(context)))
    return _timeline(results, drawn, axis or Axis(0, 0), context)


def _timeline(
    results: SearchResults, drawn: Drawn, axis: Axis, context: RequestContext
) -> Timeline:
    url_of = span_urls(context)
    finest = drawn[0][2]
    is_share = context.state.chart != CHARTS[0]
    is_part = any(period.hit_count != period.doc_count for period in finest)
    peak = _peak(results, context)
    return Timeline(
        charts=tuple(_charts(drawn, context, url_of)),
        crumbs=make_crumbs(context, url_of),
        most_label=_most_label(finest, context),
        peak_label=_peak_label(peak, context),
        peak=peak.name if peak else "",
        left_out=tuple(_left_out(axis, context, url_of)),
        is_share=is_share,
        unit_url=_unit_url(context) if is_part or is_share else "",
        span_url=url_of(None, None),
        csv_url=context.addresses.timeline_csv(context.state),
        rows=tuple(make_rows(finest, context.lang, url_of)),
    )


def _drawn(results: SearchResults, axis: Axis, context: RequestContext) -> Drawn:
    """Return the periods of each chart: one for all screens, or a coarser one for narrow ones."""
    request, months = context.request, results.months
    if results.days and len(results.days) <= NARROW_MOST:
        return [("all", DAY, day_periods(results.days, request))]
    narrow = level_of(axis.first, axis.last, NARROW_MOST)
    coarse = (narrow.name, periods_of(months, axis, narrow, request))
    if results.days:
        return [("wide", DAY, day_periods(results.days, request)), ("narrow", *coarse)]
    wide = level_of(axis.first, axis.last, WIDE_MOST)
    if wide == narrow:
        return [("all", *coarse)]
    return [("wide", wide.name, periods_of(months, axis, wide, request)), ("narrow", *coarse)]


def _charts(drawn: Drawn, context: RequestContext, url_of: SpanUrl) -> list[Chart]:
    is_share = context.state.chart != CHARTS[0]
    return [
        draw_chart(periods, Style(screens, level, is_share), context, url_of)
        for screens, level, periods in drawn
    ]


def _most_label(periods: Sequence[Period], context: RequestContext) -> str:
    is_share, lang = context.state.chart != CHARTS[0], context.lang
    most = highest(periods, is_share=is_share)
    if is_share:
        value = format_share(lang, most.hit_count, most.doc_count)
        return context.say("timeline_most_share", share=value)
    return context.say("timeline_most", articles=format_articles(lang, most.hit_count))


def _peak(results: SearchResults, context: RequestContext) -> Period | None:
    """Return the day or month of the hits that alone has the most of them."""
    request = context.request
    if request.choice("month").restricts:  # months are counted without it
        return None
    if results.days:
        first, last = request.from_date, request.to_date
        within = [d for d in results.days if first and last and first <= d.day <= last]
        periods = day_periods(within, request)
    else:
        periods = months_as_periods(results.months)
    best = sorted(periods, key=lambda period: period.hit_count)[-2:]
    is_peak = len(best) > 1 and best[1].hit_count > best[0].hit_count > 0
    return best[1] if is_peak else None


def _peak_label(peak: Period | None, context: RequestContext) -> str:
    if peak is None:
        return ""
    return context.say("timeline_peak", period=format_span(context.lang, peak.first, peak.last))


def _left_out(axis: Axis, context: RequestContext, url_of: SpanUrl) -> Iterator[Crumb]:
    """Yield what is cut off at each end and has hits, in words."""
    for end in (axis.before, axis.after):
        out = months_as_periods([month for month in end if month.hit_count])
        if out:
            first, last = out[0].first, out[-1].last
            articles = format_articles(context.lang, sum(period.hit_count for period in out))
            span = format_span(context.lang, first, last)
            label = context.say("timeline_left_out", articles=articles, period=span)
            yield Crumb(label, url_of(first, last))


def _unit_url(context: RequestContext) -> str:
    """Return the same page with the other of count and share."""
    other = next(chart for chart in CHARTS if chart != context.state.chart)
    return context.addresses.results(replace(context.state, chart=other))
