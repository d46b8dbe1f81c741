"""Compiled loops over texts: `tokens` writes their tokens, `offsets` the offsets of those.

They take arrays and numbers and know no file (see `index.compiled`); other packages import them by
module.
"""
