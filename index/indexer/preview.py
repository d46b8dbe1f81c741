"""Preview a build or an update: the same steps, but no index is written.

Files are scanned, staged, deduplicated, normalized and counted as in a build, so the counts are the
ones that the build reports. All is written to a temporary folder, which needs as much space as the
packed articles and the catalogue.

>>> preview_build([Path("samples/sains")], Path("var/none")).doc_count > 0
True
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from index.document import Document, Rejection
from index.indexer.build import stage_archive
from index.indexer.change import Change, Fate
from index.indexer.report import BuildPreview
from index.indexer.scan import scan_files
from index.indexer.store import DIRECTORY, Base, Store
from index.indexer.update import stage_changes
from index.indexer.workspace import Workspace, open_temporary_workspace
from index.indexer.write_articles import find_alike, write_articles
from index.ingest import READ_OPTIONS, ReadOptions


def _ignore(_: Document | Rejection) -> None:
    """Do nothing with it."""


def preview_build(
    paths: Sequence[Path],
    index_path: Path,
    options: ReadOptions = READ_OPTIONS,
    on_rejection: Callable[[Rejection], None] = _ignore,
    *,
    store: Store = DIRECTORY,
) -> BuildPreview:
    """Return what a build of the same files would report.

    Args:
        paths: files and folders of articles.
        index_path: the index directory, which may be missing; its list of articles that were taken
            down counts.
        options: how files are read.
        on_rejection: called with each article that would be left out.
        store: where generations are kept.

    Raises:
        PathError: for a missing path, before anything is read.
    """
    store.fetch(index_path)
    scan = scan_files(paths, {})
    options.on_total(scan.total)
    with open_temporary_workspace(index_path, on_rejection) as workspace:
        return _preview(stage_archive(scan, workspace, options), workspace)


def preview_update(  # noqa: PLR0913 - two options are keywords
    paths: Sequence[Path],
    index_path: Path,
    options: ReadOptions = READ_OPTIONS,
    on_rejection: Callable[[Rejection], None] = _ignore,
    *,
    prune: bool = False,
    store: Store = DIRECTORY,
) -> BuildPreview:
    """Return what an update with the same files would report.

    Args: see `preview_build`, and `index.indexer.update.update_index`.

    Raises:
        PathError, IndexMissingError, IndexDamagedError, SchemaMismatchError: as `update_index`.
    """
    store.fetch(index_path)
    base = store.open_current(index_path)
    with open_temporary_workspace(index_path, on_rejection) as workspace:
        change = stage_changes(paths, base, workspace, options, prune=prune)
        return _preview(change, workspace, base)


def _preview(change: Change, workspace: Workspace, base: Base | None = None) -> BuildPreview:
    """Take the steps of a build that come before the index is written; return the counts."""
    write_articles(change, workspace, _ignore)
    before = base.doc_count if base else 0
    doc_count = before + workspace.counts.fates[Fate.ADDED] - len(change.dropped)
    return workspace.counts.preview(change, doc_count, find_alike(workspace.folder))
