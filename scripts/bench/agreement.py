"""Compare the engines' answers: a fast wrong answer is not worth a row.

Engines tokenize by their own rules, so totals may differ a little; queries are chosen so that they
hardly do. Scores are not compared: each engine has its own rounding of lengths.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bench.peer import Answer, BenchQuery
from index.errors import ArchiveError

DIFFERENCE_MOST = 0.03
"""Relative difference up to which answers count as the same."""

FEW = 100
"""Smaller totals are compared with this one: a document or two more or less means nothing there."""

Answers = Mapping[str, Mapping[BenchQuery, Answer]]
"""Answers by query, by engine."""


class DisagreementError(ArchiveError):
    """Two engines found different documents for one query."""


@dataclass(frozen=True, slots=True)
class Difference:
    """How far an engine's answer to a query is from the reference's.

    Attributes:
        engine: the engine that answered.
        kind: the query's kind.
        words: the query's words.
        total: relative difference of the totals.
        facets: relative difference of the counts of values that both returned; the largest of all
            facets.
    """

    engine: str
    kind: str
    words: str
    total: float
    facets: float

    @property
    def worst(self) -> float:
        """The larger of both."""
        return max(self.total, self.facets)

    def __str__(self) -> str:
        return (
            f"{self.engine} differs by {100 * self.worst:.2f} % at most ({self.kind}: {self.words})"
        )


def worst_differences(answers: Answers, reference: str) -> list[Difference]:
    """Return the worst difference of each engine from the reference."""
    return [
        max(
            (
                _difference(engine, query, answer, answers[reference][query])
                for query, answer in own.items()
            ),
            key=lambda difference: difference.worst,
        )
        for engine, own in answers.items()
        if engine != reference
    ]


def check_differences(differences: list[Difference]) -> None:
    """Refuse answers that are too far apart.

    Raises:
        DisagreementError: naming the engine and the query.
    """
    for difference in differences:
        if difference.worst > DIFFERENCE_MOST:
            raise DisagreementError(
                f"The answers are not the same: {difference}. Figures are void."
            )


def _difference(engine: str, query: BenchQuery, answer: Answer, reference: Answer) -> Difference:
    return Difference(
        engine,
        query.kind,
        " ".join(query.words),
        _relative(abs(answer.total - reference.total), reference.total),
        max((_counts_apart(answer.facets[f], n) for f, n in reference.facets.items()), default=0.0),
    )


def _counts_apart(counts: Mapping[str, int], reference: Mapping[str, int]) -> float:
    # Of values with equal counts, engines return different ones: only those of both are compared.
    both = counts.keys() & reference.keys()
    apart = sum(abs(counts[value] - reference[value]) for value in both)
    if reference and not both:
        return 1.0
    return _relative(apart, sum(reference[value] for value in both))


def _relative(apart: int, whole: int) -> float:
    return apart / max(whole, FEW)
