"""The view models of the timeline: charts of bars and ticks, crumbs, and a table."""

from dataclasses import dataclass
from typing import NamedTuple


class BarView(NamedTuple):
    """One bar. Places are in per cent of the chart, as SVG has them.

    Attributes:
        period: YYYY-MM-DD, YYYY-MM, YYYY, or 197X for a decade and 19XX for a century (EDTF).
        first_day, last_day: its ends, YYYY-MM-DD.
        span: the first and the last day in the form of an address: 2024-08/2024-08.
        label: e.g. "Agustus 2024, 12 artikel", with the share if shares are shown.
        hit_count: its hits.
        doc_count: all articles of the time.
        selected: whether it was chosen, alone or among others.
        url: the results of that period alone; the page links to it only if it has hits.
        reach_left, reach_width: where the pointer meets it.
        left, width, top, height: the bar itself.
        label_left, anchor: where its label stands, and which end of the label that is.
    """

    period: str
    first_day: str
    last_day: str
    span: str
    label: str
    hit_count: int
    doc_count: int
    selected: bool
    url: str
    reach_left: float
    reach_width: float
    left: float
    width: float
    top: float
    height: float
    label_left: float
    anchor: str


class Tick(NamedTuple):
    """A label below the axis; one that is `minor` is left out on a narrow screen."""

    label: str
    left: float
    anchor: str
    minor: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """One drawing of the timeline.

    Attributes:
        screens: "all", or "wide" and "narrow" where each has a chart of its own.
        level: century, decade, year, month or day: how long each bar is.
        bars: oldest first.
        ghost: the path of the whole archive's shape, in a box as wide as there are bars.
        ghost_width, ghost_height: the size of that box.
    """

    screens: str
    level: str
    bars: tuple[BarView, ...]
    ticks: tuple[Tick, ...]
    ghost: str
    ghost_width: int
    ghost_height: int


class Crumb(NamedTuple):
    """A link to a span of time; without an address, the span that is shown."""

    label: str
    url: str


class TableRow(NamedTuple):
    """The numbers of one period for reading."""

    label: str
    url: str
    count_label: str
    all_label: str
    share_label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The timeline.

    Attributes:
        charts: one for all screens, or one for wide and one for narrow ones; none without hits.
        crumbs: from all time to the span that was asked for; empty where none was.
        most_label: what the highest bar stands for, "paling banyak 57 artikel".
        peak_label: the month or day with the most hits, "puncak Agustus 2025"; "" where several
            have as many.
        peak: the same period as in an address, "" for none.
        left_out: hits far from all others that are not drawn: in words, with a link to them.
        is_share: whether the bars show shares.
        unit_url: the same results with the other of count and share; "" where both look the same.
        span_url: the results without dates, to which the script adds those that are drawn over.
        csv_url: the numbers as CSV.
        rows: the numbers of the periods that have hits, the newest first.
    """

    charts: tuple[Chart, ...] = ()
    crumbs: tuple[Crumb, ...] = ()
    most_label: str = ""
    peak_label: str = ""
    peak: str = ""
    left_out: tuple[Crumb, ...] = ()
    is_share: bool = False
    unit_url: str = ""
    span_url: str = ""
    csv_url: str = ""
    rows: tuple[TableRow, ...] = ()

    @property
    def bars(self) -> tuple[BarView, ...]:
        """The bars of the finest chart."""
        return self.charts[0].bars if self.charts else ()

    @property
    def level(self) -> str:
        """How long these are; "" without any."""
        return self.charts[0].level if self.charts else ""
