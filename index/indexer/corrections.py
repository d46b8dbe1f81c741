"""Corrections: what editors have changed in articles by hand, kept apart from the articles' files.

They are rows of `corrections.csv` in the index directory; where a file INDEX.corrections.csv stands
beside the directory, it is that one. They are applied to an article after it was read, in every
build and update, so they survive both. An index keeps a copy of the list that it was made with: an
update compares it with the list of today, and corrects the articles of rows that differ without
reading their files again. A list that is gone is noticed by it, too. An article keeps what a field
was before.

>>> row = Correction(field="title", value="Harga beras naik", who="Ani", when="2024-08-28")
>>> corrections = Corrections({"a1": {"title": row}})
>>> corrected = corrections.apply(Document(doc_id="a1", title="Harga bears naik", body="Naik."))
>>> corrected.title, corrected.corrections[0].was
('Harga beras naik', ('Harga bears naik',))
>>> Corrections().apply(corrected).title
'Harga bears naik'
"""

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from index.analysis import INVISIBLE_CHARACTERS
from index.corpus import hash_text
from index.document import Correction, Document, Rejection
from index.errors import ArchiveIndexError, CorrectionError
from index.generations import Catalog, current_folder, list_path, write_atomically
from index.ingest import normalize_url

CORRECTIONS_NAME = "corrections.csv"
COLUMNS = ("article", "field", "value", "who", "when")
"""The columns of the list; `article` is an id or an address, `when` a day as YYYY-MM-DD."""
BYTES_MOST = 16_000_000
"""A larger list is refused: it is held in memory."""
VALUE_CHARS = 100_000
"""Characters of a value; csv refuses longer ones by itself."""


class _Rule(NamedTuple):
    """How a field is corrected: what a value becomes, and what is kept to take it back."""

    change: Callable[[Document, str], dict[str, Any]]
    keep: Callable[[Document], tuple[str, ...]]
    restore: Callable[[tuple[str, ...]], dict[str, Any]]


def _of_text(name: str, *, is_needed: bool = False) -> _Rule:
    def change(_: Document, value: str) -> dict[str, Any]:
        if is_needed and not value.strip():
            raise CorrectionError(f"{name} cannot be empty")
        return {name: " ".join(value.split())}

    return _Rule(change, lambda document: (getattr(document, name),), lambda was: {name: was[0]})


def _of_list(name: str) -> _Rule:
    def change(_: Document, value: str) -> dict[str, Any]:
        values = (" ".join(each.split()) for each in value.split(";"))
        return {name: tuple(dict.fromkeys(filter(None, values)))}

    return _Rule(change, lambda document: getattr(document, name), lambda was: {name: was})


def _change_url(_: Document, value: str) -> dict[str, Any]:
    if value and not (value.startswith(("http://", "https://")) and normalize_url(value)):
        raise CorrectionError("url has to be an address with https:// or http://")
    return {"url": value}


def _change_date(_: Document, value: str) -> dict[str, Any]:
    day = _to_day(value, "date") if value else None
    return {"date": day, "date_source": "stated" if day else "unknown", "date_doubtful": False}


def _restore_date(was: tuple[str, ...]) -> dict[str, Any]:
    day, source, doubtful = was
    date = dt.date.fromisoformat(day) if day else None
    return {"date": date, "date_source": source, "date_doubtful": bool(doubtful)}


def _change_body(document: Document, value: str) -> dict[str, Any]:
    lines = [" ".join(line.split()) for line in value.splitlines()]
    if not any(lines):
        raise CorrectionError("body cannot be empty")
    subheads = tuple(line for line in document.subheads if line in lines)
    return {"body": "\n".join(filter(None, lines)), "subheads": subheads}


RULES: Mapping[str, _Rule] = MappingProxyType(
    {
        "title": _of_text("title", is_needed=True),
        "body": _Rule(
            _change_body,
            lambda document: (document.body, *document.subheads),
            lambda was: {"body": was[0], "subheads": was[1:]},
        ),
        "date": _Rule(
            _change_date,
            lambda document: (
                document.date.isoformat() if document.date else "",
                document.date_source,
                "doubtful" if document.date_doubtful else "",
            ),
            _restore_date,
        ),
        "url": _of_text("url")._replace(change=_change_url),
        **{name: _of_list(name) for name in ("authors", "editors", "tags")},
        **{name: _of_text(name) for name in ("category", "source", "place", "caption", "credit")},
    }
)
"""The fields that can be corrected; several authors, editors or tags stand between semicolons."""


@dataclass(frozen=True, slots=True)
class Corrections:
    """The corrections of a list.

    Attributes:
        rows: by id, or by address without scheme, the correction of each field; the last row wins.
        text: the list as it was read.
        refused: rows that cannot be used.
        lines: by the same keys, the line of the first row.
    """

    rows: Mapping[str, Mapping[str, Correction]] = field(default_factory=dict)
    text: str = ""
    refused: tuple[Rejection, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)

    def apply(self, document: Document) -> Document:
        """Return a document as it is now corrected, whatever corrections it had before."""
        for before in document.corrections:
            document = replace(document, **RULES[before.field].restore(before.was))
        address = normalize_url(document.url)
        rows = {**self.rows.get(address, {}), **self.rows.get(document.doc_id, {})}
        applied = []
        for name, row in rows.items():
            applied.append(row._replace(was=RULES[name].keep(document)))
            document = replace(document, **RULES[name].change(document, row.value))
        # The last one is taken back first.
        return replace(document, corrections=tuple(reversed(applied)))

    def changed_since(self, before: "Corrections", catalog: Catalog) -> list[str]:
        """Return the ids of indexed articles whose corrections are not those of another list."""
        keys = dict.fromkeys((*before.rows, *self.rows))
        changed = (key for key in keys if before.rows.get(key) != self.rows.get(key))
        return list(dict.fromkeys(filter(None, (find_corrected(key, catalog) for key in changed))))

    def without_article(self, catalog: Catalog, index_path: Path) -> Iterator[Rejection]:
        """Yield a rejection for the first row of each article that an index does not know."""
        path = str(list_path(index_path, CORRECTIONS_NAME))
        for key, line in self.lines.items():
            if find_corrected(key, catalog) is None and not catalog.current_id(key):
                detail = f"no article of the index has the id or address {key}"
                yield Rejection(path, line, "correction", detail)


def read_corrections(index_path: Path) -> Corrections:
    """Return the corrections of an index directory; none without a list.

    Raises:
        CorrectionError: when the list cannot be used, there are two, or it has gone since the
            generation was made; without it all corrections would be undone.
        OSError: when the system does not let it be read.
    """
    path = list_path(index_path, CORRECTIONS_NAME)
    if path.parent != index_path and (index_path / CORRECTIONS_NAME).is_file():
        what = f"there is one more list in {index_path}; put the rows of both into {path}"
        raise CorrectionError(f"{what}, and remove the other")
    found = _read(path)
    copy = _copy_path(index_path)
    if copy and not found.text.strip() and read_copy(copy.parent).rows:
        raise CorrectionError(
            f"{path} is gone or empty, and what is served has corrections; nothing was changed. "
            f"Copy {copy} there; to undo all of them, write a list that has the line of columns "
            f"alone ({','.join(COLUMNS)})"
        )
    return found


def read_copy(folder: Path) -> Corrections:
    """Return the corrections that a generation was made with.

    Raises:
        CorrectionError: when the copy cannot be used.
        OSError: when the system does not let it be read.
    """
    return _read(folder / CORRECTIONS_NAME)


def _copy_path(index_path: Path) -> Path | None:
    """Return the copy of the list in what is served, if there is one."""
    try:
        path = current_folder(index_path) / CORRECTIONS_NAME
    except ArchiveIndexError:
        return None
    return path if path.is_file() else None


def _read(path: Path) -> Corrections:
    try:
        if path.stat().st_size > BYTES_MOST:
            raise CorrectionError(f"{path} has more than {BYTES_MOST} bytes")
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return Corrections()
    except UnicodeDecodeError as error:
        raise CorrectionError(f"{path} cannot be read as text in UTF-8: {error}") from error
    if "\0" in text:
        raise CorrectionError(f"{path} holds bytes that are no text")
    return parse_corrections(text, path)


def parse_corrections(text: str, path: Path) -> Corrections:
    """Return the corrections of a text; `path` is named with rows that cannot be used.

    Raises:
        CorrectionError: when the text is no table; what follows would be lost.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: dict[str, dict[str, Correction]] = {}
    lines: dict[str, int] = {}
    refused = []
    try:
        for cells in reader:
            if not any(cells) or cells == list(COLUMNS):
                continue
            try:
                key, correction = to_row(cells)
            except CorrectionError as error:
                refused.append(Rejection(str(path), reader.line_num, "correction", error.what))
                continue
            rows.setdefault(key, {})[correction.field] = correction
            lines.setdefault(key, reader.line_num)
    except csv.Error as error:
        raise CorrectionError(f"line {reader.line_num} of {path}: {error}") from error
    return Corrections(rows, text, tuple(refused), lines)


def write_corrections(corrections: Corrections, folder: Path) -> None:
    """Write a copy of the list into a generation, for the next update; nothing without a list."""
    if corrections.text:
        write_atomically(folder / CORRECTIONS_NAME, corrections.text)


def to_row(cells: Sequence[str]) -> tuple[str, Correction]:
    """Return the key and the correction of a row.

    Raises:
        CorrectionError: when it cannot be used.
    """
    if len(cells) != len(COLUMNS):
        raise CorrectionError(f"a row has {len(COLUMNS)} columns: {', '.join(COLUMNS)}")
    article, name, *others = (cell.strip() for cell in cells)
    # As in articles that are read: nobody sees them, and a terminal may obey them.
    value, who, when = (INVISIBLE_CHARACTERS.sub("", cell).strip() for cell in others)
    key = to_key(article)
    if not key:
        raise CorrectionError("the first column has to be the id or the address of an article")
    if name not in RULES:
        raise CorrectionError(f"{name or 'nothing'} is no field: {', '.join(RULES)}")
    if len(value) > VALUE_CHARS:
        raise CorrectionError(f"the value has more than {VALUE_CHARS} characters")
    RULES[name].change(Document(doc_id=key, title="", body=""), value)
    return key, Correction(name, value, who, _to_day(when, "when").isoformat())


def to_key(article: str) -> str:
    """Return the key of `Corrections.rows` for an id or an address."""
    return normalize_url(article) if "://" in article else article


def _to_day(text: str, name: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise CorrectionError(f"{name} has to be a day as YYYY-MM-DD, not {text!r}") from error


def find_corrected(key: str, catalog: Catalog) -> str | None:
    """Return the id of the article that a key of `Corrections.rows` names, if it is indexed."""
    found = catalog.article(key) or catalog.with_address(hash_text(key))
    return found.doc_id if found and not found.is_down else None
