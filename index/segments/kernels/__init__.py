"""Compiled loops over terms and postings: invert, sort, pack, search, merge.

| module | loops over |
|---|---|
| `hashes` | the bytes of terms |
| `terms`, `dictionary`, `near_terms` | terms: number, sort; pack, find, unpack; fuzzy search |
| `postings`, `merge` | tokens and postings: invert, pack, merge |
| `positions` | positions of postings |

They take arrays and numbers, and know no file, no query and no news (see `index.compiled`). Other
packages import them by module.
"""
