"""Grammar of the query language: from repaired tokens to a query tree, by recursive descent.

Words side by side mean AND. With `any_word` they mean OR and bind as loosely as OR; dates and
exclusions still restrict.

>>> from search.query.lexer import lex
>>> build_tree(lex("beras jagung -emas")[0], any_word=True)[0]
And(parts=(Or(parts=(Term(text='beras', field=None), Term(text='jagung', field=None))), \
Not(part=Term(text='emas', field=None))))
"""

import datetime as dt
from collections.abc import Iterator, Sequence

from search.query import tree
from search.query.date_ranges import parse_date_range
from search.query.lexer import QueryToken
from search.results import Notice

_DATE_LABEL = next(field.labels[0] for field in tree.QUERY_FIELDS if field.name == "date")
_FIELD_BY_LABEL = {label: field.name for field in tree.QUERY_FIELDS for label in field.labels}


def build_tree(
    tokens: Sequence[QueryToken], *, any_word: bool, today: dt.date | None = None
) -> tuple[tree.Query, list[Notice]]:
    """Return the tree of tokens that fit the grammar, and the dates that could not be read."""
    descent = _Descent(tokens, any_word=any_word, today=today)
    query = descent.alternatives(None)
    if query is None:
        return tree.All(), descent.notices
    if _is_negative(query):
        descent.notices.append(Notice("only_negative"))
    return _grounded(query), descent.notices


class _Descent:
    """Recursive descent over repaired tokens: a method for each rule; None is an empty part.

    alternatives = run { OR run };  run = chain { chain };  chain = operand { AND operand };
    operand = { NOT | field } ( leaf | "(" alternatives ")" )
    """

    def __init__(
        self, tokens: Sequence[QueryToken], *, any_word: bool, today: dt.date | None
    ) -> None:
        self.tokens = tokens
        self.today = today
        self.position = 0
        self.any_word = any_word
        self.notices: list[Notice] = []

    def alternatives(self, field: str | None) -> tree.Query | None:
        runs = [self._run(field)]
        while self._accept("or"):
            runs.append(self._run(field))
        return _either(runs)

    def _run(self, field: str | None) -> tree.Query | None:
        chains = []
        while self._kind() not in {"or", "close", "end"}:
            chains.append(self._chain(field))
        if not self.any_word:
            return _both(chains)
        any_of = [chain for chain in chains if chain and not _restricts(chain)]
        return _both([_either(any_of), *(chain for chain in chains if chain and _restricts(chain))])

    def _chain(self, field: str | None) -> tree.Query | None:
        operands = [self._operand(field)]
        while self._accept("and"):
            operands.append(self._operand(field))
        return _both(operands)

    def _operand(self, field: str | None) -> tree.Query | None:
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

    def _leaf(self, token: QueryToken, field: str | None) -> tree.Query | None:
        if field == "date":
            return self._days(token.typed)
        if token.kind == "phrase":
            return tree.Phrase(token.text, field)
        if token.kind == "near":
            return tree.Near(token.text, token.reach, field)
        make = tree.Prefix if token.kind == "prefix" else tree.Term
        return make(token.text, field)

    def _days(self, typed: str) -> tree.Query:
        """Return the days of a date, or nothing: all days would be a wrong answer."""
        days = parse_date_range(typed, self.today)
        if days is None:
            self.notices.append(Notice("bad_date", typed))
        return days or tree.Nothing(f'{_DATE_LABEL}:"{typed}"')

    def _kind(self) -> str:
        return self.tokens[self.position].kind if self.position < len(self.tokens) else "end"

    def _next(self) -> QueryToken:
        self.position += 1
        return self.tokens[self.position - 1]

    def _accept(self, kind: str) -> bool:
        is_there = self._kind() == kind
        self.position += is_there
        return is_there


def _both(parts: Sequence[tree.Query | None]) -> tree.Query | None:
    flat = _flat(parts, tree.And)
    return tree.And(tuple(flat)) if len(flat) > 1 else next(iter(flat), None)


def _either(parts: Sequence[tree.Query | None]) -> tree.Query | None:
    flat = _flat(parts, tree.Or)
    return tree.Or(tuple(flat)) if len(flat) > 1 else next(iter(flat), None)


def _flat(
    parts: Sequence[tree.Query | None], kind: type[tree.And] | type[tree.Or]
) -> list[tree.Query]:
    """Return the parts of a group and of groups of its kind in it; what finds nothing once."""
    flat: list[tree.Query] = []
    for inner in (inner for part in parts if part for inner in _unwrapped(part, kind)):
        if not (isinstance(inner, tree.Nothing) and inner in flat):
            flat.append(inner)
    return flat


def _unwrapped(query: tree.Query, kind: type[tree.And] | type[tree.Or]) -> Iterator[tree.Query]:
    if isinstance(query, kind):
        yield from query.parts
    else:
        yield query


def _negated(query: tree.Query) -> tree.Query:
    if isinstance(query, tree.Nothing):
        return query  # what is no date excludes no day either
    return query.part if isinstance(query, tree.Not) else tree.Not(query)


def _restricts(query: tree.Query) -> bool:
    """Return whether a part narrows an any-word query instead of adding to it."""
    if isinstance(query, tree.And):
        return all(_restricts(part) for part in query.parts)
    return isinstance(query, tree.Not | tree.DateRange | tree.Nothing)


def _is_negative(query: tree.Query) -> bool:
    if isinstance(query, tree.And | tree.Or):
        return all(_is_negative(part) for part in query.parts)
    return isinstance(query, tree.Not)


def _grounded(query: tree.Query) -> tree.Query:
    """Add `All` to every part of a query that only excludes."""
    match query:
        case tree.Not(part):
            return tree.And((tree.All(), tree.Not(_grounded(part))))
        case tree.Or(parts):
            return tree.Or(tuple(_grounded(part) for part in parts))
        case tree.And(parts):
            kept = tuple(
                tree.Not(_grounded(part.part)) if isinstance(part, tree.Not) else _grounded(part)
                for part in parts
            )
            return tree.And((tree.All(), *kept)) if _is_negative(query) else tree.And(kept)
    return query
