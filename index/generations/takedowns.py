"""Takedowns: the list of articles that no build may bring back.

It is a text file in the index directory. On each line stand an id, the day, and what the article is
known by when its id is another one: its address and a hash of its headline and text, with tabs
between them. A line with an id alone is read too, and completed by the next build or update. Lines
that begin with "# " are comments. When the lines of an article are removed, the next build or
update brings it back.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from index.errors import TakenDownListError
from index.generations.atomic_write import write_atomically

LIST_NAME = "taken_down.txt"
_HEAD = (
    "# Articles that no build may bring back: id, day, address, hash of headline and text. "
    "See scripts/reindex.py --remove.\n"
)
_NOTHING = "-"
"""Stands where an article has no address."""


class Evidence(NamedTuple):
    """What an article is known by, whatever its id.

    Attributes:
        address: its URL, or the hash of its address in hexadecimal digits; "" for none.
        text: a hash of its headline and text; 0 if it is not known.
    """

    address: str = ""
    text: int = 0


NO_EVIDENCE: Mapping[str, Evidence] = {}


class TakenDown(NamedTuple):
    """A line of the list: an article by its id, and what else it is known by."""

    doc_id: str
    day: str
    evidence: Evidence

    def __str__(self) -> str:
        address, text = self.evidence
        hashed = f"{text:016x}" if text else _NOTHING
        known = f"\t{address or _NOTHING}\t{hashed}" if address or text else ""
        return f"{self.doc_id}\t{self.day}{known}"


def read_taken_down(index_path: Path) -> list[TakenDown]:
    """Return the lines of the list; none when there is no list.

    Raises:
        TakenDownListError: when an editor has saved it in another encoding.
    """
    lines = (_parse(line) for line in _read_list(index_path).split("\n"))
    return [line for line in lines if isinstance(line, TakenDown)]


def take_down(
    index_path: Path, doc_ids: Iterable[str], evidence: Mapping[str, Evidence] = NO_EVIDENCE
) -> None:
    """Add ids to the list, in one step that survives a power cut; complete lines without evidence.

    Args:
        index_path: the index directory.
        doc_ids: of the articles; those on the list already are not added again.
        evidence: by id, what articles are known by.
    """
    before = _read_list(index_path)
    lines = [_parse(line) for line in (before or _HEAD).rstrip("\n").split("\n")]
    known = {line.doc_id for line in lines if isinstance(line, TakenDown)}
    today = dt.datetime.now(dt.UTC).date().isoformat()
    lines += [TakenDown(i, today, Evidence()) for i in dict.fromkeys(doc_ids) if i not in known]
    after = "".join(f"{_completed(line, evidence)}\n" for line in lines)
    if after != (before or _HEAD):
        write_atomically(index_path / LIST_NAME, after)


def _read_list(index_path: Path) -> str:
    try:
        return (index_path / LIST_NAME).read_text(encoding="utf-8-sig")  # editors begin with a mark
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError as error:
        raise TakenDownListError(index_path / LIST_NAME) from error


def _parse(line: str) -> TakenDown | str:
    """Return the article of a line; the line itself when it is empty or a comment."""
    doc_id, day, address, text, *_ = (part.strip() for part in f"{line}\t\t\t".split("\t"))
    if line.startswith("# ") or not doc_id:
        return line
    return TakenDown(doc_id, day, Evidence(address.strip(_NOTHING), _to_number(text)))


def _completed(line: TakenDown | str, evidence: Mapping[str, Evidence]) -> TakenDown | str:
    if isinstance(line, str) or line.evidence.text or line.doc_id not in evidence:
        return line
    return line._replace(evidence=evidence[line.doc_id])


def _to_number(text: str) -> int:
    """Return the number of a hash; 0 for what a hand has made unreadable."""
    try:
        return int(text, 16)
    except ValueError:
        return 0
