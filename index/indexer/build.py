"""From article files to a new generation of the index.

    read the files -> decide what becomes of each article -> write -> check -> make it current

A build goes through named steps; killed at any of them, it leaves the old index serving, and the
next build clears up. `on_step` is told each step as it is done. `index.indexer.update` goes the
same way from the generation that is served.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from index.corpus.normalization import Learned, Learner
from index.errors import NoDocumentsError
from index.generations.catalog import CatalogWriter
from index.generations.publish import Room, build_room, publish, refuse_shrinking
from index.generations.takedowns import read_taken_down
from index.generations.verification import check_generation
from index.generations.writer import GenerationWriter
from index.indexer.deduplication import Standing, decide
from index.indexer.report import REJECTIONS_NAME, BuildReport, Tally
from index.indexer.scan import read_files, scan_files
from index.indexer.write_articles import Sorted, write_articles, write_catalog, write_findings
from index.ingest import READ_OPTIONS, ReadOptions, describe_kinds

STEPS = ("locked", "read", "added", "committed", "checked", "vouched", "named", "current", "reaped")
"""What a build tells `on_step`, in order.

locked: nothing written yet; read: all articles read; added: those to be indexed handed on;
committed: files written; checked: opened and tried; vouched: synced, manifest written; named:
folder has its number; current: readers see it; reaped: older generations removed.
"""


def build_index(
    paths: Sequence[Path],
    index_path: Path,
    options: ReadOptions = READ_OPTIONS,
    *,
    allow_shrink: bool = False,
    on_step: Callable[[str], None] = lambda _: None,
) -> BuildReport:
    """Build a new generation from article files and make it the current one.

    Args:
        paths: files and folders of articles.
        index_path: the index directory; made if it is not there.
        options: how files are read.
        allow_shrink: accept far fewer documents than the live index has.
        on_step: told each of `STEPS` when it is done.

    Raises:
        PathError: for a path that is not there, before anything is done.
        IndexLockedError: when another build is under way.
        NoDocumentsError, IndexShrunkError: when nothing is indexed, or far less than is live.
        BuildCheckError: when the new index fails its check.
    """
    scan = scan_files(paths, {})
    options.on_total(scan.total)
    with build_room(index_path) as room:
        on_step("locked")
        learner, tally = Learner(), room.tally
        tally.refused(scan.refused)
        read_files(scan.to_read, room.readings, learner, tally, options)
        on_step("read")
        near_copies = _write(room, learner.learned(), on_step)
        _refuse_small(index_path, tally, allow_shrink=allow_shrink)
        check_generation(room.folder, tally.expected, index_path)
        on_step("checked")
        written = publish(room, tally.expected.doc_count, near_copies, on_step)
        return tally.report(index_path / REJECTIONS_NAME, written, dropped=0, left_count=0)


def _write(room: Room, learned: Learned, on_step: Callable[[str], None]) -> int:
    """Write index, catalogue and groups of copies; return how many articles others represent."""
    decisions = decide(room.readings, Standing(), read_taken_down(room.index_path))
    room.tally.decided(room.readings, decisions)
    read = Sorted(room.readings, decisions)
    with CatalogWriter.opened(room.folder) as catalog, GenerationWriter(room.folder) as writer:
        catalog.set_repeated_lines(learned.repeated)
        write_catalog(catalog, read, write_articles(read, learned, writer.add, room.tally), 0)
        on_step("added")
        writer.commit()
    near_copies = write_findings(room.folder, room.index_path)
    on_step("committed")
    return near_copies


def _refuse_small(index_path: Path, tally: Tally, *, allow_shrink: bool) -> None:
    if not tally.expected.doc_count:
        rejected = dict(tally.reasons)
        raise NoDocumentsError(index_path, rejected, tally.rejections_path, describe_kinds())
    refuse_shrinking(index_path, tally.expected.doc_count, is_allowed=allow_shrink)
