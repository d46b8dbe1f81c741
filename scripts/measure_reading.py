"""Measure how well files are read: compare each file with a truth that was written by hand.

    .venv/bin/python scripts/measure_reading.py [FOLDER...] [--wrong] [--json] [--write-docs]

The table shows how many fields are right, word for word, by kind of file; a text is right if F1
over its words is 95 % or more. docs/reading.md says how a truth is written; `reading.truths` reads
it. Exit codes: 0 all shares are 95 % or more; 1 some are less.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.figures_page import replace_block
from reading.figures import Figures, as_json, table_by_kind
from reading.judging import LEAST, Judgment, judge_file
from reading.truths import find_cases

DEFAULT_FOLDER = Path("tests/fixtures/reading")
DOCS = Path("docs/reading.md")
BLOCK = "measure_reading"
"""The name of the markers in docs/reading.md between which the tables stand."""


def main(arguments: list[str] | None = None) -> int:
    """Print the table; return the exit code."""
    options = _parse(arguments)
    figures, wrong = measure(options.folders)
    table = "\n".join(table_by_kind(figures))
    if options.wrong:
        print("\n".join(map(_told, wrong)))
    print(json.dumps(as_json(figures, wrong), ensure_ascii=False) if options.json else table)
    if options.write_docs:
        DOCS.write_text(replace_block(DOCS.read_text("utf-8"), table, BLOCK), "utf-8")
    return 0 if all(figures.share(kind) >= LEAST for kind in figures.judgments) else 1


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folders", nargs="*", type=Path, default=[DEFAULT_FOLDER], metavar="FOLDER")
    parser.add_argument("--wrong", action="store_true", help="print each field that is wrong")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--write-docs", action="store_true", help=f"put the tables into {DOCS}")
    return parser.parse_args(arguments)


def measure(folders: Sequence[Path]) -> tuple[Figures, list[dict[str, Any]]]:
    """Read every file that has a truth; return the figures by kind of file, and what is wrong."""
    figures = Figures()
    wrong: list[dict[str, Any]] = []
    for folder in folders:
        for case in find_cases(folder):
            judgments = judge_file(case)
            figures.add(case.kind, judgments, len(case.truths))
            wrong += wrong_of(case.name, judgments)
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
    sys.exit(main())
