"""What a case may expect of an answer, value by value; see `tests.search.cases.case_files`.

Every value may be left out. `tests.search.cases.answers` shows an answer in the same form.
"""

import msgspec
from msgspec import UNSET, UnsetType


class Strict(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A structure without unknown keys."""


Ids = tuple[str | tuple[str, ...], ...]
"""Document ids in order; a list among them stands for documents in any order."""


class ExpectedFacet(Strict):
    """Values of a facet: buckets as [value, count], and which of them are chosen or excluded."""

    buckets: tuple[tuple[str, int], ...] | UnsetType = UNSET
    selected: tuple[str, ...] | UnsetType = UNSET
    excluded: tuple[str, ...] | UnsetType = UNSET
    total: int | UnsetType = UNSET
    missing: int | UnsetType = UNSET
    missing_selected: bool | UnsetType = UNSET
    other: int | UnsetType = UNSET


class ExpectedAlternative(Strict):
    """Another request that is offered; `filters` are the names of those that it keeps."""

    kind: str
    total: int
    query_text: str | UnsetType = UNSET
    any_word: bool | UnsetType = UNSET
    copies: bool | UnsetType = UNSET
    page: int | UnsetType = UNSET
    filters: tuple[str, ...] | UnsetType = UNSET


class Expected(Strict):
    """What any question may end with: an error of this class, about this parameter."""

    error: str | UnsetType = UNSET
    parameter: str | UnsetType = UNSET


class ExpectedResults(Expected):
    """Values of the results of a search.

    Attributes:
        total, understood, notices: as in `search.results.SearchResults`; notices as [code, text].
        ids: the hits of the page.
        scores: scores by id, to 1e-4; engines whose statistics count removed documents leave it.
        ratios: how many times the score of the second document the first one has.
        hits: by id, values of the hit by the names of `search.results.Hit`.
        titles, snippets: by id, the text with its highlights in [brackets].
        marked: by id, the highlighted texts of the snippet.
        facet_names: the facets shown, in order.
        facets: by name, values of a facet.
        months: hits by month, as [month, hits].
        selected_months: those that are chosen.
        days: days that have hits or documents, as [day, hits, documents].
        day_count: how many days are counted.
        alternatives: what is offered instead.
    """

    total: int | UnsetType = UNSET
    understood: str | UnsetType = UNSET
    notices: tuple[tuple[str, str], ...] | UnsetType = UNSET
    ids: Ids | UnsetType = UNSET
    scores: dict[str, float] | UnsetType = UNSET
    ratios: tuple[tuple[str, str, float], ...] | UnsetType = UNSET
    hits: dict[str, dict[str, object]] | UnsetType = UNSET
    titles: dict[str, str] | UnsetType = UNSET
    snippets: dict[str, str] | UnsetType = UNSET
    marked: dict[str, tuple[str, ...]] | UnsetType = UNSET
    facet_names: tuple[str, ...] | UnsetType = UNSET
    facets: dict[str, ExpectedFacet] | UnsetType = UNSET
    months: tuple[tuple[str, int], ...] | UnsetType = UNSET
    selected_months: tuple[str, ...] | UnsetType = UNSET
    days: tuple[tuple[str, int, int], ...] | UnsetType = UNSET
    day_count: int | UnsetType = UNSET
    alternatives: tuple[ExpectedAlternative, ...] | UnsetType = UNSET


class ExpectedDocument(Expected):
    """Values of a document that is read.

    Attributes:
        stored: values by the names of `index.document.Document`.
        title, body: the text with its highlights in [brackets].
        copies: the ids of its group of near duplicates, the representative first.
        copies_total: how many documents the group has.
        similar: the ids of documents on the same subject.
    """

    stored: dict[str, object] | UnsetType = UNSET
    title: str | UnsetType = UNSET
    body: str | UnsetType = UNSET
    copies: Ids | UnsetType = UNSET
    copies_total: int | UnsetType = UNSET
    similar: Ids | UnsetType = UNSET


class ExpectedSimilar(Expected):
    """The ids of documents on the same subject, in order."""

    ids: Ids | UnsetType = UNSET


class ExpectedCount(Expected):
    """How many hits a request has."""

    total: int | UnsetType = UNSET


class ExpectedCompletions(Expected):
    """What is offered, in order, as [kind, text, count, document id]."""

    completions: tuple[tuple[str, str, int, str], ...] | UnsetType = UNSET


class ExpectedStatus(Expected):
    """Whether an index is open, and how many documents it has."""

    is_open: bool | UnsetType = UNSET
    doc_count: int | UnsetType = UNSET


class ExpectedCoverage(Expected):
    """What an archive covers.

    Attributes:
        doc_count: its documents.
        outlets: those with the most documents first, as [name, documents, first day, last day].
        years: as [year, documents], the oldest first.
        undated_count: documents without a date.
    """

    doc_count: int | UnsetType = UNSET
    outlets: tuple[tuple[str, int, str, str], ...] | UnsetType = UNSET
    years: tuple[tuple[int, int], ...] | UnsetType = UNSET
    undated_count: int | UnsetType = UNSET


EXPECTATIONS: dict[str, type[Expected]] = {
    "search": ExpectedResults,
    "document": ExpectedDocument,
    "similar": ExpectedSimilar,
    "complete": ExpectedCompletions,
    "count": ExpectedCount,
    "status": ExpectedStatus,
    "coverage": ExpectedCoverage,
}
"""What may be expected of each method that answers."""
