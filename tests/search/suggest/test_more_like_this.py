"""Articles on the same subject: what shares an article's telling words, and no copy of it."""

from collections.abc import Callable, Iterable

import pytest

from index.document import Document
from search.engine import Engine
from search.errors import DocumentMissingError

EngineOf = Callable[[Iterable[Document]], Engine]
FILLER = "Pada hari Senin para warga datang ke balai desa itu dan pulang sore harinya."


def article(doc_id: str, subject: str) -> Document:
    """Return an article of a subject between words that all articles have."""
    return Document(doc_id=doc_id, title=f"Kabar {doc_id}", body=f"{FILLER} {subject} {FILLER}")


@pytest.fixture(scope="module")
def engine(engine_of: EngineOf) -> Engine:
    """Return an engine over two subjects and much that is neither."""
    return engine_of(
        [
            article("gempa1", "Gempa di pesisir, tsunami tidak terjadi, seismograf mencatat."),
            article("gempa2", "Seismograf mencatat gempa, pesisir diminta waspada tsunami."),
            article("gempa3", "Gempa kecil saja tercatat di pesisir."),
            article("garam1", "Petambak memanen garam, harga garam turun di gudang."),
            article("garam2", "Gudang garam penuh, petambak menunggu harga."),
            *(article(f"lain{number}", f"kata{number} sendiri{number}") for number in range(40)),
        ]
    )


def test_articles_of_the_same_subject_come_first(engine: Engine) -> None:
    """The more telling words they share, the earlier."""
    assert [d.doc_id for d in engine.similar("gempa1", 5)] == ["gempa2", "gempa3"]
    assert [d.doc_id for d in engine.similar("garam1", 5)] == ["garam2"]


def test_page_of_an_article_has_them(engine: Engine) -> None:
    """As the list of their own has."""
    assert [d.doc_id for d in engine.document("garam2").similar] == ["garam1"]


def test_article_like_no_other_has_none(engine: Engine) -> None:
    """Words that stand everywhere tell nothing, nor do those that stand here alone."""
    assert engine.similar("lain7", 5) == ()


def test_article_that_is_not_there_is_told(engine: Engine) -> None:
    """As on its own page."""
    with pytest.raises(DocumentMissingError):
        engine.similar("tidak-ada", 5)
