"""Measure Kliping beside Tantivy, Lucene, SQLite FTS5 and Whoosh's own codec, in one run.

    .venv/bin/python scripts/benchmark.py --articles FOLDER/*.jsonl.gz --json var/bench/figures.json

Each engine indexes the same documents and answers the same queries: ten hits, the exact total,
three facets, each without its own filter; with and without snippets; on one field, and as the
product asks, on six. The engines take turns, and their answers are compared: if they differ by more
than tokenization explains, the run fails. An engine that cannot run here is named with the reason.

Articles are files of JSON lines; what they do not fill is invented (see make_corpus.py). Indexes
stay in the working folder until the next run.
"""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
from bench.chart import draw_chart
from bench.choice import choose_queries, count_frequencies
from bench.corpus import PreparedCorpus, prepare_corpus
from bench.machine import machine
from bench.peer import MODES, CannotRunError
from bench.peers import PEER_CLASSES, find_peers
from bench.readme import replace_block
from bench.results import Report
from bench.rounds import FULL, QUICK, Effort
from bench.running import Task, run_corpus
from bench.serving import ServerFigures, measure_server
from bench.tables import readme_tables, shown_run, terminal_rows

from index.errors import ArchiveError

PROJECT = Path(__file__).parent.parent
DOCUMENT_COUNTS = [20_000, 100_000, 1_000_000]
SERVER_DOCUMENTS = 100_000
"""Articles that the server is measured with; fewer where no corpus has so many."""

SERVER_VARIANTS = 20
"""Queries of each kind under load, so that no answer is kept from the one before."""
SERVER_SECONDS, SERVER_SECONDS_QUICK = 10.0, 2.0


def main(arguments: list[str] | None = None) -> int:
    """Measure what the command line asks for.

    Returns:
        The exit code: 0 when all was measured, 1 when something failed.
    """
    asked = _make_parser().parse_args(arguments)
    try:
        report = _measure(asked)
        if asked.json:
            asked.json.parent.mkdir(parents=True, exist_ok=True)
            figures = msgspec.json.format(msgspec.json.encode(report), indent=1)
            asked.json.write_bytes(figures + b"\n")
        if asked.write_readme:
            _write_readme(report)
    except (ArchiveError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Measure Kliping beside its peers.")
    parser.add_argument(
        "--documents", type=int, nargs="+", default=DOCUMENT_COUNTS, help="sizes of the corpora"
    )
    parser.add_argument(
        "--articles", type=Path, nargs="+", default=[], help="files of JSON lines, plain or .gz"
    )
    parser.add_argument(
        "--peers", nargs="+", choices=PEER_CLASSES, default=list(PEER_CLASSES), help="engines"
    )
    parser.add_argument("--modes", nargs="+", choices=MODES, default=MODES, help="fields searched")
    parser.add_argument("--rounds", type=int, help="how often the engines take turns")
    parser.add_argument("--quick", action="store_true", help="fewer and shorter rounds")
    parser.add_argument("--no-server", action="store_true", help="measure the engines only")
    parser.add_argument(
        "--server-only",
        action="store_true",
        help="measure the server, and keep what the file of figures says of the engines",
    )
    parser.add_argument("--json", type=Path, help="file for all figures")
    parser.add_argument(
        "--write-readme", action="store_true", help="renew the README's figures and the chart"
    )
    parser.add_argument(
        "--work", type=Path, default=PROJECT / "var" / "bench", help="folder for indexes"
    )
    return parser


def _measure(asked: argparse.Namespace) -> Report:
    if asked.server_only:
        return replace(_read_report(asked.json), server=_measure_server(asked))
    roll = find_peers(asked.peers, asked.work)
    report = Report(machine(), {peer.name: peer.version for peer in roll.peers})
    _tell(", ".join(f"{name}: {told}" for name, told in report.machine.items()))
    effort = _effort(asked)
    for corpus in _corpora(asked):
        found = count_frequencies(corpus.documents(), corpus.doc_count)
        queries = choose_queries(found, effort.variants)
        for mode in asked.modes:
            _tell(f"\n{corpus.doc_count:,} documents, {corpus.real_count:,} real; mode: {mode}")
            run = run_corpus(Task(corpus, mode, queries, effort, _tell), roll)
            report.runs.append(run)
            _tell("\n".join(terminal_rows(run)))
    if not asked.no_server:
        report.server = _measure_server(asked)
    return report


def _read_report(path: Path | None) -> Report:
    """Return what an earlier run has found.

    Raises:
        CannotRunError: when no file is named, or it holds something else.
    """
    if not path:
        raise CannotRunError("Name the file of the engines' figures: --json FILE.")
    try:
        return msgspec.json.decode(path.read_bytes(), type=Report)
    except msgspec.MsgspecError as error:
        raise CannotRunError(f"{path} holds no figures of this benchmark: {error}") from error


def _effort(asked: argparse.Namespace) -> Effort:
    effort = QUICK if asked.quick else FULL
    return replace(effort, rounds=asked.rounds) if asked.rounds else effort


def _corpora(asked: argparse.Namespace) -> Iterator[PreparedCorpus]:
    for doc_count in asked.documents:
        yield prepare_corpus(asked.articles, doc_count, asked.work / str(doc_count))


def _measure_server(asked: argparse.Namespace) -> ServerFigures:
    doc_count = min(SERVER_DOCUMENTS, max(asked.documents))
    corpus = prepare_corpus(asked.articles, doc_count, asked.work / str(doc_count))
    found = count_frequencies(corpus.documents(), doc_count)
    seconds = SERVER_SECONDS_QUICK if asked.quick else SERVER_SECONDS
    queries = choose_queries(found, SERVER_VARIANTS)
    figures = measure_server(corpus, queries, asked.work / "server", seconds)
    _tell(f"\nserver with {doc_count:,} articles, built at {figures.build_per_second:,.0f}/s")
    for load in (figures.one, figures.busy):
        _tell(
            f"  {load.clients} client(s): {load.answers_per_second:,.0f} answers/s, "
            f"p50 {load.p50_ms:.1f} ms, p99 {load.p99_ms:.1f} ms"
        )
    for workers, megabytes in figures.megabytes.items():
        told = "cannot be read here" if megabytes is None else f"{megabytes:,.0f} MB"
        _tell(f"  memory with {workers} worker(s): {told}")
    return figures


def _write_readme(report: Report) -> None:
    readme, chart = PROJECT / "README.md", PROJECT / "docs" / "benchmark.svg"
    run = shown_run(report.runs)
    block = readme_tables(report)
    if run:
        chart.parent.mkdir(exist_ok=True)
        chart.write_text(draw_chart(run), encoding="utf-8")
        block = f"![Milliseconds a query, by engine and kind](docs/benchmark.svg)\n\n{block}"
    text = replace_block(readme.read_text(encoding="utf-8"), block)
    readme.write_text(text, encoding="utf-8")


def _tell(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
