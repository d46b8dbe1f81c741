"""Keyness: how much more often a value stands in one part of an archive than in the rest.

>>> round(log_likelihood(10, 100, 10, 1000), 1), log_likelihood(10, 100, 100, 1000)
(22.1, 0.0)
"""

from math import log


def log_likelihood(own: int, own_total: int, other: int, other_total: int) -> float:
    """Return the log-likelihood ratio G2 of a value's counts in two parts.

    G2 = 2 * (a * ln(a / E1) + b * ln(b / E2)), where E1 = c * (a + b) / (c + d) and E2 likewise
    (Dunning 1993, "Accurate Methods for the Statistics of Surprise and Coincidence"; in this form
    Rayson and Garside 2000, "Comparing Corpora using Frequency Profiling"). 6.6 is significant at
    one in a hundred, 10.8 at one in a thousand.

    Args:
        own: documents of the first part with the value.
        own_total: documents of the first part.
        other: documents of the second part with the value.
        other_total: documents of the second part.

    Returns:
        The ratio; 0 where the value is as frequent in the first part as in the second, or rarer.
    """
    total = own_total + other_total
    if not own or own * total <= own_total * (own + other):
        return 0.0
    rate = (own + other) / total
    parts = ((own, own_total), (other, other_total))
    return 2 * sum(count * log(count / (size * rate)) for count, size in parts if count)
