"""What a build did, and the counting of it on the way."""

import json
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import NamedTuple

from index.document import Document, Rejection
from index.generations.verification import Expected
from index.indexer.deduplication import IN_INDEX, Decisions, Fate
from index.indexer.staging import Readings
from index.indexer.work_units import Part

REJECTIONS_NAME = "rejected.jsonl"
FAILED_REJECTIONS_NAME = "rejected.failed.jsonl"
"""What a build refused that failed itself; the other list stays that of the index served."""

REPEATED = "repeated"
"""The rule by which lines are cut that an outlet puts under everything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What a build or an update did.

    Attributes:
        generation: its number.
        doc_count: articles in the index.
        added, replaced, dropped: articles that are new, changed or gone.
        read_count: files that were read.
        gone_count: files that are gone, whose articles stay because `prune` was not asked for.
        copy_count: articles that were read and are not indexed: another has their address or text.
        near_copy_count: articles in the index that another one represents.
        down_count: articles that were read and are kept out, since they were taken down.
        rejected: refused articles by reason, commonest first.
        rejections_path: the list of them and of the copies, a JSON object a line.
        cut: lines cut from texts, by rule, commonest first.
        noted_count: articles of which the reader of the file noticed something.
        undated_count: articles without a date.
        seconds: from start to end.
        size: bytes of the generation on disk.
    """

    generation: int
    doc_count: int
    added: int
    replaced: int
    dropped: int
    read_count: int
    gone_count: int
    copy_count: int
    near_copy_count: int
    down_count: int
    rejected: dict[str, int]
    rejections_path: Path
    cut: dict[str, int]
    noted_count: int
    undated_count: int
    seconds: float
    size: int


class Written(NamedTuple):
    """A generation that was written; the attributes are those of `BuildReport`."""

    generation: int
    doc_count: int
    near_copy_count: int
    read_count: int
    size: int


@dataclass(slots=True)
class Tally:
    """Counts what passes through a build, and lists what is refused.

    Attributes:
        rejections_path: the list.
        expected: what the new generation must hold.
        on_rejection: told of everything that is listed, as it comes.
    """

    rejections_path: Path
    expected: Expected = field(default_factory=Expected)
    reasons: Counter[str] = field(default_factory=Counter)
    cut: Counter[str] = field(default_factory=Counter)
    fates: Counter[int] = field(default_factory=Counter)
    noted_count: int = 0
    undated_count: int = 0
    started: float = field(default_factory=time.monotonic)
    on_rejection: Callable[[Rejection], None] = lambda _: None

    def start(self, kept: Iterable[str] = ()) -> None:
        """Begin the list; `kept` are lines of an older one that still hold."""
        with self.rejections_path.open("w", encoding="utf-8") as file:
            file.writelines(kept)

    def refused(self, rejections: Iterable[Rejection]) -> None:
        """List and count what was refused."""
        with self.rejections_path.open("a", encoding="utf-8") as file:
            for rejection in rejections:
                self.reasons[rejection.reason] += 1
                self.on_rejection(rejection)
                file.write(json.dumps(asdict(rejection), ensure_ascii=False) + "\n")

    def read(self, part: Part) -> None:
        """Count and list what is known when a part was read."""
        self.cut.update(part.cut)
        if part.refused:
            self.refused(part.refused)

    def decided(self, readings: Readings, decisions: Decisions) -> None:
        """Count what becomes of the articles that were read; list what is left out."""
        self.fates.update(decisions.fates)
        self.refused(_left_out(readings, decisions))

    def written(self, document: Document, cut_count: int) -> None:
        """Count an article that goes into the index."""
        self.expected.add(document)
        self.cut[REPEATED] += cut_count
        self.noted_count += bool(document.notes)
        self.undated_count += document.date is None

    def report(
        self, rejections_path: Path, written: Written, *, dropped: int, left_count: int
    ) -> BuildReport:
        """Return the report, and put the list of what was refused where it is to stay."""
        reasons = {name: n for name, n in self.reasons.most_common() if name not in _NO_FAULT}
        return BuildReport(
            **written._asdict(),
            added=self.fates[Fate.ADDED],
            replaced=self.fates[Fate.REPLACED],
            dropped=dropped,
            gone_count=left_count,
            copy_count=self.fates[Fate.COPY],
            down_count=self.fates[Fate.DOWN],
            rejected=reasons,
            rejections_path=self.rejections_path.replace(rejections_path),
            cut={rule: count for rule, count in self.cut.most_common() if count},
            noted_count=self.noted_count,
            undated_count=self.undated_count,
            seconds=time.monotonic() - self.started,
        )


_NO_FAULT = ("copy", "taken_down")
"""Reasons for which an article is left out though nothing is wrong with it."""


def _left_out(readings: Readings, decisions: Decisions) -> Iterable[Rejection]:
    originals = set(decisions.originals.values())
    first_of = {
        readings.doc_ids[number]: f", read from {readings.place(number)}"
        for number in decisions.numbers_of(*IN_INDEX)
        if readings.doc_ids[number] in originals
    }
    for number in decisions.numbers_of(*_DETAILS):
        place, fate = readings.place(number), Fate(decisions.fates[number])
        original = decisions.originals.get(number, readings.doc_ids[number])
        reason, detail = _DETAILS[fate]
        told = detail.format(original=f"{original}{first_of.get(original, '')}")
        yield Rejection(place.path, place.line, reason, told)


_DETAILS = {
    Fate.COPY: ("copy", "its address or its text is that of {original}"),
    # Without an id or a URL, an id comes from the path below the folder given, so that an archive
    # can be moved.
    Fate.DUPLICATE: (
        "duplicate",
        "its id is that of {original}; where two folders hold files of one name, name their parent",
    ),
    Fate.DOWN: ("taken_down", "{original} is on the list of those taken down"),
}
"""For each fate that leaves an article out: the reason, and what is told of it."""
