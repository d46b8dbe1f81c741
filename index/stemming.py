"""Indonesian stems: what the forms of a word share; readers never see them.

A word is taken apart in all the ways that Indonesian affixes allow (`index.affixes`), and the known
root that explains most of it wins: menulis holds tulis. Where no known root is inside, only affixes
that can hardly be anything else are taken off (dicanangkan), so that names stay whole.

>>> stem("perdagangan"), stem("menulis"), stem("penembakan"), stem("makanannya")
('dagang', 'tulis', 'tembak', 'makan')
>>> stem("anak-anaknya"), stem("undang-undang"), stem("megawati"), stem("pertamina")
('anak', 'undang-undang', 'megawati', 'pertamina')
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from index.affixes import Parts, syllables, take_apart
from index.stem_lists import lists_digest, overrides, roots

RULES_VERSION = 2
"""Raised whenever a rule changes a stem; the lists speak for themselves."""

WHOLE_DOUBLES = frozenset(
    # Doubled words that are words of their own: undang-undang is a law, undang means to invite.
    # Collected by the developers from everyday newspaper usage.
    "alun-alun cumi-cumi gado-gado kira-kira kunang-kunang kupu-kupu kura-kura laba-laba "
    "langit-langit mata-mata oleh-oleh ondel-ondel pura-pura rata-rata tiba-tiba ubur-ubur "
    "undang-undang".split()
)
"""Doubles that keep their hyphen, and never meet the single word."""

CACHED_WORDS = 1 << 17
"""Stems remembered: more than the distinct words of most archives' first 10,000 articles."""

PLAIN_SUFFIX_COST = 0.1
AFFIX_COST = 0.1
"""A letter of the root counts 1, so the longest root wins, and of equals the one plainer built."""

SPOKEN_COST = 2.5
"""meN- without its me- (nulis) is of speech, and is believed only of long roots."""


@lru_cache(maxsize=CACHED_WORDS)
def stem(word: str) -> str:
    """Return the stem of one folded word (see `index.analysis.fold`)."""
    head, hyphen, _ = word.partition("-")
    if not hyphen:
        return _stem_single(word)
    double = f"{head}-{head}"
    return double if double in WHOLE_DOUBLES else _stem_single(head)


def stem_words(words: Sequence[str]) -> list[str]:
    """Return the stem of each of many words."""
    return list(map(stem, words))


@cache
def stemming_version() -> str:
    """Return what changes with any stem: an index stores stems, so it must be rebuilt then."""
    return f"{RULES_VERSION}-{lists_digest()}"


def _stem_single(word: str) -> str:
    reviewed = overrides().get(word)
    if reviewed is not None:
        return reviewed
    if word in roots() or not word.isalpha() or not word.isascii():
        return word
    return _known_root(word) or _likely_root(word)


def _known_root(word: str) -> str:
    known, reviewed = roots(), overrides()
    best, most = "", 0.0
    for parts in take_apart(word):
        core = parts.core
        if core not in known:
            # A reviewed form carries its decision to what is built upon it: mengertinya.
            core = reviewed.get(core, "")
        if core and (worth := _worth(parts)) > most:
            best, most = core, worth
    return best


def _worth(parts: Parts) -> float:
    cost = AFFIX_COST * (len(parts.prefixes) + bool(parts.suffix) + parts.clitics)
    return len(parts.core) - cost - SPOKEN_COST * ("spoken" in parts.prefixes)


LIKELY_ROOT = re.compile(
    r"(?:[bcdfghjklmnpqrstvwyz]|ny|ng|sy|kh|[bdgkpst][rl])?[aiueo]"
    r"(?:(?:ng|[klmnrsphtb])?(?:ny|ng|sy|[bcdfghjklmnprstwyz][rl]?)?[aiueo])+"
    r"(?:ng|[bdfhklmnprst])?"
)
"""The shape of a native root: two syllables or more, and an end that Indonesian words have."""

LIKELY_ROOT_LEAST = 4

CIRCUMFIXES = frozenset(
    {("di", "kan"), ("me", "kan"), ("pe", "an"), ("per", "an"), ("ke", "an"), ("ber", "an")}
    | {("di", "i"), ("me", "i"), ("me", ""), ("di", ""), ("ter", ""), ("ber", ""), ("pe", "")}
    | {("ter", "kan"), ("ter", "i")}
)
"""The prefixes and suffixes that are believed around a root nobody knows."""


def _likely_root(word: str) -> str:
    """Return a word without the affixes that can hardly be anything else."""
    best, most = word, 0
    for parts in take_apart(word):
        taken = len(word) - len(parts.core)
        if taken > most and _is_likely(parts, word):
            best, most = parts.core, taken
    return best


def _is_likely(parts: Parts, word: str) -> bool:
    if len(parts.core) < LIKELY_ROOT_LEAST or syllables(parts.core) < 2:
        return False
    if not LIKELY_ROOT.fullmatch(parts.core):
        return False
    if not parts.prefixes:
        return parts.suffix in {"", "kan"} and (not parts.clitics or word.endswith("nya"))
    return len(parts.prefixes) == 1 and (parts.prefixes[0], parts.suffix) in CIRCUMFIXES
