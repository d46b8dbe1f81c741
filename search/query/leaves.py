"""The leaves of a query that documents are found by.

>>> from search.query.tree import Also, And, Not, Term
>>> [leaf.text for leaf in positive_leaves(And((Term("harga"), Not(Term("emas")))))]
['harga']
"""

from collections.abc import Iterator

from search.query.tree import Also, And, Leaf, Near, Or, Phrase, Prefix, Query, Term


def positive_leaves(query: Query) -> Iterator[Leaf]:
    """Yield the words, phrases and prefixes that are not excluded, in the reader's order."""
    match query:
        case Term() | Phrase() | Near() | Prefix():
            yield query
        case Also(part, names):
            yield from positive_leaves(part)
            yield from names
        case And(parts) | Or(parts):
            for part in parts:
                yield from positive_leaves(part)
