"""Tables of rows with truths: those that files hold, and those made of the articles of pages.

>>> _by_key({"Judul Berita": "Panen", "views": "3"})
{'title': 'Panen'}
"""

import csv
import datetime as dt
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from reading.changes.rows import COLUMN_NAMES, LISTS, Row
from reading.truths import FIELDS, Case, Truth

Table = tuple[Case, list[Row]]
"""What is told of rows, and the rows."""

ROWS_MOST = 12
"""The most articles of one changed file of rows."""
_DELIMITERS = ",;\t|"


def make_tables(texts: Sequence[tuple[Case, str]]) -> Iterator[Table]:
    """Yield the rows of each file of rows, and rows of the articles that pages hold."""
    of_pages: list[tuple[Truth, Row]] = []
    for case, text in texts:
        if case.kind.startswith("rows"):
            told = list(_told_rows(case, text))[:ROWS_MOST]
            if told:
                yield _table(case.name, case, told)
        else:
            of_pages += [
                (truth, _row_of(truth, {}))
                for truth in map(_dated_later, case.truths)
                if truth.get("body") and truth.get("title")
            ]
    for start in range(0, len(of_pages), ROWS_MOST):
        case, _ = texts[0]
        yield _table(f"articles of pages {start}", case, of_pages[start : start + ROWS_MOST])


def _dated_later(truth: Truth) -> Truth:
    """Return a truth of the day after, which its text does not name: a row's own date counts."""
    if not truth.get("date"):
        return truth
    day = dt.date.fromisoformat(truth["date"]) + dt.timedelta(days=1)
    return {**truth, "date": day.isoformat()}


def _table(name: str, case: Case, told: Sequence[tuple[Truth, Row]]) -> Table:
    truths = tuple(
        {key: value for key, value in truth.items() if key in row or key not in FIELDS}
        for truth, row in told
    )
    return replace(case, name=name, truths=truths, row_count=len(told)), [row for _, row in told]


def _told_rows(case: Case, text: str) -> Iterator[tuple[Truth, Row]]:
    """Yield each row that a truth describes by its title."""
    rows = {row["title"]: row for row in map(_by_key, _parse_rows(case, text)) if "title" in row}
    for truth in case.truths:
        row = rows.get(truth.get("match_title", truth.get("title", "")))
        if row is not None and row.get("body"):
            yield truth, _row_of(truth, row)


def _row_of(truth: Truth, row: Row) -> Row:
    """Return a row with the values that its truth tells."""
    told = {key: truth[key] for key in FIELDS if truth.get(key) not in (None, [], "")}
    body = row.get("body") or "\n".join(truth.get("body", ()))
    return {**{k: v for k, v in row.items() if k not in {*LISTS, "date"}}, **told, "body": body}


def _by_key(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of a row by Kliping's keys, for the names that are known here."""
    key_by_name = {name: key for key, names in COLUMN_NAMES.items() for name in names.split()}
    known = ((key_by_name.get(str(name).lower().replace(" ", "_")), row[name]) for name in row)
    return {key: value for key, value in known if key and isinstance(value, str)}


def _parse_rows(case: Case, text: str) -> Iterable[Mapping[str, Any]]:
    if case.kind == "rows (JSON)":
        return [row for row in _parse_json(text) if isinstance(row, dict)]
    head = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=head.count)
    return list(csv.DictReader(io.StringIO(text), delimiter=delimiter))


def _parse_json(text: str) -> list[Any]:
    try:
        parsed = json.loads(text)
    except json.JSONDecodeError:  # an object a line
        return [json.loads(line) for line in text.splitlines() if line.strip().endswith("}")]
    return parsed if isinstance(parsed, list) else [parsed]
