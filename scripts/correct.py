"""Correct an article by hand: the correction is kept, and applied now and in every later build.

    .venv/bin/python scripts/correct.py ARTICLE FIELD VALUE --by WHO [--on DAY]
        [--index DIR|ADDRESS]
    .venv/bin/python scripts/correct.py --undo ARTICLE FIELD [--index DIR|ADDRESS]
    .venv/bin/python scripts/correct.py --list [ARTICLE] [--index DIR|ADDRESS]

ARTICLE is the article's id (the end of its address on the site) or its address at its outlet. The
correction becomes a row of corrections.csv in the index directory, which you may also edit
yourself; `reindex.py --update` applies what changed there. On a cluster the list is kept with the
index. An empty VALUE empties the field, and several authors, editors or tags stand between
semicolons. --undo gives the field back what the article's file says.

Exit codes: 0 done; 1 failed (in a directory, a list that has changed by then is applied by the next
update); 2 wrong usage; 3 done, but some rows of the list cannot be used; 130 stopped with Ctrl-C.
"""

if __name__ == "__main__":  # before what takes time to load
    from indexing.start import BUILDING_MB, start

    start("correct", BUILDING_MB)


import argparse
import datetime as dt
import os
import sys
from pathlib import Path

from indexing.index_setting import warn
from indexing.options import utf_8
from indexing.outcome import FAILURES, say, tell, tell_after
from indexing.start import run

from index.document import Correction
from index.errors import ArchiveError
from index.indexer import (
    RULES,
    Store,
    address_told,
    correct_article,
    open_store,
    undo_correction,
)
from web import read_settings

EXIT_SOME_REFUSED = 3
_OUTCOME = "in a directory, a list that has changed by now is applied by the next update"


def main(arguments: list[str] | None = None) -> int:
    """Change the list and apply it, or print it; return the exit code."""
    parser = _parser()
    options = parser.parse_args(arguments)
    _check_usage(parser, options)
    try:
        settings = read_settings(os.environ, index=options.index)
        warn("correct", settings)
        store, index_path = open_store(settings.index, settings.cluster_options())
    except ArchiveError as error:
        return tell("correct", error, _OUTCOME)
    before = store.served_number(index_path)
    try:
        with address_told(index_path, store.name_of(index_path)):
            run_one = _list if options.list else _change
            return run_one(options, store, index_path)
    except FAILURES as error:
        numbers = before, store.served_number(index_path)
        return tell_after("correct", error, numbers, _OUTCOME)


def _change(options: argparse.Namespace, store: Store, index_path: Path) -> int:
    article, field = options.article, options.field
    if options.undo:
        report = undo_correction(index_path, article, field, store)
    else:
        row = Correction(field, options.value, options.by, options.on)
        report = correct_article(index_path, article, row, store)
    done = "Undone the correction" if options.undo else "Corrected"
    where = f"generation {report.generation} of {store.name_of(index_path)}"
    say("correct", [f"{done}{' of' if options.undo else ''} {field} of {article}; {where}"])
    if not report.rejected:
        return 0
    print(f"Some rows of the list cannot be used: {report.rejections_path}", file=sys.stderr)
    return EXIT_SOME_REFUSED


def _list(options: argparse.Namespace, store: Store, index_path: Path) -> int:
    """Print the rows that count, of one article or of all, and those that cannot be used."""
    listed = store.corrections(index_path)
    say(
        "correct",
        (
            f"{_on_a_line(key)}  {row.field}: {_on_a_line(row.value)}  ({row.who}, {row.when})"
            for key, fields in listed.rows.items()
            for row in fields.values()
            if options.article in {None, key}
        ),
    )
    for refused in listed.refused:
        print(f"Line {refused.line} cannot be used: {refused.detail}", file=sys.stderr)
    return EXIT_SOME_REFUSED if listed.refused else 0


def _on_a_line(text: str) -> str:
    """Return a text on one line, without what a terminal would obey."""
    joined = " ".join(text.split())
    return joined if joined.isprintable() else ascii(joined)


def _check_usage(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """End with exit code 2 where arguments are missing, or do not go together."""
    named = ("article", "field", "value", "by", "undo", "list")
    given = {name for name in named if getattr(options, name) not in {None, False}}
    if "list" in given and not given <= {"list", "article"}:
        parser.error("--list takes no more than an ARTICLE")
    if "undo" in given and given != {"undo", "article", "field"}:
        parser.error("--undo takes ARTICLE and FIELD")
    if not given & {"undo", "list"} and given != {"article", "field", "value", "by"}:
        parser.error("ARTICLE, FIELD, VALUE and --by WHO are needed")


def _parser() -> argparse.ArgumentParser:
    summary = (__doc__ or "").partition("\n")[0]
    parser = argparse.ArgumentParser(prog="correct.py", description=summary)
    parser.add_argument(
        "article", nargs="?", type=utf_8, metavar="ARTICLE", help="id or address of an article"
    )
    parser.add_argument("field", nargs="?", metavar="FIELD", choices=RULES, help=", ".join(RULES))
    parser.add_argument(
        "value", nargs="?", type=utf_8, metavar="VALUE", help="what it becomes; a date: YYYY-MM-DD"
    )
    parser.add_argument("--by", type=utf_8, metavar="WHO", help="who corrects it")
    today = dt.datetime.now(dt.UTC).date().isoformat()
    parser.add_argument(
        "--on", default=today, type=utf_8, metavar="DAY", help="the day (default: today)"
    )
    parser.add_argument("--undo", action="store_true", help="take the corrections of a field back")
    parser.add_argument("--list", action="store_true", help="print the corrections, change nothing")
    parser.add_argument(
        "--index", metavar="DIR", help="directory or address of the index (default: var/index)"
    )
    return parser


if __name__ == "__main__":
    run("correct", main)
