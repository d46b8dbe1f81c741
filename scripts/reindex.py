"""Build or update the index from article files, beside the one that is served until it is done.

    .venv/bin/python scripts/reindex.py PATH... [--index DIR|ADDRESS] [--allow-shrink]
        [--map COLUMN=KEY]...
    .venv/bin/python scripts/reindex.py PATH... [--date-order day|month] [--processes N]
        [--item-seconds N]
    .venv/bin/python scripts/reindex.py --update PATH... [--prune]
    .venv/bin/python scripts/reindex.py PATH... --dry-run [--report FILE]
    .venv/bin/python scripts/reindex.py --remove ID... [--reason TEXT]
    .venv/bin/python scripts/reindex.py --restore ID...
    .venv/bin/python scripts/reindex.py --rollback

Exit codes: 0 all indexed; 1 failed, nothing changed (an unknown id of --remove or --restore:
those known are taken down or restored); 2 wrong usage; 3 indexed, some were refused.
"""

if __name__ == "__main__":  # before what takes time to load
    from indexing.start import BUILDING_MB, start

    start("reindex", BUILDING_MB)


import argparse
import os
import sys
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from indexing.index_setting import warn
from indexing.options import check_usage, make_parser
from indexing.outcome import FAILURES, SERVED, say, tell, tell_after
from indexing.report import describe, tell_changes, tell_report, write_report
from indexing.start import run
from tqdm import tqdm

from index.document import Rejection
from index.errors import ArchiveError, ColumnMapError
from index.indexer import (
    BuildReport,
    RolledBack,
    Store,
    address_told,
    build_index,
    open_store,
    preview_build,
    preview_update,
    remove_articles,
    report_lines,
    restore_articles,
    roll_back_index,
    update_index,
)
from index.ingest import LIMITS, ReadOptions, parse_column_map
from search import warm_up_kernels
from web import read_settings

EXIT_FAILED, EXIT_SOME_REFUSED = 1, 3
_CHECK_ID = "Check how it is spelled: it is the end of the article's address on the site."


def main(arguments: list[str] | None = None) -> int:
    """Run the command, print a report, and return the exit code."""
    parser = make_parser(__doc__ or "")
    options = parser.parse_args(arguments)
    check_usage(parser, options)
    try:
        settings = read_settings(os.environ, index=options.index)
        warn("reindex", settings)
        place = Place(*open_store(settings.index, settings.cluster_options()))
        limits = replace(LIMITS, date_order=options.date_order, item_seconds=options.item_seconds)
        columns = parse_column_map(options.map)
        read = ReadOptions(key_by_column=columns, limits=limits, processes=options.processes)
    except ColumnMapError as error:
        parser.error(f"--map: {error}")
    except ArchiveError as error:
        print(f"reindex: {error}", file=sys.stderr)
        return EXIT_FAILED
    before = place.served_number()
    try:
        with address_told(place.index_path, place.name):
            code = _run(options, place, read)
        sys.stdout.flush()
    except FAILURES as error:
        numbers = before, place.served_number()
        return tell_after("reindex", error, numbers, "nothing was changed")
    return code


class Place(NamedTuple):
    """Where the index is.

    Attributes:
        store: what keeps its generations.
        index_path: the index directory, or the local copy of what a cluster has.
    """

    store: Store
    index_path: Path

    @property
    def name(self) -> str:
        """What the user calls it."""
        return self.store.name_of(self.index_path)

    def served_number(self) -> int | None:
        """Return the number of what is served; see `index.indexer.Store`."""
        return self.store.served_number(self.index_path)


def _run(options: argparse.Namespace, place: Place, read: ReadOptions) -> int:
    index_path = place.index_path
    if options.rollback:
        done = roll_back_index(index_path, place.store)
        say("reindex", [_describe_rollback(done, place.name)], SERVED)
        return 0
    if options.dry_run:
        return _preview(options, place, read)
    if options.remove:
        return _remove(options, place)
    if options.restore:
        return _restore(options, place)
    report = _build(options, place, read)
    return _finish(options, report, tell_report(report, place.name, is_update=options.update))


def _finish(options: argparse.Namespace, report: BuildReport, lines: Iterable[str]) -> int:
    """Print what was done, and write the report; a failure of either leaves the exit code."""
    say("reindex", lines, SERVED)
    try:
        write_report(options.report, report)
    except OSError as error:
        tell("reindex", error, f"{SERVED}, but the report was not written")
    return EXIT_SOME_REFUSED if report.rejected else 0


def _describe_rollback(done: RolledBack, name: str) -> str:
    if not done.left_out:
        return f"Generation {done.generation} of {name} is served again."
    return (
        f"Generation {done.generation} of {name} is served: generation {done.previous} "
        f"without {done.left_out:,} articles that were taken down since.\n"
        "All earlier generations are removed, so there is nothing left to roll back to."
    )


def _remove(options: argparse.Namespace, place: Place) -> int:
    """Take articles down, name each that goes or stays, and return 1 if an id is unknown."""
    warm_up_kernels()
    index_path = place.index_path
    removal, report = remove_articles(index_path, options.remove, options.reason, store=place.store)
    named = (
        *(_tell_each("Taken down", removal.evidence, options.remove, "same text or address")),
        *(f"Stays      {n.doc_id}: a near copy with other words: {n.title}" for n in removal.near),
    )
    code = _tell_update(options, report, place.name, named)
    for doc_id in removal.unknown:
        print(f"reindex: no article has the id {doc_id}. {_CHECK_ID}", file=sys.stderr)
    return EXIT_FAILED if removal.unknown else code


def _restore(options: argparse.Namespace, place: Place) -> int:
    """Take articles off the list, and return 1 if an id is not on it."""
    warm_up_kernels()
    index_path = place.index_path
    restored, report = restore_articles(index_path, options.restore, store=place.store)
    named = tuple(_tell_each("Restored", restored, options.restore, "same text"))
    code = _tell_update(options, report, place.name, named)
    unknown = [doc_id for doc_id in options.restore if doc_id not in restored]
    for doc_id in unknown:
        print(f"reindex: {doc_id} is not on the list of articles taken down.", file=sys.stderr)
    return EXIT_FAILED if unknown else code


def _tell_each(
    done: str, doc_ids: Iterable[str], named: Collection[str], reason: str
) -> Iterator[str]:
    """Return a line for each id, with the reason of those that were not named."""
    return (f"{done:10} {each}{'' if each in named else f': {reason}'}" for each in doc_ids)


def _tell_update(
    options: argparse.Namespace,
    report: BuildReport | None,
    name: str,
    named: Iterable[str],
) -> int:
    """Finish with the articles by name behind the report; without a report nothing was changed."""
    if report is None:
        return 0
    lines = tell_report(report, name, is_update=True)
    return _finish(options, report, chain(lines, named))


def _preview(options: argparse.Namespace, place: Place, read: ReadOptions) -> int:
    """Print all that would be left out, and what a build or an update would report."""

    def show(rejection: Rejection) -> None:
        print(f"  {describe(rejection)}")

    if options.update:
        preview = preview_update(
            options.paths, place.index_path, read, show, prune=options.prune, store=place.store
        )
        print(
            f"Would read {preview.read_count:,} files: {tell_changes(preview)}; nothing was written"
        )
    else:
        preview = preview_build(options.paths, place.index_path, read, show, store=place.store)
        print(f"Would index {preview.doc_count:,} articles; nothing was written")
    print(*report_lines(preview), sep="\n")
    write_report(options.report, preview)
    return EXIT_SOME_REFUSED if preview.rejected else 0


def _build(options: argparse.Namespace, place: Place, read: ReadOptions) -> BuildReport:
    warm_up_kernels()  # or the first build would seem to stand still while it compiles
    # disable=None: a bar is for terminals, and would fill the log of a timer.
    with tqdm(unit="B", unit_scale=True, desc="Reading", leave=False, disable=None) as bar:

        def advance(byte_count: int) -> None:
            bar.update(byte_count)

        def show(step: str) -> None:
            if step == "read":
                bar.set_description("Writing")

        read = replace(read, on_total=bar.reset, on_bytes=advance)
        shrinks, (store, index_path) = options.allow_shrink, place
        if options.update:
            return update_index(
                options.paths,
                index_path,
                read,
                prune=options.prune,
                allow_shrink=shrinks,
                on_step=show,
                store=store,
            )
        return build_index(
            options.paths, index_path, read, allow_shrink=shrinks, on_step=show, store=store
        )


if __name__ == "__main__":
    run("reindex", main)
