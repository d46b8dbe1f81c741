"""The compiled loops, and nothing else.

| module | loops over |
|---|---|
| `tokens`, `hashes` | texts: what a token is |
| `terms`, `dictionary` | terms: number, sort, copy; pack, find, unpack |
| `postings`, `merge` | tokens and postings: invert, pack, merge |
| `score`, `positions`, `phrase`, `near` | postings: find what matches, and score it |
| `filters`, `facets`, `best` | matches: filter, count facets, keep the best |
| `offsets`, `passages` | tokens of texts that are shown |

Kernels take arrays and numbers, know no file, no query and no news, and are compiled when they are
first called (see `index.compiled`); `search.warm_up` calls them all, so that set-up pays
for that and no reader does.
"""
