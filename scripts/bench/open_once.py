"""Measure a cold start: open an index in a fresh process and answer one query.

    python -m bench.open_once PEER FOLDER MODE WORK    (a query as JSON on standard input)

Prints the seconds that opening and the first answer take. Importing the engine's code, or starting
its process, is not counted; the files stay in the cache of the operating system.
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
    values = json.load(sys.stdin)
    query = BenchQuery(
        values["kind"],
        values["shape"],
        tuple(values["words"]),
        tuple(values["stems"]),
        tuple((facet, value) for facet, value in values["filters"]),
    )
    peer = find_peer(name, Path(work))
    started = time.perf_counter()
    searcher = peer.open(Path(folder), cast("Mode", mode))
    searcher.answer(query, snippets=True)
    print(time.perf_counter() - started)
    searcher.close()
    return 0


def open_seconds(name: str, folder: Path, mode: Mode, work: Path, query: BenchQuery) -> float:
    """Return the seconds that a fresh process needs to open an index and answer a query.

    Raises:
        CannotRunError: when it failed.
    """
    folders = [str(path.resolve()) for path in (folder, work)]
    ran = subprocess.run(  # noqa: S603 - this module
        [sys.executable, "-m", "bench.open_once", name, folders[0], mode, folders[1]],
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
