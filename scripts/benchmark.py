"""Measure Kliping beside Tantivy, Lucene, SQLite FTS5 and Whoosh's own codec, in one run.

    .venv/bin/python scripts/benchmark.py --articles FOLDER/*.jsonl.gz --json var/bench/figures.json

Each engine indexes the same documents and answers the same queries: ten hits, the exact total, and
three facets, each counted without its own filter; with and without snippets; on one field, and on
six as the product searches. The engines take turns. Their answers are compared, and the run fails
if they differ by more than tokenization explains. An engine that cannot run here is named with the
reason.

Articles are files of JSON lines; documents beyond them are invented (see make_corpus.py). Indexes
stay in the working folder until the next run.

Exit codes: 0 measured; 1 failed; 2 wrong usage.
"""

if __name__ == "__main__":  # before what takes time to load
    from indexing.start import BUILDING_MB, start

    start("benchmark", BUILDING_MB)


import argparse
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
from bench.chart import draw_chart
from bench.choice import choose_queries, count_frequencies
from bench.corpus import PreparedCorpus, prepare_corpus
from bench.figures_page import replace_block
from bench.machine import machine
from bench.peer import MODES, CannotRunError
from bench.peers import PEER_CLASSES, find_peers
from bench.results import Report
from bench.rounds import FULL, QUICK, Effort
from bench.running import Task, run_corpus
from bench.serving import ServerFigures, measure_server
from bench.tables import markdown_tables, shown_run, terminal_rows
from indexing.start import run

from index.errors import ArchiveError

PROJECT = Path(__file__).parent.parent
DOCS = PROJECT / "docs"
CHART_NAME = "benchmark.svg"
DOCUMENT_COUNTS = [20_000, 100_000, 1_000_000]
SERVER_DOCUMENTS = 100_000
"""Articles in the server's index; fewer if every corpus is smaller."""

SERVER_VARIANTS = 20
"""Different queries of each kind under load, so that no answer comes from a cache."""
SERVER_SECONDS, SERVER_SECONDS_QUICK = 10.0, 2.0


def main(arguments: list[str] | None = None) -> int:
    """Measure as the command line says; return the exit code."""
    options = _make_parser().parse_args(arguments)
    try:
        report = _measure(options)
        if options.json:
            options.json.parent.mkdir(parents=True, exist_ok=True)
            figures = msgspec.json.format(msgspec.json.encode(report), indent=1)
            options.json.write_bytes(figures + b"\n")
        if options.write_docs:
            _write_docs(report)
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
        help="measure only the server, and keep the engines' figures of the JSON file",
    )
    parser.add_argument("--json", type=Path, help="file for all figures")
    parser.add_argument(
        "--write-docs", action="store_true", help="write the tables and the chart to docs/"
    )
    parser.add_argument(
        "--work", type=Path, default=PROJECT / "var" / "bench", help="folder for indexes"
    )
    return parser


def _measure(options: argparse.Namespace) -> Report:
    if options.server_only:
        return replace(_read_report(options.json), server=_measure_server(options))
    entrants = find_peers(options.peers, options.work)
    report = Report(machine(), {peer.name: peer.version for peer in entrants.peers})
    _show(", ".join(f"{name}: {value}" for name, value in report.machine.items()))
    effort = _effort(options)
    for corpus in _corpora(options):
        frequencies = count_frequencies(corpus.documents(), corpus.doc_count)
        queries = choose_queries(frequencies, effort.variants)
        for mode in options.modes:
            _show(f"\n{corpus.doc_count:,} documents, {corpus.real_count:,} real; mode: {mode}")
            run = run_corpus(Task(corpus, mode, queries, effort, _show), entrants)
            report.runs.append(run)
            _show("\n".join(terminal_rows(run)))
    if not options.no_server:
        report.server = _measure_server(options)
    return report


def _read_report(path: Path | None) -> Report:
    """Return the report that an earlier run wrote.

    Raises:
        CannotRunError: when no file is named, or it is no such report.
    """
    if not path:
        raise CannotRunError("Name the file with the engines' figures: --json FILE.")
    try:
        return msgspec.json.decode(path.read_bytes(), type=Report)
    except msgspec.MsgspecError as error:
        raise CannotRunError(f"{path} holds no figures of this benchmark: {error}") from error


def _effort(options: argparse.Namespace) -> Effort:
    effort = QUICK if options.quick else FULL
    return replace(effort, rounds=options.rounds) if options.rounds else effort


def _corpora(options: argparse.Namespace) -> Iterator[PreparedCorpus]:
    for doc_count in options.documents:
        yield prepare_corpus(options.articles, doc_count, options.work / str(doc_count))


def _measure_server(options: argparse.Namespace) -> ServerFigures:
    doc_count = min(SERVER_DOCUMENTS, max(options.documents))
    corpus = prepare_corpus(options.articles, doc_count, options.work / str(doc_count))
    frequencies = count_frequencies(corpus.documents(), doc_count)
    seconds = SERVER_SECONDS_QUICK if options.quick else SERVER_SECONDS
    queries = choose_queries(frequencies, SERVER_VARIANTS)
    figures = measure_server(corpus, queries, options.work / "server", seconds)
    _show(f"\nserver with {doc_count:,} articles, built at {figures.build_per_second:,.0f}/s")
    for load in (figures.one, figures.busy):
        _show(
            f"  {load.clients} client(s): {load.answers_per_second:,.0f} answers/s, "
            f"p50 {load.p50_ms:.1f} ms, p99 {load.p99_ms:.1f} ms"
        )
    for workers, megabytes in figures.megabytes.items():
        memory = "cannot be read here" if megabytes is None else f"{megabytes:,.0f} MB"
        _show(f"  memory with {workers} worker(s): {memory}")
    return figures


def _write_docs(report: Report) -> None:
    """Write the tables into docs/benchmark.md, and the chart beside it."""
    page = DOCS / "benchmark.md"
    block = markdown_tables(report)
    if run := shown_run(report.runs):
        (DOCS / CHART_NAME).write_text(draw_chart(run), encoding="utf-8")
        block = f"![Milliseconds a query, by engine and kind]({CHART_NAME})\n\n{block}"
    page.write_text(replace_block(page.read_text(encoding="utf-8"), block), encoding="utf-8")


def _show(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    run("benchmark", main)
