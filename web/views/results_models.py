"""The view models of a page of results (see `web.views.page_models`)."""

from dataclasses import dataclass
from typing import NamedTuple

from search.request import SearchRequest
from web.views.page_models import Frame, Link, MarkedText


@dataclass(frozen=True, slots=True, kw_only=True)
class HitView:
    """One hit.

    Attributes:
        date: YYYY-MM-DD, or "" without a date.
        date_label: the same for reading, e.g. 28 Agustus 2024; "Tanpa tanggal" without one.
        date_estimated: whether the date was inferred.
        tags: links that search for the tag alone; authors likewise.
        url: the source's address, "" unless it is http or https.
        page_url: the article on this site, on the way back to these results.
        copy_count: near copies that it represents; `copies_label` ("dan 12 salinan") and
            `copies_url`, where they are listed, belong to it.
        is_copy: whether another article represents it.
    """

    doc_id: str
    title: MarkedText
    snippet: MarkedText
    date: str
    date_label: str
    date_source: str
    date_estimated: bool
    authors: tuple[Link, ...]
    editors: tuple[str, ...]
    tags: tuple[Link, ...]
    category: str
    source: str
    score: float
    url: str
    page_url: str
    copy_count: int
    copies_label: str
    copies_url: str
    is_copy: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BucketView:
    """One facet value.

    Attributes:
        value: as it stands in the URL.
        label: as a reader sees it: "Agu" for 2024-08 under its year.
        full_label: the same where no year stands above: "Agustus 2024".
        count_label: the count as numbers are written in the reader's language.
        group: the heading under which it stands (the year of a month), else "".
        toggle_url: the results with this value chosen, or no longer chosen.
        exclude_url: the results with this value excluded, or no longer excluded.
    """

    value: str
    label: str
    full_label: str
    count: int
    count_label: str
    selected: bool
    excluded: bool
    group: str
    toggle_url: str
    exclude_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetView:
    """One facet.

    Attributes:
        name: the URL's parameter.
        label: "Tag", "Penulis", "Bulan", ...
        total: how many values there are.
        shown_label: "20 dari 312", "" when all are shown.
        missing: hits without a value; `missing_label` ("Tanpa tag"), `missing_count_label`,
            `missing_selected`, `missing_toggle_url` belong to it.
        other: counts of the values not shown, added up.
        more_url: the results with more values of this facet shown, "" when all are.
        fewer_url: back to the usual number, "" when it is the usual number.
        match: the text searched for inside this facet; `match_clear_url` drops it.
        searchable: whether the page offers a box to search inside this facet.
    """

    name: str
    label: str
    buckets: tuple[BucketView, ...]
    total: int
    shown_label: str
    missing: int
    missing_label: str
    missing_count_label: str
    missing_selected: bool
    missing_toggle_url: str
    other: int
    more_url: str
    fewer_url: str
    match: str
    match_clear_url: str
    searchable: bool


class BarView(NamedTuple):
    """One bar of the picture of articles over time.

    Attributes:
        period: YYYY-MM, or YYYY where the archive spans too many months to draw each.
        label: spoken label, e.g. "Agustus 2024, 12 artikel".
        left, top, height: where it stands in the picture; it is 1 wide.
        url: the results of that period alone.
    """

    period: str
    label: str
    hit_count: int
    left: int
    top: float
    height: float
    selected: bool
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The bars, oldest first, and the first and last period for reading ("Juli 2022").

    The picture is as wide as there are bars, and as high as the greatest count.
    """

    bars: tuple[BarView, ...]
    first_label: str
    last_label: str
    width: int
    height: int
    by_year: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """One thing that narrows the results, with the address that removes it."""

    label: str
    excluded: bool
    remove_url: str
    remove_label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeView:
    """Something about the query that the reader should know, in words."""

    code: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlternativeView:
    """Another search that finds something, in words ("Cari salah satu kata", "12 artikel")."""

    kind: str
    label: str
    total: int
    total_label: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paging:
    """Where the pages are; "" stands for a page that does not exist.

    `numbers` are the pages worth a link; an empty label stands for a gap between them.
    """

    page: int
    size: int
    page_count: int
    first_url: str
    previous_url: str
    next_url: str
    last_url: str
    numbers: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchForm:
    """What the form of filters shows as chosen.

    Attributes:
        sorts: (value, label) of each order.
        from_date, to_date: YYYY-MM-DD or "".
        any_word_url: the results with the opposite of `any_word`.
        synonyms_url: the results with the opposite of `synonyms`.
        copies_url: the results with the opposite of `copies`.
        hidden_fields: (name, value) pairs that the form carries along: language, exclusions ...
    """

    sort: str
    sorts: tuple[tuple[str, str], ...]
    from_date: str
    to_date: str
    any_word: bool
    any_word_url: str
    synonyms: bool
    synonyms_url: str
    copies: bool
    copies_url: str
    hidden_fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsView:
    """What the page of results and the JSON of the same address both tell.

    Attributes:
        request: what was asked.
        understood: the query as understood, in the query language.
        total_label: "312 artikel".
        json_url: the JSON of the same request.
    """

    request: SearchRequest
    understood: str
    notices: tuple[NoticeView, ...]
    total: int
    total_label: str
    took_ms: float
    generation: int
    hits: tuple[HitView, ...]
    facets: tuple[FacetView, ...]
    timeline: Timeline
    paging: Paging
    alternatives: tuple[AlternativeView, ...]
    json_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsPage:
    """The page of results.

    Attributes:
        found: what was found.
        is_front: nothing was asked: the archive itself is shown, newest first.
        examples: searches to try, on the front page alone.
    """

    frame: Frame
    form: SearchForm
    found: ResultsView
    is_front: bool
    chips: tuple[Chip, ...]
    clear_url: str
    examples: tuple[Link, ...]
