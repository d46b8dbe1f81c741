"""The figures as tables: Markdown for docs/benchmark.md, and rows for the terminal."""

from collections.abc import Iterable, Sequence

from bench.peers import OURS
from bench.results import CorpusRun, Report
from bench.rounds import Milliseconds, median_of_mix, ratios

MODE_WORDS = {"one": "one field", "product": "six weighted fields"}
"""The names of the modes in tables."""


def terminal_rows(run: CorpusRun) -> list[str]:
    """Return the rows of a run for the terminal: milliseconds, and the ratio to Kliping's."""
    rows = []
    for label, figures in (("snippets off", run.plain), ("snippets on", run.shown)):
        rows += ["", f"  {label + ', ms':<24}" + "".join(f"{name:>18}" for name in figures)]
        for kind in _kinds(figures):
            cells = (_cell(figures, name, kind) for name in figures)
            rows.append(f"  {kind:<24}" + "".join(f"{cell:>18}" for cell in cells))
        mix = (_mix_cell(figures, name) for name in figures)
        rows.append(f"  {'median of the mix':<24}" + "".join(f"{cell:>18}" for cell in mix))
    return rows


def markdown_tables(report: Report) -> str:
    """Return all tables of docs/benchmark.md."""
    machine = report.machine
    introduction = (
        f"Measured on {machine['cores']} cores ({machine['processor']}), Python {machine['python']}"
        f": {', '.join(report.versions.values())}. Milliseconds a query, median; in brackets how "
        "many times as long as Kliping in the same run."
    )
    parts = [
        introduction,
        _table(("documents", "fields", "snippets", *report.versions), _mix_rows(report)),
    ]
    if run := shown_run(report.runs):
        named = f"{run.doc_count:,} documents, {MODE_WORDS[run.mode]}, snippets off"
        parts.append(_table((named, *run.plain), _kind_rows(run.plain)))
    parts.append(_table(_INDEX_HEAD, _index_rows(report)))
    parts += _absent_lines(report)
    if report.server:
        parts.append(_table(_SERVER_HEAD, _server_rows(report)))
    return "\n\n".join(parts)


def shown_run(runs: Sequence[CorpusRun]) -> CorpusRun | None:
    """Return the run that the chart shows: the product's fields on the most documents."""
    return max(runs, key=lambda run: (run.mode == "product", run.doc_count), default=None)


_INDEX_HEAD = ("documents", "fields", "engine", "documents/s", "merged", "MB", "open, s")
_SERVER_HEAD = ("`GET /api/search`", "answers/s", "p50, ms", "p99, ms")


def _kinds(figures: Milliseconds) -> list[str]:
    return list(next(iter(figures.values())))


def _cell(figures: Milliseconds, name: str, kind: str) -> str:
    cell = f"{figures[name][kind]:.3f}"
    if name == OURS or OURS not in figures:
        return cell
    return f"{cell} ({ratios(figures, OURS)[name][kind]:.1f}×)"


def _mix_cell(figures: Milliseconds, name: str) -> str:
    if name not in figures:
        return ""
    cell = f"{median_of_mix(figures[name]):.3f}"
    if name == OURS or OURS not in figures:
        return cell
    return f"{cell} ({median_of_mix(ratios(figures, OURS)[name]):.1f}×)"


def _mix_rows(report: Report) -> Iterable[tuple[str, ...]]:
    for run in report.runs:
        for label, figures in (("off", run.plain), ("on", run.shown)):
            cells = (_mix_cell(figures, name) for name in report.versions)
            yield f"{run.doc_count:,}", MODE_WORDS[run.mode], label, *cells


def _kind_rows(figures: Milliseconds) -> Iterable[tuple[str, ...]]:
    for kind in _kinds(figures):
        yield kind, *(_cell(figures, name, kind) for name in figures)


def _index_rows(report: Report) -> Iterable[tuple[str, ...]]:
    for run in report.runs:
        for name, index in run.indexes.items():
            yield (
                f"{run.doc_count:,}",
                MODE_WORDS[run.mode],
                name,
                f"{index.documents_per_second:,.0f}",
                f"{index.merged_per_second:,.0f}",
                f"{index.megabytes:,.1f}",
                f"{index.open_seconds:.3f}",
            )


def _server_rows(report: Report) -> Iterable[tuple[str, ...]]:
    server = report.server
    if not server:
        return
    for load in (server.one, server.busy):
        clients = "1 client" if load.clients == 1 else f"{load.clients} clients"
        label = f"{server.doc_count:,} articles, {clients}, 2 workers"
        rate = f"{load.answers_per_second:,.0f}"
        yield label, rate, f"{load.p50_ms:.1f}", f"{load.p99_ms:.1f}"
    for workers, megabytes in server.megabytes.items():
        memory = "cannot be read here" if megabytes is None else f"{megabytes:,.0f} MB"
        yield f"memory with {workers} worker(s)", memory, "", ""


def _absent_lines(report: Report) -> list[str]:
    return [
        f"{run.doc_count:,} documents, {MODE_WORDS[run.mode]}, without {name}: {reason}"
        for run in report.runs
        for name, reason in run.absent.items()
    ]


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
