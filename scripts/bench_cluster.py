"""Measure an index on an OpenSearch cluster: Kliping's part of each answer, and writing.

    .venv/bin/python scripts/bench_cluster.py --articles FOLDER --documents 200000 --write-docs

One node is started on this machine. The same articles are in it and in an index directory. Each
request is answered in turns by Kliping on the cluster, by the cluster alone (the same bodies over
one connection, the answer unread), and by the embedded engine; snippets and facets included. Then
the same documents are written by Kliping and, ready-made, by opensearch-py's `parallel_bulk`.

Exit codes: 0 measured; 1 failed; 2 wrong usage; 130 stopped with Ctrl-C.
"""

if __name__ == "__main__":  # before what takes time to load
    from indexing.start import BUILDING_MB, start

    start("bench_cluster", BUILDING_MB)


import argparse
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.figures_page import replace_block
from bench.machine import folder_bytes, machine, run_script
from cluster_bench.figures import Figures, markdown_tables
from cluster_bench.growth import growth_table
from cluster_bench.searches import BareClient, Timed, time_requests
from cluster_bench.writing import SECONDS, measure_rates
from clusters.cluster import Cluster
from clusters.errors import ClusterError
from comparing.requests import Asked, make_requests
from indexing.start import run

from index.document import Document
from index.errors import ArchiveError
from index.generations import open_current
from index.opensearch import ClusterOptions, Connection, parse_address
from index.schema import from_stored
from search import open_engine

PROJECT = Path(__file__).parent.parent
PAGE = PROJECT / "docs" / "cluster.md"
BLOCK = "cluster"
"""The name in the markers of the page."""
WRITTEN_MOST = 20_000
"""Documents that are written by both sides: enough for their rates, and few enough for memory."""
WRITE_ROUNDS = 2
JAVA_OPTIONS = ("-Xmx2g", "-XX:TieredStopAtLevel=4")
"""Those of a node that serves: a node of tests starts quickly and stays slow."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the tables, and return the exit code."""
    options = _parser().parse_args(arguments)
    try:
        with TemporaryDirectory() as name, _node(Path(name)) as cluster:
            runs = []
            for number, paths in enumerate(_corpora(options, Path(name))):
                places = cluster.address(f"bench-{number}"), Path(name) / f"index-{number}"
                runs.append(_measure(paths, *places, options))
                print(markdown_tables(runs[-1:]), flush=True)
        about = machine()
        block = (
            f"Measured on {about['cores']} cores ({about['processor']}), Python {about['python']}, "
            f"the node on the same machine.\n\n{markdown_tables(runs)}\n\n{growth_table(runs)}"
        )
        print(block)
        if options.write_docs:
            PAGE.write_text(replace_block(PAGE.read_text("utf-8"), block, BLOCK), encoding="utf-8")
    except (ArchiveError, ClusterError, OSError, subprocess.CalledProcessError) as error:
        print(f"bench_cluster: {error}", file=sys.stderr)
        return 1
    return 0


def _node(folder: Path) -> AbstractContextManager[Cluster]:
    return Cluster.running(folder / "cluster", 1, *JAVA_OPTIONS)


def _corpora(options: argparse.Namespace, folder: Path) -> Iterator[list[str]]:
    """Yield the articles that are named, and files of as many invented ones as are asked for."""
    if options.articles:
        yield [str(path.absolute()) for path in options.articles]
    for count in options.documents:
        path = str(folder / f"{count}.jsonl")
        run_script(["make_corpus.py", "--documents", str(count), "--seed", "1", "--out", path])
        yield [path]


def _measure(
    paths: Sequence[str], address: str, index_path: Path, options: argparse.Namespace
) -> Figures:
    """Index articles in both places, and measure there."""
    run_script(["reindex.py", *paths, "--index", str(index_path)])
    _, writer_bytes = run_script(["reindex.py", *paths, "--index", address], index_path.parent)
    documents = list(_documents(index_path))
    connection = Connection(parse_address(address), ClusterOptions())
    name = connection.address.name
    stats = connection.call("GET", f"/{name}/_stats/store,fielddata", seconds=SECONDS)
    totals = stats["_all"]["primaries"]
    timed = _time(address, index_path, make_requests(documents, options.requests), options.rounds)
    rates = measure_rates(connection, documents[:WRITTEN_MOST], WRITE_ROUNDS)
    connection.call("DELETE", f"/{name}-*", seconds=SECONDS)
    connection.close()
    return Figures(
        len(documents),
        timed,
        rates,
        writer_bytes,
        totals["store"]["size_in_bytes"],
        totals["fielddata"]["memory_size_in_bytes"],
        folder_bytes(index_path / "generations"),
    )


def _time(address: str, index_path: Path, asked: Sequence[Asked], rounds: int) -> list[Timed]:
    bare = BareClient(str(parse_address(address).hosts[0]))
    cluster, embedded = open_engine(address, SECONDS), open_engine(str(index_path), SECONDS)
    try:
        return time_requests(asked, cluster, embedded, bare, rounds)
    finally:
        cluster.close()
        embedded.close()
        bare.close()


def _documents(index_path: Path) -> Iterator[Document]:
    for segment, _ in open_current(index_path).segments():
        for doc in range(segment.doc_count):
            yield from_stored(segment.stored.document(doc))


def _parser() -> argparse.ArgumentParser:
    summary = (__doc__ or "").partition("\n")[0]
    parser = argparse.ArgumentParser(prog="bench_cluster.py", description=summary)
    parser.add_argument(
        "--articles", type=Path, nargs="+", default=[], help="files or folders of articles"
    )
    parser.add_argument(
        "--documents",
        type=int,
        nargs="*",
        default=[20_000, 200_000],
        help="numbers of invented articles, each measured in its turn",
    )
    parser.add_argument("--requests", type=int, default=210, help="how many; default: 210")
    parser.add_argument("--rounds", type=int, default=5, help="turns of each side; default: 5")
    parser.add_argument(
        "--write-docs", action="store_true", help="write the tables into docs/cluster.md"
    )
    return parser


if __name__ == "__main__":
    run("bench_cluster", main)
