"""Build or update the index from article files, beside the one that is served until it is done.

    .venv/bin/python scripts/reindex.py PATH... [--index DIR] [--allow-shrink] [--map COLUMN=KEY]...
    .venv/bin/python scripts/reindex.py PATH... [--date-order day|month] [--processes N]
    .venv/bin/python scripts/reindex.py --update PATH... [--prune]
    .venv/bin/python scripts/reindex.py PATH... --dry-run [--report FILE]
    .venv/bin/python scripts/reindex.py --remove ID...
    .venv/bin/python scripts/reindex.py --rollback

Exit codes: 0 all indexed; 1 failed, nothing changed (an unknown id of --remove: those known are
taken down); 2 wrong usage; 3 indexed, some were refused.
"""

import argparse
import json
import os
import sys
from dataclasses import asdict, replace
from io import TextIOWrapper
from itertools import islice
from pathlib import Path
from typing import Any

from tqdm import tqdm

from index.document import Rejection
from index.errors import ArchiveError, ColumnMapError
from index.generations import take_down
from index.indexer import (
    BuildPreview,
    BuildReport,
    RolledBack,
    as_told,
    build_index,
    find_removal,
    preview_build,
    preview_update,
    report_json,
    report_lines,
    roll_back_index,
    update_index,
)
from index.ingest import KEYS, LIMITS, ReadOptions, parse_column_map
from search import warm_up_kernels
from web import read_settings

EXIT_FAILED, EXIT_USAGE, EXIT_SOME_REFUSED, EXIT_STOPPED = 1, 2, 3, 130
REJECTIONS_SHOWN = 10
REJECTIONS_READ = 10_000
"""Rejections that are looked at for those; the rows of one table may have one and the same."""
_CHECK_ID = "Check how it is spelled: it is the end of the article's address on the site."
PROCESSES_MOST = 64
"""Processes that read; each needs about 100 MB."""


def main(arguments: list[str] | None = None) -> int:
    """Run the command, print a report, and return the exit code."""
    parser = _parser()
    options = parser.parse_args(arguments)
    _check_usage(parser, options)
    try:
        index_path = Path(read_settings(os.environ, index=options.index).index)
        limits = replace(LIMITS, date_order=options.date_order)
        columns = parse_column_map(options.map)
        read = ReadOptions(key_by_column=columns, limits=limits, processes=options.processes)
        return _run(options, index_path, read)
    except ColumnMapError as error:
        parser.error(f"--map: {error}")
    except KeyboardInterrupt:
        print("reindex: stopped; the index that is served was not touched", file=sys.stderr)
        return EXIT_STOPPED
    except ArchiveError as error:
        print(f"reindex: {error}", file=sys.stderr)
    except OSError as error:
        advice = "Check the path, who may write there, and the space on the disk."
        print(f"reindex: {error}. {advice}", file=sys.stderr)
    return EXIT_FAILED


def _check_usage(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    if bool(options.paths) + options.rollback + bool(options.remove) != 1:
        parser.error("give files or folders of articles, or --rollback alone, or --remove alone")
    if options.report and (options.rollback or not options.report.absolute().parent.is_dir()):
        parser.error("--report needs a file in a folder that is there, and no --rollback")
    if options.dry_run and (options.rollback or options.remove):
        parser.error("--dry-run changes nothing, so it goes with neither --rollback nor --remove")
    if (options.update or options.prune) and not options.paths:
        parser.error("--update and --prune need files or folders of articles")
    if options.prune and not options.update:
        parser.error("--prune needs --update; a build without it starts with an empty index")


def _run(options: argparse.Namespace, index_path: Path, read: ReadOptions) -> int:
    if options.rollback:
        print(_describe_rollback(roll_back_index(index_path), index_path))
        return 0
    if options.dry_run:
        return _preview(options, index_path, read)
    if options.remove:
        return _remove(options, index_path, read)
    report = _build(options, index_path, read)
    _print_report(report, index_path, is_update=options.update)
    _write_report(options.report, report)
    return EXIT_SOME_REFUSED if report.rejected else 0


def _describe_rollback(done: RolledBack, index_path: Path) -> str:
    if not done.left_out:
        return f"Generation {done.generation} of {index_path} is served again."
    return (
        f"Generation {done.generation} of {index_path} is served: generation {done.previous} "
        f"without {done.left_out:,} articles that were taken down since.\n"
        "All earlier generations are removed, so there is nothing left to roll back to."
    )


def _remove(options: argparse.Namespace, index_path: Path, read: ReadOptions) -> int:
    """Take articles down, name each that goes or stays, and return 1 if an id is unknown."""
    removal = find_removal(index_path, options.remove)
    code = 0
    if removal.evidence:
        take_down(index_path, removal.evidence, removal.evidence)
        report = _build(options, index_path, read)
        _print_report(report, index_path, is_update=True)
        _write_report(options.report, report)
        code = EXIT_SOME_REFUSED if report.rejected else 0
    for doc_id in removal.evidence:
        print(f"Taken down {doc_id}{'' if doc_id in options.remove else ': same text or address'}")
    for near in removal.near:
        print(f"Stays      {near.doc_id}: a near copy with other words: {near.title}")
    for doc_id in removal.unknown:
        print(f"reindex: no article has the id {doc_id}. {_CHECK_ID}", file=sys.stderr)
    return EXIT_FAILED if removal.unknown else code


def _preview(options: argparse.Namespace, index_path: Path, read: ReadOptions) -> int:
    """Print all that would be left out, and what a build or an update would report."""

    def show(rejection: Rejection) -> None:
        print(f"  {_describe(asdict(rejection))}")

    if options.update:
        preview = preview_update(options.paths, index_path, read, show, prune=options.prune)
        print(f"Would read {preview.read_count:,} files: {_changes(preview)}; nothing was written")
    else:
        preview = preview_build(options.paths, index_path, read, show)
        print(f"Would index {preview.doc_count:,} articles; nothing was written")
    print(*report_lines(preview), sep="\n")
    _write_report(options.report, preview)
    return EXIT_SOME_REFUSED if preview.rejected else 0


def _build(options: argparse.Namespace, index_path: Path, read: ReadOptions) -> BuildReport:
    warm_up_kernels()  # or the first build would seem to stand still while it compiles
    with tqdm(unit="B", unit_scale=True, desc="Reading", leave=False) as bar:

        def advance(byte_count: int) -> None:
            bar.update(byte_count)

        def show(step: str) -> None:
            if step == "read":
                bar.set_description("Writing")

        read = replace(read, on_total=bar.reset, on_bytes=advance)
        shrinks = options.allow_shrink or bool(options.remove)
        if options.update or options.remove:
            return update_index(
                options.paths,
                index_path,
                read,
                prune=options.prune,
                allow_shrink=shrinks,
                on_step=show,
            )
        return build_index(options.paths, index_path, read, allow_shrink=shrinks, on_step=show)


def _print_report(report: BuildReport, index_path: Path, *, is_update: bool) -> None:
    rate = (report.added + report.replaced) / max(report.seconds, 1e-9)
    if is_update:
        print(f"Updated    {index_path}; {report.read_count:,} files were read")
        print(f"Changes    {_changes(report)}")
        print(f"Holds      {report.doc_count:,} articles")
    else:
        print(f"Indexed    {report.doc_count:,} articles into {index_path}")
    print(f"Generation {report.generation}, {report.size / 1e6:,.1f} MB")
    print(f"Took       {report.seconds:,.1f} s, {rate:,.0f} articles/s")
    print(*report_lines(report), sep="\n")
    if report.rejected:
        _print_rejections(report.rejections_path, sum(report.rejected.values()))


def _changes(counts: BuildPreview) -> str:
    return f"{counts.added:,} added, {counts.replaced:,} replaced, {counts.dropped:,} dropped"


def _write_report(path: Path | None, counts: BuildPreview) -> None:
    if path:
        text = json.dumps(report_json(counts), ensure_ascii=False, indent=1)
        path.write_text(text + "\n", encoding="utf-8", errors="backslashreplace")


def _print_rejections(path: Path, count: int) -> None:
    with path.open(encoding="utf-8") as file:
        rejections = (Rejection(**json.loads(line)) for line in file)
        told = dict.fromkeys(map(as_told, islice(rejections, REJECTIONS_READ)))
        for rejection in islice(told, REJECTIONS_SHOWN):
            print(f"  {_describe(asdict(rejection))}")
    more = f"and {count - REJECTIONS_SHOWN:,} more; " if count > REJECTIONS_SHOWN else ""
    print(f"  {more}all of them: {path}")


def _describe(rejection: dict[str, Any]) -> str:
    path, line = rejection["path"], rejection["line"]
    position = f"{path}:{line}" if line else path
    return f"{position}: {rejection['reason']}: {rejection['detail']}"


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
    parser.add_argument(
        "--remove", nargs="+", default=[], metavar="ID", help="take articles down for good"
    )
    parser.add_argument(
        "--rollback", action="store_true", help="go back to the generation before the current one"
    )
    return parser


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
        type=_count,
        default=0,
        metavar="N",
        help="processes that read (default: one per core if the archive is large enough)",
    )


def _count(text: str) -> int:
    count = int(text)
    if not 0 < count <= PROCESSES_MOST:
        raise argparse.ArgumentTypeError(f"a number from 1 to {PROCESSES_MOST}")
    return count


if __name__ == "__main__":
    if isinstance(sys.stdout, TextIOWrapper):
        # A file name that the terminal cannot show must not fail a build that went well.
        sys.stdout.reconfigure(errors="backslashreplace")
    sys.exit(main())
