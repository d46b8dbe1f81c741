"""Numbers of documents for one request, and what is known of them."""

import datetime as dt
import json

from index.document import Document
from index.opensearch import DocumentEncoder, Role, document_key
from search.backend import CopyRole
from search.opensearch.found import FoundDocuments

ARTICLE = Document(doc_id="a", title="Judul", body="Isi", date=dt.date(2024, 5, 1))
KEY = document_key("a")
FIELDS = {"id": ["a"], "date": [20240501], "copy_count": [2], "is_copy": [False]}


def stored() -> str:
    """Return what an index gives back of the article."""
    (raw,) = DocumentEncoder().encode([ARTICLE], [Role()])
    return str(json.loads(raw)["document"])


def test_document_keeps_its_number_and_what_came_with_it() -> None:
    """Whether a later answer has more of it or less."""
    found = FoundDocuments()
    other = found.note({"_id": "x"})
    number = found.note({"_id": KEY, "fields": FIELDS})
    assert found.note({"_id": KEY, "_source": {"document": stored()}}) == number != other
    assert found.note({"_id": KEY}) == number == found.number_of("a")
    row = found[number]
    assert (row.doc_id, row.date, row.role) == ("a", ARTICLE.date, CopyRole(2, is_copy=False))
    assert row.document == ARTICLE


def test_only_what_is_lacking_is_asked_for() -> None:
    """A hit without its text needs it where it is shown, and not where its date is."""
    found = FoundDocuments()
    numbers = [found.note({"_id": KEY, "fields": FIELDS}), found.note({"_id": "x"})]
    assert found.keys_lacking(numbers, source=False) == ["x"]
    assert found.keys_lacking(numbers, source=True) == [KEY, "x"]


def test_document_without_a_date_has_none() -> None:
    """Its field is absent."""
    found = FoundDocuments()
    assert found[found.note({"_id": KEY, "fields": {"id": ["a"]}})].date is None
