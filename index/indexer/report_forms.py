"""Report forms: the report of a build as lines for a terminal, and as JSON for other programs."""

from collections.abc import Iterator
from typing import Any

from index.document import REJECTION_ADVICE
from index.indexer.report import BuildPreview

COPY_KINDS = {
    "same_address": "left out: the same address",
    "same_story": "left out: the same outlet, date and text",
    "other_outlet": "kept: the same words in another outlet",
    "other_date": "kept: the same words under another date",
    "near": "kept and grouped: near copies with other words",
}
"""What becomes of copies, by kind."""


def report_lines(counts: BuildPreview) -> Iterator[str]:
    """Yield what a build and its preview have in common, a line each."""
    if counts.gone_count:
        yield f"Gone       {counts.gone_count:,} files; their articles stay (--prune drops them)"
    yield f"Copies     {counts.copy_count:,} left out; {counts.near_duplicate_count:,} grouped"
    for kind, meaning in COPY_KINDS.items():
        if counts.copies[kind]:
            yield f"           {counts.copies[kind]:,} {meaning}"
    if counts.page_count:
        yield f"Pages      {counts.page_count:,} joined with the article that they belong to"
    if counts.corrected_count:
        yield f"Corrected  {counts.corrected_count:,} by hand"
    if counts.down_count:
        yield f"Taken down {counts.down_count:,} kept out"
    if counts.cut:
        rules = ", ".join(f"{count:,} {rule}" for rule, count in counts.cut.items())
        yield f"Cut        lines that are not part of an article: {rules}"
    noted = f"with notes (/api/articles/ID) {counts.noted_count:,}"
    yield f"Undated    {counts.undated_count:,}; {noted}"
    for note, count in counts.unknown_dates.items():
        yield f"           {count:,} without a date: {note}"
    yield f"Refused    {sum(counts.rejected.values()):,} of {counts.read_items:,} that were read"
    for reason, count in counts.rejected.items():
        advice = REJECTION_ADVICE.get(reason, "")
        yield f"  {reason:13} {count:,}{'; ' + advice if advice else ''}"


def report_json(counts: BuildPreview) -> dict[str, Any]:
    """Return the same, and more on notes and columns, as values of JSON."""
    return {
        "articles": counts.doc_count,
        "added": counts.added,
        "replaced": counts.replaced,
        "dropped": counts.dropped,
        "files_read": counts.read_count,
        "files_gone": counts.gone_count,
        "rows_read": counts.read_items,
        "refused": [
            {"reason": reason, "count": count, "advice": REJECTION_ADVICE[reason]}
            for reason, count in counts.rejected.items()
        ],
        "without_date": counts.undated_count,
        "without_known_column": counts.rejected.get("no_column", 0),
        "copies": counts.copies,
        "grouped": counts.near_duplicate_count,
        "pages_joined": counts.page_count,
        "corrected": counts.corrected_count,
        "taken_down": counts.down_count,
        "lines_cut": counts.cut,
        "with_notes": counts.noted_count,
        "notes": counts.noticed.list_notes(),
        "columns": counts.noticed.list_columns(),
    }
