"""Grammar of the query language: from repaired tokens to a query tree, by recursive descent.

Words side by side mean AND. With `any_word` they mean OR and bind as loosely as OR; dates and
exclusions still restrict.

>>> from search.query.lexer import lex
>>> build_tree(lex("beras jagung -emas")[0], any_word=True)[0]
And(parts=(Or(parts=(Term(text='beras', field=None), Term(text='jagung', field=None))), \
Not(part=Term(text='emas', field=None))))
"""

from collections.abc import Iterator, Sequence

from search.query.date_ranges import parse_date_range
from search.query.lexer import QueryToken
from search.query.tree import (
    QUERY_FIELDS,
    All,
    And,
    DateRange,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Term,
)
from search.results import Notice

_FIELD_BY_LABEL = {label: field.name for field in QUERY_FIELDS for label in field.labels}


def build_tree(tokens: Sequence[QueryToken], *, any_word: bool) -> tuple[Query, list[Notice]]:
    """Return the tree of tokens that fit the grammar, and the dates that could not be read."""
    descent = _Descent(tokens, any_word=any_word)
    query = descent.alternatives(None)
    if query is None:
        return All(), descent.notices
    if _is_negative(query):
        descent.notices.append(Notice("only_negative"))
    return _grounded(query), descent.notices


class _Descent:
    """Recursive descent over repaired tokens: a method for each rule; None is an empty part.

    alternatives = run { OR run };  run = chain { chain };  chain = operand { AND operand };
    operand = { NOT | field } ( leaf | "(" alternatives ")" )
    """

    def __init__(self, tokens: Sequence[QueryToken], *, any_word: bool) -> None:
        self.tokens = tokens
        self.position = 0
        self.any_word = any_word
        self.notices: list[Notice] = []

    def alternatives(self, field: str | None) -> Query | None:
        runs = [self._run(field)]
        while self._accept("or"):
            runs.append(self._run(field))
        return _either(runs)

    def _run(self, field: str | None) -> Query | None:
        chains = []
        while self._kind() not in {"or", "close", "end"}:
            chains.append(self._chain(field))
        if not self.any_word:
            return _both(chains)
        any_of = [chain for chain in chains if chain and not _restricts(chain)]
        return _both([_either(any_of), *(chain for chain in chains if chain and _restricts(chain))])

    def _chain(self, field: str | None) -> Query | None:
        operands = [self._operand(field)]
        while self._accept("and"):
            operands.append(self._operand(field))
        return _both(operands)

    def _operand(self, field: str | None) -> Query | None:
        is_negated = False
        while self._kind() in {"not", "minus", "field"}:
            token = self._next()
            if token.kind == "field":
                field = _FIELD_BY_LABEL[token.text.lower()]
            else:
                is_negated = not is_negated
        token = self._next()
        if token.kind == "open":
            part = self.alternatives(field)
            self._next()
        else:
            part = self._leaf(token, field)
        return _negated(part) if is_negated and part else part

    def _leaf(self, token: QueryToken, field: str | None) -> Query | None:
        if field == "date":
            days = parse_date_range(token.typed)
            if days is None:
                self.notices.append(Notice("bad_date", token.typed))
            return days
        if token.kind == "phrase":
            return Phrase(token.text, field)
        if token.kind == "near":
            return Near(token.text, token.reach, field)
        return Prefix(token.text, field) if token.kind == "prefix" else Term(token.text, field)

    def _kind(self) -> str:
        return self.tokens[self.position].kind if self.position < len(self.tokens) else "end"

    def _next(self) -> QueryToken:
        self.position += 1
        return self.tokens[self.position - 1]

    def _accept(self, kind: str) -> bool:
        is_there = self._kind() == kind
        self.position += is_there
        return is_there


def _both(parts: Sequence[Query | None]) -> Query | None:
    flat = [inner for part in parts if part for inner in _unwrapped(part, And)]
    return And(tuple(flat)) if len(flat) > 1 else next(iter(flat), None)


def _either(parts: Sequence[Query | None]) -> Query | None:
    flat = [inner for part in parts if part for inner in _unwrapped(part, Or)]
    return Or(tuple(flat)) if len(flat) > 1 else next(iter(flat), None)


def _unwrapped(query: Query, kind: type[And] | type[Or]) -> Iterator[Query]:
    if isinstance(query, kind):
        yield from query.parts
    else:
        yield query


def _negated(query: Query) -> Query:
    return query.part if isinstance(query, Not) else Not(query)


def _restricts(query: Query) -> bool:
    """Return whether a part narrows an any-word query instead of adding to it."""
    if isinstance(query, And):
        return all(_restricts(part) for part in query.parts)
    return isinstance(query, Not | DateRange)


def _is_negative(query: Query) -> bool:
    if isinstance(query, And | Or):
        return all(_is_negative(part) for part in query.parts)
    return isinstance(query, Not)


def _grounded(query: Query) -> Query:
    """Return the same query with `All` wherever there is nothing to exclude from."""
    match query:
        case Not(part):
            return And((All(), Not(_grounded(part))))
        case Or(parts):
            return Or(tuple(_grounded(part) for part in parts))
        case And(parts):
            kept = tuple(
                Not(_grounded(part.part)) if isinstance(part, Not) else _grounded(part)
                for part in parts
            )
            return And((All(), *kept)) if _is_negative(query) else And(kept)
    return query
