"""Found documents: the numbers that documents have for one request, and what came with them."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from index.document import Document
from index.opensearch import document_key, from_keyword, read_document
from search.backend import CopyRole
from search.opensearch.query_body import Body


@dataclass(slots=True)
class Found:
    """What is known of a document.

    Attributes:
        key: its id in OpenSearch.
        fields: its values; None until they are asked for.
        source: its stored text, "" until it is asked for.
    """

    key: str
    fields: dict[str, list[Any]] | None = None
    source: str = ""

    def value(self, name: str) -> Any:
        """Return a value of the document, None where it has none."""
        values = (self.fields or {}).get(name)
        return values[0] if values else None

    @property
    def doc_id(self) -> str:
        """The id of the article."""
        return from_keyword(str(self.value("id")))

    @property
    def date(self) -> dt.date | None:
        """Its date."""
        number = self.value("date")
        return to_date(number) if number is not None else None

    @property
    def role(self) -> CopyRole:
        """Its part in its group of near duplicates."""
        return CopyRole(self.value("copy_count") or 0, bool(self.value("is_copy")))

    @property
    def document(self) -> Document:
        """The stored document."""
        return read_document(self.source)


class FoundDocuments:
    """Hands out numbers to documents: the same one to the same document."""

    def __init__(self) -> None:
        self._rows: list[Found] = []
        self._number_by_key: dict[str, int] = {}

    def __getitem__(self, number: int) -> Found:
        return self._rows[number]

    def note(self, hit: Body) -> int:
        """Return the number of a hit, and keep what came with it."""
        key = hit["_id"]
        number = self._number_by_key.setdefault(key, len(self._rows))
        if number == len(self._rows):
            self._rows.append(Found(key))
        row = self._rows[number]
        row.fields = hit.get("fields") or row.fields
        row.source = (hit.get("_source") or {}).get("document") or row.source
        return number

    def number_of(self, doc_id: str) -> int | None:
        """Return the number of an article that was found already."""
        return self._number_by_key.get(document_key(doc_id))

    def keys_lacking(self, numbers: Iterable[int], *, source: bool) -> list[str]:
        """Return the keys of the documents whose values, or stored text, are not known yet."""
        rows = dict.fromkeys(numbers)
        found = (self._rows[number] for number in rows)
        return [row.key for row in found if row.fields is None or (source and not row.source)]


def ids_query(keys: Sequence[str]) -> Body:
    """Return what matches documents by their ids in OpenSearch."""
    return {"ids": {"values": list(keys)}}


def to_date(number: float) -> dt.date:
    """Return the day that a number YYYYMMDD stands for.

    >>> to_date(20240501)
    datetime.date(2024, 5, 1)
    """
    day = int(number)
    return dt.date(day // 10_000, day // 100 % 100, day % 100)
