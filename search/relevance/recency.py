"""A gentle preference for recent articles: a setting of a site, off unless it is asked for.

The best hits by score are put in order anew by

    score' = score * (1 + share * 2 ** (-age / HALF_LIFE))

so that an article of today gains the share that is set, one half a year older half of that, and one
of long ago, or without a date, nothing. Age counts from the newest article of the archive, and not
from today, so that an answer does not change by itself.

>>> raised(10.0, age=0, share=0.2), raised(10.0, age=HALF_LIFE, share=0.2)
(12.0, 11.0)
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from index.segments.segment import NO_NUMBER
from search.execution.snapshot import Snapshot
from search.matches import Found, FoundHit, Wanted

FIELD = "date"
HALF_LIFE = 180
"""Days after which the preference is half."""
LOOKED_AT = 100
"""Hits that are put in order anew; the others follow."""


def find_recent(
    find: Callable[[Wanted], Found], wanted: Wanted, snapshot: Snapshot, share: float
) -> Found:
    """Return what is found, the best hits in an order that prefers recent ones.

    Args:
        find: finds what is asked for.
        wanted: how many hits, in which order.
        snapshot: where the hits are.
        share: how much the newest gain; 0 leaves everything as it is.
    """
    if not (share and wanted.by_score and wanted.best):
        return find(wanted)
    found = find(replace(wanted, best=max(wanted.best, LOOKED_AT)))
    ordered = prefer_recent(found, snapshot, share)
    return replace(ordered, hits=ordered.hits[: wanted.best])


def prefer_recent(found: Found, snapshot: Snapshot, share: float) -> Found:
    """Return what was found, the best hits in an order that prefers recent ones."""
    if not found.hits:
        return found
    numbers = (view.segment.number(FIELD) for view in snapshot.views)
    newest = max(int(each.max(initial=NO_NUMBER)) for each in numbers)
    raise_one = partial(_raised_hit, snapshot, newest, share)
    first = sorted(map(raise_one, found.hits[:LOOKED_AT]), key=lambda hit: -hit.score)
    return replace(found, hits=[*first, *found.hits[LOOKED_AT:]])


def raised(score: float, *, age: float, share: float) -> float:
    """Return a score with what an age in days adds to it."""
    return score * (1 + share * 2 ** (-max(age, 0) / HALF_LIFE))


def _raised_hit(snapshot: Snapshot, newest: int, share: float, hit: FoundHit) -> FoundHit:
    view, doc = snapshot.place_of(hit.number)
    number = int(view.segment.number(FIELD)[doc])
    if number == NO_NUMBER:
        return hit
    age = (_day(newest) - _day(number)).days
    return FoundHit(hit.number, raised(hit.score, age=age, share=share))


def _day(number: int) -> dt.date:
    """Return the day that a number YYYYMMDD stands for."""
    return dt.date(number // 10_000, number // 100 % 100, number % 100)
