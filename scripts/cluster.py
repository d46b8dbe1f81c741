"""Run an OpenSearch cluster on this machine, to try an index in one.

    .venv/bin/python scripts/cluster.py [--nodes N] [--folder DIR] [COMMAND...]

Prints the address of an index in it (`--index` of other scripts takes it) and runs until Ctrl-C;
with a command, until that ends, and the command finds the address as KLIPING_INDEX. Nodes listen on
127.0.0.1 alone, without passwords; their data stay in the folder for the next time. It needs Java
21 or newer and Maven, which fetches OpenSearch once, into .cluster or KLIPING_CLUSTER_CACHE; with
what Java makes of it, it takes 170 MB there.

Exit codes: 0 done, or that of the command; 1 the cluster cannot run; 2 wrong usage.
"""

if __name__ == "__main__":  # before what takes time to load
    from indexing.start import start

    start("cluster")


import argparse
import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from clusters.cluster import Cluster
from indexing.start import run

from index.errors import ArchiveError

NODES = (1, 3)
"""Sizes of a cluster; with two, nobody decides when one is gone."""

INDEX_NAME = "kliping"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a cluster, and return the exit code."""
    options = _make_parser().parse_args(arguments)
    folder = options.folder or Path("var") / f"cluster-{options.nodes}"
    try:
        with Cluster.running(folder, options.nodes) as cluster:
            address = cluster.address(INDEX_NAME)
            print(address, flush=True)
            return _run(options.command, address)
    except (ArchiveError, OSError) as error:
        print(f"cluster: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0


def _run(command: Sequence[str], address: str) -> int:
    """Run a command until it ends; without one, wait for Ctrl-C."""
    if not command:
        signal.pause()
        return 0
    environment = {**os.environ, "KLIPING_INDEX": address}
    with subprocess.Popen(command, env=environment) as process:  # noqa: S603 - what was typed
        while process.poll() is None:
            # Ctrl-C reaches the command, too, which may have something to end.
            with contextlib.suppress(KeyboardInterrupt):
                process.wait()
        return process.returncode


def _make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="cluster.py", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--nodes", type=int, choices=NODES, default=1, help="how many nodes (1)")
    parser.add_argument("--folder", type=Path, help="for data and logs (var/cluster-N)")
    parser.add_argument(
        "command", nargs=argparse.REMAINDER, metavar="COMMAND", help="what to run with the cluster"
    )
    return parser


if __name__ == "__main__":
    run("cluster", main)
