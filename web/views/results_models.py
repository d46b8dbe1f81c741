"""The view models of a page of results: hits, facets, chips, paging, form."""

from dataclasses import dataclass

from search import SearchRequest
from web.views.marked_text import MarkedText
from web.views.page_models import Link
from web.views.timeline_models import Timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class HitView:
    """One hit.

    Attributes:
        rank: its place among all hits, from 1.
        date: YYYY-MM-DD, or "" without a date.
        date_label: the same for reading, e.g. 28 Agustus 2024; "Tanpa tanggal" without one.
        date_estimated: whether the date was inferred.
        date_doubtful: whether the text names a weekday that the date is not.
        date_mark: what stands behind the date: "(perkiraan)", "(meragukan)" or "".
        tags: links that search for the tag alone; authors likewise.
        url: the article at its source, "" unless it is http or https.
        page_url: the article on this site; its page leads back to these results.
        address: where a reader of paper finds it: at its source, else on this site.
        copy_count: near duplicates that it represents.
        copies_label: the same in words, "dan 12 salinan"; "" for none.
        copies_url: the list of these near duplicates; "" for none.
        is_copy: whether another article is the representative of its group.
    """

    doc_id: str
    rank: int
    title: MarkedText
    snippet: MarkedText
    date: str
    date_label: str
    date_source: str
    date_estimated: bool
    date_doubtful: bool
    date_mark: str
    authors: tuple[Link, ...]
    editors: tuple[str, ...]
    tags: tuple[Link, ...]
    category: str
    source: str
    score: float
    url: str
    page_url: str
    address: str
    copy_count: int
    copies_label: str
    copies_url: str
    is_copy: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BucketView:
    """One facet value.

    Attributes:
        value: as in the URL.
        label: as shown below `group`: "Agu" for 2024-08.
        full_label: as shown anywhere else: "Agustus 2024".
        count_label: the count, written as in the page's language.
        group: the heading above it (a month's year), else "".
        share: the count in hundredths of the facet's greatest.
        toggle_url: the results with this value chosen, or no longer chosen.
        exclude_url: the results with this value excluded, or no longer excluded.
    """

    value: str
    label: str
    full_label: str
    count: int
    count_label: str
    share: int
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
        total: number of values.
        shown_label: "20 dari 312", or "" if all are shown.
        missing: hits without a value.
        missing_label: "Tanpa tag".
        missing_count_label: `missing`, written as in the page's language.
        missing_selected: whether these hits are chosen.
        missing_toggle_url: the results with them chosen, or no longer chosen.
        other: sum of the counts of the values that are not shown.
        more_url: the results with more values of this facet; "" if all are shown.
        fewer_url: the results with the usual number of values; "" if that is shown.
        more_size, fewer_size: how many these show; "" where there is no such link.
        all_url: a page with all values by letter; "" if all are shown.
        match: the text that is searched for inside this facet.
        match_clear_url: the results without `match`; "" if it is empty.
        searchable: whether the page has a box to search inside this facet.
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
    more_size: str
    fewer_size: str
    all_url: str
    match: str
    match_clear_url: str
    searchable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """An active filter, shown as a chip: its label, and the URL that removes it.

    One that is `of_time` is of days or months.
    """

    label: str
    excluded: bool
    remove_url: str
    remove_label: str
    of_time: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeView:
    """A notice about the query, in words: what was guessed or left out."""

    code: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlternativeView:
    """Another search that finds something, in words ("Tanpa saringan tag", "12 artikel").

    The first `hits` stand beside another spelling alone.
    """

    kind: str
    label: str
    total: int
    total_label: str
    url: str
    hits: tuple[HitView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paging:
    """The links to other pages of the results; "" for a page that does not exist.

    Attributes:
        numbers: links to single pages; an empty label is a gap between them.
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
    """The state of the search form.

    Attributes:
        sorts: (value, label) of each order.
        size: hits on a page.
        sizes: numbers of hits to choose from.
        dates: of the first and the last day: parameter, label, YYYY-MM-DD or "", and the same as
            readers write it.
        presets: usual spans of time up to today.
        count_url: the JSON that tells how many articles a choice gives.
        any_word_url: the results with the opposite of `any_word`.
        synonyms_url: the results with the opposite of `synonyms`.
        copies_url: the results with the opposite of `copies`.
        hidden_fields: (name, value) of each parameter without an input: language, exclusions ...
    """

    sort: str
    sorts: tuple[tuple[str, str], ...]
    size: int
    sizes: tuple[int, ...]
    dates: tuple[tuple[str, str, str, str], ...]
    presets: tuple[Link, ...]
    count_url: str
    any_word: bool
    any_word_url: str
    synonyms: bool
    synonyms_url: str
    copies: bool
    copies_url: str
    hidden_fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsView:
    """What the page of results and its JSON both show.

    Attributes:
        request: the request they answer.
        understood: the query as it was understood, in the query language.
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
