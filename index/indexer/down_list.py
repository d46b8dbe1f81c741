"""The down list: which of the articles that were read, or stand in an index, were taken down.

An article on the list is known by its id, its address and a hash of its headline and text. So it
stays away when its file is renamed or moved, when rows are put before it, and in other outlets. The
id of a page is made of its path; when the page has moved, another one may stand there and stays.

>>> line = TakenDown("a1", "2024-08-28", Evidence("https://pagi.example/beras", 7))
>>> down = DownList([line])
>>> down.has("lain", text=7, address=0), down.has("lain", text=8, address=0)
(True, False)
"""

import os
from collections.abc import Container, Iterable

from index.corpus import hash_text
from index.generations import Article, Catalog, Evidence, TakenDown
from index.indexer.counted_ids import may_count
from index.indexer.staging import StagingRows
from index.ingest import hash_id, normalize_url


class DownList:
    """The articles on the list of those taken down.

    Attributes:
        completed: by the id of a line that had nothing but an id, what its article is known by.
    """

    def __init__(self, lines: Iterable[TakenDown] = (), catalog: Catalog | None = None) -> None:
        """Look the articles up.

        Args:
            lines: the list.
            catalog: of the index that is updated or replaced. It tells what the articles of lines
                with an id alone are known by.
        """
        self.completed: dict[str, Evidence] = {}
        self._ids: dict[str, int] = {}
        self._texts: set[int] = set()
        self._addresses: set[int] = set()
        self._unsure: dict[int, TakenDown] = {}
        for line in lines:
            self._ids[line.doc_id] = line.evidence.text
            self._add(line.evidence.text, _address_hash(line.evidence.address))
            if not line.evidence.text:
                self._look_up(line, catalog)

    def has(self, doc_id: str, text: int, address: int) -> bool:
        """Return whether an article was taken down: by id, text or address."""
        return doc_id in self._ids or text in self._texts or address in self._addresses

    def has_article(self, article: Article) -> bool:
        """Return whether an article of a catalogue was taken down."""
        return self.has(article.doc_id, article.text, article.address)

    def mark(self, staging: StagingRows) -> bytearray:
        """Return for each article that was read whether it was taken down.

        An article that a line names by its id takes along all with its text or address.
        """
        if not self._ids:
            return bytearray(len(staging))
        texts = frozenset(staging.texts)
        id_by_former = self._unsure_ids(texts)
        ids = [
            "" if self._has_moved(staging, n, texts) else i for n, i in enumerate(staging.doc_ids)
        ]
        for number, doc_id in enumerate(ids):
            # Several may have had a number for an id; the first one was in the index.
            former = staging.formers[number]
            line_id = doc_id if doc_id in self._ids else id_by_former.pop(former, None)
            if line_id:
                self._complete(line_id, staging.texts[number], staging.addresses[number])
        rows = zip(ids, staging.texts, staging.addresses, strict=True)
        return bytearray(self.has(*row) for row in rows)

    def find_in(self, catalog: Catalog) -> list[Article]:
        """Return the articles of a catalogue that were taken down."""
        by_id = filter(None, map(catalog.article, self._ids))
        named = [article for article in by_id if not self._has_left(article, catalog)]
        return [*named, *catalog.alike(self._texts, self._addresses)]

    def _has_moved(self, staging: StagingRows, number: int, texts: Container[int]) -> bool:
        """Return whether the page that had this one's path was read from another path."""
        text = self._ids.get(staging.doc_ids[number], 0)
        is_page = staging.other_ids[number] and not may_count(staging.doc_ids[number])
        return bool(is_page) and text != staging.texts[number] and text in texts

    def _has_left(self, article: Article, catalog: Catalog) -> bool:
        """Return whether the page that had the path of this one stands at another path."""
        text = self._ids[article.doc_id]
        location = os.fsdecode(catalog.location(article.file))
        is_page = hash_id(location) == article.doc_id
        return is_page and article.text != text and bool(catalog.alike({text} - {0}))

    def _add(self, text: int, address: int) -> None:
        self._texts |= {text} - {0}
        self._addresses |= {address} - {0}

    def _complete(self, doc_id: str, text: int, address: int) -> None:
        self._add(text, address)
        self.completed[doc_id] = Evidence(f"{address:016x}" if address else "", text)

    def _look_up(self, line: TakenDown, catalog: Catalog | None) -> None:
        """Find out what the article of an id is known by; else its former id has to tell."""
        found = catalog.trace(line.doc_id) if catalog else None
        is_old = catalog is None or catalog.is_old
        if found:  # older versions left more out of addresses, so those may be another article's
            self._complete(line.doc_id, found.text, 0 if is_old else found.address)
        if is_old or not found:
            text = found.text if found else 0
            self._unsure[hash_text(line.doc_id)] = line._replace(evidence=Evidence("", text))

    def _unsure_ids(self, texts: Container[int]) -> dict[int, str]:
        """Return the ids of lines whose text was not read, by the hash of what was their id.

        Since the index was built, a newer version may have learned to read that text better.
        """
        lines = self._unsure.items()
        return {former: line.doc_id for former, line in lines if line.evidence.text not in texts}


def _address_hash(address: str) -> int:
    """Return the hash of an address, which is written as it is or as its hash."""
    if normalize_url(address):
        return hash_text(normalize_url(address))
    try:
        return int(address or "0", 16)
    except ValueError:
        return 0
