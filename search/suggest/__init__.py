"""Suggestions: what else to type or try.

While a reader types: `ValueCompletions`, `title_completions` and `count_found`. Where nothing was
found, or little: `find_alternatives` (fewer filters, any of the words, near duplicates, another
spelling) and `better_spelling` ("did you mean"). For a document: `similar_documents` ("more like
this").

Words: a *completion* continues a text that is typed; an *alternative* is another request that does
find something, with its count.

>>> ValueCompletions({"tag": [("beras", 9), ("harga beras", 2)]}).find("ber", most=5)[1].text
'harga beras'

Everything asks a `search.backend.Backend`; nothing here knows how an index is stored.
"""

from search.suggest.alternatives import (
    AnsweredRequest,
    Offers,
    better_spelling,
    find_alternatives,
)
from search.suggest.completions import (
    COMPLETED_FACETS,
    COUNT_SECONDS,
    ValueCompletions,
    count_found,
    title_completions,
)
from search.suggest.more_like_this import similar_documents
