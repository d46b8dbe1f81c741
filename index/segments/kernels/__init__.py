"""Compiled loops over terms and postings: invert, sort, pack, merge.

| module | loops over |
|---|---|
| `hashes` | texts of terms |
| `terms`, `dictionary` | terms: number, sort, copy; pack, find, unpack |
| `postings`, `merge` | tokens and postings: invert, pack, merge |
| `positions` | positions of postings |

Kernels take arrays and numbers, know no file, no query and no news, and are compiled when they are
first called (see `index.compiled`).
"""
