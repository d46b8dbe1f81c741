"""Coverage of an archive: what it has of each outlet, by year and by day, and what was refused.

It is counted once when an index is written, of all its articles, and kept beside its segments.

>>> outlets, days = np.array([0, 0, 0]), np.array([20240101, 20240105, 20240310], np.int32)
>>> (outlet,) = count_outlets(["Pagi"], outlets, days)
>>> outlet.years, outlet.first, outlet.last, outlet.gaps
({2024: 3}, '2024-01-01', '2024-03-10', (('2024-01-06', '2024-03-09'),))
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from index.arrays import BoolArray, Int32Array, Int64Array
from index.segments import NO_NUMBER, Segment

COVERAGE_NAME = "coverage.json"
OUTLETS_MOST = 500
"""Outlets that are listed, those with the most articles; what a crawl takes for one may be many."""
GAP_DAYS = 30
"""Days without an article of an outlet that make a gap."""
GAPS_MOST = 20
"""Gaps of an outlet that are listed, the longest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletCoverage:
    """What the archive has of one outlet.

    Attributes:
        name: the outlet; "" for articles without one.
        article_count, undated_count: its articles, and those of them without a date.
        first, last: the days of the oldest and newest one as YYYY-MM-DD, "" without any.
        years: articles by year, the oldest first.
        gaps: first and last day of the longest gaps, the oldest first.
        gap_count: how many gaps there are.
    """

    name: str
    article_count: int
    undated_count: int = 0
    first: str = ""
    last: str = ""
    years: dict[int, int] = field(default_factory=dict)
    gaps: tuple[tuple[str, str], ...] = ()
    gap_count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What an archive has.

    Attributes:
        outlets: those with the most articles, the largest first.
        outlet_count: how many outlets there are in all.
        years: articles of all outlets by year, the oldest first.
        undated_count: articles without a date.
        refused: what the last build from all files refused, by reason.
        refused_by_update: what the last update refused since; None if there was none.
    """

    outlets: tuple[OutletCoverage, ...] = ()
    outlet_count: int = 0
    years: dict[int, int] = field(default_factory=dict)
    undated_count: int = 0
    refused: dict[str, int] = field(default_factory=dict)
    refused_by_update: dict[str, int] | None = None


def write_coverage(
    folder: Path,
    segments: Sequence[tuple[Segment, int]],
    refused: Mapping[str, int],
    base: Path | None = None,
) -> None:
    """Count what a generation covers, and write it into its folder.

    Args:
        folder: the generation's.
        segments: its segments, each with the number of its first document.
        refused: what the build or the update refused, by reason.
        base: the folder of the generation that was updated; None for a build from all files.
    """
    write_coverage_of(folder, _collect([segment for segment, _ in segments]), refused, base)


def write_coverage_of(
    folder: Path,
    articles: tuple[Sequence[str], Int64Array, Int32Array],
    refused: Mapping[str, int],
    base: Path | None = None,
) -> None:
    """Count what a generation covers, and write it into its folder.

    Args:
        folder: the generation's.
        articles: the outlets; of each article, the position of its outlet, and its day as a number.
        refused: as for `write_coverage`.
        base: likewise.
    """
    names, outlets, days = articles
    counted = sorted(count_outlets(names, outlets, days), key=_by_size)
    before = read_coverage(base).refused if base else dict(refused)
    coverage = Coverage(
        outlets=tuple(counted[:OUTLETS_MOST]),
        outlet_count=sum(1 for outlet in counted if outlet.name),
        years=_years(days[days != NO_NUMBER]),
        undated_count=int(np.count_nonzero(days == NO_NUMBER)),
        refused=before,
        refused_by_update=dict(refused) if base else None,
    )
    (folder / COVERAGE_NAME).write_bytes(msgspec.json.encode(coverage))


def read_coverage(folder: Path) -> Coverage:
    """Return what a generation covers.

    Raises:
        ValueError: when the file does not hold it.
    """
    if not (folder / COVERAGE_NAME).exists():  # the manifest notices a lost file
        return Coverage()
    return msgspec.json.decode((folder / COVERAGE_NAME).read_bytes(), type=Coverage)


def count_outlets(
    names: Sequence[str], outlets: Int64Array, days: Int32Array
) -> Iterator[OutletCoverage]:
    """Yield what there is of each outlet that has articles.

    Args:
        names: the outlets.
        outlets: of each article, the position of its outlet.
        days: of each article, its day as YYYYMMDD, or `NO_NUMBER`.
    """
    order = np.lexsort((days, outlets))
    starts = np.searchsorted(outlets[order], np.arange(len(names) + 1))
    for number, name in enumerate(names):
        own = days[order[starts[number] : starts[number + 1]]]
        if len(own):
            yield _count_outlet(name, own)


def _count_outlet(name: str, days: Int32Array) -> OutletCoverage:
    dated = days[days != NO_NUMBER]
    different = np.unique(dated)
    dates = _to_dates(different)
    between = np.diff(dates).astype(np.int64) - 1
    gaps = np.flatnonzero(between >= GAP_DAYS)
    longest = np.sort(gaps[np.argsort(-between[gaps], kind="stable")][:GAPS_MOST])
    return OutletCoverage(
        name=name,
        article_count=len(days),
        undated_count=len(days) - len(dated),
        first=str(dates[0]) if len(dates) else "",
        last=str(dates[-1]) if len(dates) else "",
        years=_years(dated),
        gaps=tuple((str(dates[gap] + 1), str(dates[gap + 1] - 1)) for gap in longest.tolist()),
        gap_count=len(gaps),
    )


def _years(days: Int32Array) -> dict[int, int]:
    years, counts = np.unique(days // 10_000, return_counts=True)
    return dict(zip(years.tolist(), counts.tolist(), strict=True))


def _to_dates(days: Int32Array) -> NDArray[np.datetime64]:
    """Return days as numbers YYYYMMDD as dates, with which one can count."""
    months = (days // 10_000 - 1970) * 12 + days // 100 % 100 - 1
    firsts = months.astype("M8[M]").astype("M8[D]")
    dates: NDArray[np.datetime64] = firsts + (days % 100 - 1).astype("m8[D]")
    return dates


def _by_size(outlet: OutletCoverage) -> tuple[int, str]:
    return -outlet.article_count, outlet.name


def _collect(segments: Sequence[Segment]) -> tuple[list[str], Int64Array, Int32Array]:
    """Return the outlets of all segments, and of each live document its outlet and its day."""
    number_by_name: dict[str, int] = {"": 0}
    outlets, days = [np.zeros(0, np.int64)], [np.zeros(0, np.int32)]
    for segment in segments:
        live = segment.live_flags()
        outlets.append(_outlets_of(segment, number_by_name)[live])
        days.append(segment.number("date")[live])
    return list(number_by_name), np.concatenate(outlets), np.concatenate(days)


def _outlets_of(segment: Segment, number_by_name: dict[str, int]) -> Int64Array:
    """Return of each document the number of its outlet; new outlets get the next numbers."""
    facet = segment.facets["source"]
    # A name with half of a surrogate pair could not be written as JSON.
    names = (name.encode(errors="replace").decode() for name in segment.values_of("source"))
    numbers = [number_by_name.setdefault(name, len(number_by_name)) for name in names]
    ordinals = segment.facet_ordinals.astype(np.int64)
    docs = np.repeat(np.arange(segment.doc_count), segment.facet_entry_counts())
    is_outlet: BoolArray = (ordinals >= facet.first) & (ordinals < facet.none)
    found = np.zeros(segment.doc_count, np.int64)
    found[docs[is_outlet]] = np.array(numbers, np.int64)[ordinals[is_outlet] - facet.first]
    return found
