"""Truths of files: what a reader would take from each, written by hand.

The truth of `page.html` is `page.truth.json` or `page.json` beside it: an object for one article,
a list for several, in their order. Two files tell of a whole folder: `truth_pages.json`, a list of
objects with a `file` each, and `truth_rows.json`, where `rows_truth` describes some rows of a
`file` and `rows` counts all of them. A truth may be about a folder, and files may be packed.

>>> [case.path.name for case in find_cases(Path("tests/fixtures/reading"))][-1]
'wordpress-yoast.html'
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.document import Document
from index.ingest import read_paths

Truth = Mapping[str, Any]
"""What was written by hand about one article, by the names of `NAMES`."""

KINDS = {
    **dict.fromkeys((".html", ".htm"), "pages (HTML)"),
    ".txt": "pages (text)",
    **dict.fromkeys((".csv", ".tsv"), "rows (CSV)"),
    **dict.fromkeys((".json", ".jsonl", ".ndjson", ".jl"), "rows (JSON)"),
    **dict.fromkeys((".xlsx", ".parquet"), "rows (other)"),
    **dict.fromkeys((".xml", ".rss", ".atom"), "feeds and exports"),
    ".warc": "crawls",
}
"""The row of the table that a file belongs to, by its suffix."""
PACKED = (".gz", ".zst", ".bz2", ".xz")
"""Suffixes after which a file's own suffix stands before them."""
FOLDER = "folders"
"""The kind of a truth about a folder."""

FIELDS = ("title", "date", "authors", "editors", "tags", "category", "source", "url")
"""The fields that are compared as a whole."""
NAMES = {"body_starts": "starts", "body_ends": "ends"}
"""Other names of what a truth tells."""
TOLD = frozenset(
    (
        *(name for name in Document.__dataclass_fields__),
        *("refused", "note", "file", "rows", "rows_truth", "starts", "ends", *NAMES),
        *("has", "keep_out", "match_title"),
    )
)
"""All that a truth may tell; an object with other names is data."""


@dataclass(frozen=True, slots=True)
class Case:
    """A file with its truths.

    Attributes:
        path: the file, or a folder of files that are read together.
        name: its path below the folder that was measured.
        kind: its row of the table.
        truths: the articles that are described.
        row_count: how many articles it holds; None where the truths are too few to say.
    """

    path: Path
    name: str
    kind: str
    truths: tuple[Truth, ...]
    row_count: int | None


def find_cases(folder: Path) -> Iterator[Case]:
    """Yield every file below a folder that has a truth, sorted by name."""
    files = sorted(path for path in folder.rglob("*") if not _is_hidden(path, folder))
    by_file = dict(_told_of_folders(folder))
    for path in files:
        truth = by_file.get(path) or _truth_beside(path)
        if truth is not None:
            yield _case(path, path.relative_to(folder).as_posix(), truth)


def cases_as_read(folder: Path) -> Iterator[Case]:
    """Yield every file below a folder that is one article, with what is read of it as its truth.

    So changes can be tried on files without a truth: what is read must stay the same.
    """
    for path in sorted(folder.rglob("*")):
        items = list(read_paths([path])) if path.is_file() else []
        if len(items) == 1 and isinstance(items[0], Document):
            yield _case(path, path.relative_to(folder).as_posix(), _told_by(items[0]))


def _told_by(document: Document) -> Truth:
    told = {name: as_json(getattr(document, name)) for name in FIELDS}
    return {**told, "body": document.body}


def as_json(value: Any) -> Any:
    """Return a field's value as JSON has it."""
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


def _is_hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def _told_of_folders(folder: Path) -> Iterator[tuple[Path, Any]]:
    for name in ("truth_pages.json", "truth_rows.json"):
        for listing in folder.rglob(name):
            for truth in json.loads(listing.read_text(encoding="utf-8")):
                path = listing.parent / truth["file"]
                if path.exists():
                    yield path, truth


def _truth_beside(path: Path) -> Any:
    """Return the parsed truth of a file, or None; a folder has one under its whole name."""
    if path.name.endswith(".truth.json"):
        return None
    stem = path.name if path.is_dir() else plain_path(path).stem
    for name in (f"{stem}.truth.json", f"{path.name}.truth.json", f"{stem}.json"):
        beside = path.with_name(name)
        if beside != path and beside.is_file():
            truth = json.loads(beside.read_text(encoding="utf-8"))
            return truth if _is_truth(truth) else None
    return None


def _is_truth(parsed: Any) -> bool:
    """Tell a truth from data of the same name."""
    objects = parsed if isinstance(parsed, list) else [parsed]
    return all(isinstance(each, dict) and each.keys() <= TOLD for each in objects)


def plain_path(path: Path) -> Path:
    """Return a path without the suffix of its packing.

    >>> plain_path(Path("a.html.gz")).name
    'a.html'
    """
    return path.with_suffix("") if path.suffix in PACKED else path


def _case(path: Path, name: str, parsed: Any) -> Case:
    kind = FOLDER if path.is_dir() else KINDS.get(plain_path(path).suffix.lower(), "others")
    rows = parsed.get("rows_truth") if isinstance(parsed, dict) else parsed
    truths = tuple(map(_plain, [parsed] if rows is None else rows))
    if isinstance(parsed, dict):
        return Case(path, name, kind, truths, parsed.get("rows"))
    return Case(path, name, kind, truths, sum("refused" not in truth for truth in truths))


def _plain(told: Mapping[str, Any]) -> Truth:
    """Return a truth under its own names; a text is a list of lines there."""
    truth = {NAMES.get(name, name): value for name, value in told.items() if name != "note"}
    if isinstance(truth.get("body"), str):
        truth["body"] = truth["body"].split("\n")
    if str(truth.get("title", "")).startswith("("):  # a remark: the file has no title of its own
        del truth["title"]
    return truth
