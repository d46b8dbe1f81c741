"""The engine over a cluster that does not answer: it says why, and raises no other error."""

from collections.abc import Callable

import pytest

from index.opensearch import ClusterOptions
from search.engine import Engine, open_engine
from search.errors import EngineUnavailableError
from search.opensearch import ClusterEngine
from search.request import SearchRequest

NOWHERE = "opensearch://127.0.0.1:1/berita"
"""Nobody listens at this port."""

QUESTIONS: dict[str, Callable[[Engine], object]] = {
    "search": lambda engine: engine.search(SearchRequest(query_text="beras")),
    "document": lambda engine: engine.document("a"),
    "similar": lambda engine: engine.similar("a", 5),
    "count": lambda engine: engine.count(SearchRequest(query_text="beras")),
    "complete": lambda engine: engine.complete("be", 5),
    "coverage": lambda engine: engine.coverage(),
}


def test_address_of_a_cluster_chooses_the_engine() -> None:
    """Nothing else does."""
    engine = open_engine(NOWHERE, 1.0, options=ClusterOptions())
    assert isinstance(engine, ClusterEngine)
    engine.close()


@pytest.mark.parametrize("name", QUESTIONS)
def test_cluster_that_does_not_answer_is_told(name: str) -> None:
    """With its address, and what to do."""
    engine = open_engine(NOWHERE, 1.0)
    with pytest.raises(EngineUnavailableError, match=NOWHERE):
        QUESTIONS[name](engine)
    engine.close()


def test_status_tells_why_nothing_is_open() -> None:
    """Before and after another look."""
    engine = open_engine(NOWHERE, 1.0)
    engine.refresh()
    status = engine.status()
    assert not status.is_open
    assert NOWHERE in status.problem
    engine.close()
