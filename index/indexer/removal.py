"""Removal: which articles go when some are taken down, which like them stay; and the way back.

All with the same headline and text go, in whatever outlet, and all with the same address. Near
duplicates have other words; they stay, and are named, so that somebody can decide.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.document import Document
from index.generations import Article, Catalog, Evidence, read_takedowns
from index.indexer.report import BuildReport
from index.indexer.store import DIRECTORY, Store
from index.indexer.update import update_index


@dataclass(frozen=True, slots=True)
class Removal:
    """What taking down some articles means.

    Attributes:
        evidence: by id, what each article that goes is known by; empty for one that was left out of
            the index as a copy.
        unknown: ids that are no article's.
        near: near duplicates of articles that go; they stay.
    """

    evidence: dict[str, Evidence]
    unknown: tuple[str, ...]
    near: tuple[Document, ...]


def remove_articles(
    index_path: Path,
    doc_ids: Sequence[str],
    reason: str = "",
    on_step: Callable[[str], None] = lambda _: None,
    store: Store = DIRECTORY,
) -> tuple[Removal, BuildReport | None]:
    """Take articles down, from the index and for every later build.

    Args:
        index_path: the index directory.
        doc_ids: of the articles; ids of copies and former ids count.
        reason: why, for the list.
        on_step: as for `index.indexer.update.update_index`.
        store: where generations are kept.

    Returns:
        What goes, and the report of the update; None when no id is known, so nothing was changed.
    """
    removal = find_removal(index_path, doc_ids, store)
    if not removal.evidence:
        return removal, None
    return removal, update_index(
        (),
        index_path,
        allow_shrink=True,
        on_step=on_step,
        store=store,
        change_takedowns=lambda listed: listed.with_articles(removal.evidence, reason),
    )


def restore_articles(
    index_path: Path,
    doc_ids: Sequence[str],
    on_step: Callable[[str], None] = lambda _: None,
    store: Store = DIRECTORY,
) -> tuple[list[str], BuildReport | None]:
    """Take articles off the list, and bring back those whose files are still there.

    Returns:
        The ids that were on the list, with those that went with them for the same text; and the
        report of the update, None when no id is on the list, so nothing was changed.
    """
    store.fetch(index_path)
    restored = read_takedowns(index_path).alike(doc_ids)
    if not restored:
        return [], None
    return restored, update_index(
        (),
        index_path,
        allow_shrink=True,
        on_step=on_step,
        store=store,
        change_takedowns=lambda listed: listed.without(listed.alike(doc_ids)),
    )


def find_removal(index_path: Path, doc_ids: Iterable[str], store: Store = DIRECTORY) -> Removal:
    """Return which articles go when these are taken down; ids of copies and former ids count.

    Raises:
        IndexMissingError, IndexDamagedError, SchemaMismatchError: when no index can be opened.
    """
    store.fetch(index_path)
    base = store.open_current(index_path)
    with Catalog.opened(base.folder) as catalog:
        current_by_id = {doc_id: catalog.current_id(doc_id) for doc_id in doc_ids}
        known = dict.fromkeys(filter(None, current_by_id.values()))
        named = list(filter(None, map(catalog.article, known)))
        gone = {article.doc_id: article for article in (*named, *_alike(catalog, named))}
        evidence = {doc_id: Evidence() for doc_id in catalog.copies_of(gone)}
        documents = {doc_id: base.find_document(doc_id) for doc_id in gone}
        evidence |= {i: _evidence(article, documents[i]) for i, article in gone.items()}
    near = {each.doc_id: each for doc_id in gone for each in base.near_duplicates(doc_id)}
    unknown = (doc_id for doc_id, current in current_by_id.items() if current is None)
    stay = (document for doc_id, document in near.items() if doc_id not in gone)
    return Removal(evidence, tuple(unknown), tuple(stay))


def _alike(catalog: Catalog, articles: Iterable[Article]) -> list[Article]:
    texts = {article.text for article in articles}
    return catalog.alike(texts, {article.address for article in articles} - {0})


def _evidence(article: Article, document: Document | None) -> Evidence:
    address = document.url if document else f"{article.address:016x}"
    return Evidence(address if article.address else "", article.text)
