"""Spans of time as links: the results of a period, and the crumbs that lead back from one."""

import datetime as dt
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import replace

from search import NO_CHOICE
from web.language import format_month_name, format_span
from web.urls import DATE_NAMES, LinkVariations, Slot, date_args
from web.views.context import RequestContext
from web.views.timeline_models import Crumb

SpanUrl = Callable[[dt.date | None, dt.date | None], str]
"""Gives the results of the days from the first to the last; of all time for none."""


def span_urls(context: RequestContext) -> SpanUrl:
    """Return what makes the link to a span; chosen months give way to it."""
    request = context.request.with_choice("month", NO_CHOICE)
    state = replace(context.state, request=request)
    slot = LinkVariations(context.addresses, state).at(*DATE_NAMES)
    return lambda first, last: _address(slot, first, last)


def _address(slot: Slot, first: dt.date | None, last: dt.date | None) -> str:
    texts = dict(date_args(first, last))
    return slot.address(*((texts.get(name, ""),) for name in DATE_NAMES))


def span_text(first: dt.date, last: dt.date) -> str:
    """Return a span as an address writes it: 2024-08/2024-08.

    >>> span_text(dt.date(1970, 1, 1), dt.date(1979, 12, 31))
    '1970/1979'
    """
    texts = dict(date_args(first, last))
    year = texts.get("year", "")
    return f"{year or texts['from']}/{year or texts['to']}"


def make_crumbs(context: RequestContext, url_of: SpanUrl) -> tuple[Crumb, ...]:
    """Return the crumbs from all time to the span that was asked for, if one was."""
    first, last = context.request.from_date, context.request.to_date
    if not (first or last):
        return ()
    everything = Crumb(context.say("timeline_all"), url_of(None, None))
    if first and last:
        return (everything, *_crumbs_within(first, last, context.lang, url_of))
    key, day = ("chip_from", first) if first else ("chip_to", last)
    return (everything, Crumb(context.say(key, day=day), ""))


def _crumbs_within(first: dt.date, last: dt.date, lang: str, url_of: SpanUrl) -> Iterator[Crumb]:
    """Yield the year and the month in which a span lies, and the span itself."""
    year = (first.replace(month=1, day=1), first.replace(month=12, day=31))
    if first.year == last.year and (first, last) != year:
        yield Crumb(f"{first.year}", url_of(*year))
        days = monthrange(first.year, first.month)[1]
        month = (first.replace(day=1), first.replace(day=days))
        if (first, last) == month:
            yield Crumb(format_month_name(lang, first), "")
            return
        if first.month == last.month:
            yield Crumb(format_month_name(lang, first), url_of(*month))
    yield Crumb(format_span(lang, first, last), "")
