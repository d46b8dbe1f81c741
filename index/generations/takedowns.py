"""Takedowns: the list of articles that no build may bring back.

It is a text file, `taken_down.txt` in the index directory; where a file INDEX.taken_down.txt stands
beside the directory, it is that one, which outlives the directory. On each line stand, with tabs
between them, an id, the day, the address, a hash of headline and text, and the reason. An id alone
is read too, and completed by the next build or update. Lines that begin with "# " are comments; an
article that was restored is one of them.

Each generation has a copy, so that a list that lost lines is noticed.

>>> listed = Takedowns().with_articles({"a1": Evidence("https://pagi.example/x", 7)}, "hak jawab")
>>> listed.articles[0].reason, listed.without(["a1"]).articles
('hak jawab', [])
>>> Takedowns().missing_from(listed), listed.without(["a1"]).missing_from(listed)
(['a1'], [])
"""

import datetime as dt
import json
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from index.errors import ArchiveIndexError, TakedownsError
from index.generations.atomic_write import write_atomically
from index.generations.directory import current_folder

LIST_NAME = "taken_down.txt"
REASON_CHARS = 500
"""Characters of a reason: a line stays readable."""
_HEAD = (
    "# Articles that no build may bring back: id, day, address, hash of headline and text, reason. "
    "See scripts/reindex.py --remove and --restore."
)
_RESTORED = "# restored "
_NOTHING = "-"
"""Stands where an article has no address, or no hash."""


class Evidence(NamedTuple):
    """What an article is known by, whatever its id.

    Attributes:
        address: its URL, or the hash of its address in hexadecimal digits; "" for none.
        text: a hash of its headline and text; 0 if it is not known.
    """

    address: str = ""
    text: int = 0


class TakenDown(NamedTuple):
    """A line of the list: an article by its id, what else it is known by, and why it went."""

    doc_id: str
    day: str
    evidence: Evidence
    reason: str = ""

    def __str__(self) -> str:
        address, text = self.evidence
        hashed = f"{text:016x}" if text else _NOTHING
        known = [address or _NOTHING, hashed] if address or text else []
        reason = [*([] if known else [_NOTHING] * 2), self.reason] if self.reason else []
        return "\t".join([_quoted(self.doc_id), self.day, *known, *reason])


@dataclass(frozen=True, slots=True)
class Takedowns:
    """The list: lines of articles, and comments as they stand.

    Attributes:
        lines: in the order of the file.
    """

    lines: tuple[TakenDown | str, ...] = ()

    @property
    def articles(self) -> list[TakenDown]:
        """The lines of articles."""
        return [line for line in self.lines if isinstance(line, TakenDown)]

    def with_articles(self, evidence: Mapping[str, Evidence], reason: str = "") -> "Takedowns":
        """Return the list with articles more, of today; those on it are not added again."""
        known = {line.doc_id for line in self.articles}
        today = _today()
        why = " ".join(reason.split())[:REASON_CHARS]
        added = [TakenDown(i, today, each, why) for i, each in evidence.items() if i not in known]
        lines = [line for line in self.lines if _restored_id(line) not in evidence]
        return Takedowns((*lines, *added)).completed(evidence)

    def without(self, doc_ids: Collection[str]) -> "Takedowns":
        """Return the list on which some articles are restored; a comment tells so."""
        restored = f"{_RESTORED}{_today()}: "
        return Takedowns(
            tuple(
                f"{restored}{line}"
                if isinstance(line, TakenDown) and line.doc_id in doc_ids
                else line
                for line in self.lines
            )
        )

    def completed(self, evidence: Mapping[str, Evidence]) -> "Takedowns":
        """Return the list with what is now known of lines that had an id alone."""
        return Takedowns(tuple(_completed(line, evidence) for line in self.lines))

    def alike(self, doc_ids: Iterable[str]) -> list[str]:
        """Return the ids on the list among some, and those that went with them for their text."""
        asked = set(doc_ids)
        texts = {line.evidence.text for line in self.articles if line.doc_id in asked} - {0}
        return [
            line.doc_id
            for line in self.articles
            if line.doc_id in asked or line.evidence.text in texts
        ]

    def unknown(self, has_id: Callable[[str], bool]) -> Iterator[tuple[int, str]]:
        """Yield the number and the id of each line that a hand has added and that names nothing.

        The day of those that the program has added is known; their articles may be gone by now.
        """
        for number, line in enumerate(self.lines, 1):
            if isinstance(line, str) or line.day or line.evidence != Evidence():
                continue
            if not has_id(line.doc_id):
                yield number, line.doc_id

    def missing_from(self, earlier: "Takedowns") -> list[str]:
        """Return the ids on an earlier list that are neither on this one nor restored."""
        here = {line.doc_id for line in self.articles} | {_restored_id(line) for line in self.lines}
        return [line.doc_id for line in earlier.articles if line.doc_id not in here]


def list_path(index_path: Path, name: str = LIST_NAME) -> Path:
    """Return where a list of an index directory is: beside it, or else in it."""
    directory = Path(os.path.abspath(index_path))  # noqa: PTH100 - a link's own name, not resolved
    beside = directory.with_name(f"{directory.name}.{name}") if directory.name else directory
    return beside if beside.is_file() else index_path / name


def read_takedowns(index_path: Path) -> Takedowns:
    """Return the list of an index directory; an empty one where there is none.

    Raises:
        TakedownsError: when it cannot be read, or has lost lines that the generation knows.
    """
    path = list_path(index_path)
    if path.parent != index_path and (index_path / LIST_NAME).is_file():
        what = f"there is one more in {index_path}; put the lines of both into {path}"
        raise TakedownsError(index_path, path, f"{what}, and remove the other")
    found = read_list(path, index_path)
    try:
        copy = current_folder(index_path) / LIST_NAME
        missing = found.missing_from(read_list(copy, index_path))
    except ArchiveIndexError:  # without a generation, or a whole copy, there is nothing to compare
        return found
    if missing:
        what = (
            f"it has lost {len(missing)} of its articles, such as {missing[0]}; nothing was "
            f"changed. Put back what {copy} has, or restore them on purpose with --restore"
        )
        raise TakedownsError(index_path, path, what)
    return found


def write_takedowns(takedowns: Takedowns, path: Path) -> None:
    """Write the list, or a generation's copy, in one step that survives a power cut.

    A file that says the same is left alone, and none is made for an empty list.
    """
    lines = takedowns.lines or ()
    if lines and not isinstance(lines[0], str):
        lines = (_HEAD, *lines)
    text = "".join(f"{line}\n" for line in lines)
    before = path.read_text(encoding="utf-8") if path.is_file() else ""
    if text != before:
        write_atomically(path.resolve(), text)  # a link is followed, not replaced


def read_list(path: Path, index_path: Path) -> Takedowns:
    """Return the list of a file, as it is; an empty one where there is none.

    Raises:
        TakedownsError: when it is no text.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")  # editors begin with a mark
    except FileNotFoundError:
        return Takedowns()
    except UnicodeDecodeError as error:
        raise TakedownsError(index_path, path, "it is no text in UTF-8") from error
    if "\0" in text:
        raise TakedownsError(index_path, path, "it holds bytes that are no text")
    lines = text.removesuffix("\n").split("\n") if text else ()
    return Takedowns(tuple(_parse(line) for line in lines))


def _parse(line: str) -> TakenDown | str:
    """Return the article of a line; the line itself when it is empty or a comment."""
    cells = [part.strip() for part in f"{line}\t\t\t\t".split("\t")]
    doc_id, day, address, text, reason, *_ = cells
    if line.startswith("# ") or not doc_id:
        return line
    evidence = Evidence(address.strip(_NOTHING), _to_number(text))
    return TakenDown(_unquoted(doc_id), day, evidence, reason)


def _quoted(doc_id: str) -> str:
    """Return an id as it stands on a line; in quotes if it would be read as something else."""
    is_plain = doc_id == doc_id.strip() and doc_id.isprintable() and doc_id[:1] not in {"#", '"'}
    return doc_id if is_plain else json.dumps(doc_id, ensure_ascii=False)


def _unquoted(cell: str) -> str:
    try:
        found = json.loads(cell) if cell.startswith('"') else cell
    except ValueError:
        return cell
    return found if isinstance(found, str) else cell


def _restored_id(line: TakenDown | str) -> str | None:
    """Return the id of a comment that tells of an article that was restored."""
    if isinstance(line, TakenDown) or not line.startswith(_RESTORED):
        return None
    article = _parse(line.partition(": ")[2])
    return article.doc_id if isinstance(article, TakenDown) else None


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


def _today() -> str:
    return dt.datetime.now(dt.UTC).date().isoformat()
