"""Build the index: from article files to a new generation, which replaces the served one.

    scan -> read -> deduplicate -> normalize and write -> verify -> publish

A build goes through named steps. When it is killed at any of them, the old index is still served,
and the next build removes what is left. `index.indexer.update` takes the same steps, but begins
with the generation that is served.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from index.corpus import Learner
from index.document import Rejection
from index.errors import ArchiveIndexError, NoDocumentsError, TakedownsError
from index.generations import (
    LIST_NAME,
    Catalog,
    Takedowns,
    current_folder,
    list_path,
    read_takedowns,
    refuse_shrinking,
    write_takedowns,
)
from index.indexer.change import Change, Fate
from index.indexer.deduplication import IndexedArticles, decide
from index.indexer.down_list import DownList
from index.indexer.former_ids import find_former_ids_of_all
from index.indexer.report import REJECTIONS_NAME, BuildReport
from index.indexer.scan import Scan, read_files, scan_files
from index.indexer.store import DIRECTORY, Store
from index.indexer.workspace import Workspace, open_workspace
from index.indexer.write_articles import find_alike, write_articles
from index.ingest import READ_OPTIONS, ReadOptions, describe_kinds

_NOT_PUT_BACK = (
    "it was changed, and the system refuses to put it back. Look at the disk, and who may write "
    "there, then run the command again"
)

STEPS = (
    *("locked", "read", "added", "committed", "checked"),
    *("synced", "numbered", "current", "cleaned"),
)
"""The steps of a build, in order; `on_step` is called after each.

locked: nothing is written yet; read: all articles are staged; added: all documents are added to the
index; committed: all files are written; checked: they were opened and verified; synced: files and
manifest are durable; numbered: the folder has the name of a generation; current: readers see it;
cleaned: older generations are removed.
"""


def build_index(  # noqa: PLR0913 - most options are keywords
    paths: Sequence[Path],
    index_path: Path,
    options: ReadOptions = READ_OPTIONS,
    *,
    allow_shrink: bool = False,
    on_step: Callable[[str], None] = lambda _: None,
    store: Store = DIRECTORY,
) -> BuildReport:
    """Build a new generation from article files, and make it the current one.

    Args:
        paths: files and folders of articles.
        index_path: the index directory; it is made if it is missing.
        options: how files are read.
        allow_shrink: accept far fewer documents than the served index has.
        on_step: called with each of `STEPS` once it is done.
        store: where generations are kept.

    Raises:
        PathError: for a missing path, before anything is done.
        IndexLockedError: when another build is under way.
        NoDocumentsError, IndexShrunkError: when nothing is indexed, or far less than is served.
        BuildCheckError: when the new index fails its check.
    """
    scan = scan_files(paths, {})
    options.on_total(scan.total)
    with open_workspace(index_path, store) as workspace:
        on_step("locked")
        change = stage_archive(scan, workspace, options)
        _refuse_empty(workspace)
        on_step("read")
        with store.writer(workspace) as writer:
            write_articles(change, workspace, writer.add)
            on_step("added")
            doc_count = writer.commit()
        finish = (change, workspace, doc_count, on_step, store)
        return finish_generation(*finish, allow_shrink=allow_shrink)


def stage_archive(scan: Scan, workspace: Workspace, options: ReadOptions) -> Change:
    """Read all files of an archive, and return the change that makes a new index of them."""
    learner, counts = Learner(), workspace.counts
    counts.add_rejections(scan.refused)
    read_files(scan.to_read, workspace, learner, options)
    try:
        with Catalog.opened(current_folder(workspace.index_path)) as before:
            change = _new_index(workspace, learner, before)
    except ArchiveIndexError:  # there is none, or it is of no use
        change = _new_index(workspace, learner, None)
    counts.add_decisions(change.decisions)
    return change


def _new_index(workspace: Workspace, learner: Learner, before: Catalog | None) -> Change:
    """Return the change that makes a new index of what was read.

    Args:
        workspace: what was read.
        learner: what was learned of it.
        before: the catalogue of the index that is replaced, which tells what ids have meant.
    """
    staging = workspace.staging
    down = DownList(workspace.takedowns.articles, before)
    decisions = decide(staging, IndexedArticles(), down)
    former_ids = find_former_ids_of_all(staging, decisions.id_by_number, before)
    return Change(decisions, learner.learn(), down=down, former_ids=former_ids)


def finish_generation(  # noqa: PLR0913 - options are told apart by keyword
    change: Change,
    workspace: Workspace,
    doc_count: int,
    on_step: Callable[[str], None],
    store: Store,
    *,
    allow_shrink: bool,
    keeps_current: bool = True,
) -> BuildReport:
    """Finish a generation whose segments are written: check it, publish it, and report.

    Args:
        change: what was written.
        workspace: where it was written.
        doc_count: documents in the generation.
        on_step: called with each step from "committed" on.
        store: where generations are kept.
        allow_shrink: see `build_index`.
        keeps_current: see `index.generations.publish.publish_generation`.
    """
    index_path, counts, folder = workspace.index_path, workspace.counts, workspace.folder
    refuse_shrinking(index_path, doc_count, is_allowed=allow_shrink)
    alike = find_alike(folder)
    store.finish_documents(change, workspace, alike.representatives)
    takedowns = workspace.takedowns.completed(change.down.completed)
    write_takedowns(takedowns, folder / LIST_NAME)
    counts.add_rejections(_lines_without_article(takedowns, workspace))
    on_step("committed")
    store.check(change, workspace, doc_count)
    on_step("checked")
    with _list_written(takedowns, index_path, store):
        size = store.publish(workspace, doc_count, on_step, keeps_current=keeps_current)
    preview = counts.preview(change, doc_count, alike)
    return counts.report(preview, workspace.number, size, index_path / REJECTIONS_NAME)


def _lines_without_article(takedowns: Takedowns, workspace: Workspace) -> Iterator[Rejection]:
    """Yield a rejection for each line of the list that takes nothing down."""
    path = str(list_path(workspace.index_path))
    with Catalog.opened(workspace.folder) as catalog:
        for number, doc_id in takedowns.unknown(lambda each: catalog.current_id(each) is not None):
            yield Rejection(path, number, "takedown", f"no article has the id {doc_id!r}")


@contextmanager
def _list_written(takedowns: Takedowns, index_path: Path, store: Store) -> Iterator[None]:
    """Write the list of those taken down; write the one before again if publishing fails."""
    before, served = read_takedowns(index_path), store.served_number(index_path)
    try:
        write_takedowns(takedowns, list_path(index_path))
        yield
    except BaseException as error:  # whatever ends it: the system, memory, a thread, Ctrl-C
        if store.served_number(index_path) not in (served, None):
            raise  # what is served is new, and the list belongs to it
        try:
            write_takedowns(before, list_path(index_path))
        except OSError:  # what refused the one refuses the other, too: that is what must be told
            path = list_path(index_path)
            raise TakedownsError(index_path, path, f"{_NOT_PUT_BACK} ({error})") from None
        raise


def _refuse_empty(workspace: Workspace) -> None:
    """Refuse to build an index without articles."""
    counts = workspace.counts
    if not counts.fates[Fate.ADDED]:
        raise NoDocumentsError(
            workspace.index_path, dict(counts.reasons), counts.rejections_path, describe_kinds()
        )
