"""Random queries of every class of `whoosh.query`, made of an archive's own words."""

import datetime as dt
import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from search.execution.whoosh_scoring import LuceneNear, LucenePhrase
from whoosh import query as wq
from whoosh.scoring import Frequency

Rng = random.Random

UNKNOWN = "xqxq"
"""A word that no document has."""


@dataclass(frozen=True)
class Vocabulary:
    """What queries of an archive can be made of.

    Attributes:
        words: by field with positions, words that stand there.
        stems: by field without, its terms.
        keys: by field of one value, its values.
        dates: numbers of the field "date".
        phrases: by field with positions, words that stand side by side in a document.
        parents: a key whose documents stand for the parents of those that follow.
        columns: number fields that have a column, for conditions on it.
    """

    words: Mapping[str, Sequence[str]]
    stems: Mapping[str, Sequence[str]]
    keys: Mapping[str, Sequence[str]]
    dates: Sequence[int]
    phrases: Mapping[str, Sequence[Sequence[str]]]
    parents: str
    columns: Sequence[str] = ()


Make = Callable[[Rng, Vocabulary], wq.Query]


def new_rng(seed: int) -> Rng:
    """Return what draws follow from."""
    return Rng(seed)


def chance(rng: Rng, share: float) -> bool:
    """Whether something happens that does in a share of all cases."""
    return rng.random() < share


def boost(rng: Rng) -> float:
    """A boost: mostly none."""
    return rng.choice((1.0, 1.0, 2.5, 0.5))


def placed(rng: Rng, known: Vocabulary, field: str = "") -> wq.Query:
    """A word of a field with positions."""
    field = field or rng.choice(list(known.words))
    return wq.Term(field, rng.choice(known.words[field]), boost=boost(rng))


def word(rng: Rng, known: Vocabulary) -> wq.Query:
    """A word of any field; seldom a key, a date, or what nobody wrote."""
    if chance(rng, 0.04):
        return wq.Term(rng.choice(list(known.words)), UNKNOWN)
    if chance(rng, 0.04):
        return wq.Term("date", rng.choice(known.dates), boost=boost(rng))
    texts = rng.choices((known.words, known.stems, known.keys), (5, 3, 1))[0]
    field = rng.choice(list(texts))
    return wq.Term(field, rng.choice(texts[field]), boost=boost(rng))


def words(rng: Rng, known: Vocabulary, least: int = 2) -> list[wq.Query]:
    """Up to four words of any fields."""
    return [word(rng, known) for _ in range(rng.randint(least, 4))]


def together(rng: Rng, known: Vocabulary) -> list[wq.Query]:
    """Two or three words that stand in one document, most times."""
    if chance(rng, 0.2):
        return words(rng, known, 0)[:3]
    field = rng.choice(list(known.words))
    chosen = rng.choice(known.phrases[field])
    return [wq.Term(field, each, boost=boost(rng)) for each in chosen]


def both(rng: Rng, known: Vocabulary) -> tuple[wq.Query, wq.Query]:
    """Two of those."""
    parts = together(rng, known)
    return (parts[0], parts[-1]) if parts else (word(rng, known), word(rng, known))


def pair(rng: Rng, known: Vocabulary) -> list[wq.Query]:
    """Two words of one field, often such as stand side by side."""
    field = rng.choice(list(known.words))
    if chance(rng, 0.2):
        return [placed(rng, known, field), placed(rng, known, field)]
    first, second, *_ = rng.choice(known.phrases[field])
    return [wq.Term(field, first), wq.Term(field, second)]


def text(rng: Rng, known: Vocabulary) -> tuple[str, str]:
    """A field of terms and one of them."""
    texts = rng.choice((known.words, known.words, known.stems))
    field = rng.choice(list(texts))
    return field, rng.choice(texts[field])


def phrase_words(rng: Rng, known: Vocabulary) -> tuple[str, list[str]]:
    """A field and words that stand side by side in it, or do not; some twice, some nowhere."""
    field = rng.choice(list(known.words))
    chosen = list(rng.choice(known.phrases[field]))
    if chance(rng, 0.15):
        chosen[rng.randrange(len(chosen))] = rng.choice((UNKNOWN, chosen[0]))
    return field, chosen


def phrase(rng: Rng, known: Vocabulary) -> wq.Query:
    """A phrase as Whoosh scores it; of one word at times."""
    field, chosen = phrase_words(rng, known)
    chosen = chosen[: rng.choice((1, 2, 3, 3))]
    return wq.Phrase(field, chosen, slop=rng.choice((1, 1, 2, 4)), boost=boost(rng))


def lucene_phrase(rng: Rng, known: Vocabulary) -> wq.Query:
    """A phrase as the product asks for it."""
    return LucenePhrase(*phrase_words(rng, known))


def lucene_near(rng: Rng, known: Vocabulary) -> wq.Query:
    """Near words as the product asks for them, one of them twice at times."""
    field, chosen = phrase_words(rng, known)
    rng.shuffle(chosen)
    return LuceneNear(field, chosen, slop=rng.choice((1, 2, 4, 9)))


def prefix(rng: Rng, known: Vocabulary) -> wq.Query:
    """What words begin with."""
    field, chosen = text(rng, known)
    begun = chosen[: rng.randint(1, 4)]
    return wq.Prefix(field, begun, boost=boost(rng), constantscore=chance(rng, 0.7))


def wildcard(rng: Rng, known: Vocabulary) -> wq.Query:
    """A pattern of a word's ends."""
    field, chosen = text(rng, known)
    patterns = (
        f"*{chosen[-2:]}",
        f"?{chosen[1:]}",
        f"{chosen[:2]}*{chosen[-1:]}",
        f"{chosen[:1]}?*",
    )
    return wq.Wildcard(field, rng.choice(patterns), boost=boost(rng))


def regex(rng: Rng, known: Vocabulary) -> wq.Query:
    """An expression for words like one."""
    field, chosen = text(rng, known)
    start, whole = re.escape(chosen[:2]), re.escape(chosen)
    patterns = (f"{start}.*", f"[a-k]{re.escape(chosen[1:])}", f"{whole}|{start}.")
    return wq.Regex(field, rng.choice(patterns), boost=boost(rng))


def fuzzy(rng: Rng, known: Vocabulary) -> wq.Query:
    """Words near one."""
    field, chosen = text(rng, known)
    held = min(rng.randint(0, 2), len(chosen))
    return wq.FuzzyTerm(field, chosen, boost(rng), maxdist=rng.randint(1, 2), prefixlength=held)


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
        boost=boost(rng),
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
        boost=boost(rng),
        constantscore=chance(rng, 0.7),
    )


def date_range(rng: Rng, known: Vocabulary) -> wq.Query:
    """Moments, which a number field takes as microseconds: many or few."""
    del known
    first = dt.datetime(1, 1, 1, microsecond=rng.randint(1, 900))  # noqa: DTZ001 - as Whoosh has them
    return wq.DateRange("date", first, None, boost=boost(rng))


def every(rng: Rng, known: Vocabulary) -> wq.Query:
    """All documents, or those that have a field."""
    fields = (None, "date", *known.keys, *known.words)
    return wq.Every(rng.choice(fields), boost=boost(rng))


def condition(rng: Rng, known: Vocabulary) -> wq.Query:
    """Documents whose number in a column is large; scored from outside, since it cannot be."""
    least = rng.choice(known.dates)
    return wq.ConstantScoreQuery(wq.ColumnQuery(known.columns[0], lambda held: held > least))


def parents(rng: Rng, known: Vocabulary) -> wq.Query:
    """Documents that stand before others which belong to them."""
    return wq.Term(known.parents, rng.choice(known.keys[known.parents]))


def otherwise(rng: Rng, known: Vocabulary) -> wq.Query:
    """A word, or another where no document has the first."""
    field = rng.choice(list(known.words))
    first = wq.Term(field, UNKNOWN) if chance(rng, 0.5) else placed(rng, known, field)
    return wq.Otherwise(first, word(rng, known))


def contained(rng: Rng, known: Vocabulary) -> wq.Query:
    """A word between two others of its field."""
    field, chosen = phrase_words(rng, known)
    first, inner, last = (wq.Term(field, each) for each in (*chosen, *chosen, *chosen)[:3])
    return wq.SpanContains(wq.SpanNear(first, last, slop=9), inner)


def near(rng: Rng, known: Vocabulary) -> wq.Query:
    """Two words near each other, in any order."""
    first, last = pair(rng, known)
    return wq.SpanNear(first, last, slop=rng.randint(1, 6), ordered=False)


CASES: dict[type, Make] = {
    wq.Term: word,
    wq.And: lambda r, k: wq.And(together(r, k), boost=boost(r)),
    wq.Or: lambda r, k: wq.Or(words(r, k, 0), boost=boost(r), minmatch=r.choice((0, 0, 2))),
    wq.DefaultOr: lambda r, k: wq.DefaultOr(words(r, k), boost=boost(r)),
    wq.SplitOr: lambda r, k: wq.SplitOr(words(r, k)),
    wq.PreloadedOr: lambda r, k: wq.PreloadedOr(words(r, k), boost=boost(r)),
    wq.DisjunctionMax: lambda r, k: wq.DisjunctionMax(words(r, k), boost(r), tiebreak=0.3),
    wq.Not: lambda r, k: wq.Not(word(r, k), boost=boost(r)),
    wq.AndNot: lambda r, k: wq.AndNot(*both(r, k)),
    wq.AndMaybe: lambda r, k: wq.AndMaybe(*both(r, k)),
    wq.Require: lambda r, k: wq.Require(*both(r, k)),
    wq.Otherwise: otherwise,
    wq.Prefix: prefix,
    wq.Wildcard: wildcard,
    wq.Regex: regex,
    wq.FuzzyTerm: fuzzy,
    wq.Variations: lambda r, k: wq.Variations(*text(r, k), boost=boost(r)),
    wq.TermRange: term_range,
    wq.NumericRange: number_range,
    wq.DateRange: date_range,
    wq.Every: every,
    wq.Phrase: phrase,
    LucenePhrase: lucene_phrase,
    LuceneNear: lucene_near,
    wq.Sequence: lambda r, k: wq.Sequence(pair(r, k), slop=r.randint(1, 5), boost=boost(r)),
    wq.Ordered: lambda r, k: wq.Ordered(pair(r, k), boost=boost(r)),
    wq.ConstantScoreQuery: lambda r, k: wq.ConstantScoreQuery(word(r, k), r.choice((0.25, 1.7))),
    wq.WeightingQuery: lambda r, k: wq.WeightingQuery(word(r, k), Frequency()),
    wq.ColumnQuery: condition,
    wq.NestedParent: lambda r, k: wq.NestedParent(parents(r, k), word(r, k)),
    wq.NestedChildren: lambda r, k: wq.NestedChildren(parents(r, k), parents(r, k)),
    wq.SpanFirst: lambda r, k: wq.SpanFirst(placed(r, k), limit=r.randint(0, 9)),
    wq.SpanNear: near,
    wq.SpanNear2: lambda r, k: wq.SpanNear2(pair(r, k), slop=r.randint(1, 6)),
    wq.SpanNot: lambda r, k: wq.SpanNot(*pair(r, k)),
    wq.SpanOr: lambda r, k: wq.SpanOr(pair(r, k)),
    wq.SpanContains: contained,
    wq.SpanBefore: lambda r, k: wq.SpanBefore(*pair(r, k)),
    wq.SpanCondition: lambda r, k: wq.SpanCondition(*pair(r, k)),
    type(wq.NullQuery): lambda _r, _k: wq.NullQuery,
}
"""How to make a random query of each class."""
