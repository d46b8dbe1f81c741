"""SearchRequest: query, filters, sort and page as one frozen value, validated when it is made.

Words the reader typed are never wrong (see `search.query.parser`); a page number, a facet or a sort
can.

>>> SearchRequest(query_text="beras", page=0)
Traceback (most recent call last):
    ...
search.request.RequestError: page: page_range (value=0, low=1, high=1000). Correct or omit it.
"""

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from index.errors import ArchiveError
from search.facets import FACET_BY_NAME

Sort = Literal["relevance", "newest", "oldest"]

SORTS: tuple[Sort, ...] = ("relevance", "newest", "oldest")
SIZE_RANGE = (10, 100)
"""Fewest and most hits on a page."""
SIZE_DEFAULT = 10
PAGE_RANGE = (1, 1000)
"""First and last page; deeper pages cost as much as all pages before them and nobody reads them."""
FACET_SIZE_RANGE = (1, 1000)
"""Fewest and most buckets of a facet in one answer."""
CHOICES_MOST = 50
"""Most values chosen, or excluded, in one facet."""
VALUE_LENGTH_MOST = 300
"""Longest chosen value or text to search inside a facet, in characters."""
QUERY_LENGTH_MOST = 1000
"""Longest query text that is read, in characters; the rest is dropped with a notice."""


class RequestError(ArchiveError):
    """A request that cannot be answered: `parameter` is wrong in the way `code` names.

    The words for the caller, in either language, are made where they are shown, from `code` and
    `values`.
    """

    def __init__(self, parameter: str, code: str, **values: object) -> None:
        detail = ", ".join(f"{name}={value}" for name, value in values.items())
        super().__init__(f"{parameter}: {code} ({detail}). Correct or omit it.")
        self.parameter = parameter
        self.code = code
        self.values = values


@dataclass(frozen=True, slots=True)
class FacetChoice:
    """What a reader chose in one facet, and how much of the facet to show.

    Attributes:
        include: documents with any of these values.
        exclude: no document with any of these values.
        without: documents that have no value in this facet; one more choice beside `include`.
        size: how many buckets to show; None for the facet's own number.
        match: show only buckets whose label contains this text.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    without: bool = False
    size: int | None = None
    match: str = ""

    @property
    def restricts(self) -> bool:
        """Whether the choice keeps any document out."""
        return bool(self.include or self.exclude or self.without)


NO_CHOICE = FacetChoice()

DATES = "dates"
"""The name of the filter by days, beside the facets' names."""
DAYS_MOST = 62
"""Longest range of days whose hits are counted by day: any two months."""


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters of a request: choices in facets, and days.

    Attributes:
        choices: (facet name, choice) of facets.
        from_date: first day, included.
        to_date: last day, included.
    """

    choices: tuple[tuple[str, FacetChoice], ...] = ()
    from_date: dt.date | None = None
    to_date: dt.date | None = None

    @property
    def names(self) -> list[str]:
        """The names of the filters that restrict: facets, or `DATES`."""
        names = [name for name, choice in self.choices if choice.restricts]
        return [*names, DATES] if self.from_date or self.to_date else names

    @property
    def day_window(self) -> tuple[dt.date, dt.date] | None:
        """The first and the last day that are counted one by one; None where that is too many.

        A range within one month widens to that month, so that its neighbours stay in sight.

        >>> Filters((), dt.date(2024, 2, 7), dt.date(2024, 2, 9)).day_window
        (datetime.date(2024, 2, 1), datetime.date(2024, 2, 29))
        """
        first, last = self.from_date, self.to_date
        if not (first and last) or (last - first).days >= DAYS_MOST:
            return None
        if (first.year, first.month) == (last.year, last.month):
            days = monthrange(first.year, first.month)[1]
            return first.replace(day=1), first.replace(day=days)
        return first, last


NO_FILTERS = Filters()


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRequest:
    """Query, filters, sort, page: all that was asked.

    Attributes:
        query_text: what stands in the search box.
        choices: (facet name, choice) of every facet that departs from `NO_CHOICE`, in facet order.
        from_date: first day, included.
        to_date: last day, included.
        any_word: any of the words is enough; otherwise all are required.
        synonyms: other names of what was typed are searched too.
        copies: every article is a candidate; otherwise one of each group of near duplicates is.
        sort: one of `SORTS`.
        page: from 1.
        size: hits a page.

    Raises:
        RequestError: when a part is out of its range; the message names the parameter.
    """

    query_text: str = ""
    choices: tuple[tuple[str, FacetChoice], ...] = ()
    from_date: dt.date | None = None
    to_date: dt.date | None = None
    any_word: bool = False
    synonyms: bool = True
    copies: bool = False
    sort: Sort = "relevance"
    page: int = 1
    size: int = SIZE_DEFAULT

    def __post_init__(self) -> None:
        if self.sort not in SORTS:
            raise RequestError("sort", "unknown_sort", value=self.sort, known=", ".join(SORTS))
        _check_range("page", self.page, PAGE_RANGE)
        _check_range("size", self.size, SIZE_RANGE)
        if self.from_date and self.to_date and self.from_date > self.to_date:
            raise RequestError("from", "date_order", start=self.from_date, end=self.to_date)
        for name, choice in self.choices:
            _check_choice(name, choice)

    def choice(self, facet_name: str) -> FacetChoice:
        """What was chosen in this facet; `NO_CHOICE` when nothing was."""
        return dict(self.choices).get(facet_name, NO_CHOICE)

    def with_choice(self, facet_name: str, choice: FacetChoice) -> "SearchRequest":
        """Return the request with this facet's choice replaced, at page 1."""
        chosen = {**dict(self.choices), facet_name: choice}
        return replace(self, choices=choices_in_order(chosen.items()), page=1)

    @property
    def filters(self) -> Filters:
        """What keeps documents out."""
        return Filters(self.choices, self.from_date, self.to_date)

    @property
    def restricts(self) -> bool:
        """Whether any filter is set: a facet choice that restricts, or a date."""
        return bool(self.filters.names)


def choices_in_order(
    choices: Iterable[tuple[str, FacetChoice]],
) -> tuple[tuple[str, FacetChoice], ...]:
    """Return the choices that say anything, in the order of the facets' table.

    Raises:
        RequestError: for a facet that does not exist.
    """
    chosen = dict(choices)
    for name in chosen:
        if name not in FACET_BY_NAME:
            raise RequestError(name, "unknown_facet", value=name, known=", ".join(FACET_BY_NAME))
    return tuple((n, chosen[n]) for n in FACET_BY_NAME if chosen.get(n, NO_CHOICE) != NO_CHOICE)


def _check_choice(name: str, choice: FacetChoice) -> None:
    if name not in FACET_BY_NAME:
        raise RequestError(name, "unknown_facet", value=name, known=", ".join(FACET_BY_NAME))
    if choice.size is not None:
        _check_range(f"{name}_size", choice.size, FACET_SIZE_RANGE)
    for parameter, values in ((name, choice.include), (f"not_{name}", choice.exclude)):
        if len(values) > CHOICES_MOST:
            raise RequestError(parameter, "too_many_values", high=CHOICES_MOST)
        if any(len(value) > VALUE_LENGTH_MOST for value in values):
            raise RequestError(parameter, "value_too_long", high=VALUE_LENGTH_MOST)
        pattern = FACET_BY_NAME[name].pattern or ".*"
        wrong = next((v for v in values if not re.fullmatch(pattern, v, re.DOTALL)), None)
        if wrong is not None:
            raise RequestError(parameter, "bad_month", value=wrong)
    if len(choice.match) > VALUE_LENGTH_MOST:
        raise RequestError(f"{name}_match", "value_too_long", high=VALUE_LENGTH_MOST)


def _check_range(parameter: str, number: int, bounds: tuple[int, int]) -> None:
    low, high = bounds
    if not low <= number <= high:
        code = "page_range" if parameter == "page" else "number_range"
        raise RequestError(parameter, code, value=number, low=low, high=high)
