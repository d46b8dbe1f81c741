"""Compare our index and its kernels with Whoosh's own codec and matchers, on real articles.

    .venv/bin/python -m tests.oracle PATH... [--documents N] [--queries N] [--seed S]

Both index the same articles, drawn from all that are read. Queries of every class, within each
other, and as readers type them, must find the same documents with the same scores, order, totals
and facets, filtered or not; stored articles, terms, their statistics and spelling suggestions must
be the same. Whoosh's own codec takes about three seconds for a thousand articles.

Exit codes: 0 all is equal; 1 something differs, and is named; 2 wrong usage.
"""

import argparse
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from index.errors import ArchiveError
from tests.oracle.archive import build_pair, read_articles, vocabulary
from tests.oracle.comparing import Outcome, compare_query, differing_suggestions, differing_terms
from tests.oracle.kinds import make_queries
from tests.oracle.pair import Pair
from tests.oracle.queries import Vocabulary, new_rng


def main(arguments: list[str] | None = None) -> int:
    """Compare what the command line asks for; return the exit code."""
    parser = _parser()
    asked = parser.parse_args(arguments)
    try:
        documents = read_articles(asked.paths, asked.documents, asked.seed)
    except (ArchiveError, OSError) as error:
        print(f"tests.oracle: {error}", file=sys.stderr)
        return 1
    if not documents:
        parser.error("there are no articles in these paths")
    started = time.perf_counter()
    with TemporaryDirectory() as folder:
        pair = build_pair(documents, Path(folder))
        print(f"{len(documents):,} articles built twice in {time.perf_counter() - started:.0f} s")
        try:
            return _compare(pair, vocabulary(documents, pair, asked.seed), asked)
        finally:
            pair.close()


def _compare(pair: Pair, known: Vocabulary, asked: argparse.Namespace) -> int:
    rng, outcomes = new_rng(asked.seed), defaultdict(list)
    for query in make_queries(known, asked.queries, asked.seed):
        outcome = compare_query(pair, query.query, rng)
        outcome.problems = [f"{query.name}: {problem}" for problem in outcome.problems]
        outcomes[query.kind].append(outcome)
    _print_table(outcomes)
    problems = [
        *(problem for held in outcomes.values() for each in held for problem in each.problems),
        *_checked("Terms and their statistics", differing_terms(pair, rng)),
        *_checked("Spelling suggestions", differing_suggestions(pair, rng)),
    ]
    for problem in problems:
        print(f"DIFFERS {problem}")
    return 1 if problems else 0


def _checked(name: str, differing: Iterable[str]) -> list[str]:
    problems = list(differing)
    print(f"{name}: {f'{len(problems)} differ' if problems else 'equal'}")
    return problems


def _print_table(outcomes: Mapping[str, Sequence[Outcome]]) -> None:
    every = [each for held in outcomes.values() for each in held]
    print(f"{'kind of query':20} {'asked':>6} {'found':>6} {'equal':>6}  worst score, relative")
    for kind, held in [*outcomes.items(), ("all", every)]:
        found = sum(each.matched > 0 for each in held)
        equal = sum(not each.problems for each in held)
        worst = max((each.worst for each in held), default=0.0)
        print(f"{kind:20} {len(held):6} {found:6} {equal:6}  {worst:.1e}")


def _parser() -> argparse.ArgumentParser:
    summary = (__doc__ or "").partition("\n")[0]
    parser = argparse.ArgumentParser(prog="python -m tests.oracle", description=summary)
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="files or folders")
    parser.add_argument("--documents", type=int, default=2_000, help="articles to draw")
    parser.add_argument("--queries", type=int, default=500, help="queries to ask")
    parser.add_argument("--seed", type=int, default=1, help="what all drawing follows from")
    return parser


if __name__ == "__main__":
    sys.exit(main())
