"""What differs between the two indexes of a pair: nothing, if all is well."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from whoosh import query as wq

from index.schema import LAYOUT
from search.matches import FoundHit, Wanted

from .pair import Pair
from .plain import PlainFilters, count, in_order
from .queries import Rng, chance

TOLERANCE = 1e-4
"""How far scores may be apart, relative: the kernels add up floats of 32 bits."""

STORED_HITS = 10
"""Hits of each query whose stored articles are compared."""

TERMS_DRAWN, WORDS_DRAWN, SUGGESTED = 400, 60, 5
NONE = frozenset({""})
SHORTEST = 4
"""Letters of a word that is misspelled."""


@dataclass
class Outcome:
    """What one comparison came to.

    Attributes:
        matched: how many documents match.
        worst: the greatest relative difference of two scores.
        problems: what differs.
    """

    matched: int = 0
    worst: float = 0.0
    problems: list[str] = field(default_factory=list)


def compare_query(pair: Pair, query: wq.Query, rng: Rng) -> Outcome:
    """Compare documents, scores, order, total, facets and stored articles, filtered at times."""
    wanted = Wanted(len(pair.documents), rng.choice(list(pair.snapshot.orders)), by_score=True)
    filters = random_filters(pair, rng) if chance(rng, 1 / 3) else PlainFilters()
    try:
        expected, found = pair.expected(query), pair.found(query, wanted, filters)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is no answer
        return Outcome(problems=[f"it cannot be run: {error!r}"])
    counted = count(pair.documents, expected, filters, LAYOUT.facets)
    scores = {hit.number: hit.score for hit in found.hits}
    outcome = Outcome(len(expected))
    if set(scores) != counted.passing or found.total != len(scores):
        outcome.problems.append(f"{len(scores)} documents, not {len(counted.passing)}")
        return outcome
    outcome.worst = max((_difference(scores[n], expected[n]) for n in scores), default=0.0)
    if outcome.worst > TOLERANCE:
        outcome.problems.append(f"scores differ by {outcome.worst:.2g}")
    if list(scores) != in_order(pair.documents, scores, wanted.order, by_score=True):
        outcome.problems.append("the order of the hits is another")
    differing = [n for n in LAYOUT.facets if pair.counts(found, n) != counted.counts[n]]
    outcome.problems += [f"the facet {name} is another" for name in differing]
    outcome.problems += differing_articles(pair, found.hits[:STORED_HITS])
    return outcome


def differing_articles(pair: Pair, hits: Sequence[FoundHit]) -> list[str]:
    """Return which of some hits are stored in another way."""
    problems = []
    for hit in hits:
        view, doc = pair.snapshot.place_of(hit.number)
        ours = view.segment.stored.document(doc).decode("utf-8", "surrogatepass")
        if ours != pair.oracle.stored_fields(hit.number)["document"]:
            problems.append(f"the stored article {hit.number} is another")
    return problems


def random_filters(pair: Pair, rng: Rng) -> PlainFilters:
    """Choose values of some facets to allow, of others to deny, and dates at times."""
    allow: dict[str, frozenset[str]] = {}
    deny: dict[str, frozenset[str]] = {}
    for name in rng.sample(LAYOUT.facets, rng.randint(1, 2)):
        values = [rng.choice(pair.documents).values[name] for _ in range(5)]
        (deny if chance(rng, 1 / 3) else allow)[name] = frozenset[str]().union(*values) or NONE
    days = sorted(d.date for d in rng.choices(pair.documents, k=20) if d.date is not None)
    dates = (days[0], days[-1] - 1) if days and chance(rng, 1 / 3) else None
    return PlainFilters(allow, deny, dates)


def differing_terms(pair: Pair, rng: Rng) -> Iterator[str]:
    """Yield the fields whose terms differ, and terms whose statistics do."""
    ours, oracle = pair.columnar.reader(), pair.oracle.reader()
    for name in sorted(oracle.indexed_field_names()):
        terms = list(oracle.lexicon(name))
        if list(ours.lexicon(name)) != terms:
            yield f"the terms of {name} are others"
        for term in rng.sample(terms, min(TERMS_DRAWN, len(terms))):
            if _statistics(ours, name, term) != _statistics(oracle, name, term):
                yield f"the statistics of {name}:{term!r} are others"


def differing_suggestions(pair: Pair, rng: Rng) -> Iterator[str]:
    """Yield the misspelled words for which the words near them, or what is suggested, differ."""
    ours, oracle = pair.columnar.reader(), pair.oracle.reader()
    for name in ("body", "title"):
        words = [t.decode() for t in oracle.lexicon(name) if len(t.decode()) >= SHORTEST]
        for word in rng.sample(words, min(WORDS_DRAWN, len(words))):
            typed, distance = misspelled(word, rng), rng.randint(1, 2)
            asked = (name, typed, distance, 1)
            if sorted(ours.terms_within(*asked)) != sorted(oracle.terms_within(*asked)):
                yield f"the words of {name} near {typed!r} are others"
            if _suggested(ours, name, typed) != _suggested(oracle, name, typed):
                yield f"what is suggested of {name} for {typed!r} is another"


def misspelled(word: str, rng: Rng) -> str:
    """Return a word with one letter, but not the first, left out, doubled or changed."""
    place = rng.randrange(1, len(word))
    middle = rng.choice(("", word[place] * 2, rng.choice("aeioubdk")))
    return word[:place] + middle + word[place + 1 :]


def _difference(score: float, expected: Any) -> float:
    return abs(score - expected) / abs(expected) if expected else abs(score)


def _statistics(reader: Any, name: str, term: bytes) -> tuple[float, float]:
    return reader.doc_frequency(name, term), reader.frequency(name, term)


def _suggested(reader: Any, name: str, typed: str) -> list[str]:
    return list(reader.corrector(name).suggest(typed, limit=SUGGESTED))
