"""Figures of reading: the shares that are right, by kind of file and by change, as tables.

>>> figures = Figures()
>>> figures.add("rows", [Judgment("title", True, "A", "A"), Judgment("date", False, "1", "2")])
>>> figures.share("rows"), figures.share()
(0.5, 0.5)
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from reading.judging import Judgment

COLUMNS: Mapping[str, Sequence[str]] = {
    "title": ("title",),
    "date": ("date",),
    "authors": ("authors",),
    "editors": ("editors",),
    "tags": ("tags",),
    "category, source, url": ("category", "source", "url"),
    "text": ("body", "starts", "ends", "has", "keep_out"),
    "rows": ("rows",),
    "no article": ("refused",),
}
"""The columns of the table, and the judgments that each counts."""


@dataclass(slots=True)
class Figures:
    """Judgments by group: a kind of file, or a change.

    Attributes:
        judgments: by group, in the order in which they came.
        article_counts: by group, how many articles and pages that are none were judged.
    """

    judgments: dict[str, list[Judgment]] = field(default_factory=lambda: defaultdict(list))
    article_counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, group: str, judgments: Iterable[Judgment], article_count: int = 1) -> None:
        """Add what was judged in one file."""
        self.judgments[group] += judgments
        self.article_counts[group] += article_count

    def all(self) -> list[Judgment]:
        """Return the judgments of every group."""
        return [each for judgments in self.judgments.values() for each in judgments]

    def share(self, group: str | None = None) -> float:
        """Return the share that is right, in a group or in all."""
        return share_of(self.all() if group is None else self.judgments[group])


def share_of(judgments: Sequence[Judgment]) -> float:
    """Return the share that is right; 1 of none."""
    return sum(each.is_right for each in judgments) / max(len(judgments), 1) if judgments else 1.0


def table_by_kind(figures: Figures) -> Iterator[str]:
    """Yield the lines of a table in Markdown, a row a kind of file."""
    shown = [name for name in COLUMNS if _chosen(figures.all(), name)]
    yield f"| files | articles | {' | '.join(shown)} | F1 of the text | all |"
    yield "|---|" + "---:|" * (len(shown) + 3)
    for kind in sorted(figures.judgments):
        cells = [_counted(_chosen(figures.judgments[kind], name)) for name in shown]
        yield _line(kind, figures.article_counts[kind], cells, figures.judgments[kind])
    cells = [_counted(_chosen(figures.all(), name)) for name in shown]
    yield _line("all", sum(figures.article_counts.values()), cells, figures.all())


def table_by_change(figures: Figures) -> Iterator[str]:
    """Yield the lines of a table, a row a change."""
    yield "| change | files | fields | right |"
    yield "|---|---:|---:|---:|"
    for change, judgments in figures.judgments.items():
        yield _change_line(change, figures.article_counts[change], judgments)
    yield _change_line("all", sum(figures.article_counts.values()), figures.all())


def merge_forms(figures: Figures) -> Figures:
    """Put the forms of a change, which are named after a colon, into one group."""
    merged = Figures()
    for change, judgments in figures.judgments.items():
        merged.add(change.partition(":")[0], judgments, figures.article_counts[change])
    return merged


def _change_line(change: str, file_count: int, judgments: Sequence[Judgment]) -> str:
    return f"| {change} | {file_count} | {len(judgments)} | {percent(judgments)} |"


def as_json(figures: Figures, wrong: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the figures as JSON has them."""
    return {
        "share": round(figures.share(), 4),
        "groups": {
            group: {
                "articles": figures.article_counts[group],
                "share": round(figures.share(group), 4),
                "fields": dict(_by_field(judgments)),
            }
            for group, judgments in figures.judgments.items()
        },
        "wrong": list(wrong),
    }


def _by_field(judgments: Sequence[Judgment]) -> Iterator[tuple[str, dict[str, int]]]:
    for name in dict.fromkeys(each.field for each in judgments):
        of_field = [each.is_right for each in judgments if each.field == name]
        yield name, {"right": sum(of_field), "of": len(of_field)}


def _line(group: str, article_count: int, cells: Iterable[str], all_of: Sequence[Judgment]) -> str:
    f1s = [each.f1 for each in all_of if each.f1 is not None]
    f1 = f"{sum(f1s) / len(f1s):.3f}" if f1s else ""
    return f"| {group} | {article_count} | {' | '.join(cells)} | {f1} | {percent(all_of)} |"


def percent(judgments: Sequence[Judgment]) -> str:
    """Return the share that is right as words have it."""
    return f"{100 * share_of(judgments):.1f} %"


def _chosen(judgments: Iterable[Judgment], column: str) -> list[Judgment]:
    return [each for each in judgments if each.field in COLUMNS[column]]


def _counted(judgments: Sequence[Judgment]) -> str:
    return f"{sum(each.is_right for each in judgments)} of {len(judgments)}" if judgments else ""
