"""Open an index in this process while calls to the system fail, as a command or as a server does.

`campaigns.command_server` runs these in processes of their own; what they found goes to standard
error, and each ends with exit code 0, if it does not break.
"""

import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import check_index
from flask.testing import FlaskClient

from campaigns.faults import arm_faults, end_faults
from index.generations import point_to
from web import create_app, open_engine_of, read_settings

ADDRESSES = ("/healthz", "/api/search?q=beras", "/search?q=beras", "/articles/a.jsonl-1")
"""What is asked while calls fail: the pages are those that readers see."""
RECOVERY_SECONDS, PAUSE_SECONDS = 15.0, 0.05


def check(arguments: Sequence[str]) -> int:
    """Run scripts/check_index.py; what it finds goes to standard error, too."""
    os.dup2(2, 1)
    return check_index.main(arguments)


def serve(arguments: Sequence[str]) -> int:
    """Open an index as a server does, ask while calls fail, and again once none does any more.

    Args:
        arguments: the index; the generation that is open before calls fail, and the one to open
            then; what `arm_faults` takes, as JSON.
    """
    index_path, before, after = Path(arguments[0]), int(arguments[1]), int(arguments[2])
    point_to(index_path, before)
    settings = read_settings({}, index=str(index_path))
    engine = open_engine_of(settings) if before != after else None
    if engine:
        client = create_app(settings, engine).test_client()
        _answers(client)  # templates are read by now
        point_to(index_path, after)
    arm_faults(*json.loads(arguments[3]))
    if not engine:
        engine = open_engine_of(settings)
        end_faults()
        client = create_app(settings, engine).test_client()
    failing = _answers(client)
    end_faults()
    report = {"failing": failing, "healthy": _recover(client, after)}
    print(json.dumps(report), file=sys.stderr)
    return 0


def serve_once(index_path: Path) -> None:
    """Open an index and ask, so that all is loaded by then."""
    settings = read_settings({}, index=str(index_path))
    _answers(create_app(settings, open_engine_of(settings)).test_client())


def _answers(client: FlaskClient) -> dict[str, Any]:
    """Return the status of each address, and the problem that /healthz tells."""
    health = client.get(ADDRESSES[0]).get_json()
    statuses = {address: client.get(address).status_code for address in ADDRESSES}
    return {"problem": health["problem"], "generation": health["generation"], "status": statuses}


def _recover(client: FlaskClient, generation: int) -> dict[str, Any]:
    """Ask until a generation is served and no problem is told, or for so many seconds."""
    end = time.monotonic() + RECOVERY_SECONDS
    while time.monotonic() < end:
        answers = _answers(client)
        if (answers["generation"], answers["problem"]) == (generation, ""):
            break
        time.sleep(PAUSE_SECONDS)
    return answers
