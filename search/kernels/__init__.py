"""Compiled loops over postings and matches, and nothing else.

| module | loops over |
|---|---|
| `streams`, `score`, `phrase`, `near` | postings: find what matches, and score it |
| `filters`, `facet_counts`, `top_docs` | matches: filter, count facet values, keep the best |
| `passages` | tokens of texts that are shown |
| `edit_distance` | letters of words that may be meant |

A *window* is 4,096 documents whose scores are summed together; a *slot* is a document's number in
its window. Kernels take arrays and numbers, know no file, no query and no news, and are compiled
when they are first called (see `index.compiled`). `search.warm_up` calls them all, so that set-up
pays for that and no reader does.
"""
