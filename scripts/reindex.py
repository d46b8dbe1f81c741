"""Build the index anew from article files, beside the one that is served, and swap the two.

    .venv/bin/python scripts/reindex.py PATH... [--index DIR] [--allow-shrink] [--map COLUMN=KEY]...
    .venv/bin/python scripts/reindex.py PATH... --dry-run [--map COLUMN=KEY]...
    .venv/bin/python scripts/reindex.py --rollback [--index DIR]

Exit codes: 0 all indexed; 1 failed, nothing changed; 2 wrong usage; 3 indexed, some were refused.
"""

import argparse
import json
import os
import sys
from dataclasses import asdict
from io import TextIOWrapper
from itertools import islice
from pathlib import Path
from typing import Any

from tqdm import tqdm

from index.build import BuildReport, build_index, roll_back
from index.errors import ArchiveError, ColumnMapError
from index.sources import parse_column_map, total_bytes
from index.sources.records import KEYS
from index.survey import survey
from search.warm_up import warm_up
from web.settings import read_settings

EXIT_FAILED, EXIT_USAGE, EXIT_SOME_REFUSED, EXIT_STOPPED = 1, 2, 3, 130
REJECTIONS_SHOWN = 10


def main(arguments: list[str] | None = None) -> int:
    """Build or roll back, print a report, return the exit code."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if bool(options.paths) == options.rollback:
        parser.error("name the files or folders of articles, or --rollback alone")
    if options.dry_run and options.rollback:
        parser.error("--rollback changes the index, and --dry-run changes nothing")
    key_by_column = _key_by_column(parser, options.map)
    try:
        if options.dry_run:
            return _try_out(options.paths, key_by_column)
        index_path = Path(read_settings(os.environ, index=options.index).index)
        if options.rollback:
            print(f"Generation {roll_back(index_path)} of {index_path} is served again.")
            return 0
        report = _build(options, index_path, key_by_column)
    except KeyboardInterrupt:
        print("reindex: stopped; the index that is served was not touched", file=sys.stderr)
        return EXIT_STOPPED
    except (ArchiveError, OSError) as error:
        print(f"reindex: {error}", file=sys.stderr)
        return EXIT_FAILED
    _print_report(report, index_path)
    return EXIT_SOME_REFUSED if report.rejected else 0


def _key_by_column(parser: argparse.ArgumentParser, options: list[str]) -> dict[str, str]:
    try:
        return parse_column_map(options)
    except ColumnMapError as error:
        parser.error(f"--map: {error}")


def _try_out(paths: list[Path], key_by_column: dict[str, str]) -> int:
    """Read everything and write nothing; print all that a build would refuse, as it comes."""
    found = survey(
        paths,
        key_by_column=key_by_column,
        on_rejection=lambda rejection: print(f"  {_told(asdict(rejection))}"),
    )
    print(f"Would index {found.doc_count:,} articles; nothing was written")
    _print_counts(found.undated_count, found.noted_count, found.rejected)
    return EXIT_SOME_REFUSED if found.rejected else 0


def _build(
    options: argparse.Namespace, index_path: Path, key_by_column: dict[str, str]
) -> BuildReport:
    total = total_bytes(options.paths)
    warm_up()  # or the first build would seem to stand still while it compiles
    with tqdm(total=total, unit="B", unit_scale=True, desc="Reading", leave=False) as bar:

        def advance(byte_count: int) -> None:
            bar.update(byte_count)

        def show(step: str) -> None:
            if step == "added":
                bar.set_description("Writing")

        return build_index(
            options.paths,
            index_path,
            allow_shrink=options.allow_shrink,
            key_by_column=key_by_column,
            on_bytes=advance,
            on_step=show,
        )


def _print_report(report: BuildReport, index_path: Path) -> None:
    rate = report.doc_count / max(report.seconds, 1e-9)
    print(f"Indexed    {report.doc_count:,} articles into {index_path}")
    print(f"Generation {report.generation}, {report.size / 1e6:,.1f} MB")
    print(f"Took       {report.seconds:,.1f} s, {rate:,.0f} articles/s")
    _print_counts(report.undated_count, report.noted_count, report.rejected)
    if report.rejected:
        _print_rejections(report.rejections_path, sum(report.rejected.values()))


def _print_counts(undated_count: int, noted_count: int, rejected: dict[str, int]) -> None:
    print(f"Undated    {undated_count:,}; with notes (/api/articles/ID) {noted_count:,}")
    print(f"Refused    {sum(rejected.values()):,}")
    for reason, count in rejected.items():
        print(f"  {reason:13} {count:,}")


def _print_rejections(path: Path, count: int) -> None:
    with path.open(encoding="utf-8") as file:
        for line in islice(file, REJECTIONS_SHOWN):
            print(f"  {_told(json.loads(line))}")
    more = f"and {count - REJECTIONS_SHOWN:,} more; " if count > REJECTIONS_SHOWN else ""
    print(f"  {more}all of them: {path}")


def _told(row: dict[str, Any]) -> str:
    where = f"{row['path']}:{row['line']}" if row["line"] else row["path"]
    return f"{where}: {row['reason']}: {row['detail']}"


def _parser() -> argparse.ArgumentParser:
    summary = (__doc__ or "").partition("\n")[0]
    parser = argparse.ArgumentParser(prog="reindex.py", description=summary)
    parser.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="files or folders; - is standard input"
    )
    parser.add_argument("--index", metavar="DIR", help="index directory (default: var/index)")
    parser.add_argument(
        "--allow-shrink", action="store_true", help="accept far fewer articles than are served"
    )
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="COLUMN=KEY",
        help="what a column of a table or a key in JSON stands for: " + ", ".join(KEYS),
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="read and report, print all refusals, write nothing"
    )
    parser.add_argument(
        "--rollback", action="store_true", help="serve the generation before the current one again"
    )
    return parser


if __name__ == "__main__":
    if isinstance(sys.stdout, TextIOWrapper):
        # A file name that the terminal cannot show must not fail a build that went well.
        sys.stdout.reconfigure(errors="backslashreplace")
    sys.exit(main())
