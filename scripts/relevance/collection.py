"""A test collection: articles, queries and relevance judgments, read from a folder."""

import datetime as dt
import gzip
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.document import Document

HALVES = {"even": 0, "odd": 1}
DOCUMENTS, QUERIES, JUDGMENTS = "docs.jsonl", "queries.tsv", "qrels.txt"
"""The files of a collection; each may be gzipped, with .gz behind its name."""


@dataclass(frozen=True, slots=True)
class Collection:
    """What is searched, the queries, and the judgments.

    Attributes:
        documents: the articles, as they stand in the file: no duplicate is left out, no line cut.
        queries: the text of each query by its id; only queries with a judgment.
        judgments: by query, the relevance of articles by their id.
    """

    documents: tuple[Document, ...]
    queries: Mapping[str, str]
    judgments: Mapping[str, Mapping[str, int]]


def read_collection(folder: Path, *, left_out: Iterable[str], half: str | None) -> Collection:
    """Read the three files of a folder.

    Args:
        folder: where they are.
        left_out: keys of the documents to ignore.
        half: even or odd: only every other query, in the file's order. Choose by one half, and
            look once at the other.

    Raises:
        OSError, ValueError, KeyError: for a file that is missing or has another form.
    """
    judgments = _judgments(folder / JUDGMENTS)
    texts = dict(line.split("\t", 1) for line in _lines(folder / QUERIES))
    judged = [(number, text) for number, text in texts.items() if number in judgments]
    if half:
        judged = judged[HALVES[half] :: 2]
    documents = tuple(_documents(folder / DOCUMENTS, set(left_out)))
    return Collection(documents, dict(judged), judgments)


def _documents(path: Path, left_out: set[str]) -> Iterator[Document]:
    for line in _lines(path):
        row: dict[str, Any] = {k: v for k, v in json.loads(line).items() if k not in left_out}
        yield Document(
            doc_id=row["id"],
            title=row.get("title") or "",
            body=row.get("body") or "",
            date=dt.date.fromisoformat(row["date"]) if row.get("date") else None,
            tags=tuple(row.get("tags") or ()),
        )


def _judgments(path: Path) -> dict[str, dict[str, int]]:
    judgments: dict[str, dict[str, int]] = {}
    for line in _lines(path):
        query, _, document, relevance = line.split()
        judgments.setdefault(query, {})[document] = int(relevance)
    return judgments


def _lines(path: Path) -> list[str]:
    packed = path.with_name(f"{path.name}.gz")
    raw = gzip.decompress(packed.read_bytes()) if packed.exists() else path.read_bytes()
    return [line for line in raw.decode("utf-8").split("\n") if line.strip()]
