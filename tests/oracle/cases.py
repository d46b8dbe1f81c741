"""Cases that are compared on real articles: plans, readers' texts, and Whoosh's own queries."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from whoosh import query as wq

from search.execution import Plan, plan_query
from search.query import Synonyms, parse_query

from .plans import NODES, random_plan
from .queries import CASES, random_query
from .texts import TEXTS
from .vocabulary import Rng, Vocabulary, chance, new_rng
from .whoosh_query import plan_to_whoosh, to_whoosh


class Case(NamedTuple):
    """One query to compare.

    Attributes:
        kind: what the table of results calls it.
        name: the text or the query itself.
        query: what Whoosh's matchers run.
        plan: what the kernels run; None for a query that Whoosh runs in both indexes.
    """

    kind: str
    name: str
    query: wq.Query
    plan: Plan | None = None


LEFT_OUT = {
    wq.ColumnQuery: "no field of the schema has a column in Whoosh's own index",
}
"""The classes of Whoosh that cannot be compared on real articles, and why."""

PLANS, NESTED = "plan", "nested queries"
TURNS = 6
"""How many plans with a root of any class, and how many nested queries, each round of all kinds
has."""


def make_cases(known: Vocabulary, count: int, seed: int, synonyms: Synonyms) -> Iterator[Case]:
    """Yield cases of every kind in turn."""
    rng = new_rng(seed)
    makers: list[Callable[[], Case]] = [
        *(_of_plan(node, rng, known) for node in NODES),
        *(_of_plan(None, rng, known) for _ in range(TURNS)),
        *(_of_text(kind, rng, known, synonyms) for kind in TEXTS),
        *(_of_class(kind, rng, known) for kind in CASES if kind not in LEFT_OUT),
        *[lambda: _whoosh_case(NESTED, random_query(rng, known))] * TURNS,
    ]
    for number in range(count):
        yield makers[number % len(makers)]()


def class_name(kind: type) -> str:
    """Return what a class of Whoosh's queries is called in the table."""
    return f"Whoosh: {kind.__name__.lstrip('_')}"


def _of_plan(node: type | None, rng: Rng, known: Vocabulary) -> Callable[[], Case]:
    def make() -> Case:
        plan = random_plan(rng, known, node)
        return Case(PLANS, repr(plan), plan_to_whoosh(plan), plan)

    return make


def _of_text(kind: str, rng: Rng, known: Vocabulary, synonyms: Synonyms) -> Callable[[], Case]:
    def make() -> Case:
        text, any_word = TEXTS[kind](rng, known), chance(rng, 1 / 3)
        tree = parse_query(text, any_word=any_word, synonyms=synonyms).query
        name = f"{text!r}, any_word={any_word}"
        return Case(f"typed: {kind}", name, to_whoosh(tree), plan_query(tree))

    return make


def _of_class(kind: type, rng: Rng, known: Vocabulary) -> Callable[[], Case]:
    return lambda: _whoosh_case(class_name(kind), CASES[kind](rng, known))


def _whoosh_case(kind: str, query: wq.Query) -> Case:
    return Case(kind, repr(query), query)
