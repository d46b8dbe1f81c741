"""Compare the answers of two engines to requests made of the archive's own words.

    .venv/bin/python scripts/compare_engines.py DIR opensearch://HOST:PORT/NAME [--queries 500]

Both indexes hold the same articles. Requests of every kind are asked, most with filters. Totals,
sets, facets, months and offers have to be equal for each; a page of hits has to be the same, in the
same order, for 98 of 100, and where it is not, the scores at each place agree within 1e-4. Each
difference is printed with its request.

Exit codes: 0 they agree; 1 they do not, or an index cannot be opened; 2 wrong usage.
"""

if __name__ == "__main__":  # before what takes time to load
    from indexing.start import LOADING_MB, start

    start("compare_engines", LOADING_MB)


import argparse
import os
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from comparing.differences import SCORE_ERROR_MOST, Difference, compare
from comparing.requests import SEED, Asked, make_requests
from indexing.start import run

from index.document import Document
from index.errors import ArchiveError
from index.generations import open_current
from index.schema import from_stored
from search import Engine, Preferences, open_engine
from web import read_settings

QUERY_SECONDS = 60.0
SAME_SHARE_LEAST = 0.98
"""Share of the pages that have to be the same."""
STEP = 7
"""Every seventh article gives words."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print how the engines differ, and return the exit code."""
    options = _parser().parse_args(arguments)
    try:
        asked = make_requests(_documents(Path(options.folder)), options.queries, options.seed)
        engines = [_open(options.folder), _open(options.address)]
        found = [(each, _compared(engines, each)) for each in asked]
    except ArchiveError as error:
        print(f"compare_engines: {error}", file=sys.stderr)
        return 1
    return _report(found)


def _open(index: str) -> Engine:
    options = read_settings(os.environ).cluster_options()
    return open_engine(index, QUERY_SECONDS, Preferences(), options)


def _documents(folder: Path) -> list[Document]:
    """Return some articles of an index directory."""
    segments = open_current(folder).segments()
    return [
        from_stored(segment.stored.document(doc))
        for segment, _ in segments
        for doc in range(0, segment.doc_count, STEP)
    ]


def _compared(engines: Sequence[Engine], asked: Asked) -> Difference:
    first, second = engines
    found = compare(first, second, asked.request)
    if found.parts or not found.is_same_page:
        what = ", ".join([*found.parts, *([] if found.is_same_page else ["order"])])
        print(f"{asked.kind}: {what}; scores {found.score_error:.1e}: {asked.request}")
    return found


def _report(found: Sequence[tuple[Asked, Difference]]) -> int:
    """Print the sums; return the exit code."""
    parts = Counter(part for _, each in found for part in each.parts)
    same = sum(each.is_same_page for _, each in found)
    worst = max((each.score_error for _, each in found), default=0.0)
    print(f"{len(found)} requests; different {dict(parts) or 'nothing'}")
    print(f"the same page of hits, in order: {same} ({same / max(len(found), 1):.1%})")
    print(f"scores at the same place differ by {worst:.1e} at most")
    agree = not parts and same >= SAME_SHARE_LEAST * len(found) and worst <= SCORE_ERROR_MOST
    return 0 if agree else 1


def _parser() -> argparse.ArgumentParser:
    summary = (__doc__ or "").partition("\n")[0]
    parser = argparse.ArgumentParser(prog="compare_engines.py", description=summary)
    parser.add_argument("folder", metavar="DIR", help="an index directory")
    parser.add_argument("address", help="the address of the same articles on a cluster")
    parser.add_argument("--queries", type=int, default=500, help="how many; default: 500")
    parser.add_argument("--seed", type=int, default=SEED, help="of what is asked")
    return parser


if __name__ == "__main__":
    run("compare_engines", main)
