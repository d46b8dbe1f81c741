"""Column names: the names that a column may have, and the key that each stands for.

Exports name their columns in Indonesian or English. Case, spaces, quotes and underscores do not
matter. A column that is not in the table is mapped with `--map COLUMN=KEY`:

>>> name_columns(["Judul", "Isi Berita", "Publish_Date", "views"], {"isiberita": "body"})
['title', 'body', 'date', 'views']
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from index.errors import ColumnMapError
from index.ingest.rows.record import KEYS, Row
from index.ingest.text import clean_text, to_one_line

COLUMN_NAMES = {
    "id": ("id",),
    "title": ("title", "judul", "headline"),
    "body": ("body", "isi", "konten", "content", "text"),
    "date": ("date", "tanggal", "publish date", "published at", "waktu"),
    "author": ("author", "authors", "penulis", "reporter", "wartawan"),
    "editor": ("editor", "editors", "redaktur"),
    "tags": ("tags", "tag", "keywords", "kata kunci"),
    "category": ("category", "kategori", "rubrik", "section"),
    "source": ("source", "sumber", "media", "outlet"),
    "url": ("url", "link", "tautan"),
}
"""The names of columns by key, collected for Kliping. Of several in one table the first counts.
"keyword" is missing on purpose: scrapers that write it mean the words they searched for."""

_IGNORED = re.compile(r"[\W_]+")


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


@lru_cache(maxsize=1 << 12)
def normalize_name(column: str) -> str:
    """Return the name of a column without case, spaces and punctuation."""
    return _IGNORED.sub("", clean_text(column).casefold()) or to_one_line(column)


def name_columns(header: Sequence[str], key_by_column: Mapping[str, str]) -> list[str]:
    """Return the key of each column of a header, or the column's own name if it has no key.

    No two columns get the same name: the second one is numbered, and kept as an extra.
    """
    plain_names = [normalize_name(column) for column in header]
    key_by_position: dict[int, str] = {}
    for key in KEYS:
        position = _find_column(key, plain_names, key_by_column)
        if position is not None:
            key_by_position[position] = key
    taken = set(KEYS)
    return [
        key_by_position.get(position) or _own_name(column, position, taken)
        for position, column in enumerate(header)
    ]


_KEYS = frozenset((*KEYS, "authors", "editors"))
"""The names that need no mapping."""


def rename_keys(row: Row, key_by_column: Mapping[str, str]) -> Row:
    """Return a row of JSON with its names replaced by keys.

    A mapped name comes first, then the key's own name, then the names in `COLUMN_NAMES`.
    """
    if not key_by_column and row.keys() <= _KEYS:  # as in nearly every file
        return row
    mapped = {name: key for name in row if (key := key_by_column.get(normalize_name(name)))}
    others = {name: value for name, value in row.items() if name not in mapped}
    renamed = {key: row[name] for name, key in mapped.items() if row[name] not in (None, "")}
    if others.keys() <= _KEYS:  # no other name is left
        return others | renamed
    known = others.keys() | renamed.keys()
    for key in (key for key in COLUMN_NAMES if key not in known):
        names = set(map(normalize_name, COLUMN_NAMES[key]))
        fitting = (n for n in others if normalize_name(n) in names and _may_be(key, others[n]))
        name = next(fitting, None)
        if name is not None:
            renamed[key] = others.pop(name)
    return others | renamed


def _may_be(key: str, value: object) -> bool:
    """Tell whether a value has the type that a key needs: text, or a list where one is allowed."""
    return isinstance(value, str) or (
        isinstance(value, list) and key in {"author", "editor", "tags"}
    )


def _find_column(
    key: str, plain_names: Sequence[str], key_by_column: Mapping[str, str]
) -> int | None:
    for position, name in enumerate(plain_names):
        if key_by_column.get(name) == key:
            return position
    for name in map(normalize_name, COLUMN_NAMES[key]):
        if name in plain_names and name not in key_by_column:
            return plain_names.index(name)
    return None


def _own_name(column: str, position: int, taken: set[str]) -> str:
    name = to_one_line(clean_text(column)) or f"column {position + 1}"
    if name in taken:
        name = f"{name} {position + 1}"
    taken.add(name)
    return name
