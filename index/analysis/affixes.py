"""Affixes of Indonesian: every way in which a word can be split into a root and its affixes.

Two tables hold the rules. A row of `PREFIX_RULES` is one spelling of a prefix, the letters that may
follow it, and the letter of the root that it may replace: me- is written men- before a vowel, and
then replaces a t, so that menulis has the root tulis. `SUFFIXES_AFTER` says which suffixes go with
which prefix: pe- goes with -an and never with -kan, so that perusakan has the root rusak, not rusa.

>>> sorted(set(parts.core for parts in split_affixes("menulis") if parts.prefixes))
['nulis', 'tulis']
"""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

VOWELS = frozenset("aiueo")
CONSONANTS = frozenset("bcdfghjklmnpqrstvwxyz")
LIQUIDS = frozenset("lr")
LETTERS = VOWELS | CONSONANTS

PREFIXES_MOST = 3
"""Most prefixes of one word: kesepersepuluh. To allow more would find roots that are not there."""

CLITICS = ("nya", "lah", "kah", "pun", "tah", "ku", "mu")
"""Small words that are written onto the end of another, up to two of them: bukunyalah."""

CLITICS_MOST = 2
CORE_LEAST = 3
"""Letters of the shortest root: bom, cat. Nearly every word contains a shorter one."""

DROPPED_R = frozenset({"be", "te"})
"""How ber- and ter- are written before an r."""

SPOKEN_CORE_LEAST = 5
"""Letters of the shortest root after a spoken ng-: ngomong has one, Ngada, a place, has none."""


class PrefixRule(NamedTuple):
    """One spelling of a prefix.

    Attributes:
        text: the spelling.
        before: the letters that may follow it.
        replaced: the first letter of the root that it replaces; empty where it replaces none.
        prefix: the prefix that is spelled so: men- and mem- are spellings of me-.
        one_syllable: whether the root must have one syllable (mengecat, pengeboman).
    """

    text: str
    before: frozenset[str]
    replaced: str
    prefix: str
    one_syllable: bool = False


class WordParts(NamedTuple):
    """A word split into its parts.

    Attributes:
        core: what may be the root.
        prefixes: its prefixes, the outermost first, in the spelling of `PrefixRule.prefix`.
        suffix: its suffix; empty where it has none.
        clitics: the clitics at its end.
        dropped_r: whether ber- or ter- lost its r before the r of the root (berenang).
    """

    core: str
    prefixes: tuple[str, ...]
    suffix: str
    clitics: tuple[str, ...]
    dropped_r: bool


def _nasal_rules(start: str) -> tuple[PrefixRule, ...]:
    """Return the spellings with a nasal of me- or pe-."""
    return (
        PrefixRule(f"{start}m", frozenset("bfpv"), "", start),
        PrefixRule(f"{start}n", frozenset("cdjstz"), "", start),
        PrefixRule(f"{start}ng", frozenset("aiueoghkq"), "", start),
        PrefixRule(f"{start}m", VOWELS | LIQUIDS, "p", start),
        PrefixRule(f"{start}n", VOWELS | LIQUIDS, "t", start),
        PrefixRule(f"{start}ng", VOWELS | LIQUIDS, "k", start),
        PrefixRule(f"{start}ny", VOWELS, "s", start),
        PrefixRule(f"{start}nge", CONSONANTS, "", start, one_syllable=True),
    )


PREFIX_RULES = (
    PrefixRule("me", frozenset("lmnrwyv"), "", "me"),
    *_nasal_rules("me"),
    PrefixRule("per", LETTERS, "", "per"),
    PrefixRule("pe", LETTERS, "", "pe"),
    *_nasal_rules("pe"),
    PrefixRule("di", LETTERS, "", "di"),
    PrefixRule("ber", LETTERS, "", "ber"),
    PrefixRule("be", frozenset("rkt"), "", "ber"),
    PrefixRule("ter", LETTERS, "", "ter"),
    PrefixRule("te", frozenset("r"), "", "ter"),
    PrefixRule("ke", LETTERS, "", "ke"),
    PrefixRule("se", LETTERS, "", "se"),
    PrefixRule("ku", LETTERS, "", "ku"),
    PrefixRule("kau", LETTERS, "", "ku"),
    PrefixRule("tidak", LETTERS, "", "tidak"),
    PrefixRule("ny", VOWELS, "s", "spoken"),
    PrefixRule("ng", VOWELS, "", "spoken"),
    PrefixRule("ng", VOWELS, "k", "spoken"),
    PrefixRule("nge", CONSONANTS, "", "spoken", one_syllable=True),
)

REPLACED_LETTERS = frozenset(rule.replaced for rule in PREFIX_RULES if rule.replaced)
"""First letters of roots that a prefix may replace; no other letter of a root ever changes."""

SUFFIXES_AFTER = {
    "": frozenset({"", "kan", "an", "i", "wan", "wati"}),
    "me": frozenset({"", "kan", "i", "an"}),
    "di": frozenset({"", "kan", "i", "an"}),
    "ku": frozenset({"", "kan", "i"}),
    "ter": frozenset({"", "kan", "i"}),
    "ber": frozenset({"", "kan", "an"}),
    "per": frozenset({"", "kan", "an", "i"}),
    "pe": frozenset({"", "an"}),
    "ke": frozenset({"", "an", "i"}),
    "se": frozenset({"", "an"}),
    "spoken": frozenset({"", "i"}),
    "tidak": frozenset({""}),
}
"""The suffixes that go with the outermost prefix. After me- and di-, -an is a misspelt -kan whose k
was written once with that of the root: ditunjukan."""

_MIDDLE = frozenset({"per", "pe", "ber", "ter", "ke", "se"})
INSIDE = {
    "me": _MIDDLE,
    "di": _MIDDLE,
    "ku": _MIDDLE,
    "ter": frozenset({"per", "ber", "ke", "se"}),
    "ber": frozenset({"pe", "per", "ke", "se"}),
    "per": frozenset({"se", "ber"}),
    "pe": frozenset({"me", "per", "ber", "ter", "ke", "se"}),
    "ke": frozenset({"me", "ber", "ter", "se", "pe", "per", "tidak"}),
    "se": frozenset({"pe", "per", "ke", "ber"}),
    "tidak": frozenset({"ber", "ter", "se"}),
}
"""The prefixes that may follow each prefix directly: memper-, keber-, kesepersepuluh."""


def split_affixes(word: str) -> Iterator[WordParts]:
    """Yield every way to split a word, the whole word first."""
    for whole, clitics in _without_clitics(word):
        for base, suffix in _without_suffix(whole):
            yield WordParts(base, (), suffix, clitics, dropped_r=False)
            for core, prefixes, dropped_r in _without_prefixes(base, ()):
                if suffix in SUFFIXES_AFTER[prefixes[0]]:
                    yield WordParts(core, prefixes, suffix, clitics, dropped_r)


def count_syllables(word: str) -> int:
    """Return the number of vowels; ai, au and oi at the end of a word count as one.

    >>> [count_syllables(word) for word in ("cat", "tulis", "pantai", "saat")]
    [1, 2, 2, 2]
    """
    vowels = sum(letter in VOWELS for letter in word)
    return vowels - word.endswith(("ai", "au", "oi"))


def _without_clitics(word: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the word, then the word without one and without two clitics, and these clitics."""
    taken: tuple[str, ...] = ()
    yield word, taken
    while len(taken) < CLITICS_MOST:
        clitic = next((end for end in CLITICS if word.endswith(end)), "")
        word = word.removesuffix(clitic)
        if not clitic or len(word) < CORE_LEAST:
            return
        taken = (clitic, *taken)
        yield word, taken


def _without_suffix(word: str) -> Iterator[tuple[str, str]]:
    """Yield the word, then the word without each suffix that it may end with, and the suffix."""
    yield word, ""
    if word.endswith("an"):
        yield word[:-2], "an"
        if word.endswith(("kan", "wan")):
            yield word[:-3], word[-3:]
    elif word.endswith("i"):
        yield word[:-1], "i"
        if word.endswith("wati"):
            yield word[:-4], "wati"


def _without_prefixes(
    word: str, outside: tuple[str, ...]
) -> Iterator[tuple[str, tuple[str, ...], bool]]:
    """Yield what may be the root, its prefixes, and whether an r was dropped between them."""
    inside = INSIDE.get(outside[-1], frozenset()) if outside else None
    for rule in _rules_by_start().get(word[:2], ()):
        if inside is not None and rule.prefix not in inside:
            continue
        length = len(rule.text)
        if not word.startswith(rule.text) or word[length : length + 1] not in rule.before:
            continue
        core = rule.replaced + word[length:]
        if len(core) < CORE_LEAST or not _allows(rule, core):
            continue
        prefixes = (*outside, rule.prefix)
        yield core, prefixes, rule.text in DROPPED_R and core.startswith("r")
        if len(prefixes) < PREFIXES_MOST:
            yield from _without_prefixes(core, prefixes)


def _allows(rule: PrefixRule, core: str) -> bool:
    """Return whether a root has the length that a prefix needs; short ones never lose a letter."""
    if rule.one_syllable:
        return count_syllables(core) == 1
    if rule.prefix == "spoken" and len(core) < SPOKEN_CORE_LEAST:
        return False
    return not rule.replaced or count_syllables(core) > 1


@cache
def _rules_by_start() -> dict[str, tuple[PrefixRule, ...]]:
    """Return the rules by their first two letters; no spelling has fewer."""
    starts = {rule.text[:2] for rule in PREFIX_RULES}
    return {
        start: tuple(rule for rule in PREFIX_RULES if rule.text.startswith(start))
        for start in starts
    }
