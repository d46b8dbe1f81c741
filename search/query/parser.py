"""The query parser: from the text in the search box to a query tree, and back.

Words side by side are all required. "Quotes" ask for exactly these words, =kata for this form of a
word alone. A hyphen before a word (-emas) excludes it. ATAU (OR) joins alternatives and binds
looser than DAN (AND); parentheses group. negosia* finds every word that begins so, "harga beras"~5
words with up to five others among them. judul:beras searches one field; a blank after the colon is
allowed, since "penulis: Sari" means the author. tanggal: takes 2024, 2024-05, 17/8/2024, 17 Agustus
2024, kemarin, or a range such as 2023..2024-05; what is no date finds nothing.

Parsing is lenient: every text gives a tree, and what was guessed or dropped becomes a notice.

>>> parsed = parse_query('judul:beras -emas tanggal:2024-05 OR "pasar induk"')
>>> parsed.understood
'(judul:beras -emas tanggal:2024-05) ATAU "pasar induk"'
>>> parse_query("beras OR").notices
(Notice(code='dangling_operator', text='OR'),)
"""

import datetime as dt
from dataclasses import dataclass

from search.query import tree
from search.query.date_ranges import to_date_text
from search.query.grammar import build_tree
from search.query.lexer import clean, lex
from search.query.recovery import repair
from search.query.synonyms import NO_SYNONYMS, Synonyms, expand
from search.request import QUERY_LENGTH_MOST
from search.results import Notice

NOTICES = {
    "unknown_field": "no field has this name; it and the rest were searched as words",
    "unbalanced_quote": "a quote was not closed; all that follows is the phrase",
    "unbalanced_parenthesis": "a parenthesis had no partner; one was added or it was dropped",
    "dangling_operator": "an operator had nothing to join and was dropped; alone it finds nothing",
    "bad_date": "this is no date or a range that ends before it starts; it finds nothing",
    "empty_field": "nothing stood after the field's colon; its name was searched as a word",
    "query_too_long": "only the beginning of the text was read",
    "too_many_words": "only the first words were searched; this is the first one dropped",
    "too_deep": "parentheses stood too deep in each other; the innermost were ignored",
    "prefix_too_short": "too few letters stand before the star; they were searched as a word",
    "near_too_far": "so many words apart is not near; as many as may be were taken",
    "leading_wildcard": "a star works at the end of a word only; others were ignored",
    "only_negative": "only exclusions were given; they were taken from all documents",
    "empty_phrase": "there was no word between the quotes",
    "ignored_characters": "these characters are no words and were ignored",
    "ignored_signs": "the signs in or around this word mean nothing here and were ignored",
    "unknown_operator": "this means something to other search engines; its words were searched",
    "synonyms": "other names of what was typed were searched too",
    "any_words": "no article has all words of a long query; any of them was enough",
    "no_time_for_any_words": "all words found nothing; time was short to look for any of them",
    "page_beyond": "the page asked for lies behind the last one",
    "page_bound": "more hits follow than can be paged to",
}
"""The meaning of every notice; those of any words and of pages come from answering a request."""

NOTICES_MOST = 10
"""Notices kept: more of them help no reader."""

NESTING_MOST = 10
"""Parentheses inside each other; it also bounds every recursion over a tree."""

_NOTHING_ALONE = frozenset(
    {
        "ignored_characters",
        "empty_phrase",
        "dangling_operator",
        "unbalanced_parenthesis",
        "unknown_operator",
    }
)
"""Notices of what asks for nothing if nothing else was typed."""
_LABEL_BY_FIELD = {field.name: field.labels[0] for field in tree.QUERY_FIELDS}
_NFC_SHRINKS_MOST = 4
"""Typed characters that become one when composed, with room to spare for blanks."""


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query as it was understood.

    Attributes:
        query: the tree, with other names of what was typed; every `And` in it has a part that is
            not a `Not`.
        typed: the same without those names.
        notices: what was guessed or dropped, each once.
        understood: the tree in the query language; parsed again it gives the same tree.
        is_relaxed: whether any of the words was enough, since no document has all.
        synonyms: other names that were added to what was typed; `understood` leaves them out.
    """

    query: tree.Query
    typed: tree.Query
    notices: tuple[Notice, ...]
    understood: str
    synonyms: tuple[str, ...] = ()
    is_relaxed: bool = False


def parse_query(
    query_text: str,
    *,
    any_word: bool = False,
    synonyms: Synonyms = NO_SYNONYMS,
    today: dt.date | None = None,
) -> ParsedQuery:
    """Parse what was typed; never raises.

    With `any_word`, words side by side are alternatives; dates and exclusions still restrict.
    `today` is the day from which dates such as kemarin are counted; without it they are none.
    """
    text, is_cut = _cut(query_text)
    nesting = NESTING_MOST
    while True:
        query, notices = _parse_text(text, nesting, any_word=any_word, today=today)
        understood = to_query_text(query)
        # The tree may be longer or deeper in words than as it was typed; it must fit all the same.
        if len(understood) > QUERY_LENGTH_MOST:
            room = QUERY_LENGTH_MOST * len(text) // len(understood)
            text, is_cut = _cut_at_word(text, min(room, len(text) - 1)), True
        elif _nesting_of(understood) > NESTING_MOST:
            nesting -= 1
        else:
            break
    if is_cut:
        notices.insert(0, Notice("query_too_long"))
    expanded, added = expand(query, synonyms)
    if added:
        notices.insert(0, Notice("synonyms", ", ".join(added)))
    kept = tuple(dict.fromkeys(notices))[:NOTICES_MOST]
    return ParsedQuery(expanded, query, kept, understood, added)


def to_query_text(query: tree.Query) -> str:
    """Write a tree in the query language, with the Indonesian names of operators and fields."""
    match query:
        case tree.And(parts):
            return " ".join(filter(None, (_grouped(part, tree.Or) for part in parts)))
        case tree.Or(parts):
            return " ATAU ".join(_grouped(part, tree.And) for part in parts)
        case tree.Not(part):
            return f"-{_grouped(part, tree.And, tree.Or)}"
        case tree.DateRange():
            return f"{_LABEL_BY_FIELD['date']}:{to_date_text(query)}"
        case tree.Term() | tree.Phrase() | tree.Near() | tree.Prefix():
            return _leaf_text(query)
    return query.text if isinstance(query, tree.Nothing) else ""


def _leaf_text(leaf: tree.Leaf) -> str:
    match leaf:
        case tree.Term(text):
            written = text
        case tree.Phrase(text):
            written = f'"{text}"'
        case tree.Near(text, reach):
            written = f'"{text}"~{reach}'
        case tree.Prefix(text):
            written = f"{text}*"
    return f"{_LABEL_BY_FIELD[leaf.field]}:{written}" if leaf.field else written


def _grouped(query: tree.Query, *kinds: type[tree.Query]) -> str:
    text = to_query_text(query)
    return f"({text})" if isinstance(query, kinds) else text


def _cut(query_text: str) -> tuple[str, bool]:
    """Return the text that is read, cleaned, and whether any was left out."""
    read_most = QUERY_LENGTH_MOST * _NFC_SHRINKS_MOST
    text = clean(query_text[:read_most])
    is_cut = len(query_text) > read_most or len(text) > QUERY_LENGTH_MOST
    return _cut_at_word(text, QUERY_LENGTH_MOST), is_cut


def _cut_at_word(text: str, length: int) -> str:
    if len(text) <= length:
        return text
    boundary = text.rfind(" ", 0, length + 1)
    return text[: boundary if boundary > 0 else length]


def _parse_text(
    text: str, nesting: int, *, any_word: bool, today: dt.date | None
) -> tuple[tree.Query, list[Notice]]:
    tokens, guesses = lex(text)
    repaired, repairs = repair(tokens, nesting=nesting)
    query, dropped = build_tree(repaired, any_word=any_word, today=today)
    notices = guesses + repairs + dropped
    alone = next((n.text for n in notices if n.code in _NOTHING_ALONE), "")
    if alone and isinstance(query, tree.All):
        query = tree.Nothing(alone)  # who types a sign does not ask for all
    return query, notices


def _nesting_of(text: str) -> int:
    depth = deepest = 0
    for token in lex(text)[0]:
        depth += (token.kind == "open") - (token.kind == "close")
        deepest = max(deepest, depth)
    return deepest
