"""Compare our index and its kernels with Whoosh's own codec and matchers, on real articles.

    .venv/bin/python -m tests.oracle PATH... [--documents N] [--queries N] [--seed S]

Both indexes hold the same articles, drawn from all that are read. Random plans and texts as readers
type them, run by the kernels, must find the same documents as Whoosh's matchers, with the same
scores, order, totals and facets, filtered or not. Queries of every class of Whoosh, and many within
each other, must find the same through our codec. Stored articles, terms, their statistics, near
words and suggestions must be the same. Whoosh's own codec takes some three seconds for a thousand
articles.

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
from search.matches import Selection
from search.query import load_synonyms

from .archive import build_pair, read_articles, vocabulary
from .cases import Case, make_cases
from .comparing import (
    Outcome,
    compare_plan,
    compare_query,
    differing_fuzzy_terms,
    differing_terms,
    random_filters,
)
from .pair import ALL, Pair
from .plain import NO_FILTERS
from .vocabulary import Rng, Vocabulary, chance, new_rng


def main(arguments: list[str] | None = None) -> int:
    """Compare as the command line says; return the exit code."""
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        documents = read_articles(options.paths, options.documents, options.seed)
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
            return _compare(pair, vocabulary(documents, pair, options.seed), options)
        finally:
            pair.close()


def _compare(pair: Pair, known: Vocabulary, options: argparse.Namespace) -> int:
    rng, outcomes = new_rng(options.seed), defaultdict(list)
    for case in make_cases(known, options.queries, options.seed, load_synonyms()):
        outcome = _outcome(pair, case, rng)
        outcome.problems = [f"{case.name}: {problem}" for problem in outcome.problems]
        outcomes[case.kind].append(outcome)
    _print_table(outcomes)
    problems = [
        *(problem for some in outcomes.values() for each in some for problem in each.problems),
        *_checked("Terms and their statistics", differing_terms(pair, rng)),
        *_checked("Fuzzy terms and suggestions", differing_fuzzy_terms(pair, rng)),
    ]
    for problem in problems:
        print(f"DIFFERS {problem}")
    return 1 if problems else 0


def _outcome(pair: Pair, case: Case, rng: Rng) -> Outcome:
    """Compare one case; a third of the plans are filtered, and a quarter is not sorted by score."""
    if case.plan is None:
        return compare_query(pair, case.query)
    order, by_score = rng.choice(list(pair.snapshot.orders)), chance(rng, 3 / 4)
    selection = Selection(ALL.size, order, by_score=by_score)
    filters = random_filters(pair, rng) if chance(rng, 1 / 3) else NO_FILTERS
    return compare_plan(pair, case.plan, case.query, filters, selection)


def _checked(name: str, differing: Iterable[str]) -> list[str]:
    problems = list(differing)
    print(f"{name}: {f'{len(problems)} differ' if problems else 'equal'}")
    return problems


def _print_table(outcomes: Mapping[str, Sequence[Outcome]]) -> None:
    every = [each for some in outcomes.values() for each in some]
    print(f"{'kind of query':26} {'run':>5} {'found':>6} {'equal':>6}  worst score, as a share")
    for kind, some in [*outcomes.items(), ("all", every)]:
        found = sum(each.matched > 0 for each in some)
        equal = sum(not each.problems for each in some)
        worst = max((each.worst for each in some), default=0.0)
        print(f"{kind:26} {len(some):5} {found:6} {equal:6}  {worst:.1e}")


def _parser() -> argparse.ArgumentParser:
    summary = (__doc__ or "").partition("\n")[0]
    parser = argparse.ArgumentParser(prog="python -m tests.oracle", description=summary)
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="files or folders")
    parser.add_argument("--documents", type=int, default=2_000, help="articles to draw")
    parser.add_argument("--queries", type=int, default=500, help="queries to run")
    parser.add_argument("--seed", type=int, default=1, help="decides everything that is drawn")
    return parser


if __name__ == "__main__":
    sys.exit(main())
