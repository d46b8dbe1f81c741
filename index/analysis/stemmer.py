"""The stemmer of Indonesian: one stem for all forms of a word; readers never see it.

A word is split in all the ways that Indonesian affixes allow (`index.analysis.affixes`), and the
best known root that is found so is the stem: menulis contains tulis. Where no known root is found,
PyStemmer's Snowball algorithm proposes a stem, and only affixes that can hardly be anything else
are taken off (dicanangkan), so that names stay whole. docs/stemming.md has the rules, the figures
and how to mend a stem.

>>> stem("perdagangan"), stem("menulis"), stem("penembakan"), stem("makanannya")
('dagang', 'tulis', 'tembak', 'makan')
>>> stem("anak-anaknya"), stem("undang-undang"), stem("megawati"), stem("pertamina")
('anak', 'undang-undang', 'megawati', 'pertamina')
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import islice
from threading import Lock

import Stemmer

from index.analysis.affixes import (
    REPLACED_LETTERS,
    VOWELS,
    WordParts,
    count_syllables,
    split_affixes,
)
from index.analysis.stem_dictionary import hash_lists, overrides, roots

RULES_VERSION = 4
"""Raised whenever a rule changes a stem. A change of the word lists is seen without it."""

WHOLE_DOUBLES = frozenset(
    # The developers collected them from everyday newspapers.
    "alun-alun cumi-cumi gado-gado kira-kira kunang-kunang kupu-kupu kura-kura laba-laba "
    "langit-langit mata-mata oleh-oleh ondel-ondel pura-pura rata-rata tiba-tiba ubur-ubur "
    "undang-undang".split()
)
"""Doubled words that are words of their own, and so their own stem: undang-undang is a law, undang
means to invite."""

CACHED_WORDS = 1 << 19
"""Stems that are cached, some 100 MB at most. To find a stem anew takes ten microseconds."""

REMEMBERED_WORDS = 1 << 20
"""Stems that a build keeps: 200 MB at most."""

POSSESSIVE = "'s"
"""What a foreign name has at its end; no other token has an apostrophe."""

PREFIX_COST = 0.3
SUFFIX_COST = 0.2
"""A letter of the root scores 1: the longest root wins; of two as long, that with fewer affixes."""

DROPPED_R_COST = 1.1
"""More than the letter by which be-renang is longer than ber-enang: most r's are those of ber-."""

UNLIKELY_COST = 1.5
REQUEST_COST = 3
"""For -i without a prefix, which only requests have (hantui): pencari is cari, not pencar."""

SPOKEN_DIVISOR = 100
"""me- is shortened to a nasal in speech only (ngomong), so such a root wins over no other."""

MISSPELT_AN = frozenset({"me", "di"})
"""Prefixes after which -an is a misspelt -kan: ditunjukan for ditunjukkan."""

DOUBTFUL_CLITICS = frozenset({"ku", "mu", "tah"})
"""News seldom says "my" and "your", and many roots end with these letters: terpaku is paku."""


@lru_cache(maxsize=CACHED_WORDS)
def stem(word: str) -> str:
    """Return the stem of one folded word (see `index.analysis.analyzer.fold`)."""
    return _stem(word)


def _stem(word: str) -> str:
    word = word.removesuffix(POSSESSIVE)
    head, hyphen, _ = word.partition("-")
    if not hyphen:
        return _stem_single(word)
    double = f"{head}-{head}"
    return double if double in WHOLE_DOUBLES else _stem_single(head)


class Stems:
    """Stems the words of a whole build, a list of words at a time, and remembers the first ones.

    `stem` forgets its oldest words. Each segment has its words in alphabetical order, and more of
    them than that cache holds, so every word would be forgotten before the next segment has it.
    """

    def __init__(self, most: int = REMEMBERED_WORDS) -> None:
        self._most = most
        self._known: dict[str, str] = {}

    def __call__(self, words: Sequence[str]) -> list[str]:
        """Return the stem of each word."""
        known = self._known
        stems = [known.get(word) or _stem(word) for word in words]
        known.update(islice(zip(words, stems, strict=True), self._most - len(known)))
        return stems


def required_substrings(stemmed: str) -> tuple[str, ...]:
    """Return strings, at least one of which is in every word with this stem.

    They are the root and its reviewed forms, without the letter that a prefix may replace.

    >>> required_substrings("tulis"), stem("penulisannya")
    (('ulis',), 'tulis')
    """
    forms = (stemmed, *_reviewed_forms().get(stemmed, ()))
    heads = {form.partition("-")[0] for form in forms}
    return tuple(sorted(h[1:] if h[:1] in REPLACED_LETTERS and len(h) > 1 else h for h in heads))


@cache
def _reviewed_forms() -> dict[str, list[str]]:
    forms: dict[str, list[str]] = {}
    for form, root in overrides().items():
        forms.setdefault(root, []).append(form)
    return forms


@cache
def stemming_version() -> str:
    """Return what changes with any stem: an index holds stems, so it must be rebuilt then."""
    return f"{RULES_VERSION}-{hash_lists()}-{Stemmer.version()}"


def _stem_single(word: str) -> str:
    reviewed = overrides().get(word)
    if reviewed is not None:
        return reviewed
    if word in roots() or not word.isalpha() or not word.isascii():
        return word
    splits = list(split_affixes(word))
    return _known_root(splits) or _likely_root(word, splits)


def _known_root(splits: Sequence[WordParts]) -> str:
    """Return the known root with the best score; empty where no split has one."""
    best, most = "", 0.0
    for parts in splits:
        root = _root_of(parts)
        if root and _is_allowed(parts) and (score := _score(parts)) > most:
            best, most = root, score
    return best


def _root_of(parts: WordParts) -> str:
    """Return the core if it is a root, or its root if it was reviewed; else an empty text."""
    core = parts.core
    if core in roots():
        return core
    root = overrides().get(core, "")
    # A reviewed form may have further affixes; a name, which is its own root, only has clitics.
    return root if root != core or not (parts.prefixes or parts.suffix) else ""


def _score(parts: WordParts) -> float:
    """Return the length of a known root, less what its affixes cost."""
    prefixes, suffix = parts.prefixes, parts.suffix
    cost = PREFIX_COST * len(prefixes) + SUFFIX_COST * (bool(suffix) + len(parts.clitics))
    cost += UNLIKELY_COST * (not DOUBTFUL_CLITICS.isdisjoint(parts.clitics))
    cost += UNLIKELY_COST * (suffix == "an" and not MISSPELT_AN.isdisjoint(prefixes[:1]))
    cost += REQUEST_COST * (suffix == "i" and not prefixes)
    cost += DROPPED_R_COST * parts.dropped_r
    score = len(parts.core) - cost
    # It stays above 0, which is no root, and below the score of every root of written words.
    return score / SPOKEN_DIVISOR if "spoken" in prefixes else score


def _is_allowed(parts: WordParts) -> bool:
    """Refuse -wan after a short root, and me- or di- with -an unless a k was lost between."""
    if parts.suffix in {"wan", "wati"}:
        return len(parts.core) >= ROOT_LEAST and parts.core[-1] in "aiueo"
    is_misspelt = parts.suffix == "an" and parts.prefixes[:1] and parts.prefixes[0] in MISSPELT_AN
    return not is_misspelt or parts.core.endswith("k")


NATIVE_ROOT = re.compile(
    r"(?:[bcdfghjklmnpqrstvwyz]|ny|ng|sy|kh|[bdgkpst][rl])?[aiueo]"
    r"(?:(?:ng|[klmnrsphtb])?(?:ny|ng|sy|[bcdfghjklmnprstwyz][rl]?)?[aiueo])+"
    r"(?:ng|[bdfhklmnprst])?"
)
"""The shape of a native root: two or more syllables, and an end that Indonesian words have."""

ROOT_LEAST = 4
SYLLABLES_LEAST = 2

LIKELY_CLITICS = frozenset({(), ("nya",), ("lah",)})

CIRCUMFIXES = frozenset(
    {("di", "kan"), ("me", "kan"), ("pe", "an"), ("per", "an"), ("ke", "an"), ("ber", "an")}
    | {("di", "i"), ("me", "i"), ("me", ""), ("di", ""), ("ter", ""), ("ber", "")}
    | {("ter", "kan"), ("ter", "i")}
)
"""The outermost prefix and the suffix that are taken off a root that is in no list."""

LOAN_ENDS = ("si", "tas", "if", "al", "er", "or", "is", "ik", "ia", "um", "us")
LOAN_LEAST = 6
"""A shorter core that ends as a loan word does is a part of one: ter-mal, di-namik."""


def _likely_root(word: str, splits: Sequence[WordParts]) -> str:
    """Return a word without the affixes that can hardly be anything else.

    That is the stem that PyStemmer proposes, if it is such a split, else the shortest core.
    """
    cores = [parts.core for parts in splits if _is_likely(parts)]
    proposed = _snowball_stem(word)
    return proposed if proposed in cores else min(cores, key=len, default=word)


def _snowball_stem(word: str) -> str:
    stemmer, lock = _snowball()
    with lock:
        return str(stemmer.stemWord(word))


@cache
def _snowball() -> "tuple[Stemmer.Stemmer, Lock]":
    # PyStemmer's object keeps state while it works, so threads take turns; `stem` caches stems.
    return Stemmer.Stemmer("indonesian", 0), Lock()


def _is_likely(parts: WordParts) -> bool:
    """Return whether affixes around an unknown root can hardly be anything else."""
    core, prefixes, suffix = parts.core, parts.prefixes, parts.suffix
    if parts.clitics not in LIKELY_CLITICS or core.endswith("nya") or len(prefixes) > 1:
        return False
    if not prefixes:
        bare = parts.clitics == ("nya",) and not suffix and not VOWELS.isdisjoint(core)
        return bare or (suffix == "kan" and _is_native(core))
    if (prefixes[0], suffix) not in CIRCUMFIXES:
        return False
    if suffix == "kan" and prefixes[0] in MISSPELT_AN:
        return len(core) >= ROOT_LEAST and count_syllables(core) >= SYLLABLES_LEAST
    return _is_native(core) and not _is_cut_loan(core, suffix)


def _is_native(core: str) -> bool:
    """Return whether a core has the shape of an Indonesian root."""
    return (
        len(core) >= ROOT_LEAST
        and count_syllables(core) >= SYLLABLES_LEAST
        and bool(NATIVE_ROOT.fullmatch(core))
    )


def _is_cut_loan(core: str, suffix: str) -> bool:
    """Return whether a core is a part of a loan word: mengkombinas-i, ter-mal."""
    if suffix == "i":
        return core.endswith("s") and count_syllables(core) > SYLLABLES_LEAST
    return not suffix and core.endswith(LOAN_ENDS) and len(core) < LOAN_LEAST
