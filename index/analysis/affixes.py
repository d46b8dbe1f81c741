"""Affixes of Indonesian: the ways in which a word can be taken apart.

Two tables say it all. A row of `PREFIXES` is a prefix as it is written, the letters that may follow
it, and the first letter of the root that it may have swallowed: menulis is men- before a vowel, and
the t of tulis. `SUFFIXES_AFTER` says which suffixes go with which prefixes: pe- goes with -an and
never with -kan, so perusakan is rusak, and no rusa.

>>> sorted(set(parts.core for parts in take_apart("menulis") if parts.prefixes))
['nulis', 'tulis']
"""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

__all__ = ["CLITICS", "PREFIXES", "Parts", "Prefix", "syllables", "take_apart", "without_clitics"]

VOWELS = frozenset("aiueo")
CONSONANTS = frozenset("bcdfghjklmnpqrstvwxyz")
LIQUIDS = frozenset("lr")
LETTERS = VOWELS | CONSONANTS

PREFIXES_MOST = 3
"""As many as one word has: kesepersepuluh. More would only find roots that are not there."""

CLITICS = ("nya", "lah", "kah", "pun", "tah", "ku", "mu")
"""Small words written onto the end of another, up to two of them: bukunyalah."""

CLITICS_MOST = 2
CORE_LEAST = 3
"""Letters of the shortest root: bom, cat. Shorter ones would be found in nearly every word."""


DROPPED_R = frozenset({"be", "te"})
"""Ways of writing ber- and ter- before an r."""


SPOKEN_CORE_LEAST = 5
"""Letters of a root for which meN- is believed without its me-: ngomong, but not Ngada, a place."""


class Prefix(NamedTuple):
    """One way of writing a prefix.

    Attributes:
        text: as it is written.
        before: the letters that may follow.
        swallowed: the first letter of the root that it replaces, or nothing.
        family: what it is a way of writing of.
        short: whether only a root of one syllable follows (mengecat, pengeboman).
    """

    text: str
    before: frozenset[str]
    swallowed: str
    family: str
    short: bool = False


class Parts(NamedTuple):
    """A word taken apart.

    Attributes:
        core: a possible root.
        prefixes: the families of its prefixes, the outermost first.
        suffix: its suffix, or nothing.
        clitics: the small words written onto its end.
        dropped_r: whether ber- or ter- lost its r to the root's own (berenang).
    """

    core: str
    prefixes: tuple[str, ...]
    suffix: str
    clitics: tuple[str, ...]
    dropped_r: bool


def _nasal(start: str, family: str) -> tuple[Prefix, ...]:
    """Return the ways of writing meN- or peN-; `start` is me or pe."""
    return (
        Prefix(f"{start}m", frozenset("bfpv"), "", family),
        Prefix(f"{start}n", frozenset("cdjstz"), "", family),
        Prefix(f"{start}ng", frozenset("aiueoghkq"), "", family),
        Prefix(f"{start}m", VOWELS | LIQUIDS, "p", family),
        Prefix(f"{start}n", VOWELS | LIQUIDS, "t", family),
        Prefix(f"{start}ng", VOWELS | LIQUIDS, "k", family),
        Prefix(f"{start}ny", VOWELS, "s", family),
        Prefix(f"{start}nge", CONSONANTS, "", family, short=True),
    )


PREFIXES = (
    Prefix("me", frozenset("lmnrwyv"), "", "me"),
    *_nasal("me", "me"),
    Prefix("per", LETTERS, "", "per"),
    Prefix("pe", LETTERS, "", "pe"),
    *_nasal("pe", "pe"),
    Prefix("di", LETTERS, "", "di"),
    Prefix("ber", LETTERS, "", "ber"),
    Prefix("be", frozenset("rkt"), "", "ber"),
    Prefix("ter", LETTERS, "", "ter"),
    Prefix("te", frozenset("r"), "", "ter"),
    Prefix("ke", LETTERS, "", "ke"),
    Prefix("se", LETTERS, "", "se"),
    Prefix("ku", CONSONANTS | VOWELS, "", "ku"),
    Prefix("kau", LETTERS, "", "ku"),
    Prefix("tidak", LETTERS, "", "tidak"),
    Prefix("ny", VOWELS, "s", "spoken"),
    Prefix("ng", VOWELS, "", "spoken"),
    Prefix("ng", VOWELS, "k", "spoken"),
)

SWALLOWED = frozenset(prefix.swallowed for prefix in PREFIXES if prefix.swallowed)
"""First letters of roots that prefixes replace; the rest of a root always stays as it is."""

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
"""The suffixes that go with the outermost prefix; di- and -an are a slip of the pen: ditunjukan."""

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
"""The prefixes that may stand directly inside each: memper-, keber-, kesepersepuluh."""


def take_apart(word: str) -> Iterator[Parts]:
    """Yield the ways to take a word apart, the whole word first."""
    for whole, clitics in without_clitics(word):
        for base, suffix in _without_suffix(whole):
            yield Parts(base, (), suffix, clitics, dropped_r=False)
            for core, families, dropped_r in _without_prefixes(base, ()):
                if suffix in SUFFIXES_AFTER[families[0]]:
                    yield Parts(core, families, suffix, clitics, dropped_r)


def syllables(word: str) -> int:
    """Return the number of vowels that no vowel follows or that stand apart, as Indonesian counts.

    >>> syllables("cat"), syllables("tulis"), syllables("pantai"), syllables("saat")
    (1, 2, 2, 2)
    """
    vowels = sum(letter in VOWELS for letter in word)
    return vowels - word.endswith(("ai", "au", "oi"))


def without_clitics(word: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the word, and what is left of it without its clitics, with those that were taken."""
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
    inside = INSIDE.get(outside[-1], frozenset()) if outside else None
    for prefix in _prefixes_by_start().get(word[:2], ()):
        if inside is not None and prefix.family not in inside:
            continue
        length = len(prefix.text)
        if not word.startswith(prefix.text) or word[length : length + 1] not in prefix.before:
            continue
        core = prefix.swallowed + word[length:]
        if len(core) < CORE_LEAST or not _fits(prefix, core):
            continue
        families = (*outside, prefix.family)
        yield core, families, prefix.text in DROPPED_R and core.startswith("r")
        if len(families) < PREFIXES_MOST:
            yield from _without_prefixes(core, families)


def _fits(prefix: Prefix, core: str) -> bool:
    """Tell whether a root is as long as the prefix asks for; only long ones lose a letter."""
    if prefix.family == "spoken" and len(core) < SPOKEN_CORE_LEAST:
        return False
    if prefix.short:
        return syllables(core) == 1
    return not prefix.swallowed or syllables(core) > 1


@cache
def _prefixes_by_start() -> dict[str, tuple[Prefix, ...]]:
    """Return the prefixes by their first two letters; all have as many."""
    starts = {prefix.text[:2] for prefix in PREFIXES}
    return {
        start: tuple(prefix for prefix in PREFIXES if prefix.text.startswith(start))
        for start in starts
    }
