"""Query form: fields for readers who know no syntax, written as a query and read back.

Each field holds plain words; whatever else is typed in it (quotes, parentheses, operators) means
nothing there and is left out. What a query has beyond the fields stays in `rest`, as it was typed.

>>> write_form(QueryForm(all_words="harga beras", phrase='"pasar induk', none_of="-impor OR"))
'harga beras "pasar induk" -impor -or'
>>> read_form('harga (gula ATAU "kopi bubuk") judul:panen')
QueryForm(all_words='harga', any_word='', phrase='', near='', reach=5, title='panen', none_of='', \
rest='gula ATAU "kopi bubuk"')
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from search.query.lexer import REACH_MOST
from search.query.parser import parse_query, to_query_text
from search.query.tree import All, And, Near, Not, Or, Phrase, Query, Term

FIELD_LENGTH_MOST = 150
"""Characters of a field that are read, so that all of them fit into a query."""
FIELD_WORDS_MOST = 20
"""Words of a field that are read."""

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
"""A word with what may stand inside it: anti-korupsi, Jum'at, KOMPAS.com."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryForm:
    """The fields of the form, as typed.

    Attributes:
        all_words: words that must all be there.
        any_word: words of which one is enough.
        phrase: words side by side in this order.
        near: words near each other, with at most `reach` others among them.
        title: words of the headline.
        none_of: words that must not be there.
        rest: what no field can hold, in the query language.
    """

    all_words: str = ""
    any_word: str = ""
    phrase: str = ""
    near: str = ""
    reach: int = 5
    title: str = ""
    none_of: str = ""
    rest: str = ""


def write_form(form: QueryForm) -> str:
    """Return the query of a form, in the query language."""
    rest = parse_query(form.rest).typed
    kept = () if isinstance(rest, All) else (rest,)
    return _text_of((*_parts(form), *kept))


def read_form(query_text: str, *, any_word: bool = False) -> QueryForm:
    """Return the form of a query: the fields that can hold it, and the rest."""
    query = parse_query(query_text, any_word=any_word).typed
    parts = query.parts if isinstance(query, And) else (query,)
    form, rest = QueryForm(), []
    for part in parts:
        filled = _filled(form, part)
        rest += [] if filled or isinstance(part, All) else [part]
        form = filled or form
    return replace(form, rest=_text_of(rest))


def _text_of(parts: Sequence[Query]) -> str:
    """Return parts that all must match as a query."""
    return to_query_text(parts[0] if len(parts) == 1 else And(tuple(parts)))


def _parts(form: QueryForm) -> Iterator[Query]:
    yield from map(Term, _words(form.all_words))
    if alternatives := tuple(map(Term, _words(form.any_word))):
        yield Or(alternatives) if len(alternatives) > 1 else alternatives[0]
    if phrase := " ".join(_words(form.phrase)):
        yield Phrase(phrase)
    near = _words(form.near)
    if near:
        reach = min(max(form.reach, 1), REACH_MOST)
        yield Near(" ".join(near), reach) if len(near) > 1 else Term(near[0])
    yield from (Term(word, "title") for word in _words(form.title))
    yield from (Not(Term(word)) for word in _words(form.none_of))


def _words(text: str) -> list[str]:
    """Return the words of a field; one that would be an operator in small letters."""
    found = _WORD.findall(text[:FIELD_LENGTH_MOST])
    words = (word if _is_word(word) else word.lower() for word in found)
    return list(filter(_is_word, words))[:FIELD_WORDS_MOST]


def _is_word(text: str) -> bool:
    parsed = parse_query(text)
    return parsed.typed == Term(text) and not parsed.notices


def _filled(form: QueryForm, part: Query) -> QueryForm | None:
    """Return the form with a part of a query in its field; None where no field can hold it."""
    match part:
        case Term(text, None):
            filled = replace(form, all_words=_joined(form.all_words, text))
        case Term(text, "title"):
            filled = replace(form, title=_joined(form.title, text))
        case Not(Term(text, None)):
            filled = replace(form, none_of=_joined(form.none_of, text))
        case Phrase(text, None) if not form.phrase:
            filled = replace(form, phrase=text)
        case Near(text, reach, None) if not form.near:
            filled = replace(form, near=text, reach=reach)
        case Or(parts) if not form.any_word and all(map(_is_plain, parts)):
            filled = replace(form, any_word=" ".join(map(to_query_text, parts)))
        case _:
            return None
    return filled


def _is_plain(part: Query) -> bool:
    return isinstance(part, Term) and part.field is None


def _joined(words: str, text: str) -> str:
    return f"{words} {text}".strip()
