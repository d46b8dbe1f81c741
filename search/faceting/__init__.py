"""Facets: from the filters of a request to ordinals, and from counts to the facets shown.

Words: the *ordinal* of a facet value is its position in one table of all values (`FacetTable`);
"no value" has an ordinal too, the last of its facet. A *filter* is one facet's choices, or the
range of days; each has a bit. A *bucket* is a value with its count.

>>> import numpy as np
>>> commonest_values(np.array([3, 0, 9, 9], np.uint32), size=2)
CommonestValues(offsets=[2, 3], above_zero=3, total=21)

The rules that facets obey are in ARCHITECTURE.md. Not here: the counting itself, which
`search.execution` does while it collects matches, by the loops of `search.kernels`.
"""

from search.faceting.counts import (
    NUMBER_BIT,
    MatchCounts,
    OrdinalFilters,
    commonest_values,
    to_day_counts,
    to_facet_results,
    to_month_counts,
    to_ordinals,
)
from search.faceting.ordinals import FacetTable, facet_numbers, facet_values
from search.faceting.rows import facet_rows
