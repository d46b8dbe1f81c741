"""The report of `scripts/reindex.py`: what a build, an update or a preview of one did."""

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from index.document import Rejection
from index.indexer import BuildPreview, BuildReport, as_told, report_json, report_lines

REJECTIONS_SHOWN = 10
REJECTIONS_READ = 10_000
"""Rejections that are looked at for those; the rows of one table may have one and the same."""


def tell_report(report: BuildReport, name: str, *, is_update: bool) -> Iterator[str]:
    """Yield the lines of what a build or an update did.

    Args:
        report: its counts.
        name: of the index, as the user gave it.
        is_update: whether it was an update.
    """
    rate = (report.added + report.replaced) / max(report.seconds, 1e-9)
    if is_update:
        yield f"Updated    {name}; {report.read_count:,} files were read"
        yield f"Changes    {tell_changes(report)}"
        yield f"Holds      {report.doc_count:,} articles"
    else:
        yield f"Indexed    {report.doc_count:,} articles into {name}"
    yield f"Generation {report.generation}, {report.size / 1e6:,.1f} MB"
    yield f"Took       {report.seconds:,.1f} s, {rate:,.0f} articles/s"
    yield from report_lines(report)
    if report.rejected:
        yield from _tell_rejections(report.rejections_path, sum(report.rejected.values()))


def tell_changes(counts: BuildPreview) -> str:
    """Return how many articles came, changed and went."""
    return f"{counts.added:,} added, {counts.replaced:,} replaced, {counts.dropped:,} dropped"


def write_report(path: Path | None, counts: BuildPreview) -> None:
    """Write the report as JSON, if a file is named for it."""
    if path:
        text = json.dumps(report_json(counts), ensure_ascii=False, indent=1)
        path.write_text(text + "\n", encoding="utf-8", errors="backslashreplace")


def _tell_rejections(path: Path, count: int) -> Iterator[str]:
    with path.open(encoding="utf-8") as file:
        rejections = (Rejection(**json.loads(line)) for line in file)
        told = dict.fromkeys(map(as_told, islice(rejections, REJECTIONS_READ)))
        for rejection in islice(told, REJECTIONS_SHOWN):
            yield f"  {describe(rejection)}"
    more = f"and {count - REJECTIONS_SHOWN:,} more; " if count > REJECTIONS_SHOWN else ""
    yield f"  {more}all of them: {path}"


def describe(rejection: Rejection) -> str:
    """Return where an article was refused, and why."""
    position = f"{rejection.path}:{rejection.line}" if rejection.line else rejection.path
    return f"{position}: {rejection.reason}: {rejection.detail}"
