"""The options of `scripts/reindex.py`, and which of them go together."""

import argparse
from collections.abc import Callable
from pathlib import Path

from index.ingest import KEYS, LIMITS

PROCESSES_MOST = 64
"""Processes that read; each needs about 100 MB."""
SECONDS_MOST = 86_400
"""A day: longer than any file takes."""


def utf_8(text: str) -> str:
    """Return a text of the command line that can be written into a list: one in UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise argparse.ArgumentTypeError("a text in UTF-8") from error
    return text


def make_parser(description: str) -> argparse.ArgumentParser:
    """Return the parser; its description is the first line of a text."""
    summary = description.partition("\n")[0]
    parser = argparse.ArgumentParser(prog="reindex.py", description=summary)
    parser.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="files or folders; - is standard input"
    )
    parser.add_argument("--index", metavar="DIR", help="index directory (default: var/index)")
    parser.add_argument(
        "--allow-shrink", action="store_true", help="accept far fewer articles than are served"
    )
    _add_reading_options(parser)
    parser.add_argument(
        "--dry-run", action="store_true", help="report, list all refusals, and write nothing"
    )
    parser.add_argument("--report", type=Path, metavar="FILE", help="write the report as JSON")
    parser.add_argument(
        "--update",
        action="store_true",
        help="read only what is new or changed since the last build",
    )
    gone = "with --update: drop the articles of files that are gone"
    parser.add_argument("--prune", action="store_true", help=gone)
    _add_list_options(parser)
    return parser


def _add_list_options(parser: argparse.ArgumentParser) -> None:
    """Add what is done with a list of articles, or without any."""
    parser.add_argument(
        "--remove",
        nargs="+",
        default=[],
        type=utf_8,
        metavar="ID",
        help="take articles down for good",
    )
    parser.add_argument(
        "--reason", default="", type=utf_8, metavar="TEXT", help="with --remove: why, for the list"
    )
    parser.add_argument(
        "--restore",
        nargs="+",
        default=[],
        type=utf_8,
        metavar="ID",
        help="undo the taking down of articles",
    )
    parser.add_argument(
        "--rollback", action="store_true", help="go back to the generation before the current one"
    )


def _add_reading_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="COLUMN=KEY",
        help="what a column of a table or a key in JSON stands for: " + ", ".join(KEYS),
    )
    parser.add_argument(
        "--date-order",
        choices=("day", "month"),
        help="what comes first in dates like 03/04/2024 (default: the day, with a note)",
    )
    parser.add_argument(
        "--processes",
        type=_count(PROCESSES_MOST),
        default=0,
        metavar="N",
        help="processes that read (default: one per core if the archive is large enough)",
    )
    parser.add_argument(
        "--item-seconds",
        type=_count(SECONDS_MOST),
        default=LIMITS.item_seconds,
        metavar="N",
        help=f"refuse a file in which no article comes for N seconds ({LIMITS.item_seconds})",
    )


def _count(most: int) -> Callable[[str], int]:
    def count_of(text: str) -> int:
        if not text.isdecimal() or not 0 < int(text) <= most:
            raise argparse.ArgumentTypeError(f"a number from 1 to {most}")
        return int(text)

    return count_of


def check_usage(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """End the command where options do not go together."""
    alone = options.rollback + bool(options.remove) + bool(options.restore)
    if bool(options.paths) + alone != 1:
        one = "--rollback, --remove or --restore alone"
        parser.error(f"give files or folders of articles, or {one}")
    if options.dry_run and alone:
        parser.error("--dry-run goes with neither --rollback nor --remove nor --restore")
    if options.reason and not options.remove:
        parser.error("--reason says why articles go, so it needs --remove")
    if options.report and (options.rollback or not options.report.absolute().parent.is_dir()):
        parser.error("--report needs a file in a folder that is there, and no --rollback")
    if (options.update or options.prune) and not options.paths:
        parser.error("--update and --prune need files or folders of articles")
    if options.prune and not options.update:
        parser.error("--prune needs --update; a build without it starts with an empty index")
