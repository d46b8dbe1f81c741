"""The numbers of the timeline as rows: a table for reading, and CSV for other programs."""

import csv
import io
from collections.abc import Iterator, Sequence

from web.language import format_number, format_share, format_span
from web.views.timeline_models import TableRow, Timeline
from web.views.timeline_periods import Period
from web.views.timeline_spans import SpanUrl

CSV_COLUMNS = ("period", "from", "to", "articles", "all_articles", "share")
"""What the CSV has of each period."""

BYTE_ORDER_MARK = "\ufeff"
"""Tells a spreadsheet that a file is UTF-8."""


def make_rows(periods: Sequence[Period], lang: str, url_of: SpanUrl) -> Iterator[TableRow]:
    """Yield the periods that have hits, the newest first."""
    for period in reversed(periods):
        if period.hit_count:
            yield TableRow(
                label=format_span(lang, period.first, period.last),
                url=url_of(period.first, period.last),
                count_label=format_number(lang, period.hit_count),
                all_label=format_number(lang, period.doc_count),
                share_label=format_share(lang, period.hit_count, period.doc_count),
            )


def make_csv(timeline: Timeline) -> str:
    """Return the bars as CSV, the oldest first, those of nothing included.

    No cell holds what a reader or an archive wrote, so none can be a formula.
    """
    text = io.StringIO(BYTE_ORDER_MARK)
    text.seek(0, io.SEEK_END)
    writer = csv.writer(text)
    writer.writerow(CSV_COLUMNS)
    for bar in timeline.bars:
        numbers = bar.hit_count, bar.doc_count
        share = round(bar.hit_count / bar.doc_count, 6) if bar.doc_count else 0
        writer.writerow([bar.period, bar.first_day, bar.last_day, *numbers, share])
    return text.getvalue()
