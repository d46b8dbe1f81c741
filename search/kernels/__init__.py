"""Compiled loops over postings and matches, and nothing else.

| module | loops over |
|---|---|
| `streams`, `score`, `phrase`, `near` | postings: find what matches, and score it |
| `filters`, `facet_counts`, `top_docs` | matches: filter, count facet values, keep the best |
| `passages` | tokens of texts that are shown |

A *window* is 4,096 documents whose scores are summed together; a *slot* is a document's number in
its window. Kernels take arrays and numbers, know no file, no query and no news, and are compiled
when they are first called (see `index.compiled`). `search.warm_up` calls them all, so that set-up
pays for that and no reader does.

>>> import numpy as np
>>> counts = np.array([3, 0, 9], np.uint32)
>>> offsets, sums = np.empty(2, np.int64), np.empty(2, np.int64)
>>> int(greatest_counts(counts, offsets, sums)), offsets.tolist()
(2, [2, 0])
"""

from search.kernels.facet_counts import (
    FacetRows,
    Rows,
    add_counts,
    count_facet,
    count_facets,
    fill_rows,
    greatest_counts,
)
from search.kernels.filters import (
    drop_deleted,
    list_failing,
    list_near,
    list_others,
    list_passing,
    mark_failing,
)
from search.kernels.near import count_near, mark_near
from search.kernels.passages import best_passages
from search.kernels.phrase import find_phrase, list_spans, new_buffers
from search.kernels.score import (
    CONSTANT,
    KNOWN_FREQUENCIES,
    LISTED,
    WINDOW,
    list_streams,
    list_term,
)
from search.kernels.streams import Postings, Streams, Window
from search.kernels.top_docs import TopDocs, keep_best

__all__ = [
    "CONSTANT",
    "KNOWN_FREQUENCIES",
    "LISTED",
    "WINDOW",
    "FacetRows",
    "Postings",
    "Rows",
    "Streams",
    "TopDocs",
    "Window",
    "add_counts",
    "best_passages",
    "count_facet",
    "count_facets",
    "count_near",
    "drop_deleted",
    "fill_rows",
    "find_phrase",
    "greatest_counts",
    "keep_best",
    "list_failing",
    "list_near",
    "list_others",
    "list_passing",
    "list_spans",
    "list_streams",
    "list_term",
    "mark_failing",
    "mark_near",
    "new_buffers",
]
