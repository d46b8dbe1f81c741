"""JSON rows: find the articles in a parsed value, whatever exporters wrap them in.

A list of articles may stand anywhere in an object; the articles may be the values of an object by
id; a table may be written column by column, as pandas does; and each may stand inside an object of
its own, as Elasticsearch has it.

>>> article = {"title": "Panen", "content": "Membaik."}
>>> find_rows({"hits": {"hits": [{"_id": "7", "_source": article}]}})
[{'_id': '7', '_source': {'title': 'Panen', 'content': 'Membaik.'}}]
>>> find_rows({"7": article, "8": article}) == [article, article]
True
>>> find_rows({"title": {"0": "Panen"}, "content": {"0": "Membaik."}})
[{'title': 'Panen', 'content': 'Membaik.'}]
"""

import re
from collections.abc import Iterator
from typing import cast

from index.errors import SourceError
from index.ingest.io import Origin
from index.ingest.rows.column_names import Named, count_known, name_values
from index.ingest.rows.keys import Row
from index.ingest.rows.values import Number

_DEPTH_MOST = 8
"""How deep lists of articles are looked for."""
_TRIED_MOST = 20
"""Objects of a list that are looked at to know whether they are articles."""
_TEXT_CHARS_LEAST = 100
"""Shortest text without a name that is an article."""
_TEXTS = {"body", "article"}
_NAMES_OF_MORE = frozenset({"meta", "metadata", "_embedded", "info", "attributes", "properties"})
"""Objects beside the text that hold more of the article."""
_NUMBERED = {"author", "tags", "category"}
_NAMES_THAT_TELL = (
    ("url", re.compile(r"https?://\S{4,1900}")),
    ("date", re.compile(r"(?:19|20)\d\d-\d\d-\d\d")),
)
"""What the name of an article or of a list in an object tells of it, by its form."""
_FORMATTED = ("rendered", "$t")
"""Names in an object that stands for a text, not for a column of texts."""


def find_rows(parsed: object) -> list[object]:
    """Return the articles in a parsed value; an empty list if there are none."""
    return list(_search(parsed, 0))


def name_row(value: object, origin: Origin) -> Named:
    """Return the values of a row by key; a row that is wrapped in an object is taken out of it.

    Raises:
        SourceError: malformed for what is no row; no_column as `name_values`.
    """
    if isinstance(value, str) and not isinstance(value, Number) and len(value) >= _TEXT_CHARS_LEAST:
        return Named({"body": value}, {})
    if not isinstance(value, dict):
        raise SourceError("malformed", f"no object: {str(value)[:80]}")
    return name_values(_unwrapped(cast("Row", value), origin), origin.key_by_column)


def _unwrapped(row: Row, origin: Origin) -> Row:
    """Return the object inside a row that is the article, with the row's other values."""
    if "tags" not in row and _are_terms(row.get("category")):  # as Atom has the tags of a post
        row = {"tags" if name == "category" else name: value for name, value in row.items()}
    objects = {name: value for name, value in row.items() if isinstance(value, dict)}
    if not objects:
        return row
    articles = {name: value for name, value in objects.items() if _is_article(value)}
    plain = {name: value for name, value in row.items() if name not in articles}
    if "body" not in plain and not _TEXTS & count_known(list(plain), origin.key_by_column):
        for value in articles.values():
            return {**value, **_missing(plain, value)}
    for name in _NAMES_OF_MORE & objects.keys():
        more = cast("Row", objects[name])
        terms = more.get("wp:term")
        row = {**row, **_missing(more, row), **(_terms(terms) if isinstance(terms, list) else {})}
    return row


def _are_terms(value: object) -> bool:
    terms = value if isinstance(value, list) else []
    return any(isinstance(each, dict) and "term" in each for each in terms)


def _missing(more: Row, row: Row) -> Row:
    """Return the values of which a row has none, or only the numbers of people and terms."""
    numbers = count_known([name for name, value in row.items() if _is_number(value)], {})
    known = count_known(list(row), {}) - (numbers & _NUMBERED)
    names = [name for name in more if name not in {"id", "_id"}]
    new = {name: more[name] for name in names if count_known([name], {}) - known}
    return new | {name: more[name] for name in ("id", "_id") if name in more and name not in row}


def _is_number(value: object) -> bool:
    values = value if isinstance(value, list) else [value]
    return all(isinstance(each, Number) for each in values)


def _terms(lists: list[object]) -> Row:
    """Return the tags and sections that WordPress sends with a post."""
    terms = [each for part in lists if isinstance(part, list) for each in part]
    found: Row = {}
    for key, taxonomy in (("tags", "post_tag"), ("categories", "category")):
        of_kind = [
            each for each in terms if isinstance(each, dict) and each.get("taxonomy") == taxonomy
        ]
        found |= {key: of_kind} if of_kind else {}
    return found


def _is_article(value: object) -> bool:
    """Tell whether a value is an object whose names are those of an article."""
    if not isinstance(value, dict):
        return False
    known = count_known([name for name in value if isinstance(name, str)], {})
    return bool(_TEXTS & known) and len(known) > 1


def _is_wrapped(value: object) -> bool:
    return isinstance(value, dict) and any(map(_is_article, list(value.values())[:_TRIED_MOST]))


def _are_articles(values: list[object]) -> bool:
    return any(_is_article(value) or _is_wrapped(value) for value in values[:_TRIED_MOST])


def _search(value: object, depth: int) -> Iterator[object]:
    if depth > _DEPTH_MOST:
        return
    if isinstance(value, list):
        if _are_articles(value):
            yield from value
        elif table := _table_of(value):
            yield from table
        else:
            for item in value[:_TRIED_MOST]:
                yield from _search(item, depth + 1)
    elif isinstance(value, dict):
        yield from _search_object(value, depth)


def _table_of(value: list[object]) -> list[object]:
    """Return the rows of a list of lists whose first one names the columns; [] if it does not."""
    header = value[0] if value and isinstance(value[0], list) else []
    names = [str(name) for name in header]
    if len(count_known(names, {})) <= 1:
        return []
    rows = [row for row in value[1:] if isinstance(row, list)]
    return [dict(zip(names, row, strict=False)) for row in rows]


def _keyed(name: str, row: object) -> object:
    """Return a row with the address or the day that is its name in an object."""
    if not isinstance(row, dict):
        return row
    key = next((key for key, form in _NAMES_THAT_TELL if form.fullmatch(name)), "")
    return {**row, key: name} if key and not count_known(list(row), {}) & {key} else row


def _search_object(value: Row, depth: int) -> Iterator[object]:
    if _is_article(value):
        yield from _columns_of(value) or [value]
    elif isinstance(value.get("columns"), list) and isinstance(value.get("data"), list):
        names = [str(name) for name in cast("list[object]", value["columns"])]
        rows = cast("list[object]", value["data"])
        yield from (dict(zip(names, row, strict=False)) for row in rows if isinstance(row, list))
    elif any(map(_is_article, list(value.values())[:_TRIED_MOST])):
        objects = [_keyed(name, each) for name, each in value.items() if isinstance(each, dict)]
        tables = [
            row for each in value.values() if isinstance(each, dict) for row in _columns_of(each)
        ]
        yield from tables or objects
    else:
        for name, each in value.items():
            yield from (_keyed(name, row) for row in _search(each, depth + 1))


def _columns_of(value: Row) -> list[object]:
    """Return the rows of a table that is written column by column; an empty list if it is none."""
    columns = {
        name: list(column.values() if isinstance(column, dict) else column)
        for name, column in value.items()
        if isinstance(column, dict | list)
    }
    sizes = {len(column) for column in columns.values()}
    if len(columns) != len(value) or len(sizes) != 1:
        return []
    objects = [column for column in value.values() if isinstance(column, dict)]
    if any(name in column for column in objects for name in _FORMATTED):
        return []
    return [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]
