"""Verify a whole index directory, and say what is wrong and what to do; nothing is changed.

    .venv/bin/python scripts/check_index.py [DIR|ADDRESS]

Every generation is compared with its checksums and opened, its catalogue is compared with its
segments, and the list of articles taken down with its copy. Of an index on a cluster, the mapping,
the number of articles, the files and the replicas are looked at.

Exit codes: 0 all is sound; 1 what is served is not, or there is no index; 2 wrong usage; 3 what is
served is sound, something beside it is not; 130 stopped with Ctrl-C.
"""

if __name__ == "__main__":  # before what takes time to load
    from indexing.start import LOADING_MB, start

    start("check_index", LOADING_MB)


import argparse
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from indexing.index_setting import warn
from indexing.outcome import FAILURES, say, tell
from indexing.start import run

from index.generations import Finding, inspect_index
from index.opensearch import Connection, inspect_cluster, is_cluster_address, mask, parse_address
from web import Settings, read_settings

EXIT_UNSOUND, EXIT_BESIDE = 1, 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what is wrong, and return the exit code."""
    options = _make_parser().parse_args(arguments)
    try:
        settings = read_settings(os.environ, index=options.index)
        warn("check_index", settings)
        findings = list(_inspect(settings))
    except FAILURES as error:
        return tell("check_index", error, "nothing was changed")
    lines = [finding.what for finding in findings] or [f"{mask(settings.index)} is sound."]
    say("check_index", lines)
    if not findings:
        return 0
    return EXIT_UNSOUND if any(each.is_served for each in findings) else EXIT_BESIDE


def _inspect(settings: Settings) -> Iterator[Finding]:
    if not is_cluster_address(settings.index):
        return inspect_index(Path(settings.index))
    options = settings.cluster_options()
    return inspect_cluster(Connection(parse_address(settings.index), options))


def _make_parser() -> argparse.ArgumentParser:
    summary = (__doc__ or "").partition("\n")[0]
    parser = argparse.ArgumentParser(prog="check_index.py", description=summary)
    parser.add_argument(
        "index", nargs="?", metavar="DIR", help="or an address; default: the setting"
    )
    return parser


if __name__ == "__main__":
    run("check_index", main)
