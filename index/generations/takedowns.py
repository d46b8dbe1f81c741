"""Takedowns: the list of articles that no build may bring back.

It is a text file in the index directory: on each line an id, a tab and the day. Lines that begin
with "# " are comments. When a line is removed, the next build or update brings the article back.
"""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from index.generations.atomic_write import write_atomically

LIST_NAME = "taken_down.txt"
_HEAD = "# Articles that no build may bring back: an id a line. See scripts/reindex.py --remove.\n"


def read_taken_down(index_path: Path) -> frozenset[str]:
    """Return the ids on the list; none when there is no list."""
    try:
        text = (index_path / LIST_NAME).read_text(encoding="utf-8")
    except FileNotFoundError:
        return frozenset()
    lines = (line for line in text.split("\n") if not line.startswith("# "))
    return frozenset(doc_id for line in lines if (doc_id := line.partition("\t")[0].strip()))


def take_down(index_path: Path, doc_ids: Iterable[str]) -> None:
    """Add ids to the list, in one step that survives a power cut."""
    path = index_path / LIST_NAME
    before = path.read_text(encoding="utf-8") if path.exists() else _HEAD
    known = read_taken_down(index_path)
    today = dt.datetime.now(dt.UTC).date().isoformat()
    lines = [f"{doc_id}\t{today}\n" for doc_id in dict.fromkeys(doc_ids) if doc_id not in known]
    write_atomically(path, before.rstrip("\n") + "\n" + "".join(lines))
