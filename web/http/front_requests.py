"""Requests of the front page, and what is chosen of their results for it."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from search import FacetChoice, Hit, SearchRequest, SearchResults, log_likelihood

NEWEST_READ = 50
"""Newest articles among which those that are shown are chosen."""
NEWEST_SHOWN = 10
OUTLET_MOST = 4
"""Newest articles of one outlet that are shown, where others have articles among those read."""

TAG = "tag"
TAGS_READ = 1_000
"""The commonest tags of the archive whose counts are known; a rarer one counts as the rarest."""
MONTH_TAGS_READ = 100
SUBJECTS_MOST = 8
SUBJECT_LEAST = 3
"""Articles of a month that a subject must have."""
SIGNIFICANT = 10.8
"""The least log-likelihood ratio of a subject: significant at one in a thousand."""

EXAMPLE_TAGS = 8
"""The commonest tags, of which examples are made."""

YEARS_TRIED = 10

NEWEST = SearchRequest(size=NEWEST_READ)
ALL_TAGS = SearchRequest(choices=((TAG, FacetChoice(size=TAGS_READ)),))


def choose_newest(hits: Sequence[Hit]) -> tuple[tuple[int, Hit], ...]:
    """Return the newest hits with their ranks, so many of one outlet only if there are no others.

    They keep their order. An article without an outlet counts as one of its own.
    """
    counts: dict[str, int] = {}
    first: list[tuple[int, Hit]] = []
    rest: list[tuple[int, Hit]] = []
    for rank, hit in enumerate(hits, 1):
        counts[hit.source] = counts.get(hit.source, 0) + 1
        is_over = bool(hit.source) and counts[hit.source] > OUTLET_MOST
        (rest if is_over else first).append((rank, hit))
    return tuple(sorted([*first, *rest][:NEWEST_SHOWN], key=lambda ranked: ranked[0]))


def newest_month(results: SearchResults) -> str:
    """Return the newest month that has articles; "" without any."""
    return next((row.month for row in reversed(results.months) if row.hit_count), "")


def month_request(month: str) -> SearchRequest:
    """Return the request for a month's commonest tags."""
    choices = (TAG, FacetChoice(size=MONTH_TAGS_READ)), ("month", FacetChoice(include=(month,)))
    return SearchRequest(choices=choices)


def choose_subjects(month: SearchResults, archive: SearchResults) -> tuple[tuple[str, int], ...]:
    """Return the tags that stand out most in a month, with their articles there.

    How much one does is the log-likelihood ratio of its counts there and in all other months.
    """
    known, own = _tags_of(archive), _tags_of(month)
    rarest = min(known.values(), default=0)
    elsewhere = archive.total - month.total
    weights = {
        value: log_likelihood(
            count, month.total, max(known.get(value, rarest) - count, 0), elsewhere
        )
        for value, count in own.items()
        if count >= SUBJECT_LEAST
    }
    order = sorted(weights, key=lambda value: (-weights[value], value))
    chosen = [value for value in order if weights[value] >= SIGNIFICANT][:SUBJECTS_MOST]
    return tuple((value, own[value]) for value in chosen)


def _tags_of(results: SearchResults) -> Mapping[str, int]:
    facet = next((facet for facet in results.facets if facet.name == TAG), None)
    return {bucket.value: bucket.count for bucket in facet.buckets} if facet else {}


def day_requests(results: SearchResults, today: dt.date) -> Iterator[SearchRequest]:
    """Yield requests for this day in each earlier year whose month has articles."""
    months = {row.month for row in results.months if row.hit_count}
    years = sorted({int(month[:4]) for month in months if month[5:] == f"{today:%m}"}, reverse=True)
    for year in [year for year in years if year < today.year][:YEARS_TRIED]:
        try:
            day = today.replace(year=year)
        except ValueError:  # 29 February
            continue
        yield SearchRequest(from_date=day, to_date=day)


def commonest_tags(archive: SearchResults) -> list[tuple[str, int]]:
    """Return the commonest tags of the archive with their articles."""
    return list(_tags_of(archive).items())[:EXAMPLE_TAGS]


def example_queries(words: Sequence[str], phrases: Sequence[str]) -> Iterator[str]:
    """Yield queries of some words of an archive and of a phrase: plain, exact, in headlines."""
    yield from words[:1]
    yield from (f'"{phrase}"' for phrase in phrases[:1])
    yield from (f'judul:"{word}"' if " " in word else f"judul:{word}" for word in words[1:2])
