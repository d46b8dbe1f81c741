"""Error recovery: from any tokens to tokens that fit the grammar, with a notice for each change.

After `repair` every parenthesis has its partner, every operator stands between two operands, and
every field has a value. So the grammar needs no rule for mistakes. A group may be empty.

>>> from search.query.lexer import lex
>>> tokens, notices = repair(lex("(beras ATAU")[0], nesting=10)
>>> [token.text for token in tokens], [notice.code for notice in notices]
(['(', 'beras', ')'], ['unbalanced_parenthesis', 'dangling_operator'])
"""

from collections.abc import Sequence

from search.query.lexer import Kind, QueryToken
from search.results import Notice

LEAVES_MOST = 32
"""Words, phrases and dates in one query: each costs a posting list, and no reader types more."""

_LEAVES: frozenset[Kind] = frozenset({"word", "prefix", "phrase", "near"})
_OPERANDS: frozenset[Kind] = _LEAVES | frozenset({"open", "minus", "not", "field"})
_FOLLOWERS: dict[Kind, frozenset[Kind]] = {
    "and": _OPERANDS,
    "or": _OPERANDS,
    "not": _OPERANDS,
    "minus": _OPERANDS - {"minus", "not"},
    "field": _OPERANDS - {"field", "not"},
}
"""Which kinds may follow a token; before any other kind it is dropped or becomes a word."""


def repair(tokens: Sequence[QueryToken], *, nesting: int) -> tuple[list[QueryToken], list[Notice]]:
    """Return tokens that fit the grammar, parentheses at most `nesting` deep, and what changed."""
    notices: list[Notice] = []
    balanced = _balance(tokens, nesting, notices)
    complete = _complete(balanced, notices)
    return _limit_leaves(complete, notices), notices


def _balance(tokens: Sequence[QueryToken], nesting: int, notices: list[Notice]) -> list[QueryToken]:
    """Give every parenthesis its partner, and drop pairs that stand too deep."""
    kept: list[QueryToken] = []
    depth = 0
    for token in tokens:
        if token.kind == "close" and depth == 0:
            notices.append(Notice("unbalanced_parenthesis", ")"))
            continue
        depth += (token.kind == "open") - (token.kind == "close")
        if token.kind == "open" and depth > nesting:
            notices.append(Notice("too_deep"))
        elif token.kind == "close" and kept and kept[-1].kind == "open" and depth < nesting:
            notices.append(Notice("ignored_characters", "()"))
            kept[-1] = QueryToken("gap", "", "()")
        elif token.kind != "close" or depth < nesting:
            kept.append(token)
    if depth:
        notices.append(Notice("unbalanced_parenthesis", "("))
    return kept + [QueryToken("close", ")", "")] * min(depth, nesting)


def _complete(tokens: Sequence[QueryToken], notices: list[Notice]) -> list[QueryToken]:
    """Drop operators that lack an operand; a field without a value becomes a word."""
    kept: list[QueryToken] = []
    following: Kind = "gap"
    for token in reversed(tokens):
        fits = token.kind not in _FOLLOWERS or following in _FOLLOWERS[token.kind]
        mended = token if fits else _mend(token, notices)
        kept.append(mended)
        # A dropped operator leaves no gap: in "a AND OR b" the OR still finds its operand.
        following = mended.kind if mended.kind != "gap" or token.kind == "gap" else following
    kept.reverse()
    return _drop_leading_operators(kept, notices)


def _mend(token: QueryToken, notices: list[Notice]) -> QueryToken:
    if token.kind == "field":
        notices.append(Notice("empty_field", token.text))
        return QueryToken("word", token.text, token.typed)
    if token.kind != "minus":
        notices.append(Notice("dangling_operator", token.text))
    return QueryToken("gap", "", token.typed)


def _drop_leading_operators(
    tokens: Sequence[QueryToken], notices: list[Notice]
) -> list[QueryToken]:
    kept: list[QueryToken] = []
    for token in tokens:
        is_first = not kept or kept[-1].kind == "open"
        if token.kind in {"and", "or"} and is_first:
            notices.append(Notice("dangling_operator", token.text))
        elif token.kind != "gap":
            kept.append(token)
    return kept


def _limit_leaves(tokens: Sequence[QueryToken], notices: list[Notice]) -> list[QueryToken]:
    """Keep the first leaves, all parentheses, and the operators and fields of those leaves."""
    kept: list[QueryToken] = []
    leaf_count = 0
    for token in tokens:
        leaf_count += token.kind in _LEAVES
        if leaf_count <= LEAVES_MOST or token.kind in {"open", "close"}:
            kept.append(token)
            continue
        if leaf_count == LEAVES_MOST + 1 and token.kind in _LEAVES:
            notices.append(Notice("too_many_words", token.typed))
            while kept and kept[-1].kind in _FOLLOWERS:
                kept.pop()
    return kept
