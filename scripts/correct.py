"""Correct an article by hand: the correction is kept, and applied now and in every later build.

    .venv/bin/python scripts/correct.py ARTICLE FIELD VALUE --by WHO [--on DAY] [--index DIR]

ARTICLE is the article's id (the end of its address on the site) or its address at its outlet. The
correction becomes a row of corrections.csv in the index directory, which you may also edit
yourself; `reindex.py --update` applies what changed there. An empty VALUE empties the field, and
several authors, editors or tags stand between semicolons.

Exit codes: 0 corrected; 1 failed (a row that is in the list by then is applied by the next update);
2 wrong usage; 3 corrected, but some rows of the list cannot be used; 130 stopped with Ctrl-C.
"""

if __name__ == "__main__":  # before what takes time to load
    from indexing.start import BUILDING_MB, start

    start("correct", BUILDING_MB)


import argparse
import datetime as dt
import sys
from pathlib import Path

from indexing.index_setting import read_directory
from indexing.options import utf_8
from indexing.outcome import FAILURES, say, tell
from indexing.start import run

from index.document import Correction
from index.generations import Catalog, build_lock, current_folder
from index.indexer import RULES, BuildReport, add_correction, update_index

EXIT_SOME_REFUSED = 3


def main(arguments: list[str] | None = None) -> int:
    """Add a correction to the list and apply it; return the exit code."""
    options = _parser().parse_args(arguments)
    row = Correction(options.field, options.value, options.by, options.on)
    try:
        index_path = read_directory(options.index)
        report, path = _correct(index_path, options.article, row)
    except FAILURES as error:
        outcome = "a row that is in the list by now is applied by the next update"
        return tell("correct", error, outcome)
    done = f"Corrected {row.field} of {options.article}; generation {report.generation}"
    say("correct", [f"{done}, list: {path}"])
    if not report.rejected:
        return 0
    print(f"Some rows of the list cannot be used: {report.rejections_path}", file=sys.stderr)
    return EXIT_SOME_REFUSED


def _correct(index_path: Path, article: str, row: Correction) -> tuple[BuildReport, Path]:
    with build_lock(index_path), Catalog.opened(current_folder(index_path)) as catalog:
        path = add_correction(index_path, article, row, catalog)
    return update_index((), index_path, allow_shrink=True), path


def _parser() -> argparse.ArgumentParser:
    summary = (__doc__ or "").partition("\n")[0]
    parser = argparse.ArgumentParser(prog="correct.py", description=summary)
    parser.add_argument(
        "article", type=utf_8, metavar="ARTICLE", help="id or address of an article"
    )
    parser.add_argument("field", metavar="FIELD", choices=RULES, help=", ".join(RULES))
    parser.add_argument(
        "value", type=utf_8, metavar="VALUE", help="what it becomes; a date as YYYY-MM-DD"
    )
    parser.add_argument("--by", required=True, type=utf_8, metavar="WHO", help="who corrects it")
    today = dt.datetime.now(dt.UTC).date().isoformat()
    parser.add_argument(
        "--on", default=today, type=utf_8, metavar="DAY", help="the day (default: today)"
    )
    parser.add_argument("--index", metavar="DIR", help="index directory (default: var/index)")
    return parser


if __name__ == "__main__":
    run("correct", main)
