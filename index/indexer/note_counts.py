"""Note counts: what readers noticed in articles, by kind, with the first articles of each.

Notes of one kind differ in numbers, names and quotations. A kind is the note without them.

>>> note_kind("The title was cut from 812 to 500 characters.")
'The title was cut from … to … characters.'
>>> note_kind("A name has (Team1) behind it, which was left out.")
'A name has (…) behind it, which was left out.'
"""

import re
from dataclasses import dataclass, field
from shlex import quote
from typing import Any

from index.document import Document, Rejection
from index.indexer.staging import FilePosition
from index.ingest import KEYS

KINDS_MOST = 1_000
"""Kinds that are told apart; further ones are not counted."""
EXAMPLES_MOST = 3
"""Articles that are named for each kind."""
_VARYING = re.compile(
    r"(?<=\()[^)]*(?=\))|(?<=: ).+|(?<= as )\S.*(?= was )|(?<!\w)\d+(?:[.,/:-]\d+)*(?!\w)"
)
_COLUMNS = re.compile(r" among (?P<columns>.+?)(?: and \d+ more)?; ")
_REMEDY = re.compile(r"--map COLUMN=(\w+)")


def note_kind(note: str) -> str:
    """Return a note without what varies from article to article."""
    return _VARYING.sub("…", note)


@dataclass(slots=True)
class Counted:
    """How often something was noticed, and where first."""

    count: int = 0
    examples: list[dict[str, Any]] = field(default_factory=list)


@dataclass(slots=True)
class NoteCounts:
    """Counts notes by kind, and columns that were not understood.

    Attributes:
        notes: by kind.
        columns: by the sentence that names them, which has the option `--map` that would help.
        kept_aside: by the name of a column or key that Kliping does not know.
    """

    notes: dict[str, Counted] = field(default_factory=dict)
    columns: dict[str, Counted] = field(default_factory=dict)
    kept_aside: dict[str, Counted] = field(default_factory=dict)

    def add_document(self, document: Document, position: FilePosition) -> None:
        """Count the notes of an article."""
        where = {"id": document.doc_id, "file": position.path, "row": position.line}
        for note in document.notes:
            has_columns = _COLUMNS.search(note)
            if has_columns:
                _count(self.columns, note, where)
            else:
                _count(self.notes, note_kind(note), {**where, "note": note})
        for name in (
            document.extras.keys() - KEYS
        ):  # a date that could not be read stands there, too
            _count(self.kept_aside, name, where)

    def add_rejection(self, rejection: Rejection) -> None:
        """Count a row whose columns were not understood."""
        if _COLUMNS.search(rejection.detail):
            _count(self.columns, rejection.detail, {"file": rejection.path, "row": rejection.line})

    def list_columns(self) -> list[dict[str, Any]]:
        """Return the columns that were not understood, each with the options that would help."""
        entries = [_columns_of(sentence, counted) for sentence, counted in self.columns.items()]
        named = {name for entry in entries for name in entry["columns"]}
        rest = self.kept_aside.items()
        return entries + [_entry([name], [], n) for name, n in rest if name not in named]

    def list_notes(self) -> list[dict[str, Any]]:
        """Return the kinds of notes, commonest first."""
        by_count = sorted(self.notes.items(), key=lambda item: -item[1].count)
        return [{"note": k, "count": n.count, "examples": n.examples} for k, n in by_count]


def _count(counts: dict[str, Counted], kind: str, where: dict[str, Any]) -> None:
    if kind not in counts and len(counts) >= KINDS_MOST:
        return
    counted = counts.setdefault(kind, Counted())
    counted.count += 1
    if len(counted.examples) < EXAMPLES_MOST:
        counted.examples.append(where)


def _columns_of(sentence: str, counted: Counted) -> dict[str, Any]:
    found = _COLUMNS.search(sentence)
    names = found["columns"].split(", ") if found else []
    return _entry(names, _REMEDY.findall(sentence), counted)


def _entry(names: list[str], missing: list[str], counted: Counted) -> dict[str, Any]:
    """Return an entry of the report; the option has the column's name if there is but one."""
    name = names[0] if len(names) == 1 else "COLUMN"
    options = [f"--map {quote(f'{name}={key}')}" for key in missing or ["KEY"]]
    return {
        "columns": names,
        "missing": missing,
        "count": counted.count,
        "map": options,
        "examples": counted.examples,
    }
