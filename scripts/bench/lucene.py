"""Lucene, in a Java process of its own: `LuceneBench.java`, run as source, times each call inside.

Facets are SortedSetDocValues, a field each; the index is merged into one segment and mapped into
memory. Lucene can collect hits and facets in one pass or in two; while it warms up, both plans are
tried for each query, and the faster one is kept.
"""

import json
import statistics
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from bench.java import LUCENE_VERSION, fetch_jars, find_java
from bench.peer import FIELDS, Answer, BenchQuery, BuildFigures, CannotRunError, Corpus, Mode

SOURCE = Path(__file__).parent / "LuceneBench.java"
JAVA_OPTIONS = (
    "-Xmx4g",
    "--add-modules=jdk.incubator.vector",
    "--enable-native-access=ALL-UNNAMED",
)
"""Lucene decodes postings with the vector module where it is given."""

PLANS = ("one", "two")
VALUE_END = "\x1f"


class LucenePeer:
    """Lucene as a peer."""

    name = "lucene"
    documents_most = None

    def __init__(self, work: Path) -> None:
        self._command = [
            str(find_java()),
            *JAVA_OPTIONS,
            "-cp",
            ":".join(map(str, fetch_jars(work / "jars"))),
            str(SOURCE),
        ]
        # Started early for the first `open`, where Lucene is timed and not the start of Java.
        self._started: LuceneProcess | None = LuceneProcess(self._command)
        java = self._started.ask("version").split("\t")[1]
        self.version = f"Lucene {LUCENE_VERSION} (Java {java})"

    def build(self, corpus: Corpus, folder: Path, mode: Mode) -> BuildFigures:
        """Build with two threads, then merge into one segment."""
        with LuceneProcess(self._command) as process:
            reply = process.ask("build", str(corpus.path), str(folder), _fields(mode)).split("\t")
        return BuildFigures(
            int(reply[0]), float(reply[1]), float(reply[2]), "merged into 1 segment"
        )

    def open(self, folder: Path, mode: Mode) -> "LuceneSearcher":
        """Open the folder in a process of its own."""
        process, self._started = self._started or LuceneProcess(self._command), None
        process.ask("open", str(folder), _fields(mode))
        return LuceneSearcher(process)


class LuceneProcess:
    """A running LuceneBench: a line in, a line out."""

    def __init__(self, command: list[str]) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - a Java of this machine, our own source
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def ask(self, *parts: str) -> str:
        """Send a command and return the answer.

        Raises:
            CannotRunError: when the process ended instead.
        """
        commands, answers = self._process.stdin, self._process.stdout
        if commands is None or answers is None:
            raise CannotRunError("Lucene's process has no pipes.")
        try:
            commands.write("\t".join(parts) + "\n")
            commands.flush()
            answer = answers.readline()
        except BrokenPipeError:
            answer = ""
        if not answer:
            raise CannotRunError(f"Lucene's process ended: {self._last_words()}")
        return answer.rstrip("\n")

    def close(self) -> None:
        """End the process."""
        self._process.communicate()

    def _last_words(self) -> str:
        _, errors = self._process.communicate()
        # Most lines are Lucene's log of how it maps memory.
        lines = [line for line in errors.splitlines() if "rror" in line or "Exception" in line]
        return lines[0] if lines else f"exit code {self._process.returncode}"


class LuceneSearcher:
    """An open Lucene index."""

    def __init__(self, process: LuceneProcess) -> None:
        self._process = process
        self._plan_by_query: dict[tuple[BenchQuery, bool], str] = {}

    def answer(self, query: BenchQuery, *, snippets: bool) -> Answer:
        """Return the answer to a query."""
        plan = self._plan_by_query.get((query, snippets), PLANS[0])
        found = json.loads(self._process.ask("answer", plan, _flag(snippets), *_parts(query)))
        return Answer(
            found["total"], tuple(found["hits"]), found["facets"], tuple(found["snippets"])
        )

    def time(self, query: BenchQuery, *, snippets: bool, seconds: float) -> list[float]:
        """Time calls inside the process, by the faster plan."""
        return self._time(
            self._plan_by_query.get((query, snippets), PLANS[0]), query, snippets, seconds
        )

    def warm(self, queries: Sequence[BenchQuery], *, snippets: bool, seconds: float) -> None:
        """Let the compiler see all queries in both plans; then keep the faster plan for each."""
        for plan in PLANS:
            for query in queries:
                self._time(plan, query, snippets, seconds)
        for query in queries:
            medians = {
                plan: statistics.median(self._time(plan, query, snippets, seconds))
                for plan in PLANS
            }
            self._plan_by_query[query, snippets] = min(PLANS, key=medians.__getitem__)

    def close(self) -> None:
        """End the process."""
        self._process.close()

    def _time(self, plan: str, query: BenchQuery, snippets: bool, seconds: float) -> list[float]:  # noqa: FBT001 - passed on as it is
        reply = self._process.ask("time", plan, _flag(snippets), str(seconds), *_parts(query))
        return [int(nanoseconds) / 1e9 for nanoseconds in reply.split(" ")]


def _fields(mode: Mode) -> str:
    return " ".join(f"{name}={weight}" for name, weight in FIELDS[mode].items())


def _flag(snippets: bool) -> str:  # noqa: FBT001 - passed on as it is
    return str(int(snippets))


def _parts(query: BenchQuery) -> tuple[str, str, str, str]:
    filters = VALUE_END.join(f"{facet}={value}" for facet, value in query.filters)
    return query.shape, " ".join(query.words), " ".join(query.stems), filters
