"""Draw a chart: where each bar, each label and each tick stands, in per cent of the picture.

Labels stand in a band above the bars, so that no neighbour covers them, ticks in one below.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from web.language import (
    format_articles,
    format_iso_day,
    format_month_short,
    format_share,
    format_span,
)
from web.views.context import RequestContext
from web.views.timeline_models import BarView, Chart, Tick
from web.views.timeline_periods import DAY, Period
from web.views.timeline_spans import SpanUrl, span_text

TOP, FOOT = 18.0, 82.0
"""Where the bars begin and end; above them stand the labels, below them the ticks."""
LEAST = 2.5
"""Height of the lowest bar, so that a single article is seen."""
GAP = 0.14
"""Share of a period's width that stays empty between two bars."""
GHOST_HEIGHT = 100
"""Steps of the height of the ghost."""
TICKS_MOST = 12
"""Most ticks of a chart, at some ninety pixels each on a wide screen; half on a narrow one."""
FEWEST_ARTICLES = 20
"""Fewest articles of a time whose share may set the scale: one of one is no trend."""
MONTHS_OF_YEAR = 12
TICK_DAYS = (1, 5, 10, 15, 20, 25)
TICK_EDGE = 0.04
"""Nearer than this to an end, as a share, a label would leave a narrow chart."""
TICK_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000)


class Style(NamedTuple):
    """How a chart is drawn: for which screens, at which level, of shares or of counts."""

    screens: str
    level: str
    is_share: bool


def draw_chart(
    periods: Sequence[Period], style: Style, context: RequestContext, url_of: SpanUrl
) -> Chart:
    """Return the drawing of some periods."""
    return Chart(
        screens=style.screens,
        level=style.level,
        bars=tuple(_bars(periods, style, context, url_of)),
        ticks=tuple(_ticks(periods, style, context.lang)),
        ghost=_ghost([period.doc_count for period in periods]),
        ghost_width=len(periods),
        ghost_height=GHOST_HEIGHT,
    )


def value_of(period: Period, *, is_share: bool) -> float:
    """Return what the height of a bar stands for."""
    return period.hit_count / max(period.doc_count, 1) if is_share else period.hit_count


def highest(periods: Sequence[Period], *, is_share: bool) -> Period:
    """Return the period whose bar fills the chart; of equal ones the first."""
    firm = [period for period in periods if period.doc_count >= FEWEST_ARTICLES]
    hit = any(period.hit_count for period in firm)
    among = firm if is_share and hit else periods
    return max(among, key=lambda period: value_of(period, is_share=is_share))


def _bars(
    periods: Sequence[Period], style: Style, context: RequestContext, url_of: SpanUrl
) -> Iterable[BarView]:
    most = value_of(highest(periods, is_share=style.is_share), is_share=style.is_share)
    reach = 100 / len(periods)
    for number, period in enumerate(periods):
        share = min(1.0, value_of(period, is_share=style.is_share) / most) if most else 0
        height = max(LEAST, share * (FOOT - TOP)) if period.hit_count else 0
        place = (number + 0.5) / len(periods)
        yield BarView(
            period=period.name,
            first_day=format_iso_day(period.first),
            last_day=format_iso_day(period.last),
            span=span_text(period.first, period.last),
            label=bar_label(period, context, is_share=style.is_share),
            hit_count=period.hit_count,
            doc_count=period.doc_count,
            selected=period.selected,
            url=url_of(period.first, period.last),
            reach_left=round(number * reach, 3),
            reach_width=round(reach, 3),
            left=round((number + GAP / 2) * reach, 3),
            width=round(reach * (1 - GAP), 3),
            top=round(FOOT - height, 2),
            height=round(height, 2),
            label_left=round(place * 100, 2),
            anchor=_anchor(place),
        )


def bar_label(period: Period, context: RequestContext, *, is_share: bool) -> str:
    """Return a period and its hits in words, with their share where shares are shown."""
    lang, articles = context.lang, format_articles(context.lang, period.hit_count)
    if is_share and period.doc_count:
        share = format_share(lang, period.hit_count, period.doc_count)
        articles = context.say("bar_share", articles=articles, share=share)
    span = format_span(lang, period.first, period.last)
    return context.say("bar", period=span, articles=articles)


def _anchor(place: float) -> str:
    """Return which end of a label stands at a place, so that none leaves the chart."""
    if place < 1 / 4:
        return "start"
    return "end" if place > 3 / 4 else "middle"


def _ghost(doc_counts: Sequence[int]) -> str:
    """Return the path of the whole archive's shape: a step for each period."""
    most = max(doc_counts, default=0) or 1
    tops = (GHOST_HEIGHT - round(GHOST_HEIGHT * count / most) for count in doc_counts)
    return f"M0 {GHOST_HEIGHT}" + "".join(f"V{top}h1" for top in tops) + f"V{GHOST_HEIGHT}Z"


def _ticks(periods: Sequence[Period], style: Style, lang: str) -> Iterable[Tick]:
    labelled = _tick_labels(periods, style.level, lang)
    steps = ([each for each in labelled if each[2] % step == 0] for step in TICK_STEPS)
    shown = next((each for each in steps if len(each) <= TICKS_MOST), []) or labelled[:1]
    for place, (number, label, _) in enumerate(shown):
        minor = len(shown) > TICKS_MOST / 2 and place % 2 == 1
        left = (number + 0.5) / len(periods)
        anchor = "start" if left < TICK_EDGE else "end" if left > 1 - TICK_EDGE else "middle"
        edge = {"start": 0.0, "end": 1.0}.get(anchor, left)
        yield Tick(label, round(edge * 100, 2), anchor, minor)


def _tick_labels(periods: Sequence[Period], level: str, lang: str) -> list[tuple[int, str, int]]:
    """Return the place, the label and the number of each period that may have a tick."""
    if level == DAY:
        days = enumerate(period.first.day for period in periods)
        return [(number, f"{day}", 0) for number, day in days if day in TICK_DAYS]
    if level == "month" and len(periods) <= MONTHS_OF_YEAR:
        names = (format_month_short(lang, period.name) for period in periods)
        return [(number, name, 0) for number, name in enumerate(names)]
    return [
        (number, f"{period.first.year}", period.first.year)
        for number, period in enumerate(periods)
        if level != "month" or period.first.month == 1
    ]
