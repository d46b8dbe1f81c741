"""Column names: which column of a table, or key of an object, holds which value of an article.

The name decides first: by what the caller has mapped (`--map COLUMN=KEY`), then by its words (see
`index.ingest.rows.name_words`). Where a name may mean several things, the value decides: a column
`berita` with a long text is the text, with a short one the headline. What has no known name is a
date or an address if it has the form of one, and a text if it is long and nothing else can be.

>>> row = {"judul_berita": "Panen", "Isi Berita": "Membaik.", "waktu_scraping": "x", "views": "3"}
>>> named = name_values(row, {})
>>> named.values
{'title': 'Panen', 'body': 'Membaik.', 'waktu_scraping': 'x', 'views': '3'}
>>> named.columns
{'title': 'judul_berita', 'body': 'Isi Berita'}
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from index.errors import ColumnMapError, SourceError
from index.ingest.fields import find_stated_date, normalize_url
from index.ingest.rows.joined_columns import Group, find_groups, join
from index.ingest.rows.keys import KEYS, Row
from index.ingest.rows.name_words import LOW, find_meaning, is_foreign
from index.ingest.rows.value_shapes import (
    is_address,
    is_date,
    is_headline,
    is_text,
    join_texts,
)
from index.ingest.rows.values import NAMES_OF_ADDRESSES, find_texts, is_nothing
from index.ingest.text import clean_text, to_one_line

_IGNORED = re.compile(r"[\W_]+")
_NAME_CHARS_MOST = 60
"""Longest name that is looked up; a longer one is no name."""
_REMEMBERED_NAMES = 200
"""Most names of a row whose plan is remembered."""
_KEYS = frozenset((*KEYS, "authors", "editors"))
"""The names that need no mapping."""
_SHOWN_COLUMNS = 20
"""Columns that an error shows."""
_SHOWN_CHARS = 40
"""Characters of a column's name that an error shows."""

_ARTICLE_CHARS_LEAST = 60
"""Shortest text of a column called "berita" or the like that is no headline."""
_HEADLINE_CHARS_MOST = 300
"""Longest text that is a headline."""
_PEOPLE = frozenset({"author", "editor"})
_LISTS = ("body", "tags", "author", "editor")
"""Keys whose value may stand in numbered columns."""
_LETTER = re.compile(r"[^\W\d_]")


_SHAPES: dict[str, type] = {"tags": list, "author": dict}
_SHAPED = {
    **dict.fromkeys(("label", "labels"), "tags"),
    **dict.fromkeys(("user", "users", "account"), "author"),
    **dict.fromkeys(("name", "nama"), "title"),
}
"""Names that stand for a key if their value has its shape: `labels` of Blogger is a list of tags,
and no result of a sentiment; `user` of Laravel is an object with a name."""


class Named(NamedTuple):
    """The values of a row by key, and the file's own name for each key."""

    values: Row
    columns: Mapping[str, str]


class _Plan(NamedTuple):
    """What the names of a row say.

    Attributes:
        by_key: for each key the names that may hold it, the surest first.
        articles: names that may hold a text or a headline.
        unknown: names that say nothing.
        shaped: pairs of a key and a name that stands for it if its value has the shape of one.
        groups: columns that hold one value together.
    """

    by_key: tuple[tuple[str, tuple[str, ...]], ...]
    articles: tuple[str, ...]
    unknown: tuple[str, ...]
    shaped: tuple[tuple[str, str], ...]
    groups: tuple[Group, ...]


def parse_column_map(options: Iterable[str]) -> dict[str, str]:
    """Parse options of the form COLUMN=KEY; return the keys by normalized column name.

    Raises:
        ColumnMapError: for another form, an unknown key, or a column with two keys.
    """
    key_by_column: dict[str, str] = {}
    for option in options:
        column, _, key = (part.strip() for part in option.rpartition("="))
        if not column:
            raise ColumnMapError(f"{option!r} is not COLUMN=KEY, as in --map isi_berita=body")
        if key not in KEYS:
            raise ColumnMapError(f"there is no key {key!r} ({option}); choose: {', '.join(KEYS)}")
        known = key_by_column.setdefault(normalize_name(column), key)
        if known != key:
            raise ColumnMapError(
                f"the column {column} cannot be both {known} and {key}; name it once"
            )
    return key_by_column


def normalize_name(column: str) -> str:
    """Return the name of a column without case, spaces and punctuation."""
    return _IGNORED.sub("", clean_text(column).casefold()) or to_one_line(column)


def tell_columns(header: Sequence[str]) -> list[str]:
    """Return the names of the columns of a table, one for each.

    No two columns get the same name: the second one is numbered, and so is one without a name.

    >>> tell_columns(["judul", " isi ", "", "isi"])
    ['judul', 'isi', 'column 3', 'isi 4']
    """
    names: dict[str, None] = {}
    for position, column in enumerate(header, 1):
        name = to_one_line(clean_text(column)) or f"column {position}"
        names[name if name not in names else f"{name} {position}"] = None
    return list(names)


def count_known(header: Sequence[str], key_by_column: Mapping[str, str]) -> set[str]:
    """Return the keys that the columns of a header surely hold."""
    meanings = map(find_meaning, (name for name in header if len(name) <= _NAME_CHARS_MOST))
    known = {each.key for each in meanings if each and each.rank < LOW}
    mapped = {key_by_column.get(normalize_name(name)) for name in header}
    return known | {key for key in mapped if key}


def name_values(row: Row, key_by_column: Mapping[str, str]) -> Named:
    """Return the values of a row by key; values without a key keep their own names.

    Raises:
        SourceError: no_column, when no name can be that of the text.
    """
    if not key_by_column and row.keys() <= _KEYS:  # as in nearly every file
        return Named(row, {})
    mapped = tuple(sorted(key_by_column.items())) if key_by_column else ()
    names = tuple(row)
    is_small = len(names) <= _REMEMBERED_NAMES and max(map(len, names), default=0) < LOW
    plan = (_remembered_plan if is_small else _make_plan)(names, mapped)
    chosen = dict(_by_name(row, plan))
    chosen |= {key: name for key, name in _by_value(row, plan, chosen) if name}
    if "body" not in chosen and len(row) > 1 and not any(key == "body" for key, _ in plan.by_key):
        raise _no_column(names, has_title="title" in chosen)
    taken = set(chosen.values())
    values = {key: row[name] for key, name in chosen.items()}
    for group in plan.groups:
        key = _split_key(group, row, chosen)
        whole = join(row, group) if key else None
        if whole:
            taken |= set(group.names)
            values[key] = whole
    values |= {_free(name, values): row[name] for name in names if name not in taken}
    return Named(values, {key: name for key, name in chosen.items() if key != name})


def _split_key(group: Group, row: Row, chosen: Mapping[str, str]) -> str:
    """Return the key whose value stands in a group of columns, "" if the chosen one has it all."""
    if group.key == "date":
        return "" if "date" in chosen and _fits("date", row[chosen["date"]]) else "date"
    keys = [group.key] if group.key else _LISTS
    return next((key for key in keys if chosen.get(key) in group.names), "")


def _make_plan(names: tuple[str, ...], mapped: tuple[tuple[str, str], ...]) -> _Plan:
    key_by_column = dict(mapped)
    found: dict[str, list[tuple[int, str]]] = {}
    unknown: list[str] = []
    for name in names:
        key = key_by_column.get(normalize_name(name)) if mapped else None
        meaning = None if key or len(name) > _NAME_CHARS_MOST else find_meaning(name)
        if key:
            found.setdefault(key, []).append((-1, name))
        elif meaning:
            found.setdefault(meaning.key, []).append((meaning.rank, name))
        elif not is_foreign(name):
            unknown.append(name)
    by_key = {key: tuple(name for _, name in sorted(ranked)) for key, ranked in found.items()}
    ordered = tuple((key, by_key[key]) for key in KEYS if key in by_key)
    shaped = [(_SHAPED.get(normalize_name(name), ""), name) for name in names]
    return _Plan(
        ordered,
        by_key.get("article", ()),
        tuple(unknown),
        tuple(each for each in shaped if each[0]),
        find_groups(names),
    )


_remembered_plan = lru_cache(maxsize=1 << 8)(_make_plan)


def _by_name(row: Row, plan: _Plan) -> Iterator[tuple[str, str]]:
    """Yield each key that names speak of, with the surest name whose value can be one."""
    for key, names in plan.by_key:
        fits = (name for name in names[: len(names) * (len(names) > 1)] if _fits(key, row[name]))
        yield key, next(fits, names[0])


def _fits(key: str, value: object) -> bool:
    if key == "date":
        return any(find_stated_date(text).date for text in find_texts(value))
    if key == "url":
        return any(map(normalize_url, find_texts(value, NAMES_OF_ADDRESSES)))
    if key == "source":
        return not is_nothing(value) and not is_address(value)
    if key in _PEOPLE:
        return any(map(_LETTER.search, find_texts(value)))
    return not is_nothing(value)


def _by_value(row: Row, plan: _Plan, chosen: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield keys that no name speaks of, each with the name whose value has the form of one."""
    size_by_name = {name: len(join_texts(row[name])) for name in plan.articles}
    articles = sorted(plan.articles, key=lambda name: -size_by_name[name])
    title = join_texts(row[chosen["title"]]) if "title" in chosen else ""
    found: dict[str, str] = {}
    if "body" not in chosen and articles:
        size = size_by_name[articles[0]]
        if size >= _ARTICLE_CHARS_LEAST or size > len(title) > 0:
            found["body"] = articles.pop(0)
    if "title" not in chosen and articles and 0 < size_by_name[articles[-1]] < _HEADLINE_CHARS_MOST:
        found["title"] = articles.pop()
    known = {*chosen, *found}
    shapes = [("body", is_text), ("url", is_address), ("date", is_date)]
    if not plan.by_key:  # a table without a header
        shapes.append(("title", is_headline))
    for key, has_shape in shapes:
        fitting = [name for name in plan.unknown if key not in known and has_shape(row[name])]
        if fitting and key == "body":
            found[key] = max(fitting, key=lambda name: len(join_texts(row[name])))
        elif fitting:
            found[key] = fitting[0]
    yield from found.items()
    yield from _by_shape(row, plan, {*known, *found})


def _by_shape(row: Row, plan: _Plan, known: set[str]) -> Iterator[tuple[str, str]]:
    """Yield keys that nothing else speaks of, each with a name whose value has its shape."""
    for key, name in plan.shaped:
        value = row[name]
        is_title = key == "title" and "author" in known and " " in join_texts(value)
        if key not in known and (is_title or isinstance(value, _SHAPES.get(key, ()))):
            yield key, name
    sources = () if "url" in known else dict(plan.by_key).get("source", ())
    if len(sources) > 1:
        yield from (("url", name) for name in sources if is_address(row[name]))


def _free(name: str, values: Row) -> str:
    """Return a name under which a value can be kept aside: that of a key is taken."""
    return f"{name} (2)" if name in values or name in _KEYS else name


def _no_column(names: Sequence[str], *, has_title: bool) -> SourceError:
    plain = (to_one_line(clean_text(name[: 4 * _SHOWN_CHARS])) for name in names[:_SHOWN_COLUMNS])
    shown = ", ".join(name[:_SHOWN_CHARS] for name in plain)
    more = f" and {len(names) - _SHOWN_COLUMNS} more" if len(names) > _SHOWN_COLUMNS else ""
    missing, remedy = "body", "say which one is: --map COLUMN=body"
    if not has_title:
        missing, remedy = "title or body", f"{remedy} --map COLUMN=title"
    detail = f"no column is known as {missing} among {shown}{more}; {remedy}"
    return SourceError("no_column", detail)
