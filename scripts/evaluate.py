"""Measure how well searches rank, by questions and judgments, beside plainer ways to rank.

    .venv/bin/python scripts/evaluate.py --documents FILE --queries FILE --qrels FILE \
        [--leave-out NAME]... [--half even|odd] [--weight FIELD=NUMBER]...

Documents are lines of JSON with id, title, body and perhaps date and tags, queries lines of id, a
tab and text, qrels lines of query, 0, document and relevance (TREC's form); all may be gzipped. An
article matches with any of the words. Two tables are printed: the measures of each configuration,
and how each differs from the one above it: p is how often chance alone does that, by a paired
randomization test over the questions.

Exit codes: 0 measured; 1 a file cannot be read; 2 wrong usage.
"""

import argparse
import sys
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from relevance.collection import HALVES, Collection, read_collection
from relevance.configurations import configurations, open_reader, unanswered_share
from relevance.measures import MEASURES, Figures, chance, measure

from search.execution.reader import GenerationReader
from search.ranking import WEIGHT_BY_NAME


def main(arguments: list[str] | None = None) -> int:
    """Measure what the command line names; return the exit code."""
    parser = _parser()
    asked = parser.parse_args(arguments)
    try:
        collection = read_collection(
            asked.documents, asked.queries, asked.qrels, left_out=asked.leave_out, half=asked.half
        )
    except (OSError, ValueError, KeyError) as error:
        print(f"evaluate: {error}", file=sys.stderr)
        return 1
    if not collection.queries:
        parser.error("nobody judged any of these questions")
    with TemporaryDirectory() as folder, open_reader(collection, Path(folder)) as reader:
        figures = _measured(reader, collection, dict(asked.weight))
        unanswered = unanswered_share(reader, collection)
    print(f"{len(collection.documents):,} articles, {len(collection.queries):,} questions")
    print(f"All words required, {unanswered:.1%} of the questions find nothing.\n")
    print("\n".join((*_table(figures), *_differences(figures))))
    return 0


def _measured(
    reader: GenerationReader, collection: Collection, weights: Mapping[str, float]
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
    for name in ("documents", "queries", "qrels"):
        parser.add_argument(f"--{name}", type=Path, required=True, metavar="FILE")
    parser.add_argument(
        "--leave-out", action="append", default=[], metavar="NAME", help="a key of the documents"
    )
    parser.add_argument("--half", choices=HALVES, help="every other question")
    parser.add_argument(
        "--weight", action="append", default=[], type=_weight, metavar="FIELD=NUMBER"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
