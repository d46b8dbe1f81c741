"""The committed word lists of the stemmer: roots, and words whose root was reviewed one by one.

`stem_roots.txt` has root words, many to a line, which the developers typed from their knowledge of
the language. `stem_overrides.tsv` has a word, its root and the reason, where no rule can know it.
"""

import hashlib
from functools import cache

from index.installed import read_packaged

ROOTS = "stem_roots.txt"
OVERRIDES = "stem_overrides.tsv"


@cache
def roots() -> frozenset[str]:
    """Return the root words."""
    lines = _read(ROOTS).splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@cache
def overrides() -> dict[str, str]:
    """Return the root of each reviewed word; a word that is no form of another is its own root."""
    rows = [line.split("\t") for line in _read(OVERRIDES).splitlines()[1:]]
    return {word: root for word, root, _ in rows}


@cache
def hash_lists() -> str:
    """Return a version hash of the stem lists: 12 hexadecimal digits."""
    return hashlib.sha256((_read(ROOTS) + _read(OVERRIDES)).encode()).hexdigest()[:12]


def _read(name: str) -> str:
    return read_packaged("index.analysis", name)
