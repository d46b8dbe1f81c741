"""Open an index in a fresh process and answer one query, to see what a cold start costs.

    python -m bench.open_once PEER FOLDER MODE WORK    (a query as JSON on standard input)

Prints the seconds of opening and of the first answer, after the engine's code was imported or its
process started. What the operating system has cached of the files stays cached.
"""

import json
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import cast

from bench.peer import BenchQuery, CannotRunError, Mode
from bench.peers import find_peer

SCRIPTS = Path(__file__).parents[1]


def main(arguments: list[str]) -> int:
    """Open, answer, print the seconds."""
    name, folder, mode, work = arguments
    asked = json.load(sys.stdin)
    query = BenchQuery(
        asked["kind"],
        asked["shape"],
        tuple(asked["words"]),
        tuple(asked["stems"]),
        tuple((facet, value) for facet, value in asked["filters"]),
    )
    peer = find_peer(name, Path(work))
    started = time.perf_counter()
    searcher = peer.open(Path(folder), cast("Mode", mode))
    searcher.answer(query, snippets=True)
    print(time.perf_counter() - started)
    searcher.close()
    return 0


def open_seconds(name: str, folder: Path, mode: Mode, work: Path, query: BenchQuery) -> float:
    """Return what the process above printed.

    Raises:
        CannotRunError: when it failed.
    """
    places = [str(path.resolve()) for path in (folder, work)]
    ran = subprocess.run(  # noqa: S603 - this module
        [sys.executable, "-m", "bench.open_once", name, places[0], mode, places[1]],
        input=json.dumps(asdict(query)),
        cwd=SCRIPTS,
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode:
        raise CannotRunError(f"{name} could not be opened: {ran.stderr.strip().splitlines()[-1]}")
    return float(ran.stdout)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
