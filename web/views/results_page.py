"""The view model of the page of results, and of what the front page has besides."""

from dataclasses import dataclass
from typing import NamedTuple

from web.views.page_models import Frame, Link
from web.views.results_models import (
    AlternativeView,
    Chip,
    FacetView,
    HitView,
    ResultsView,
    SearchForm,
)


class CountedLink(NamedTuple):
    """A link with how many articles it leads to, as it is shown."""

    label: str
    url: str
    count_label: str


class DatedLink(NamedTuple):
    """A link to an article of some year."""

    year: str
    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontView:
    """What the front page has beside the results.

    Attributes:
        newest: the newest articles, from several outlets if there are several.
        subjects: tags that stand out in the newest month; none without such a month.
        days: articles of this day of other years.
        examples: searches to try.
    """

    newest: tuple[HitView, ...]
    subjects_heading: str
    subjects: tuple[CountedLink, ...]
    days_heading: str
    days: tuple[DatedLink, ...]
    examples: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsPage:
    """The page of results.

    Attributes:
        facets: those of the results that have anything to choose.
        correction: another spelling with its first hits, which stands first; None without one.
        others: the other searches that are offered.
        is_front: whether this is the front page: no query, no filter, the newest articles.
        leads: sentences about the site, on the front page only.
        heading: what was found, about what, and when most.
        window_title: the same for the title of the window, with the page's number.
        is_dense: whether each hit is a line.
        view_url: the same hits the other way.
        clear_url: the results without any filter.
        printed: what a print says below the hits: the site, the day, the address.
        front: what the front page has besides; None on any other.
    """

    frame: Frame
    form: SearchForm
    results: ResultsView
    facets: tuple[FacetView, ...]
    correction: AlternativeView | None
    others: tuple[AlternativeView, ...]
    is_front: bool
    leads: tuple[str, ...]
    heading: str
    window_title: str
    is_dense: bool
    view_url: str
    chips: tuple[Chip, ...]
    clear_url: str
    printed: str
    front: FrontView | None = None
