"""The facets: the table of all dimensions to browse by.

A facet is one row of `FACETS`; everything else (the URL's parameters, the JSON, the page) follows
from it. The rules they obey are in ARCHITECTURE.md.

>>> FACET_BY_NAME["month"].order
'value'
"""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Facet:
    """A dimension to browse by.

    Attributes:
        name: the URL's parameter and the JSON's key.
        order: count: commonest first, then by value; value: greatest value first.
        size: buckets shown before "more".
        fewest: shown only where the archive has at least this many values.
        single: whether a document has at most one value.
        pattern: the form that a value must have; "" for any.
    """

    name: str
    order: Literal["count", "value"]
    size: int
    fewest: int
    single: bool
    pattern: str = ""


MONTH_PATTERN = r"[0-9]{4}-(0[1-9]|1[0-2])"
"""YYYY-MM."""

FACETS = (
    Facet("tag", order="count", size=10, fewest=1, single=False),
    Facet("author", order="count", size=10, fewest=1, single=False),
    Facet("month", order="value", size=24, fewest=1, single=True, pattern=MONTH_PATTERN),
    Facet("source", order="count", size=10, fewest=2, single=True),
    Facet("category", order="count", size=10, fewest=2, single=True),
    Facet("date_source", order="count", size=10, fewest=2, single=True),
)
"""Every facet, in the order shown."""

FACET_BY_NAME = {facet.name: facet for facet in FACETS}
