"""SearchResults: the whole answer, complete when returned; nothing in it needs an open index.

>>> Snippet("harga beras turun", (Highlight(6, 11),)).marked
['beras']
"""

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from index.corpus import Coverage
from index.document import DateSource, Document
from search.request import SearchRequest


class Highlight(NamedTuple):
    """One marked span of a text, in code points; `stop` is the first one after it."""

    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage of a document with its marked spans, in order and apart."""

    text: str
    highlights: tuple[Highlight, ...] = ()

    @property
    def marked(self) -> list[str]:
        """The marked texts, in order."""
        return [self.text[span.start : span.stop] for span in self.highlights]


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice: something that was guessed or dropped in the query.

    `code` names the case (see `search.query.parser.NOTICES`), `text` the part of the query it is
    about. The words for the reader are made where they are shown.
    """

    code: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One document in the results.

    `score` is 0 where all documents were asked for; `copy_count` tells how many near
    duplicates it represents, `is_copy` that another document represents it.
    """

    doc_id: str
    score: float
    title: Snippet
    snippet: Snippet
    date: dt.date | None
    date_source: DateSource
    date_doubtful: bool
    authors: tuple[str, ...]
    editors: tuple[str, ...]
    tags: tuple[str, ...]
    category: str
    source: str
    url: str
    copy_count: int = 0
    is_copy: bool = False


@dataclass(frozen=True, slots=True)
class Bucket:
    """One value of a facet, with the number of hits that choosing it alone would give."""

    value: str
    count: int
    selected: bool = False
    excluded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetResult:
    """One facet of the results.

    Attributes:
        name: the facet.
        buckets: the values shown; chosen and excluded ones are always among them.
        total: how many values there are in all, before `size` but after `match`.
        missing: hits that have no value in this facet.
        missing_selected: whether those were chosen.
        other: the counts of the values not shown, added up.
    """

    name: str
    buckets: tuple[Bucket, ...]
    total: int
    missing: int
    missing_selected: bool
    other: int


class MonthCount(NamedTuple):
    """How many hits a month (YYYY-MM) has.

    `selected` when it was chosen; `doc_count` is how many documents could have been hits.
    """

    month: str
    hit_count: int
    selected: bool = False
    doc_count: int = 0


class DayCount(NamedTuple):
    """How many hits a day has, and how many documents could have been hits."""

    day: dt.date
    hit_count: int
    doc_count: int


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another request that finds something, offered when this one found nothing, or little.

    `kind` is any_words or spelling, alone or followed by _without_filters; with_copies,
    without_dates, without_filters, or without_FACET. Another spelling comes first, and has its
    first `hits`; other kinds have none.
    """

    kind: str
    request: SearchRequest
    total: int
    hits: tuple[Hit, ...] = ()

    @property
    def is_correction(self) -> bool:
        """Whether it is another spelling."""
        return self.kind.startswith("spelling")


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResults:
    """The whole answer to one request.

    Attributes:
        request: what was asked.
        understood: the query as it was understood, in the query language.
        notices: what was guessed or dropped.
        total: how many documents match, exactly.
        hits: those of the page asked for.
        facets: every facet the archive has, in the order of the table.
        months: hits per month over all time, oldest first, counted without the month filter.
        days: hits per day of `Filters.day_window`, oldest first, counted without the filter by
            days; empty without such a window.
        alternatives: what to try instead, where nothing was found; a spelling that finds more,
            where little was.
        took_ms: time spent, in milliseconds.
        generation: the index generation that answered.
        is_cut_short: whether something was left out for want of time, so that the next answer may
            have more.
    """

    request: SearchRequest
    understood: str
    notices: tuple[Notice, ...]
    total: int
    hits: tuple[Hit, ...]
    facets: tuple[FacetResult, ...]
    months: tuple[MonthCount, ...]
    days: tuple[DayCount, ...] = ()
    alternatives: tuple[Alternative, ...]
    took_ms: float
    generation: int
    is_cut_short: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Near duplicates of one story, their representative first; `total` counts all of them."""

    documents: tuple[Document, ...] = ()
    total: int = 0


NO_GROUP = Group()
"""The group of a document that has no near duplicates."""


@dataclass(frozen=True, slots=True)
class DocumentResult:
    """A stored document with its highlights, its near duplicates and similar documents.

    `is_cut_short`: whether highlights or similar documents were left out for want of time.
    """

    document: Document
    title_highlights: tuple[Highlight, ...] = ()
    body_highlights: tuple[Highlight, ...] = ()
    generation: int = 0
    copies: Group = NO_GROUP
    similar: tuple[Document, ...] = ()
    is_cut_short: bool = False


@dataclass(frozen=True, slots=True)
class Completion:
    """One text that continues what is being typed.

    Attributes:
        kind: tag, author, phrase or title.
        text: the value, the phrase, or the headline.
        count: articles with the value; 1 for a headline; 0 for a phrase, which is not counted.
        doc_id: the article of a headline, else "".
    """

    kind: str
    text: str
    count: int
    doc_id: str = ""


@dataclass(frozen=True, slots=True)
class CoverageResult:
    """What the archive covers; `built_at` tells when the index was made, in UTC, ISO 8601."""

    coverage: Coverage
    doc_count: int
    built_at: str
    generation: int


@dataclass(frozen=True, slots=True)
class EngineStatus:
    """Whether an index is open, and which.

    `problem` says what is wrong with the index that should be open; `stamp` changes whenever
    another one is; `built_at` is when it was built, in UTC, ISO 8601.
    """

    is_open: bool
    generation: int
    doc_count: int
    problem: str = ""
    stamp: str = ""
    built_at: str = ""
