"""What differs between the two indexes of a pair: nothing, if all is well."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from whoosh import query as wq

from search.execution import Deadline, Plan, RequestReader
from search.matches import ScoredDocument, Selection

from .pair import ALL, SECONDS, Pair, Scores, run_matchers
from .plain import NO_FILTERS, PlainFilters, count, in_order
from .vocabulary import Rng, chance

TOLERANCE = 1e-4
"""How far apart scores may be, as a share: the kernels add up floats of 32 bits."""

STORED_HITS = 10
"""Hits of each query whose stored articles are compared."""

TERMS_DRAWN, WORDS_DRAWN, SUGGESTED = 400, 60, 5
NO_VALUE = frozenset({""})
SHORTEST = 4
"""Letters of a word that is misspelled."""


@dataclass
class Outcome:
    """The result of one comparison.

    Attributes:
        matched: how many documents match.
        worst: the greatest difference of two scores, as a share.
        problems: what differs.
    """

    matched: int = 0
    worst: float = 0.0
    problems: list[str] = field(default_factory=list)


def compare_plan(
    pair: Pair,
    plan: Plan,
    query: wq.Query,
    filters: PlainFilters = NO_FILTERS,
    selection: Selection = ALL,
) -> Outcome:
    """Compare what the kernels find for a plan with what Whoosh's matchers find for a query.

    Args:
        pair: both indexes.
        plan: what the kernels run in ours.
        query: the same as a Whoosh query.
        filters: what keeps documents out.
        selection: the order of the hits, all of which are compared.
    """
    try:
        expected, matches = pair.expected(plan, query), pair.find(plan, selection, filters)
    except Exception as error:  # noqa: BLE001 - no error is an answer
        return Outcome(problems=[f"it cannot be run: {error!r}"])
    scores = {hit.number: hit.score for hit in matches.hits}
    counted = count(pair.documents, expected, filters, pair.layout.facets)
    outcome = _compare_scores(scores, {n: expected[n] for n in counted.passing})
    if list(scores) != in_order(
        pair.documents, scores, selection.order, by_score=selection.by_score
    ):
        outcome.problems.append("the order of the hits is another")
    if matches.total != len(counted.passing) or matches.total_without != counted.total_without:
        outcome.problems.append("the totals are others")
    counts = pair.counts(matches)
    differing = [name for name in counts if counts[name] != counted.counts[name]]
    outcome.problems += [f"the facet {name} is another" for name in differing]
    outcome.problems += differing_articles(pair, matches.hits[:STORED_HITS])
    return outcome


def compare_query(pair: Pair, query: wq.Query) -> Outcome:
    """Compare what Whoosh's matchers find in our index with what they find in Whoosh's own.

    An error that Whoosh raises over its own index must be raised over ours, too. One may be
    missing: a list of Whoosh's own whose last document was deleted raises an `IndexError` where
    `AndNot` reads the number after its last.
    """
    found = attempt(lambda: run_matchers(query, pair.codec))
    expected = attempt(lambda: run_matchers(query, pair.oracle))
    if isinstance(expected, dict) and isinstance(found, dict):
        return _compare_scores(found, expected)
    is_fine = found is expected or (expected is IndexError and has_class(query, wq.AndNot))
    return Outcome(problems=[] if is_fine else [f"{found} instead of {expected}"])


def attempt(run: Callable[[], Any]) -> Any:
    """Return what a call returns, or the class of what it raises."""
    try:
        return run()
    except Exception as error:  # noqa: BLE001 - whatever it is
        return type(error)


def has_class(query: wq.Query, *kinds: type) -> bool:
    """Return whether a query is of one of some classes, or any part of it is."""
    return isinstance(query, kinds) or any(has_class(part, *kinds) for part in query.children())


def differing_articles(pair: Pair, hits: Sequence[ScoredDocument]) -> list[str]:
    """Return which of some hits are stored in another way."""
    problems = []
    for hit in hits:
        view, doc = pair.snapshot.view_of(hit.number)
        ours = view.segment.stored.document(doc).decode("utf-8", "surrogatepass")
        if ours != pair.oracle.stored_fields(hit.number)["document"]:
            problems.append(f"the stored article {hit.number} is another")
    return problems


def random_filters(pair: Pair, rng: Rng) -> PlainFilters:
    """Choose values of some facets to allow, of others to deny, and dates at times."""
    allow: dict[str, frozenset[str]] = {}
    deny: dict[str, frozenset[str]] = {}
    for name in rng.sample(pair.layout.facets, rng.randint(1, 2)):
        values = [rng.choice(pair.documents).values[name] for _ in range(5)]
        chosen = frozenset[str]().union(*values) or NO_VALUE
        (deny if chance(rng, 1 / 3) else allow)[name] = chosen
    days = sorted(d.number for d in rng.choices(pair.documents, k=20) if d.number is not None)
    numbers = (days[0], days[-1] - 1) if days and chance(rng, 1 / 3) else None
    return PlainFilters(allow, deny, numbers)


def differing_terms(pair: Pair, rng: Rng) -> Iterator[str]:
    """Yield the fields whose terms differ, and terms whose statistics do."""
    ours, oracle = pair.codec.reader(), pair.oracle.reader()
    for name in sorted(oracle.indexed_field_names()):
        terms = list(oracle.lexicon(name))
        if list(ours.lexicon(name)) != terms:
            yield f"the terms of {name} are others"
        for term in rng.sample(terms, min(TERMS_DRAWN, len(terms))):
            if _statistics(ours, name, term) != _statistics(oracle, name, term):
                yield f"the statistics of {name}:{term!r} are others"


def differing_fuzzy_terms(pair: Pair, rng: Rng) -> Iterator[str]:
    """Yield the misspelled words for which the words near them, or the suggestions, differ."""
    ours, oracle = pair.codec.reader(), pair.oracle.reader()
    request = RequestReader(0, pair.snapshot, Deadline(SECONDS))
    for name in ("body", "title"):
        words = [t.decode() for t in oracle.lexicon(name) if len(t.decode()) >= SHORTEST]
        for word in rng.sample(words, min(WORDS_DRAWN, len(words))):
            typed, distance = misspelled(word, rng), rng.randint(1, 2)
            within = (name, typed, distance, 1)
            if sorted(ours.terms_within(*within)) != sorted(oracle.terms_within(*within)):
                yield f"the words of {name} near {typed!r} are others to Whoosh"
            if list(request.fuzzy_terms(name, typed, distance)) != _fuzzy_terms(pair, *within):
                yield f"the words of {name} near {typed!r} are others"
            if _suggested(ours, name, typed) != _suggested(oracle, name, typed):
                yield f"other words of {name} are suggested for {typed!r}"


def misspelled(word: str, rng: Rng) -> str:
    """Return a word with one letter, but not the first, left out, doubled or changed."""
    at = rng.randrange(1, len(word))
    middle = rng.choice(("", word[at] * 2, rng.choice("aeioubdk")))
    return word[:at] + middle + word[at + 1 :]


def _compare_scores(scores: Scores, expected: Scores) -> Outcome:
    outcome = Outcome(len(expected))
    if scores.keys() != expected.keys():
        outcome.problems.append(f"{len(scores)} documents, not {len(expected)}, or others")
    both = scores.keys() & expected.keys()
    outcome.worst = max((_difference(scores[n], expected[n]) for n in both), default=0.0)
    if outcome.worst > TOLERANCE:
        outcome.problems.append(f"scores differ by {outcome.worst:.2g}")
    return outcome


def _difference(score: float, expected: float) -> float:
    return abs(score - expected) / abs(expected) if expected else abs(score)


def _statistics(reader: Any, name: str, term: bytes) -> tuple[float, float]:
    return reader.doc_frequency(name, term), reader.frequency(name, term)


def _fuzzy_terms(pair: Pair, *within: Any) -> list[str]:
    """Return what Whoosh finds in each of its segments: over several it counts edits otherwise."""
    leaves = (leaf.reader() for leaf, _ in pair.oracle.leaf_searchers())
    return sorted({word for reader in leaves for word in reader.terms_within(*within)})


def _suggested(reader: Any, name: str, typed: str) -> list[str]:
    return list(reader.corrector(name).suggest(typed, limit=SUGGESTED))
