"""Lexer of the query language: from typed text to tokens; nothing that can be typed is refused.

Readers paste headlines, so doubtful cases are text. An operator word is an operator only in
capitals, a hyphen excludes only when it touches the next word and not the one before, and a colon
ends a field's name only after the name of a field.

>>> tokens, notices = lex('judul:beras -"harga emas" ATAU negosia*')
>>> [(token.kind, token.text) for token in tokens[:4]]
[('field', 'judul'), ('word', 'beras'), ('minus', '-'), ('phrase', 'harga emas')]
>>> [token.kind for token in tokens[4:]], notices
(['or', 'prefix'], [])
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Literal, NamedTuple

from index.analysis import INVISIBLE_CHARACTERS, Token, tokenize
from search.query.tree import QUERY_FIELDS
from search.query.typed_dates import find_date
from search.results import Notice

Kind = Literal[
    "word", "prefix", "phrase", "near", "field", "minus", "not", "and", "or", "open", "close", "gap"
]
"""What a token is. A gap is something without meaning, such as a lone comma."""

OPERATORS: dict[str, Kind] = {
    "ATAU": "or",
    "OR": "or",
    "DAN": "and",
    "AND": "and",
    "BUKAN": "not",
    "NOT": "not",
}
"""The operator words, Indonesian first. In small letters they are words."""
_OPERATOR_SIGNS: dict[str, Kind] = {"&&": "and", "||": "or"}

EXACT_SIGN = "="
"""Before a word: this form of the word alone, as in quotes."""
PREFIX_LENGTH_LEAST = 2
"""Characters before a star: one letter would expand to a tenth of the dictionary."""

REACH_MOST = 50
"""Most other words among near ones. Positions skip twice as many at a line's end, so that no near
words reach over two lines."""

_DATE_LABELS = frozenset(
    label for field in QUERY_FIELDS if field.name == "date" for label in field.labels
)
_QUOTES = '"\u201c\u201d\u201e\u00ab\u00bb'
_UNQUOTED = rf"[^'\u2018\u2019{_QUOTES}]"
_INSIDE = rf"[^\s(){_QUOTES}]"
_LABELS = "|".join(label for field in QUERY_FIELDS for label in field.labels)
_TOKEN_PATTERN = re.compile(
    rf"""
      (?P<phrase>[{_QUOTES}](?P<content>[^{_QUOTES}]*)(?P<end>[{_QUOTES}]?)
                  (?:(?<=[{_QUOTES}])~(?P<reach>[0-9]+)(?!\w))?)
    | (?<![^\s(:!\-])['\u2018](?P<single>(?=\S){_UNQUOTED}*\S\s\S{_UNQUOTED}*)['\u2019](?=[\s)]|\Z)
    | (?P<open>\()
    | (?P<close>\))
    | (?P<minus>(?<![^\s(:])(?:-(?=[^\s)\-])|!+(?=[^\W_]|[({_QUOTES}'\u2018])))
    | (?P<field>(?:(?![^\W_]){_INSIDE})*(?P<label>(?ai:{_LABELS}))[:=])
    | (?P<range>[\[{{](?P<low>{_INSIDE}+)\ TO\ (?P<high>{_INSIDE}+?)[\]}}])
    | (?P<chunk>{_INSIDE}+)
    """,
    re.VERBOSE,
)
_UNKNOWN_FIELD = re.compile(r"([^\W\d_]{2,}):(?=[^\W_]|\Z)")
_BOOST_OR_FUZZY = re.compile(r"(?<=[^\W_])(?:\^[0-9.]+|~[0-9.]*)+\Z")
_IGNORED_SIGN = re.compile(
    r"(?<=[^\W_])\?(?=[^\W_])|(?<=[^\W\d_])(?:\+\+|\#)(?![^\W_])|\A--|\A/.*/\Z"
)
"""Signs that mean something elsewhere: a star for one letter, C++ and C#, --word, /regex/."""
_UNKNOWN_OPERATOR = re.compile(r"(?:NEAR|ADJ)(?:/?[0-9]+)?|(?:W|N|PRE)/[0-9]+")
_BAR = re.compile(r"(?<=[^\W_])\|+(?=[^\W_])")
"""Between words: either of them. With a blank beside it, an outlet's name follows a headline."""

_NOT_TEXT = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


class QueryToken(NamedTuple):
    """One token: its kind, its text without punctuation around it, and what was typed.

    `reach` is how many other words may stand among near ones; 0 for other kinds.
    """

    kind: Kind
    text: str
    typed: str
    reach: int = 0


def clean(query_text: str) -> str:
    """Return the text composed (NFC), without invisible characters, with single spaces."""
    seen = INVISIBLE_CHARACTERS.sub("", _NOT_TEXT.sub(" ", query_text))
    return " ".join(unicodedata.normalize("NFC", seen).split())


def lex(text: str) -> tuple[list[QueryToken], list[Notice]]:
    """Return the tokens of a cleaned text, and what was guessed or dropped on the way.

    A word that stands for several leaves (foo:bar, anti-korup*) becomes a group in parentheses.
    """
    lexer = _Lexer(text)
    lexer.read()
    return lexer.tokens, lexer.notices


class _Lexer:
    """Collects the tokens and notices of a text, from its beginning to its end."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[QueryToken] = []
        self.notices: list[Notice] = []

    def read(self) -> None:
        position = 0
        while found := _TOKEN_PATTERN.search(self.text, position):
            touched = self.tokens[-1].kind if self.tokens and found.start() == position else "gap"
            if found.lastgroup == "phrase":
                if not found["end"]:
                    self._notice("unbalanced_quote", found.group())
                self._add_phrase(found["content"], found.group(), found["reach"])
            elif found.lastgroup == "single":
                self._add_phrase(found["single"], found.group(), None)
            elif found.lastgroup == "chunk":
                self._add_chunk(found, touched)
            elif found.lastgroup == "range":
                self._add_unknown(found.group(), found["low"], found["high"])
            else:
                kinds: dict[str | None, Kind] = {"open": "open", "close": "close", "minus": "minus"}
                kind = kinds.get(found.lastgroup, "field")
                self._add(kind, found["label"] or found.group(), found.group())
            position = found.end()
            if (found["label"] or "").lower() in _DATE_LABELS:
                date, position = find_date(self.text, position)
                if date:
                    self._add("word", date, date)

    def _add(self, kind: Kind, text: str, typed: str) -> None:
        self.tokens.append(QueryToken(kind, text, typed))

    def _notice(self, code: str, text: str) -> None:
        self.notices.append(Notice(code, text))

    def _add_phrase(self, content: str, typed: str, reach: str | None) -> None:
        tokens = _tokens_of(content)
        if not tokens:
            self._notice("empty_phrase", typed)
            self._add("gap", "", typed)
            return
        if "*" in content:
            self._notice("leading_wildcard", content)
        text = content[tokens[0].start : tokens[-1].stop]
        is_near = reach and len(tokens) > 1
        self.tokens.append(
            QueryToken("near", text, content, self._reach(reach or ""))
            if is_near
            else QueryToken("phrase", text, content)
        )

    def _reach(self, typed: str) -> int:
        if int(typed) > REACH_MOST:
            self._notice("near_too_far", typed)
        return min(int(typed), REACH_MOST)

    def _add_chunk(self, found: re.Match[str], touched: Kind) -> None:
        """Add a run without spaces; `touched` is the kind of the token it stands against."""
        chunk = found.group()
        if chunk == "|" and touched in {"phrase", "near", "close"}:
            chunk = "||"
        is_value = touched in {"field", "minus"}
        operator = _OPERATOR_SIGNS.get(chunk) or (None if is_value else OPERATORS.get(chunk))
        if operator:
            self._add(operator, chunk, chunk)
            return
        if _UNKNOWN_OPERATOR.fullmatch(chunk) and not is_value:
            self._add_unknown(chunk)
            return
        if not _tokens_of(chunk):
            self._notice("ignored_characters", chunk)
            self._add("gap", "", chunk)
            return
        if chunk.startswith(EXACT_SIGN):
            tokens = _tokens_of(chunk)
            self._add("phrase", chunk[tokens[0].start : tokens[-1].stop], chunk)
            return
        alternatives = [
            _group(self._words_of(part, is_value=touched == "field", before=found.end()), "and")
            for part in _BAR.split(chunk)
            if _tokens_of(part)
        ]
        self.tokens.extend(_joined(alternatives, "or"))

    def _add_unknown(self, typed: str, *texts: str) -> None:
        """Add the words of what other search engines understand, and a notice of it."""
        self._notice("unknown_operator", typed)
        leaves = (
            self._words_of(text, is_value=True, before=0) for text in filter(_tokens_of, texts)
        )
        words = [word for own in leaves for word in own]
        self.tokens.extend(_group(words, "and") if words else [QueryToken("gap", "", typed)])

    def _words_of(self, chunk: str, *, is_value: bool, before: int) -> list[QueryToken]:
        """Return the leaves in a run of text: mostly one, several where it must be split."""
        tokens = list(tokenize(chunk))
        core = chunk[tokens[0].start : tokens[-1].stop]
        pieces = [core]
        if "*" in chunk[: tokens[-1].stop]:
            self._notice("leading_wildcard", chunk)
        if "*" in core:
            pieces = re.split(r"[*:=]", core)
        elif not is_value and self._names_unknown_field(chunk[tokens[0].start :], before):
            self._notice("unknown_field", core.partition(":")[0])
            pieces = re.split(r"[:=]", core)
        elif _names_field(core):
            # Something without a letter stood before it, so it is text, and must be read as text
            # when it is written out again.
            pieces = re.split(r"[:=]", core)
        plain = [_BOOST_OR_FUZZY.sub("", piece) for piece in pieces]
        if plain != pieces or _BOOST_OR_FUZZY.search(chunk) or _IGNORED_SIGN.search(chunk):
            self._notice("ignored_signs", chunk)
        *heads, last = [piece for piece in plain if _tokens_of(piece)]
        words = [_word(head, chunk) for head in heads]
        if "*" in chunk[tokens[-1].stop :] and "*" not in core:
            return words + self._prefix_of(last, chunk)
        return [*words, _word(last, chunk)]

    def _names_unknown_field(self, text: str, before: int) -> bool:
        found = _UNKNOWN_FIELD.match(text)
        if not found:
            return False
        return found.end() < len(text) or self.text[before : before + 1] in (*_QUOTES, "(")

    def _prefix_of(self, text: str, typed: str) -> list[QueryToken]:
        """Return the prefix; of anti-korup* the last word is one and the others are words."""
        *heads, last = tokenize(text)
        if len(last.text.strip()) < PREFIX_LENGTH_LEAST:
            self._notice("prefix_too_short", typed)
            return [_word(text, typed)]
        prefix = QueryToken("prefix", text[last.start : last.stop], typed)
        head = text[: last.start]
        return [_word(head, typed), prefix] if heads and _tokens_of(head) else [prefix]


def _names_field(text: str) -> bool:
    found = _TOKEN_PATTERN.match(text)
    return bool(found and found["label"])


def _group(words: Sequence[QueryToken], operator: Kind) -> list[QueryToken]:
    return _joined([[word] for word in words], operator)


def _joined(parts: Sequence[Sequence[QueryToken]], operator: Kind) -> list[QueryToken]:
    """Return parts joined in parentheses, which one hyphen or field holds for; or the one part."""
    if len(parts) == 1:
        return list(parts[0])
    joined = [QueryToken("open", "(", "(")]
    for part in parts:
        joined += [*part, QueryToken(operator, "", "")]
    joined[-1] = QueryToken("close", ")", ")")
    return joined


def _word(text: str, typed: str) -> QueryToken:
    tokens = list(tokenize(text))
    trimmed = text[tokens[0].start : tokens[-1].stop]
    # "ATAU," is a word: in small letters it stays one when the query is written out again.
    is_operator = trimmed in OPERATORS or _UNKNOWN_OPERATOR.fullmatch(trimmed)
    return QueryToken("word", trimmed.lower() if is_operator else trimmed, typed)


def _tokens_of(text: str) -> list[Token]:
    """Return the tokens, or none where all of them fold to nothing (a lone modifier letter)."""
    tokens = list(tokenize(text))
    return tokens if any(token.text.strip() for token in tokens) else []
