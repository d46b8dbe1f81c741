"""The preference for recent articles: off by itself, gentle, and the same on every page."""

import datetime as dt
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from index.document import Document
from search.columnar_engine import ColumnarEngine
from search.preferences import Preferences
from search.request import SearchRequest

ArchiveOf = Callable[[Iterable[Document]], Path]


def article(doc_id: str, body: str, date: dt.date | None) -> Document:
    """Return an article of a day."""
    return Document(doc_id=doc_id, title="Kabar", body=body, date=date, date_source="stated")


@pytest.fixture(scope="module")
def archive(archive_of: ArchiveOf) -> Path:
    """Return an index of old articles that say more, and a new one that says a little less."""
    new = dt.date(2024, 8, 28)
    return archive_of(
        [
            article("baru", "Harga beras naik di pasar kota kemarin.", new),
            article("lama", "Harga beras naik di pasar.", new - dt.timedelta(days=1500)),
            article("tanpa", "Harga beras naik di pasar.", None),
            article(
                "jauh", "Harga beras, harga beras, harga beras.", new - dt.timedelta(days=1500)
            ),
        ]
    )


def order(archive: Path, recency: float, page: int = 1) -> list[str]:
    """Return the ids of the hits in order."""
    engine = ColumnarEngine(archive, 30, Preferences(recency=recency))
    results = engine.search(SearchRequest(query_text="harga beras", page=page))
    engine.close()
    return [hit.doc_id for hit in results.hits]


def test_order_is_that_of_scores_unless_it_is_set(archive: Path) -> None:
    """Nothing is preferred by itself."""
    assert order(archive, 0)[0] == "jauh"
    assert order(archive, 0).index("lama") < order(archive, 0).index("baru")


def test_recent_articles_rise_but_do_not_win_by_being_recent(archive: Path) -> None:
    """One that says nearly as much comes before; one that says much more stays before it."""
    assert order(archive, 0.2).index("baru") < order(archive, 0.2).index("lama")
    assert order(archive, 0.2)[0] == "jauh"
    assert set(order(archive, 0.2)) == {"baru", "lama", "tanpa", "jauh"}


def test_total_and_pages_stay_as_they_are(archive: Path) -> None:
    """What is on the second page is on no other."""
    assert order(archive, 0.2, page=2) == []
