"""The report of a build, the counting it is made from, and the list of refused articles."""

import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from index.document import Document, Rejection
from index.generations import ExpectedIndex
from index.indexer.alike_articles import AlikeArticles
from index.indexer.change import IN_INDEX, Change, Decisions, Fate
from index.indexer.note_counts import NoteCounts
from index.indexer.staging import FilePosition
from index.indexer.work_units import WorkResult
from index.ingest import KEPT_ASIDE, UNKNOWN_DATE

REJECTIONS_NAME = "rejected.jsonl"
FAILED_REJECTIONS_NAME = "rejected.failed.jsonl"
"""The list of a build that failed or is under way; the other one belongs to the served index."""

REPEATED = "repeated"
"""The rule by which repeated lines of an outlet are cut."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildPreview:
    """What a build or an update does to the index, in numbers.

    Attributes:
        doc_count: articles in the index.
        added, replaced, dropped: articles that are new, changed or gone.
        read_count: files that were read.
        gone_count: files that are gone and whose articles stay, since `prune` was not set.
        copy_count: articles that are not indexed, since another one has their address or story.
        copies: articles with the address or the words of another one, left out or kept, by kind.
        page_count: pages whose text stands in the article that they belong to.
        near_duplicate_count: articles in the index that have a representative.
        down_count: articles that were read and are kept out, since they were taken down.
        corrected_count: articles that were written with corrections by hand, or without them again.
        rejected: refused articles by reason, commonest first.
        cut: lines cut from texts, by rule, commonest first.
        noted_count: articles of which the reader of the file noticed something.
        undated_count: articles without a date.
        unknown_dates: undated rows by the note that names their columns, commonest first.
        noticed: notes by kind, and columns that were not understood.
    """

    doc_count: int
    added: int
    replaced: int
    dropped: int
    read_count: int
    gone_count: int
    copy_count: int
    copies: dict[str, int]
    page_count: int
    near_duplicate_count: int
    down_count: int
    corrected_count: int
    rejected: dict[str, int]
    cut: dict[str, int]
    noted_count: int
    undated_count: int
    unknown_dates: dict[str, int]
    noticed: NoteCounts

    @property
    def read_items(self) -> int:
        """The articles and rows that were read, whatever became of them."""
        left_out = self.copy_count + self.page_count + self.down_count
        return self.added + self.replaced + left_out + sum(self.rejected.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport(BuildPreview):
    """What a build or an update did.

    Attributes:
        generation: the number of the new generation.
        rejections_path: the list of refused articles and copies, a JSON object a line.
        seconds: from start to end.
        size: bytes of the generation on disk.
    """

    generation: int
    rejections_path: Path
    seconds: float
    size: int


@dataclass(slots=True)
class BuildCounts:
    """Counts what passes through a build, and lists what it refuses.

    Attributes:
        rejections_path: the list.
        expected: what the new generation must hold.
        on_rejection: called with everything that is listed.
    """

    rejections_path: Path
    on_rejection: Callable[[Rejection], None] = lambda _: None
    expected: ExpectedIndex = field(default_factory=ExpectedIndex)
    reasons: Counter[str] = field(default_factory=Counter)
    cut: Counter[str] = field(default_factory=Counter)
    fates: Counter[int] = field(default_factory=Counter)
    noted_count: int = 0
    undated_count: int = 0
    corrected_count: int = 0
    unknown_dates: Counter[str] = field(default_factory=Counter)
    noticed: NoteCounts = field(default_factory=NoteCounts)
    _told: set[Rejection] = field(default_factory=set)
    started: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        """Begin the list."""
        self.rejections_path.write_text("", encoding="utf-8")

    def add_rejections(self, rejections: Iterable[Rejection]) -> None:
        """Count and list refused articles."""
        with self.rejections_path.open("a", encoding="utf-8") as file:
            for rejection in rejections:
                self.reasons[rejection.reason] += 1
                self.noticed.add_rejection(rejection)
                if self._is_news(rejection):
                    self.on_rejection(rejection)
                file.write(json.dumps(asdict(rejection), ensure_ascii=False) + "\n")

    def _is_news(self, rejection: Rejection) -> bool:
        """Tell whether a rejection is not what was told of another row of the same file."""
        told = as_told(rejection)
        is_news = told not in self._told
        if rejection.reason in TOLD_ONCE and len(self._told) < _TOLD_MOST:
            self._told.add(told)
        return is_news

    def add_result(self, result: WorkResult) -> None:
        """Count the lines that were cut in reading; count and list what was refused."""
        self.cut.update(result.cut)
        if result.refused:
            self.add_rejections(result.refused)

    def add_decisions(self, decisions: Decisions) -> None:
        """Count the fates of the articles that were read; list those that are left out."""
        self.fates.update(decisions.fates)
        self.add_rejections(_left_out(decisions))

    def add_document(self, document: Document, cut_count: int, position: FilePosition) -> None:
        """Count an article that goes into the index, its repeated lines, and its notes."""
        self.expected.add(document)
        self.noticed.add_document(document, position)
        self.cut[REPEATED] += cut_count
        notes = [note for note in document.notes if KEPT_ASIDE not in note]
        unknown = [note for note in notes if note.startswith(UNKNOWN_DATE)]
        self.unknown_dates.update(unknown)
        self.noted_count += len(notes) > len(unknown)
        self.undated_count += document.date is None
        self.corrected_count += bool(document.corrections)

    def add_corrected(self, document: Document) -> None:
        """Count an article of the index that is corrected without being read again."""
        self.expected.add(document)
        self.corrected_count += 1

    @property
    def refused(self) -> dict[str, int]:
        """What was refused and is at fault, by reason, commonest first."""
        return {name: n for name, n in self.reasons.most_common() if name not in _NO_FAULT}

    def preview(self, change: Change, doc_count: int, alike: AlikeArticles) -> BuildPreview:
        """Return the counts of a change that is ready to be published."""
        copies = {
            "same_address": self.fates[Fate.SAME_ADDRESS],
            "same_story": self.fates[Fate.COPY],
            "other_outlet": alike.other_outlet,
            "other_date": alike.other_date,
            "near": alike.near,
        }
        return BuildPreview(
            doc_count=doc_count,
            near_duplicate_count=len(alike.representatives),
            read_count=len(change.decisions.staging.files),
            dropped=len(change.dropped),
            gone_count=change.gone_count,
            added=self.fates[Fate.ADDED],
            replaced=self.fates[Fate.REPLACED],
            copy_count=self.fates[Fate.COPY] + self.fates[Fate.SAME_ADDRESS],
            copies=copies,
            page_count=self.fates[Fate.PAGE],
            down_count=self.fates[Fate.DOWN],
            corrected_count=self.corrected_count,
            rejected=self.refused,
            cut={rule: count for rule, count in self.cut.most_common() if count},
            noted_count=self.noted_count,
            undated_count=self.undated_count,
            unknown_dates=dict(self.unknown_dates.most_common()),
            noticed=self.noticed,
        )

    def report(
        self, preview: BuildPreview, generation: int, size: int, rejections_path: Path
    ) -> BuildReport:
        """Return the report of a build that went well, and move the list to where it stays."""
        return BuildReport(
            **{name: getattr(preview, name) for name in BuildPreview.__slots__},
            generation=generation,
            rejections_path=_move(self.rejections_path, rejections_path),
            seconds=time.monotonic() - self.started,
            size=size,
        )


def _move(path: Path, new_path: Path) -> Path:
    """Return where a list is now; the index is published, so it is no failure if it stays."""
    try:
        return path.replace(new_path)
    except OSError:
        return path


TOLD_ONCE = frozenset({"no_column"})
"""Reasons that hold for all rows of a file: they are listed row by row, and told once a file."""
_TOLD_MOST = 10_000
"""Rejections that are remembered as told."""


def as_told(rejection: Rejection) -> Rejection:
    """Return a rejection without the number of its row, if its reason is told once a file."""
    return replace(rejection, line=0) if rejection.reason in TOLD_ONCE else rejection


_NO_FAULT = ("copy", "taken_down")
"""Reasons to leave an article out that is not at fault."""

_DETAILS = {
    Fate.COPY: ("copy", "its outlet, day and text are those of {original}"),
    Fate.SAME_ADDRESS: ("copy", "its address is that of {original}"),
    Fate.DUPLICATE: (
        "duplicate",
        "its id is that of {original}, which has another text; give one of them another id",
    ),
    Fate.DOWN: ("taken_down", "{original} is on the list of those taken down"),
}
"""For each fate that leaves an article out: the reason, and the detail that is listed."""


def _left_out(decisions: Decisions) -> Iterator[Rejection]:
    staging, originals = decisions.staging, set(decisions.originals.values())
    read_from = {
        doc_id: f", read from {staging.position(number)}"
        for number in decisions.numbers_of(*IN_INDEX)
        if (doc_id := staging.doc_ids[number]) in originals
    }
    for number in decisions.numbers_of(*_DETAILS):
        path, line = staging.position(number)
        original = decisions.originals.get(number, staging.doc_ids[number])
        reason, detail = _DETAILS[Fate(decisions.fates[number])]
        text = detail.format(original=f"{original}{read_from.get(original, '')}")
        yield Rejection(path, line, reason, text)
