"""Measure how well files are read: compare each file with a truth that was written by hand.

    .venv/bin/python scripts/measure_reading.py [FOLDER...] [--changes] [--wrong] [--json]

The table shows how many fields are right, word for word, by kind of file; a text is right if F1
over its words is 95 % or more. With --changes, each file is read under every change that has
nothing to do with its article, and the table shows what is right by change. docs/reading.md says
how a truth is written. Exit codes: 0 all shares are 95 % or more; 1 some are less.
"""

if __name__ == "__main__":  # before what takes time to load
    from indexing.start import LOADING_MB, start

    start("measure_reading", LOADING_MB)


import argparse
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.figures_page import replace_block
from indexing.start import run
from reading.changes.trials import ALL, Options, try_changes
from reading.figures import Figures, as_json, merge_forms, table_by_change, table_by_kind
from reading.judging import LEAST, Judgment, judge_file
from reading.truths import Case, cases_as_read, find_cases

DEFAULT_FOLDER = Path("tests/fixtures/reading")
DOCS = Path("docs/reading.md")
BLOCK = "measure_reading"
"""The name of the markers in docs/reading.md between which the tables stand."""


def main(arguments: list[str] | None = None) -> int:
    """Print the table; return the exit code."""
    options = _parse(arguments)
    find = cases_as_read if options.as_read else find_cases
    cases = [case for folder in options.folders for case in find(folder)]
    trials = Options(options.seed, options.sample)
    figures, wrong = measure_changes(cases, trials) if options.changes else measure(cases)
    table = "\n".join((table_by_change if options.changes else table_by_kind)(figures))
    if options.wrong:
        print("\n".join(map(_told, wrong)))
    print(json.dumps(as_json(figures, wrong), ensure_ascii=False) if options.json else table)
    if options.write_docs:
        write_docs(cases)
    return 0 if all(figures.share(group) >= LEAST for group in figures.judgments) else 1


def write_docs(cases: Sequence[Case]) -> None:
    """Put the tables by kind of file and by change into the docs."""
    by_change = merge_forms(measure_changes(cases)[0])
    tables = (table_by_kind(measure(cases)[0]), table_by_change(by_change))
    block = "\n\n".join("\n".join(table) for table in tables)
    DOCS.write_text(replace_block(DOCS.read_text("utf-8"), block, BLOCK), "utf-8")


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folders", nargs="*", type=Path, default=[DEFAULT_FOLDER], metavar="FOLDER")
    parser.add_argument("--wrong", action="store_true", help="print each field that is wrong")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--changes", action="store_true", help="try every change of every file")
    as_read = "take what is read today as the truth; with --changes, of files without a truth"
    parser.add_argument("--as-read", action="store_true", help=as_read)
    parser.add_argument("--seed", type=int, default=1, help="what changes are drawn from")
    parser.add_argument(
        "--sample", type=int, default=0, help="most files that a change is tried on"
    )
    parser.add_argument("--write-docs", action="store_true", help=f"put the tables into {DOCS}")
    return parser.parse_args(arguments)


def measure(cases: Iterable[Case]) -> tuple[Figures, list[dict[str, Any]]]:
    """Read files that have truths; return the figures by kind of file, and what is wrong."""
    figures = Figures()
    wrong: list[dict[str, Any]] = []
    for case in cases:
        judgments = list(judge_file(case))
        figures.add(case.kind, judgments, len(case.truths))
        wrong += wrong_of(case.name, judgments)
    return figures, wrong


def measure_changes(
    cases: Sequence[Case], options: Options = ALL
) -> tuple[Figures, list[dict[str, Any]]]:
    """Try the changes on files that have truths; return the figures by change, and the wrong."""
    figures = Figures()
    wrong: list[dict[str, Any]] = []
    for trial, judgments in try_changes(cases, options):
        figures.add(trial.change, judgments)
        wrong += wrong_of(f"{trial.case.name} ({trial.change})", judgments)
    return figures, wrong


def wrong_of(name: str, judgments: Sequence[Judgment]) -> Iterator[dict[str, Any]]:
    """Yield each wrong field of a file: its name, what was expected, what was read."""
    for each in judgments:
        if not each.is_right:
            told = {"expected": each.expected, "read": each.read}
            yield {"file": name, "field": each.field, **told, "f1": each.f1}


def _told(wrong: Mapping[str, Any]) -> str:
    if wrong["f1"] is not None:
        return f"{wrong['file']}: F1 of the text is {wrong['f1']:.3f}"
    return f"{wrong['file']}: {wrong['field']}: {wrong['expected']!r} expected, {wrong['read']!r}"


if __name__ == "__main__":
    run("measure_reading", main)
