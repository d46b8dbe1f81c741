"""The figures of a benchmark, as values that become JSON, tables and a chart."""

from dataclasses import dataclass, field

from bench.agreement import Difference
from bench.peer import Mode
from bench.rounds import Milliseconds
from bench.serving import ServerFigures


@dataclass(frozen=True, slots=True)
class IndexFigures:
    """One engine's index.

    Attributes:
        documents_per_second: of the build, until documents can be searched.
        merged_per_second: the same, with the merge into one segment.
        megabytes: size of its files.
        open_seconds: opening and a first answer in a fresh process, without imports.
        note: anything else to know of the build.
    """

    documents_per_second: float
    merged_per_second: float
    megabytes: float
    open_seconds: float
    note: str


@dataclass(frozen=True, slots=True)
class CorpusRun:
    """All engines on one corpus in one mode.

    Attributes:
        doc_count: documents.
        real_count: how many of them are real articles; the rest are invented.
        mode: one: a single field; product: six weighted fields.
        indexes: by engine.
        plain: milliseconds by engine and kind of query, without snippets.
        shown: the same with snippets.
        differences: the worst difference between answers, by engine.
        absent: engines that did not take part, with the reason.
    """

    doc_count: int
    real_count: int
    mode: Mode
    indexes: dict[str, IndexFigures]
    plain: Milliseconds
    shown: Milliseconds
    differences: list[Difference]
    absent: dict[str, str]


@dataclass(slots=True)
class Report:
    """All figures of a benchmark.

    Attributes:
        machine: what it was measured on.
        versions: of the engines, by name.
        runs: a corpus and mode each.
        server: figures of the whole server, if it was measured.
    """

    machine: dict[str, str]
    versions: dict[str, str]
    runs: list[CorpusRun] = field(default_factory=list)
    server: ServerFigures | None = None
