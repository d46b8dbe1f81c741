"""An answer of a cluster is whole, or it is an error."""

from typing import Any

import pytest

from index.errors import IndexMissingError
from index.opensearch import ClusterBusyError, ClusterUnavailableError, parse_address
from search.errors import QueryTimeoutError
from search.execution import Deadline
from search.opensearch.round_trips import check_whole

ADDRESS = parse_address("opensearch://es1/berita")


def failed(kind: str, reason: str, status: int) -> dict[str, Any]:
    """Return an answer in which all shards failed for the same reason."""
    cause = {"type": kind, "reason": reason}
    shards = [{"shard": 0, "reason": cause}]
    whole = {"type": "search_phase_execution_exception", "reason": "all shards failed"}
    return {"error": {**whole, "failed_shards": shards, "caused_by": cause}, "status": status}


def answered(*, timed_out: bool = False, failed_count: int = 0) -> dict[str, Any]:
    """Return an answer with hits."""
    return {"timed_out": timed_out, "_shards": {"failed": failed_count}, "hits": {}}


NOT_WHOLE: dict[str, tuple[dict[str, Any], type[Exception]]] = {
    "a shard stopped at its time limit": (
        failed("query_phase_execution_exception", "Time exceeded", 500),
        QueryTimeoutError,
    ),
    "a part after the time limit": (answered(timed_out=True), QueryTimeoutError),
    "a shard is missing": (answered(failed_count=1), ClusterUnavailableError),
    "no shard answers": (
        failed("no_shard_available_action_exception", "none", 503),
        ClusterUnavailableError,
    ),
    "no room": (
        failed("circuit_breaking_exception", "Data too large", 429),
        ClusterBusyError,
    ),
    "the index is gone": (
        {"error": {"type": "index_not_found_exception", "reason": "no"}, "status": 404},
        IndexMissingError,
    ),
}


@pytest.mark.parametrize("name", NOT_WHOLE)
def test_answer_that_is_not_whole_is_an_error(name: str) -> None:
    """Never fewer hits or lower counts."""
    response, error = NOT_WHOLE[name]
    with pytest.raises(error):
        check_whole(response, ADDRESS, Deadline(10))


def test_whole_answer_passes() -> None:
    """Without an error."""
    check_whole(answered(), ADDRESS, Deadline(10))
