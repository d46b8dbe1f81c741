"""The committed lists that stems rest on: roots, and words reviewed one by one.

`stem_roots.txt` holds root words, many to a line, typed by the developers from their knowledge of
the language; `stem_overrides.tsv` holds a word, its root, and why, for what rules cannot know.
"""

import hashlib
from functools import cache
from importlib.resources import files

ROOTS = "stem_roots.txt"
OVERRIDES = "stem_overrides.tsv"


@cache
def roots() -> frozenset[str]:
    """Return the root words."""
    lines = _read(ROOTS).splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@cache
def overrides() -> dict[str, str]:
    """Return the root of each reviewed word; a word that stays as it is has itself."""
    rows = [line.split("\t") for line in _read(OVERRIDES).splitlines()[1:]]
    return {word: root for word, root, _ in rows}


@cache
def lists_digest() -> str:
    """Return a few letters that change whenever a list does."""
    return hashlib.sha256((_read(ROOTS) + _read(OVERRIDES)).encode()).hexdigest()[:12]


def _read(name: str) -> str:
    return files("index.analysis").joinpath(name).read_text(encoding="utf-8")
