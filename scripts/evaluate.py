"""Evaluate ranking by queries with relevance judgments, beside plainer ways to rank.

    .venv/bin/python scripts/evaluate.py [FOLDER] \
        [--leave-out NAME]... [--half even|odd] [--weight FIELD=NUMBER]...

The folder holds three files, each plain or gzipped (.gz). docs.jsonl: a JSON object on each line
with id, title, body and perhaps date and tags. queries.tsv: lines of id, tab, text. qrels.txt:
lines of query, 0, document and relevance, as TREC has them. Without a folder, a few invented
articles and queries are evaluated.

An article matches with any of the words. Two tables are printed: the measures of each
configuration, and its difference from the row above, with the chance (p) that two equal systems
differ as much, by a paired randomization test over the queries. A query may take any time, so a
slow machine gives the same figures.

Exit codes: 0 measured; 1 a file cannot be read; 2 wrong usage.
"""

if __name__ == "__main__":  # before what takes time to load
    from indexing.start import BUILDING_MB, start

    start("evaluate", BUILDING_MB)


import argparse
import sys
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from indexing.start import run
from relevance.collection import HALVES, Collection, read_collection
from relevance.configurations import configurations, open_reader, unanswered_share
from relevance.measures import MEASURES, Figures, chance, measure

from search import WEIGHT_BY_NAME
from search.execution import RequestReader

INVENTED = Path(__file__).parent.parent / "tests" / "fixtures" / "relevance"


def main(arguments: list[str] | None = None) -> int:
    """Print the tables of a folder's queries and judgments; return the exit code."""
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        collection = read_collection(options.folder, left_out=options.leave_out, half=options.half)
    except (OSError, ValueError, KeyError) as error:
        print(f"evaluate: {error}", file=sys.stderr)
        return 1
    if not collection.queries:
        parser.error("qrels.txt has no judgment of any of these queries")
    with TemporaryDirectory() as folder, open_reader(collection, Path(folder)) as reader:
        figures = _measured(reader, collection, dict(options.weight))
        unanswered = unanswered_share(reader, collection)
    print(f"{len(collection.documents):,} articles, {len(collection.queries):,} queries")
    print(f"With all words required, {unanswered:.1%} of the queries find nothing.\n")
    print("\n".join((*_table(figures), *_differences(figures))))
    return 0


def _measured(
    reader: RequestReader, collection: Collection, weights: Mapping[str, float]
) -> dict[str, Figures]:
    return {
        each.name: measure(
            collection, {query: each.rank(text) for query, text in collection.queries.items()}
        )
        for each in configurations(reader, collection, weights)
    }


def _table(figures: Mapping[str, Figures]) -> Iterator[str]:
    yield from _head("configuration")
    for name, own in figures.items():
        yield _row(name, [f"{own[measure].mean():.4f}" for measure in MEASURES])
    yield ""


def _differences(figures: Mapping[str, Figures]) -> Iterator[str]:
    yield from _head("against the row above")
    for (_, above), (name, own) in pairwise(figures.items()):
        cells = [
            f"{(own[m] - above[m]).mean():+.4f} (p {chance(own[m], above[m]):.3f})"
            for m in MEASURES
        ]
        yield _row(name, cells)


def _head(first: str) -> Iterator[str]:
    yield _row(first, list(MEASURES))
    yield _row("---", ["---:"] * len(MEASURES))


def _row(name: str, cells: list[str]) -> str:
    return f"| {' | '.join([name, *cells])} |"


def _weight(text: str) -> tuple[str, float]:
    name, _, number = text.partition("=")
    if name not in WEIGHT_BY_NAME:
        raise argparse.ArgumentTypeError(f"no searched field is called {name!r}")
    return name, float(number)


def _parser() -> argparse.ArgumentParser:
    summary = (__doc__ or "").partition("\n")[0]
    parser = argparse.ArgumentParser(prog="evaluate.py", description=summary)
    parser.add_argument(
        "folder",
        nargs="?",
        type=Path,
        default=INVENTED,
        metavar="FOLDER",
        help="where docs.jsonl, queries.tsv and qrels.txt are (default: invented ones)",
    )
    parser.add_argument(
        "--leave-out",
        action="append",
        default=[],
        metavar="NAME",
        help="a key of the documents to ignore",
    )
    parser.add_argument("--half", choices=HALVES, help="every other query")
    parser.add_argument(
        "--weight",
        action="append",
        default=[],
        type=_weight,
        metavar="FIELD=NUMBER",
        help="try another weight of an index field",
    )
    return parser


if __name__ == "__main__":
    run("evaluate", main)
