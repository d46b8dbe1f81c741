"""Random queries within each other."""

from whoosh import query as wq

from .queries import CASES, Rng, Vocabulary, boost, chance

JOINED = (wq.And, wq.Or)
PAIRED = (wq.AndNot, wq.AndMaybe, wq.Require)
APART = {
    *JOINED,
    *PAIRED,
    wq.DisjunctionMax,
    wq.Not,
    wq.ConstantScoreQuery,
    wq.SplitOr,
    wq.ColumnQuery,
}
LEAVES = tuple(kind for kind in CASES if kind not in APART)


def tree(rng: Rng, known: Vocabulary, depth: int = 3) -> wq.Query:
    """A query of any classes within each other."""
    if depth == 0:
        return CASES[wq.Term if chance(rng, 0.5) else rng.choice(LEAVES)](rng, known)

    def part() -> wq.Query:
        return tree(rng, known, depth - 1)

    def joined() -> wq.Query:
        parts = [part() for _ in range(rng.choice((1, 2, 2, 3, 4)))]
        return rng.choice(JOINED)(parts, boost=boost(rng))

    ways = (
        joined,
        lambda: rng.choice(PAIRED)(part(), part()),
        lambda: wq.Not(part(), boost=boost(rng)),
        lambda: wq.ConstantScoreQuery(part(), rng.choice((0.25, 0.7))),
        lambda: CASES[wq.DisjunctionMax](rng, known),
        lambda: tree(rng, known, 0),
    )
    way = rng.choices(ways, (45, 20, 7, 8, 10, 10))[0]
    return way()
