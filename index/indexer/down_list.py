"""The down list: which of the articles that were read, or stand in an index, were taken down.

An article on the list is known by its id, its address and a hash of its headline and text. So it
stays away when its file is renamed or moved, when rows are put before it, and in other outlets. The
id of a page is made of its path; when the page has moved, another one may stand there and stays. In
the same way a number that counts rows may be another row's by now.

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

    def __init__(
        self,
        lines: Iterable[TakenDown] = (),
        catalog: Catalog | None = None,
        served: Catalog | None = None,
    ) -> None:
        """Look the articles up.

        Args:
            lines: the list.
            catalog: of the index that is updated or replaced. It tells what the articles of lines
                with an id alone are known by.
            served: of the index that is served, if that is another one. What it serves was found
                not to be taken down, whatever its id.
        """
        self._served = served or catalog
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
            "" if self._is_another(staging, n, texts) else i for n, i in enumerate(staging.doc_ids)
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

    def _is_another(self, staging: StagingRows, number: int, texts: Container[int]) -> bool:
        """Return whether an article has the id of a line, but is not the line's article.

        The id is made of a path, or counts rows, and what had it then was read elsewhere. A row
        that is served already is another one too: its number was another row's before.
        """
        doc_id, text = staging.doc_ids[number], staging.texts[number]
        before = self._ids.get(doc_id, 0)
        if before in {0, text}:
            return False
        if may_count(doc_id):
            return before in texts or self._serves(text)
        return bool(staging.other_ids[number]) and before in texts

    def _has_left(self, article: Article, catalog: Catalog) -> bool:
        """Return the same of an article in a catalogue."""
        before = self._ids[article.doc_id]
        if before in {0, article.text}:
            return False
        if may_count(article.doc_id) and self._serves(article.text):
            return True
        location = os.fsdecode(catalog.location(article.file))
        is_loose = may_count(article.doc_id) or hash_id(location) == article.doc_id
        return is_loose and bool(catalog.alike({before}))

    def _serves(self, text: int) -> bool:
        """Return whether the index that is served has an article with this text."""
        found = self._served.alike({text}) if self._served else ()
        return any(not article.is_down for article in found)

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
            self._ids[line.doc_id] = 0 if is_old else found.text
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
