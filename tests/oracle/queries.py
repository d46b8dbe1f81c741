"""Random queries of every class of `whoosh.query`, made of an archive's own words."""

import datetime as dt
import re
from collections.abc import Callable

from whoosh import query as wq
from whoosh.scoring import Frequency

from .vocabulary import UNKNOWN, Rng, Vocabulary, chance, draw_boost, draw_phrase, draw_term
from .whoosh_scoring import LuceneNear, LucenePhrase

Make = Callable[[Rng, Vocabulary], wq.Query]


def positioned(rng: Rng, known: Vocabulary, field: str = "") -> wq.Query:
    """A word of a field with positions."""
    field = field or rng.choice(list(known.words))
    return wq.Term(field, rng.choice(known.words[field]), boost=draw_boost(rng))


def word(rng: Rng, known: Vocabulary) -> wq.Query:
    """A word of any field; seldom a key, a date, or what nobody wrote."""
    if chance(rng, 0.04):
        return wq.Term(rng.choice(list(known.words)), UNKNOWN)
    if chance(rng, 0.04):
        return wq.Term("date", rng.choice(known.dates), boost=draw_boost(rng))
    return wq.Term(*draw_term(rng, known), boost=draw_boost(rng))


def words(rng: Rng, known: Vocabulary, least: int = 2) -> list[wq.Query]:
    """Up to four words of any fields."""
    return [word(rng, known) for _ in range(rng.randint(least, 4))]


def together(rng: Rng, known: Vocabulary) -> list[wq.Query]:
    """Two or three words that stand in one document, most times."""
    if chance(rng, 0.2):
        return words(rng, known, 0)[:3]
    field = rng.choice(list(known.words))
    chosen = rng.choice(known.phrases[field])
    return [wq.Term(field, each, boost=draw_boost(rng)) for each in chosen]


def both(rng: Rng, known: Vocabulary) -> tuple[wq.Query, wq.Query]:
    """Two of those."""
    parts = together(rng, known)
    return (parts[0], parts[-1]) if parts else (word(rng, known), word(rng, known))


def two(rng: Rng, known: Vocabulary) -> list[wq.Query]:
    """Two words of one field, often such as stand side by side."""
    field = rng.choice(list(known.words))
    if chance(rng, 0.2):
        return [positioned(rng, known, field), positioned(rng, known, field)]
    first, second, *_ = rng.choice(known.phrases[field])
    return [wq.Term(field, first), wq.Term(field, second)]


def text(rng: Rng, known: Vocabulary) -> tuple[str, str]:
    """A field of words or stems, and one of them."""
    texts = rng.choice((known.words, known.words, known.stems))
    field = rng.choice(list(texts))
    return field, rng.choice(texts[field])


def phrase(rng: Rng, known: Vocabulary) -> wq.Query:
    """A phrase as Whoosh scores it; of one word at times."""
    field, chosen = draw_phrase(rng, known)
    chosen = chosen[: rng.choice((1, 2, 3, 3))]
    return wq.Phrase(field, chosen, slop=rng.choice((1, 1, 2, 4)), boost=draw_boost(rng))


def lucene_near(rng: Rng, known: Vocabulary) -> wq.Query:
    """Words near each other as Lucene counts them."""
    field, chosen = draw_phrase(rng, known)
    rng.shuffle(chosen)
    return LuceneNear(field, chosen, slop=rng.choice((1, 2, 4, 9)))


def prefix(rng: Rng, known: Vocabulary) -> wq.Query:
    """What words begin with."""
    field, chosen = text(rng, known)
    begun = chosen[: rng.randint(1, 4)]
    return wq.Prefix(field, begun, boost=draw_boost(rng), constantscore=chance(rng, 0.7))


def wildcard(rng: Rng, known: Vocabulary) -> wq.Query:
    """A pattern of a word's ends."""
    field, chosen = text(rng, known)
    patterns = (
        f"*{chosen[-2:]}",
        f"?{chosen[1:]}",
        f"{chosen[:2]}*{chosen[-1:]}",
        f"{chosen[:1]}?*",
    )
    return wq.Wildcard(field, rng.choice(patterns), boost=draw_boost(rng))


def regex(rng: Rng, known: Vocabulary) -> wq.Query:
    """An expression for words like one."""
    field, chosen = text(rng, known)
    start, whole = re.escape(chosen[:2]), re.escape(chosen)
    patterns = (f"{start}.*", f"[a-k]{re.escape(chosen[1:])}", f"{whole}|{start}.")
    return wq.Regex(field, rng.choice(patterns), boost=draw_boost(rng))


def fuzzy(rng: Rng, known: Vocabulary) -> wq.Query:
    """Words near one."""
    field, chosen = text(rng, known)
    same = min(rng.randint(0, 2), len(chosen))
    return wq.FuzzyTerm(
        field, chosen, draw_boost(rng), maxdist=rng.randint(1, 2), prefixlength=same
    )


def term_range(rng: Rng, known: Vocabulary) -> wq.Query:
    """Terms from one to another, either end open or left out at times."""
    texts = rng.choice((known.words, known.stems, known.keys))
    field = rng.choice(list(texts))
    start, end = sorted(rng.choices(texts[field], k=2))
    return wq.TermRange(
        field,
        None if chance(rng, 0.1) else start,
        None if chance(rng, 0.1) else end,
        startexcl=chance(rng, 0.5),
        endexcl=chance(rng, 0.5),
        boost=draw_boost(rng),
        constantscore=chance(rng, 0.7),
    )


def number_range(rng: Rng, known: Vocabulary) -> wq.Query:
    """Dates from one to another, either end open or left out at times; empty at times."""
    return wq.NumericRange(
        "date",
        None if chance(rng, 0.2) else rng.choice(known.dates),
        None if chance(rng, 0.2) else rng.choice(known.dates),
        startexcl=chance(rng, 0.5),
        endexcl=chance(rng, 0.5),
        boost=draw_boost(rng),
        constantscore=chance(rng, 0.7),
    )


def date_range(rng: Rng, known: Vocabulary) -> wq.Query:
    """Moments, which a number field takes as microseconds: many or few."""
    del known
    first = dt.datetime(1, 1, 1, microsecond=rng.randint(1, 900))  # noqa: DTZ001 - as Whoosh has them
    return wq.DateRange("date", first, None, boost=draw_boost(rng))


def every(rng: Rng, known: Vocabulary) -> wq.Query:
    """All documents, or those that have a field."""
    fields = (None, "date", *known.keys, *known.words)
    return wq.Every(rng.choice(fields), boost=draw_boost(rng))


def condition(rng: Rng, known: Vocabulary) -> wq.Query:
    """Documents whose number in a column is large; scored from outside, since it cannot be."""
    least = rng.choice(known.dates)
    return wq.ConstantScoreQuery(wq.ColumnQuery(known.columns[0], lambda value: value > least))


def parents(rng: Rng, known: Vocabulary) -> wq.Query:
    """Documents that stand before others which belong to them."""
    return wq.Term(known.parents, rng.choice(known.keys[known.parents]))


def otherwise(rng: Rng, known: Vocabulary) -> wq.Query:
    """A word, or another where no document has the first."""
    field = rng.choice(list(known.words))
    first = wq.Term(field, UNKNOWN) if chance(rng, 0.5) else positioned(rng, known, field)
    return wq.Otherwise(first, word(rng, known))


def contained(rng: Rng, known: Vocabulary) -> wq.Query:
    """A word between two others of its field."""
    field, chosen = draw_phrase(rng, known)
    first, inner, last = (wq.Term(field, each) for each in (*chosen, *chosen, *chosen)[:3])
    return wq.SpanContains(wq.SpanNear(first, last, slop=9), inner)


def near(rng: Rng, known: Vocabulary) -> wq.Query:
    """Two words near each other, in any order."""
    first, last = two(rng, known)
    return wq.SpanNear(first, last, slop=rng.randint(1, 6), ordered=False)


CASES: dict[type, Make] = {
    wq.Term: word,
    wq.And: lambda r, k: wq.And(together(r, k), boost=draw_boost(r)),
    wq.Or: lambda r, k: wq.Or(words(r, k, 0), boost=draw_boost(r), minmatch=r.choice((0, 0, 2))),
    wq.DefaultOr: lambda r, k: wq.DefaultOr(words(r, k), boost=draw_boost(r)),
    wq.SplitOr: lambda r, k: wq.SplitOr(words(r, k)),
    wq.PreloadedOr: lambda r, k: wq.PreloadedOr(words(r, k), boost=draw_boost(r)),
    wq.DisjunctionMax: lambda r, k: wq.DisjunctionMax(words(r, k), draw_boost(r), tiebreak=0.3),
    wq.Not: lambda r, k: wq.Not(word(r, k), boost=draw_boost(r)),
    wq.AndNot: lambda r, k: wq.AndNot(*both(r, k)),
    wq.AndMaybe: lambda r, k: wq.AndMaybe(*both(r, k)),
    wq.Require: lambda r, k: wq.Require(*both(r, k)),
    wq.Otherwise: otherwise,
    wq.Prefix: prefix,
    wq.Wildcard: wildcard,
    wq.Regex: regex,
    wq.FuzzyTerm: fuzzy,
    wq.Variations: lambda r, k: wq.Variations(*text(r, k), boost=draw_boost(r)),
    wq.TermRange: term_range,
    wq.NumericRange: number_range,
    wq.DateRange: date_range,
    wq.Every: every,
    wq.Phrase: phrase,
    LucenePhrase: lambda r, k: LucenePhrase(*draw_phrase(r, k)),
    LuceneNear: lucene_near,
    wq.Sequence: lambda r, k: wq.Sequence(two(r, k), slop=r.randint(1, 5), boost=draw_boost(r)),
    wq.Ordered: lambda r, k: wq.Ordered(two(r, k), boost=draw_boost(r)),
    wq.ConstantScoreQuery: lambda r, k: wq.ConstantScoreQuery(word(r, k), r.choice((0.25, 1.7))),
    wq.WeightingQuery: lambda r, k: wq.WeightingQuery(word(r, k), Frequency()),
    wq.ColumnQuery: condition,
    wq.NestedParent: lambda r, k: wq.NestedParent(parents(r, k), word(r, k)),
    wq.NestedChildren: lambda r, k: wq.NestedChildren(parents(r, k), parents(r, k)),
    wq.SpanFirst: lambda r, k: wq.SpanFirst(positioned(r, k), limit=r.randint(0, 9)),
    wq.SpanNear: near,
    wq.SpanNear2: lambda r, k: wq.SpanNear2(two(r, k), slop=r.randint(1, 6)),
    wq.SpanNot: lambda r, k: wq.SpanNot(*two(r, k)),
    wq.SpanOr: lambda r, k: wq.SpanOr(two(r, k)),
    wq.SpanContains: contained,
    wq.SpanBefore: lambda r, k: wq.SpanBefore(*two(r, k)),
    wq.SpanCondition: lambda r, k: wq.SpanCondition(*two(r, k)),
    type(wq.NullQuery): lambda _r, _k: wq.NullQuery,
}
"""How to make a random query of each class."""

SPANS_WITHOUT_SIZE = (
    wq.SpanFirst,
    wq.SpanNear,
    wq.SpanNot,
    wq.SpanOr,
    wq.SpanContains,
    wq.SpanBefore,
    wq.SpanCondition,
)
"""Classes that cannot stand in an `And` or an `Or`, which ask for a size that they do not know."""

NOT_NESTED = {
    wq.And,
    wq.Or,
    wq.AndNot,
    wq.AndMaybe,
    wq.Require,
    wq.Not,
    wq.DisjunctionMax,
    wq.ConstantScoreQuery,
    wq.SplitOr,  # always raises
    wq.ColumnQuery,
    wq.NestedParent,  # cannot be skipped forward
    wq.NestedChildren,
    *SPANS_WITHOUT_SIZE,
}
LEAVES = tuple(kind for kind in CASES if kind not in NOT_NESTED)
"""The classes of the innermost queries in others."""


def random_query(rng: Rng, known: Vocabulary, depth: int = 3) -> wq.Query:
    """Return queries of many classes within each other."""
    if depth == 0:
        return CASES[wq.Term if chance(rng, 0.5) else rng.choice(LEAVES)](rng, known)

    def part() -> wq.Query:
        return random_query(rng, known, depth - 1)

    def joined() -> wq.Query:
        parts = [part() for _ in range(rng.choice((1, 2, 2, 3, 4)))]
        return rng.choice((wq.And, wq.Or))(parts, boost=draw_boost(rng))

    ways = (
        joined,
        lambda: rng.choice((wq.AndNot, wq.AndMaybe, wq.Require))(part(), part()),
        lambda: wq.Not(part(), boost=draw_boost(rng)),
        lambda: wq.ConstantScoreQuery(part(), rng.choice((0.25, 0.7))),
        lambda: CASES[wq.DisjunctionMax](rng, known),
        lambda: random_query(rng, known, 0),
    )
    way = rng.choices(ways, (45, 20, 7, 8, 10, 10))[0]
    return way()
