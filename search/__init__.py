"""Search: from a request to results, whichever engine holds the index.

A `SearchRequest` goes into an `Engine`, and `SearchResults` come out: frozen values, complete when
returned. `open_engine` opens the engine of an index.

    request -> parse -> match, filter, count -> relax, rerank -> highlight, suggest -> results

Words: a *request* is all that was asked; *results* are the whole answer; a *hit* is one document in
them, a *facet* a dimension to browse by, a *bucket* one of its values with a count, a *notice*
something the reader should know, an *alternative* another request that does find something.

>>> SearchRequest(query_text="beras").with_choice("tag", FacetChoice(include=("pangan",))).filters
Filters(choices=(('tag', FacetChoice(include=('pangan',), exclude=(), without=False, size=None, \
match='')),), from_date=None, to_date=None)

Packages: `query` (the language), `execution` (columnar segments), `faceting`, `relevance`,
`highlight`, `suggest`, `kernels` (compiled loops). The modules beside them are shared by all:
requests, results, facets, ranking, errors, and the two protocols, `engine` outside and `backend`
inside. Not here: how an index is made (`index`), and how results are shown (`web`).
"""

from search.engine import Engine, open_engine
from search.errors import DocumentMissingError, EngineUnavailableError, QueryTimeoutError
from search.facets import FACET_BY_NAME, FACETS, Facet
from search.keyness import log_likelihood
from search.matches import Matches, Selection
from search.preferences import (
    Preferences,
    load_preferences,
    today_in_jakarta,
)
from search.ranking import K1, WEIGHT_BY_NAME, B, idf
from search.request import (
    CHOICES_MOST,
    FACET_SIZE_RANGE,
    NO_CHOICE,
    NO_FILTERS,
    PAGE_RANGE,
    SIZE_DEFAULT,
    SIZE_RANGE,
    SORTS,
    VALUE_LENGTH_MOST,
    FacetChoice,
    RequestError,
    SearchRequest,
    Sort,
    choices_in_order,
)
from search.results import (
    Alternative,
    Bucket,
    Completion,
    CoverageResult,
    DayCount,
    DocumentResult,
    EngineStatus,
    FacetResult,
    Highlight,
    Hit,
    MonthCount,
    Notice,
    SearchResults,
    Snippet,
)
from search.warm_up import warm_up_kernels
