r"""The form of a case file: an archive, what is asked of it, and what is expected.

A file is one theme. Its archive is a list of documents as plain values, with the site's preferences
where they matter. A case has a name, a sentence; before it an engine may be refreshed or closed.
It asks one thing, by the name of the engine's method, and expects values by name:

    {"name": "A word in quotes is found in this form alone",
     "search": {"query_text": "\"beras\""},
     "expect": {"total": 1, "ids": ["a"]}}

Only what a case names is compared, so a case says what its rule is about. A key that no structure
here has is refused: a slip of the pen must not pass in silence.
"""

import datetime as dt
import json
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType, field

from index.document import DateSource, Document
from search.preferences import Preferences
from search.query.synonyms import read_synonyms
from search.request import FacetChoice, SearchRequest, choices_in_order

CASES_FOLDER = Path(__file__).parent


class Strict(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A structure without unknown keys."""


class PlainDocument(Strict):
    """A document as plain values; what is not given is empty, and a date is a stated one."""

    id: str
    title: str
    body: str = ""
    date: dt.date | None = None
    date_source: DateSource | None = None
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    category: str = ""
    source: str = ""
    url: str = ""
    caption: str = ""
    place: str = ""

    def to_document(self) -> Document:
        """Return the document."""
        values = {name: getattr(self, name) for name in self.__struct_fields__}
        source = self.date_source or ("stated" if self.date else "unknown")
        return Document(doc_id=values.pop("id"), **{**values, "date_source": source})


class PlainPreferences(Strict):
    """How the site searches: the text of its file of synonyms, and its recency boost as a share."""

    synonyms: str = ""
    recency: float = 0.0


class Archive(Strict):
    """An archive: its documents, and those that were in it and were removed."""

    documents: tuple[PlainDocument, ...]
    removed: tuple[PlainDocument, ...] = ()
    preferences: PlainPreferences = PlainPreferences()

    def to_documents(self) -> list[Document]:
        """Return the documents."""
        return [each.to_document() for each in self.documents]

    def to_removed(self) -> list[Document]:
        """Return the documents that were removed."""
        return [each.to_document() for each in self.removed]

    def to_preferences(self) -> Preferences:
        """Return the preferences of the site, without the names that Kliping knows by itself."""
        synonyms = read_synonyms(self.preferences.synonyms, "the case file")
        return Preferences(synonyms=synonyms, recency=self.preferences.recency)


class Choice(Strict):
    """What is chosen in a facet; see `search.request.FacetChoice`."""

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    without: bool = False
    size: int | None = None
    match: str = ""


class Search(Strict):
    """A search request; see `search.request.SearchRequest`."""

    query_text: str = ""
    choices: dict[str, Choice] = {}
    from_date: dt.date | None = None
    to_date: dt.date | None = None
    any_word: bool = False
    synonyms: bool = True
    copies: bool = False
    sort: str = "relevance"
    page: int = 1
    size: int = 10

    def to_request(self) -> SearchRequest:
        """Return the request.

        Raises:
            RequestError: for one that refuses itself.
        """
        values = {name: getattr(self, name) for name in self.__struct_fields__}
        choices = {n: FacetChoice(**msgspec.structs.asdict(c)) for n, c in self.choices.items()}
        return SearchRequest(**{**values, "choices": choices_in_order(choices.items())})


class Read(Strict):
    """Which document is read, and the query that marks it."""

    doc_id: str
    query_text: str = ""


class Similar(Strict):
    """Whose like are sought, and how many."""

    doc_id: str
    most: int = 5


class Complete(Strict):
    """What was typed, and how many completions are wanted."""

    typed: str
    most: int = 8


class Nothing(Strict):
    """A question without arguments."""


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


class ExpectedCompletions(Expected):
    """What is offered, in order, as [kind, text, count, document id]."""

    completions: tuple[tuple[str, str, int, str], ...] | UnsetType = UNSET


class ExpectedStatus(Expected):
    """Whether an index is open, and how many documents it has."""

    is_open: bool | UnsetType = UNSET
    doc_count: int | UnsetType = UNSET


EXPECTATIONS: dict[str, type[Expected]] = {
    "search": ExpectedResults,
    "document": ExpectedDocument,
    "similar": ExpectedSimilar,
    "complete": ExpectedCompletions,
    "status": ExpectedStatus,
}
"""What may be expected of each method that answers."""


class Case(Strict):
    """One question and what is expected of its answer.

    Attributes:
        name: a sentence that says which rule it is.
        expect: values of the answer by name; see `EXPECTATIONS`.
        before: methods of the engine that are called first; `close` gets an engine of its own.
        search, document, similar, complete, status: the question; one of them.
    """

    name: str
    expect: dict[str, object]
    before: tuple[Literal["refresh", "close"], ...] = ()
    search: Search | UnsetType = UNSET
    document: Read | UnsetType = UNSET
    similar: Similar | UnsetType = UNSET
    complete: Complete | UnsetType = UNSET
    status: Nothing | UnsetType = UNSET

    def __post_init__(self) -> None:
        """Refuse a case of two questions or of none, and an unknown value in what it expects."""
        if len(self._asked) != 1:
            raise ValueError(f"{self.name!r} asks {self._asked}, and not one thing")
        _ = self.expected

    @property
    def method(self) -> str:
        """The engine's method that is asked."""
        return self._asked[0]

    @property
    def _asked(self) -> list[str]:
        return [name for name in EXPECTATIONS if getattr(self, name) is not UNSET]

    @property
    def expected(self) -> Expected:
        """What is expected, in the form of the method."""
        return msgspec.convert(self.expect, EXPECTATIONS[self.method])


class Theme(Strict):
    """A case file: what it is about, its archive, its cases."""

    about: str
    archive: Archive
    cases: tuple[Case, ...] = field(default=())


def read_theme(text: str) -> Theme:
    """Read the text of a case file.

    Raises:
        msgspec.ValidationError: for a key that is unknown, missing, or of another type.
    """
    # The standard library reads halves of surrogate pairs, which some cases are about.
    return msgspec.convert(json.loads(text), Theme)


def read_themes() -> dict[str, Theme]:
    """Return the case files by name.

    Raises:
        ValueError: for a file that has not the form of one; the message names it.
    """
    themes = {}
    for path in sorted(CASES_FOLDER.glob("*.json")):
        try:
            themes[path.stem] = read_theme(path.read_text(encoding="utf-8"))
        except ValueError as error:
            raise ValueError(f"{path.name}: {error}") from error
    return themes
