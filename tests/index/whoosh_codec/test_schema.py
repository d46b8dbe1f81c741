"""Whoosh's schema: the table of fields in Whoosh's terms."""

from whoosh.fields import STORED, TEXT

from index.schema import FIELDS
from index.whoosh_codec.schema import whoosh_schema


def test_schema_has_every_declared_field() -> None:
    """The table is all there is."""
    assert sorted(whoosh_schema().names()) == sorted(field.name for field in FIELDS)


def test_words_have_positions_and_stems_have_none() -> None:
    """Phrases are of exact words; positions of stems would double the index for nothing."""
    texts = {name: field for name, field in whoosh_schema().items() if isinstance(field, TEXT)}
    phrases = {name for name, field in texts.items() if field.supports("positions")}
    assert phrases == {field.name for field in FIELDS if field.kind == "words"}
    assert texts.keys() - phrases == {field.name for field in FIELDS if field.kind == "stems"}


def test_stored_document_is_not_searched() -> None:
    """It is the article as JSON: its words are in the other fields."""
    (name,) = [field.name for field in FIELDS if field.kind == "stored"]
    assert isinstance(whoosh_schema()[name], STORED)
