"""The query language: from the text in the search box to a query tree, and back.

`parse_query` reads what was typed, leniently: every text gives a tree, and what was guessed or
dropped becomes a notice. The tree says what to find, free of any engine's syntax; engines analyse
the texts of its leaves. `to_query_text` writes a tree in the query language again;
`write_form` and `read_form` do it for the fields of a form.

Words: a *leaf* carries the reader's own text (a word, a phrase, near words, a prefix); a *notice*
tells the reader how a query was understood; a *synonym* is another name of a thing, searched too
and ranked lower (`load_synonyms`), and a *spelling* is another way to write it (`add_spellings`).

>>> parse_query("beras -impor").query
And(parts=(Term(text='beras', field=None), Not(part=Term(text='impor', field=None))))
>>> to_query_text(And((Term("beras"), Prefix("impor", "title"))))
'beras judul:impor*'

Not here: what a tree finds (`search.execution`), and how long queries are relaxed
(`search.relevance`).
"""

from search.query.date_ranges import parse_date_range
from search.query.form import FIELD_LENGTH_MOST, QueryForm, read_form, write_form
from search.query.lexer import REACH_MOST
from search.query.parser import NOTICES, ParsedQuery, parse_query, to_query_text
from search.query.spellings import add_spellings
from search.query.synonyms import NO_SYNONYMS, Synonyms, SynonymsError, load_synonyms
from search.query.tree import (
    QUERY_FIELDS,
    All,
    Also,
    And,
    DateRange,
    Leaf,
    Near,
    Not,
    Nothing,
    Or,
    Phrase,
    Prefix,
    Query,
    Stem,
    Term,
    positive_leaves,
)
