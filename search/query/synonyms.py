r"""Synonyms: other names of what a reader asks for, such as acronyms, spellings and nicknames.

A reader who types AS also finds Amerika Serikat, ranked below what was typed. The names are in an
editable file, `synonyms.tsv`; a site may add one of its own. Quotes ask for exact words, so nothing
is added to them, nor to exclusions.

>>> table = read_synonyms("!AS\tAmerika Serikat\n", "example")
>>> expand(And((Term("impor"), Term("AS"))), table)[1]
('Amerika Serikat',)
>>> expand(Term("as"), table)[1], expand(And((Term("amerika"), Term("serikat"))), table)[1]
((), ('AS',))
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.analysis import tokenize
from index.errors import ArchiveError
from index.installed import read_packaged
from search.query.tree import Also, And, Or, Phrase, Query, Term

CAPITALS_MARK = "!"
"""The sign before a name that counts only in the capitals of the file."""
NAME_WORDS_MOST = 8
"""NameWords of a name."""
GROUPS_MOST = 20_000
"""Most groups of a file: the table is kept in memory."""

NameWords = tuple[str, ...]


class SynonymsError(ArchiveError):
    """A file of synonyms cannot be used; the message names the file, the line and the reason."""


@dataclass(frozen=True, slots=True)
class Name:
    """One name: its text, its folded words, and whether it counts only as it is written."""

    text: str
    words: NameWords
    is_exact: bool


Synonyms = Mapping[NameWords, Sequence[tuple[Name, tuple[Name, ...]]]]
"""By the folded words of a name: the name, and the other names of its group."""

NO_SYNONYMS: Synonyms = {}


def load_synonyms(site_path: str = "") -> Synonyms:
    """Return the names of the file that comes with Kliping, and of a site's own.

    Raises:
        SynonymsError: for a site's file that cannot be read or used.
        PackageError: when Kliping's own cannot be read.
    """
    own = read_packaged("search.query", "synonyms.tsv")
    table = dict(read_synonyms(own, "synonyms.tsv"))
    if site_path:
        for words, names in read_synonyms(_read_file(site_path), site_path).items():
            table[words] = [*table.get(words, ()), *names]
    return table


def _read_file(path: str) -> str:
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        reason = error.strerror or error
        raise SynonymsError(f"The synonyms in {path} cannot be read: {reason}.") from error
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise SynonymsError(f"{path}:{line}: this is not UTF-8; save the file as UTF-8") from error


def read_synonyms(text: str, name: str) -> Synonyms:
    """Read a file of synonyms: a group a line, its names parted by tabs.

    Raises:
        SynonymsError: for a group of one, a name without words, or too much of anything.
    """
    table: dict[NameWords, list[tuple[Name, tuple[Name, ...]]]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if number > GROUPS_MOST:
            raise SynonymsError(f"{name}:{number}: more than {GROUPS_MOST} lines")
        group = [_name(part, f"{name}:{number}") for part in line.split("\t") if part.strip()]
        if len(group) == 1:
            raise SynonymsError(f"{name}:{number}: a group needs two names, parted by a tab")
        for each in group:
            others = tuple(other for other in group if other is not each)
            table.setdefault(each.words, []).append((each, others))
    return table


def expand(query: Query, table: Synonyms) -> tuple[Query, tuple[str, ...]]:
    """Expand a query with synonyms; return it and the names that were added, each once."""
    added: list[str] = []
    expanded = _expanded(query, table, added)
    return expanded, tuple(dict.fromkeys(added))


def _expanded(query: Query, table: Synonyms, added: list[str]) -> Query:
    match query:
        case Term(_, None):
            return next(_joined([query], table, added))
        case And(parts):
            return _all_of(tuple(_joined(parts, table, added)))
        case Or(parts):
            return Or(tuple(_expanded(part, table, added) for part in parts))
    return query


def _joined(parts: Sequence[Query], table: Synonyms, added: list[str]) -> Iterator[Query]:
    """Yield the parts, words that are a name together with its other names: the longest first."""
    position = 0
    while position < len(parts):
        part = parts[position]
        if not (isinstance(part, Term) and part.field is None):
            yield _expanded(part, table, added)
            position += 1
            continue
        terms = list(_terms_from(parts, position))
        found = next((n for n in range(len(terms), 0, -1) if _others(terms[:n], table)), 0)
        own = parts[position : position + max(found, 1)]
        position += len(own)
        others = _others(terms[:found], table)
        added += [other.text for other in others]
        names = tuple(Phrase(other.text) for other in others)
        yield Also(_all_of(tuple(own)), names) if names else own[0]


def _terms_from(parts: Sequence[Query], first: int) -> Iterator[Term]:
    for part in parts[first : first + NAME_WORDS_MOST]:
        if not (isinstance(part, Term) and part.field is None):
            return
        yield part


def _others(terms: Sequence[Term], table: Synonyms) -> list[Name]:
    """Return the other names of what the words say together."""
    words = tuple(word for term in terms for word in _words(term.text))
    typed = " ".join(term.text for term in terms)
    return [
        other
        for name, others in table.get(words, ())
        if not name.is_exact or name.text == typed
        for other in others
        if other.words != words  # Jum'at is Jumat in every text
    ]


def _all_of(parts: tuple[Query, ...]) -> Query:
    return And(parts) if len(parts) > 1 else parts[0]


def _name(written: str, position: str) -> Name:
    text = written.strip().removeprefix(CAPITALS_MARK)
    words = _words(text)
    if not 0 < len(words) <= NAME_WORDS_MOST:
        raise SynonymsError(f"{position}: {text!r} has no words, or more than {NAME_WORDS_MOST}")
    return Name(text, words, written.strip().startswith(CAPITALS_MARK))


def _words(text: str) -> NameWords:
    return tuple(token.text for token in tokenize(text))
