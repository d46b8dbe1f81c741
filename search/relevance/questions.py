"""Long queries: the words that tell their subject, without question words.

Up to three words, names and subjects are typed. A query of `LONG_QUERY_WORDS` and more is often a
question, and a document that answers it seldom has the words that only ask.
"""

from index.analysis import stem, tokenize
from search.query import Query, Term, positive_leaves

LONG_QUERY_WORDS = 4
"""Different words from which a query is long."""

QUESTION_WORDS = frozenset(
    "apa siapa berapa mana kapan dimana kemana darimana bagaimana mengapa kenapa "
    "apakah siapakah berapakah manakah kapankah dimanakah bagaimanakah mengapakah".split()
)
"""Words of questions. They are rare in the documents that answer them, so a missing one says
nothing."""

NAMING_WORDS = frozenset("nama jumlah letak lokasi tanggal".split())
"""Words that stand beside question words. A document that has the answer rarely has these words."""


def subject_stems(query: Query) -> tuple[str, ...] | None:
    """Return the stems of a long query's subject, each once; None for a short query.

    >>> from search.query.parser import parse_query
    >>> subject_stems(parse_query("siapakah nama ketua koperasi").query)
    ('ketua', 'koperasi')
    >>> subject_stems(parse_query("harga beras pasar").query)
    """
    terms = (
        leaf.text
        for leaf in positive_leaves(query)
        if isinstance(leaf, Term) and leaf.field is None
    )
    stems = tuple(dict.fromkeys(stem(token.text) for text in terms for token in tokenize(text)))
    if len(stems) < LONG_QUERY_WORDS:
        return None
    ignored = set(map(stem, QUESTION_WORDS))
    if not ignored.isdisjoint(stems):
        ignored |= NAMING_WORDS
    return tuple(word for word in stems if word not in ignored)
