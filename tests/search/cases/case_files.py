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
from tests.search.cases.expectations import EXPECTATIONS, Expected, Strict

CASES_FOLDER = Path(__file__).parent


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
    choices: dict[str, Choice] = field(default_factory=dict)
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
    """The document to which similar ones are sought, and how many of them."""

    doc_id: str
    most: int = 5


class Complete(Strict):
    """What was typed, and how many completions are wanted."""

    typed: str
    most: int = 8


class Count(Strict):
    """The request whose hits are counted."""

    request: Search


class Nothing(Strict):
    """A question without arguments."""


class Case(Strict):
    """One question and what is expected of its answer.

    Attributes:
        name: a sentence that says which rule it is.
        expect: values of the answer by name; see `EXPECTATIONS`.
        before: methods of the engine that are called first; `close` needs another engine.
        search, document, similar, complete, count, status, coverage: the question; one of them.
    """

    name: str
    expect: dict[str, object]
    before: tuple[Literal["refresh", "watch", "close"], ...] = ()
    search: Search | UnsetType = UNSET
    document: Read | UnsetType = UNSET
    similar: Similar | UnsetType = UNSET
    complete: Complete | UnsetType = UNSET
    count: Count | UnsetType = UNSET
    status: Nothing | UnsetType = UNSET
    coverage: Nothing | UnsetType = UNSET

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
