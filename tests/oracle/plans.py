"""Random plans: nodes of every class within each other, made of an archive's own words."""

from collections.abc import Callable, Sequence
from typing import get_args

from search.execution.planner import (
    AllOf,
    AnyOf,
    AnyTerm,
    EveryDocument,
    NumberRange,
    Plan,
    PlanNode,
    TermsFrom,
    TermsTogether,
)

from .vocabulary import (
    UNKNOWN,
    UNKNOWN_FIELD,
    Rng,
    Vocabulary,
    chance,
    draw_boost,
    draw_phrase,
    draw_term,
)

NODES: tuple[type, ...] = get_args(PlanNode)
"""Every class of node."""


def random_plan(rng: Rng, known: Vocabulary, kind: type | None = None, depth: int = 3) -> Plan:
    """Return a plan whose root is a node of a class, or of any; its parts are of any class."""
    drawing = _Drawing(rng, known)
    root = drawing.node_of(kind, depth) if kind else drawing.node(depth)
    return Plan(root, tuple(drawing.numbers))


class _Drawing:
    """Draws the nodes of one plan, and numbers their terms."""

    def __init__(self, rng: Rng, known: Vocabulary) -> None:
        self.rng, self.known = rng, known
        self.numbers: dict[tuple[str, bytes], int] = {}
        self._leaves: dict[type, Callable[[], PlanNode]] = {
            AnyTerm: self._any_term,
            TermsTogether: self._together,
            TermsFrom: self._terms_from,
            NumberRange: self._number_range,
            EveryDocument: EveryDocument,
        }

    def node(self, depth: int) -> PlanNode:
        """Return a node of any class; at depth 0, one without parts."""
        leaf = self.rng.choices(list(self._leaves), (9, 4, 2, 2, 1))[0]
        kinds = (AnyOf, AllOf, leaf) if depth else (leaf,)
        return self.node_of(self.rng.choices(kinds, (2, 2, 1)[: len(kinds)])[0], depth)

    def node_of(self, kind: type, depth: int) -> PlanNode:
        """Return a node of a class."""
        if kind is AnyOf:
            return AnyOf(self._parts(depth, (0, 1, 2, 2, 2, 3, 4)), draw_boost(self.rng))
        if kind is AllOf:
            return self._all_of(depth)
        return self._leaves[kind]()

    def _all_of(self, depth: int) -> AllOf:
        must = (
            self._words_of_a_text() if chance(self.rng, 0.4) else self._parts(depth, (1, 1, 2, 3))
        )
        must_not = self._parts(depth, (1, 1, 2, 3)) if chance(self.rng, 0.4) else ()
        if chance(self.rng, 0.05):  # what is required is excluded, too
            must_not = (*must_not, self.rng.choice(must))
        return AllOf(must, must_not)

    def _words_of_a_text(self) -> tuple[PlanNode, ...]:
        """Return words that stand in one document, each as a part: few documents have others."""
        field, words = draw_phrase(self.rng, self.known)
        return tuple(AnyTerm(self._numbered((field, word))) for word in words)

    def _parts(self, depth: int, counts: Sequence[int]) -> tuple[PlanNode, ...]:
        return tuple(self.node(max(depth - 1, 0)) for _ in range(self.rng.choice(counts)))

    def _any_term(self) -> AnyTerm:
        terms = [self._term() for _ in range(self.rng.choice((0, 1, 1, 1, 2, 2, 4)))]
        if terms and chance(self.rng, 0.2):
            terms.append(terms[0])
        return AnyTerm(self._numbered(*terms))

    def _term(self) -> tuple[str, str]:
        field, text = draw_term(self.rng, self.known)
        if chance(self.rng, 0.08):
            return self.rng.choice(((field, UNKNOWN), (UNKNOWN_FIELD, text)))
        return field, text

    def _together(self) -> TermsTogether:
        field, words = draw_phrase(self.rng, self.known)
        reach = self.rng.choice((None, None, 0, 1, 3, 8))
        if reach is not None:
            self.rng.shuffle(words)
            words = words[: self.rng.choice((1, 2, 3, 3))]
        if chance(self.rng, 0.05):
            field = self.rng.choice((UNKNOWN_FIELD, *self.known.stems))
        return TermsTogether(field, self._numbered(*((field, word) for word in words)), reach)

    def _terms_from(self) -> TermsFrom:
        field, text = self._term()
        length = self.rng.choice((1, 1, 2, 2, 3, 4))
        if chance(self.rng, 0.1) and field != UNKNOWN_FIELD:  # Whoosh raises there
            length = 0
        return TermsFrom(field, text[:length].encode(), self.rng.choice((0.25, 1.0, 1.7)))

    def _number_range(self) -> NumberRange:
        low, high = (
            None if chance(self.rng, 0.2) else self.rng.choice(self.known.dates) for _ in range(2)
        )
        if low is not None and high is not None and chance(self.rng, 0.7):
            low, high = min(low, high), max(low, high)
        return NumberRange("date", low, high)

    def _numbered(self, *terms: tuple[str, str]) -> tuple[int, ...]:
        keys = ((field, text.encode()) for field, text in terms)
        return tuple(self.numbers.setdefault(key, len(self.numbers)) for key in keys)
