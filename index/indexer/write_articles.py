"""Write the articles of a change: documents into the index, rows into its catalogue.

The near duplicates, the frequent phrases and the coverage follow once the documents are written
(`index.indexer.store`).
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np

from index.corpus import group_near_duplicates, make_signatures, normalize
from index.document import Document
from index.generations import Article, Catalog, CatalogWriter, Copy
from index.indexer.alike_articles import AlikeArticles, count_alike
from index.indexer.change import WRITTEN, Change, Fate
from index.indexer.corrections import write_corrections
from index.indexer.scan import to_known_files
from index.indexer.workspace import Workspace

BATCH_ARTICLES = 500
"""Articles whose signatures are made at once: enough to make a call of a kernel cheap."""


def write_articles(change: Change, workspace: Workspace, add: Callable[[Document], None]) -> None:
    """Write the catalogue of a generation, and call `add` with each document for the index.

    Args:
        change: what is written.
        workspace: where, and where it is counted.
        add: takes a document into the index.
    """
    decisions, first_file = change.decisions, change.first_file
    staging = decisions.staging
    with CatalogWriter.opened(workspace.folder, change.base) as catalog:
        catalog.set_repeated_lines(change.normalization.repeated_lines)
        if change.base:  # an id may stand there for one that was taken down, in a file that is gone
            written = decisions.ids_of(*WRITTEN, Fate.DOWN)
            catalog.forget_articles([*written, *change.superseded])
        catalog.take_down(change.dropped)
        kept = {
            staging.doc_ids[number]: first_file + staging.file_numbers[number]
            for number in decisions.numbers_of(Fate.KEPT)
        }
        kept |= {doc_id: first_file + number for doc_id, number in change.unread.items()}
        catalog.forget_files(change.free_files, kept)
        catalog.move_former_ids(change.former_ids.moved)
        catalog.add_former_ids(change.former_ids.added)
        catalog.add_files(to_known_files(staging, first_file))
        catalog.add_articles(_index_articles(change, workspace, add))
        down = decisions.numbers_of(Fate.DOWN)
        catalog.add_articles(_article(change, number, b"", is_down=True) for number in down)
        catalog.add_copies(
            Copy(
                first_file + staging.file_numbers[number],
                staging.doc_ids[number],
                original,
                number in decisions.pages.first_by_page,
            )
            for number, original in decisions.originals.items()
        )
    _write_corrected(change, workspace, add)


def _write_corrected(change: Change, workspace: Workspace, add: Callable[[Document], None]) -> None:
    """Write the articles that are corrected anew and the list; name its rows without an article."""
    for document in change.corrected:
        add(document)
        workspace.counts.add_corrected(document)
    write_corrections(workspace.corrections, workspace.folder)
    with Catalog.opened(workspace.folder) as catalog:
        unknown = workspace.corrections.without_article(catalog, workspace.index_path)
        workspace.counts.add_rejections(unknown)


def find_alike(folder: Path) -> AlikeArticles:
    """Return which articles in the catalogue of a generation are alike."""
    with Catalog.opened(folder) as catalog:
        doc_ids, signatures = catalog.signatures()
        texts = np.array(catalog.texts(), np.int64)
    representatives = group_near_duplicates(doc_ids, signatures)
    return count_alike(doc_ids, texts, signatures["source"], representatives)


def _index_articles(
    change: Change, workspace: Workspace, add: Callable[[Document], None]
) -> Iterator[Article]:
    """Normalize, count and index each article that is written; yield its row of the catalogue."""
    decisions, doc_ids = change.decisions, workspace.staging.doc_ids
    documents = decisions.pages.join(workspace.staging.documents(decisions.is_written))
    while batch := list(islice(documents, BATCH_ARTICLES)):
        written = []
        for number, read in batch:
            document, cut_count = normalize(read, change.normalization)
            document = _with_id(document, doc_ids[number])
            written.append(document)  # near duplicates are found by what the files say
            document = workspace.corrections.apply(document)
            add(document)
            position = workspace.staging.position(number)
            workspace.counts.add_document(document, cut_count, position)
        for (number, _), signature in zip(batch, make_signatures(written), strict=True):
            yield _article(change, number, signature.tobytes(), is_down=False)


def _with_id(document: Document, doc_id: str) -> Document:
    """Return a document with the id that was decided: what it states may only count rows."""
    return document if document.doc_id == doc_id else replace(document, doc_id=doc_id)


def _article(change: Change, number: int, signature: bytes, *, is_down: bool) -> Article:
    staging = change.decisions.staging
    return Article(
        staging.doc_ids[number],
        change.first_file + staging.file_numbers[number],
        change.decisions.pages.digest(staging, number),
        staging.texts[number],
        staging.stories[number],
        staging.addresses[number],
        staging.pages[number].base if number in staging.pages else 0,
        is_down,
        signature,
    )
