r"""Changes of rows: how an export may write the same articles.

Each change takes rows by Kliping's keys and a source of random draws, and returns a file.

>>> rows = [{"title": "Panen", "authors": ["Ani", "Budi"]}]
>>> ROW_CHANGES["delimiter ;"](rows, Random(1))
RowFile(suffix='.csv', text='title;author\r\nPanen;Ani, Budi\r\n', lost=(), empty=())
"""

import csv
import datetime as dt
import html
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from random import Random
from typing import Any, NamedTuple

from reading.changes.dates import SHOWN_FORMS, STORED_FORMS, write_day

Row = Mapping[str, Any]
"""The values of an article: text, `date` in ISO 8601, and lists for authors, editors and tags."""


class RowFile(NamedTuple):
    """A file of rows.

    Attributes:
        suffix: the ending of its name.
        text: what it holds.
        lost: the fields that its form has no place for.
        empty: the fields that are empty unless a truth tells otherwise.
    """

    suffix: str
    text: str
    lost: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()


RowChange = Callable[[Sequence[Row], Random], RowFile]

PLAIN_NAMES = {"body": "content", "authors": "author", "editors": "editor"}
"""What a usual export calls the fields whose keys no export uses."""
LISTS = ("authors", "editors", "tags")
COLUMN_NAMES: Mapping[str, str] = {
    "title": "title judul headline judul_berita judul_artikel news_title",
    "body": "body isi konten content text berita isi_berita content_text isi_artikel full_text",
    "date": "date tanggal publish_date published_at waktu tanggal_terbit tanggal_publikasi "
    "published datetime waktu_terbit",
    "authors": "author authors penulis reporter wartawan penulis_artikel nama_penulis",
    "editors": "editor editors redaktur nama_editor",
    "tags": "tags tag keywords kata_kunci",
    "category": "category kategori rubrik section",
    "source": "source sumber media outlet website portal nama_media",
    "url": "url link tautan link_berita url_berita",
}
"""The names of columns that scrapers use, by field."""
PLACEHOLDERS = ("nan", "None", "null", "N/A", "[]", "-", "")
"""What programs write where there is no value."""


def name_columns(rows: Sequence[Row], draw: Random, write: Callable[[str], str]) -> RowFile:
    """Give each column one of its names, written in some way, in any order."""
    keys = _keys(rows)
    draw.shuffle(keys)
    names = {key: write(draw.choice(COLUMN_NAMES[key].split())) for key in keys}
    return _csv([{names[key]: _text(row.get(key, "")) for key in keys} for row in rows])


def write_dates(rows: Sequence[Row], _draw: Random, form: str) -> RowFile:
    """Write each date in a form."""
    return _csv(_plain(_dated(rows, lambda day: write_day(day, form))))


def write_date_objects(rows: Sequence[Row], _draw: Random) -> RowFile:
    """Write each date as MongoDB does."""
    return _json_lines(_plain(_dated(rows, lambda day: {"$date": f"{day}T05:00:00Z"})))


def write_lists(rows: Sequence[Row], _draw: Random, write: Callable[[list[str]], Any]) -> RowFile:
    """Write the values that are lists in some way."""
    changed = [{**row, **{k: write(row[k]) for k in LISTS if k in row}} for row in rows]
    return _json_lines(_plain(changed))


def write_bodies(rows: Sequence[Row], _draw: Random, write: Callable[[list[str]], Any]) -> RowFile:
    """Write the paragraphs of each text in some way."""
    changed = [{**row, "body": write(_paragraphs(row))} for row in rows]
    return _json_lines(_plain(changed))


def wrap_values(rows: Sequence[Row], _draw: Random) -> RowFile:
    """Make each value a list of one, as Scrapy's loaders do."""
    return _json_lines(
        {name: value if isinstance(value, list) else [value] for name, value in row.items()}
        for row in _plain(rows)
    )


def write_objects(rows: Sequence[Row], _draw: Random) -> RowFile:
    """Make names objects: the source, the section, people and tags."""
    names = ("source", "category")
    changed = [
        {
            **row,
            **{key: {"id": None, "name": row[key]} for key in names if row.get(key)},
            **{key: [{"name": each} for each in row[key]] for key in LISTS if key in row},
        }
        for row in rows
    ]
    return _json_lines(_plain(changed))


def write_placeholders(rows: Sequence[Row], draw: Random) -> RowFile:
    """Fill what is empty with what programs write for nothing."""
    keys = [key for key in COLUMN_NAMES if key not in {"title", "body", "date"}]
    changed = [
        {**row, **{k: row.get(k) or draw.choice(PLACEHOLDERS) for k in keys}} for row in rows
    ]
    return _csv(_plain(changed, keep=PLACEHOLDERS))._replace(empty=LISTS)


def delimit(rows: Sequence[Row], _draw: Random, delimiter: str) -> RowFile:
    """Divide columns by another sign."""
    return _csv(_plain(rows), delimiter)


def repeat_header(rows: Sequence[Row], _draw: Random) -> RowFile:
    """Put the header in the midst again, as files do that were joined."""
    plain = _plain(rows)
    middle = (len(plain) + 1) // 2
    return _csv([*plain[:middle], {name: name for name in _keys(plain)}, *plain[middle:]])


def number_rows(rows: Sequence[Row], _draw: Random) -> RowFile:
    """Put a column without a name before the others that counts the rows."""
    return _csv([{"": str(number), **row} for number, row in enumerate(_plain(rows))])


def wrap(rows: Sequence[Row], _draw: Random, write: Callable[[list[Row]], Any]) -> RowFile:
    """Put all rows into one value."""
    return RowFile(".json", json.dumps(write(_plain(rows)), ensure_ascii=False, indent=1))


def write_bulk(rows: Sequence[Row], _draw: Random) -> RowFile:
    """Write what Elasticsearch takes in bulk: an action before each article."""
    pairs = ([{"index": {"_id": str(at)}}, row] for at, row in enumerate(_plain(rows)))
    return _json_lines(each for pair in pairs for each in pair)


def write_rest(rows: Sequence[Row], _draw: Random) -> RowFile:
    """Write what the REST interface of WordPress answers; people and tags are numbers there."""
    posts = [
        {
            "id": 4000 + number,
            "date": f"{row.get('date', '2024-01-02')}T10:00:00",
            "link": row.get("url", ""),
            "title": {"rendered": html.escape(str(row["title"]), quote=False)},
            "content": {"rendered": _markup(_paragraphs(row)), "protected": False},
            "author": 3,
            "tags": [11, 12],
        }
        for number, row in enumerate(rows)
    ]
    lost = (*LISTS, "category", "source")
    return RowFile(".json", json.dumps(posts), lost)


def rename_file(
    rows: Sequence[Row], _draw: Random, suffix: str, write: Callable[[list[Row]], RowFile]
) -> RowFile:
    """Give a file of rows another ending."""
    return write(_plain(rows))._replace(suffix=suffix)


def _plain(rows: Sequence[Row], keep: Iterable[Any] = ()) -> list[Row]:
    """Return rows under usual names, without what is empty."""
    kept = list(keep)
    return [
        {PLAIN_NAMES.get(key, key): value for key, value in row.items() if value or value in kept}
        for row in rows
    ]


def _dated(rows: Sequence[Row], write: Callable[[dt.date], Any]) -> list[Row]:
    return [
        {**row, "date": write(dt.date.fromisoformat(row["date"]))} if row.get("date") else row
        for row in rows
    ]


def _paragraphs(row: Row) -> list[str]:
    return [line for line in str(row["body"]).split("\n") if line]


def _markup(lines: Iterable[str]) -> str:
    return "\n".join(f"<p>{html.escape(line, quote=False)}</p>" for line in lines)


def _keys(rows: Sequence[Row]) -> list[str]:
    return list(dict.fromkeys(key for row in rows for key in row))


def _text(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)


def _csv(rows: Sequence[Row], delimiter: str = ",") -> RowFile:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, _keys(rows), delimiter=delimiter)
    writer.writeheader()
    writer.writerows({name: _text(value) for name, value in row.items()} for row in rows)
    return RowFile(".tsv" if delimiter == "\t" else ".csv", stream.getvalue())


def _json_array(rows: Sequence[Row]) -> RowFile:
    return RowFile(".json", json.dumps(list(rows), ensure_ascii=False))


def _json_lines(rows: Iterable[Row]) -> RowFile:
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return RowFile(".jsonl", "".join(lines))


def _name_changes() -> Iterator[tuple[str, RowChange]]:
    ways: Mapping[str, Callable[[str], str]] = {
        "columns renamed": str,
        "columns in capitals": str.upper,
        "columns with spaces": lambda name: name.replace("_", " ").title(),
        "columns in camel case": lambda name: name[0] + name.title().replace("_", "")[1:],
    }
    for said, write in ways.items():
        yield said, partial(name_columns, write=write)


def _date_changes() -> Iterator[tuple[str, RowChange]]:
    for form in (*SHOWN_FORMS, *STORED_FORMS):
        shown = write_day(dt.date(2019, 1, 21), form)
        yield f"date in rows: {shown}", partial(write_dates, form=form)


ROW_CHANGES: Mapping[str, RowChange] = {
    **dict(_name_changes()),
    **{
        f"delimiter {name}": partial(delimit, delimiter=d)
        for name, d in ((",", ","), (";", ";"), ("tab", "\t"), ("bar", "|"))
    },
    **dict(_date_changes()),
    "date in rows: an object": write_date_objects,
    "lists as text": partial(write_lists, write=", ".join),
    "lists as lists": partial(write_lists, write=list),
    "lists written as Python": partial(write_lists, write=repr),
    "lists written as JSON": partial(write_lists, write=partial(json.dumps, ensure_ascii=False)),
    "names as objects": write_objects,
    "each value a list of one": wrap_values,
    "text as a list": partial(write_bodies, write=list),
    "text as HTML": partial(write_bodies, write=_markup),
    "text with line breaks": partial(write_bodies, write="<br><br>".join),
    "text glued by commas": partial(write_bodies, write=",".join),
    "placeholders": write_placeholders,
    "header repeated": repeat_header,
    "rows numbered": number_rows,
    'wrapped: {"articles": [...]}': partial(wrap, write=lambda rows: {"articles": rows}),
    'wrapped: {"status", "data": {"items": [...]}}': partial(
        wrap, write=lambda rows: {"status": "ok", "data": {"items": rows}}
    ),
    'wrapped: {"hits": {"hits": [{"_source": ...}]}}': partial(
        wrap, write=lambda rows: {"hits": {"hits": [{"_id": "1", "_source": row} for row in rows]}}
    ),
    "an object by id": partial(
        wrap, write=lambda rows: {f"a{number}": row for number, row in enumerate(rows)}
    ),
    "pairs for Elasticsearch": write_bulk,
    "answer of WordPress": write_rest,
    "JSON lines as .jl": partial(rename_file, suffix=".jl", write=_json_lines),
    "JSON lines as .json": partial(rename_file, suffix=".json", write=_json_lines),
    "JSON lines as .txt": partial(rename_file, suffix=".txt", write=_json_lines),
    "JSON as .jsonl": partial(rename_file, suffix=".jsonl", write=_json_array),
    "JSON as .txt": partial(rename_file, suffix=".txt", write=_json_array),
    "table as .txt": partial(rename_file, suffix=".txt", write=_csv),
}
"""The changes of rows by name."""
