"""Articles, questions and judgments, as files of the usual forms hold them."""

import datetime as dt
import gzip
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.document import Document

HALVES = {"even": 0, "odd": 1}


@dataclass(frozen=True, slots=True)
class Collection:
    """What is searched and asked.

    Attributes:
        documents: the articles, as they stand in the file: no copy is left out, no line cut.
        queries: the question by its id; only those that somebody judged.
        judgments: by question, the articles that answer it and how well.
    """

    documents: tuple[Document, ...]
    queries: Mapping[str, str]
    judgments: Mapping[str, Mapping[str, int]]


def read_collection(
    documents: Path, queries: Path, qrels: Path, *, left_out: Iterable[str], half: str | None
) -> Collection:
    """Read three files: JSON lines, `id<TAB>question` lines, `id 0 article relevance` lines.

    With `half`, only every other question counts, in the file's order: choose by one half of them,
    and look once at the other.
    """
    judgments = _judgments(qrels)
    asked = dict(line.split("\t", 1) for line in _lines(queries))
    judged = [(number, text) for number, text in asked.items() if number in judgments]
    if half:
        judged = judged[HALVES[half] :: 2]
    return Collection(tuple(_documents(documents, set(left_out))), dict(judged), judgments)


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
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8")
    return [line for line in text.split("\n") if line.strip()]
