"""Indonesian stems: what the forms of a word share; readers never see them.

A word is taken apart in all the ways that Indonesian affixes allow (`index.analysis.affixes`), and
the known root that explains most of it wins: menulis holds tulis. Where no known root is inside,
PyStemmer's Snowball algorithm proposes a stem, and only affixes that can hardly be anything else
are taken off (dicanangkan), so that names stay whole.

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

from index.analysis.affixes import SWALLOWED, VOWELS, Parts, syllables, take_apart
from index.analysis.stem_dictionary import lists_digest, overrides, roots

RULES_VERSION = 3
"""Raised whenever a rule changes a stem; the lists speak for themselves."""

WHOLE_DOUBLES = frozenset(
    # Doubled words that are words of their own: undang-undang is a law, undang means to invite.
    # Collected by the developers from everyday newspaper usage.
    "alun-alun cumi-cumi gado-gado kira-kira kunang-kunang kupu-kupu kura-kura laba-laba "
    "langit-langit mata-mata oleh-oleh ondel-ondel pura-pura rata-rata tiba-tiba ubur-ubur "
    "undang-undang".split()
)
"""Doubles that keep their hyphen, and never meet the single word."""

CACHED_WORDS = 1 << 19
"""Stems remembered, some 100 MB at most: a stem that was forgotten takes ten microseconds again."""

REMEMBERED_WORDS = 1 << 20
"""Stems that a build remembers: 200 MB at most."""

PREFIX_COST = 0.3
SUFFIX_COST = 0.2
"""A letter of the root counts 1: the longest root wins, of equals the plainest."""

DROPPED_R_COST = 1.1
"""More than the letter gained by reading be-renang for ber-enang: most r's are those of ber-."""

UNLIKELY_COST = 1.5
REQUEST_COST = 3
"""For a bare -i, which only requests have (hantui): pencari is cari, not pencar."""

SPOKEN_DIVISOR = 100
"""meN- without its me- (ngomong) is of speech: believed where nothing else is to be had."""

SLIPS = frozenset({"me", "di"})
"""What -an goes with by a slip of the pen alone, for -kan after a k: ditunjukan."""

DOUBTFUL_CLITICS = frozenset({"ku", "mu", "tah"})
"""News seldom says "my" and "your", and many a root ends so: terpaku is paku."""


@lru_cache(maxsize=CACHED_WORDS)
def stem(word: str) -> str:
    """Return the stem of one folded word (see `index.analysis.analyzer.fold`)."""
    return _stem(word)


def _stem(word: str) -> str:
    head, hyphen, _ = word.partition("-")
    if not hyphen:
        return _stem_single(word)
    double = f"{head}-{head}"
    return double if double in WHOLE_DOUBLES else _stem_single(head)


class Stems:
    """The stems of the words of a whole archive, part by part.

    The first words that come are remembered: those of one part, in the order of the alphabet, are
    too many for `stem`, which forgets the oldest, and so would forget each before it comes again.
    """

    def __init__(self, most: int = REMEMBERED_WORDS) -> None:
        self._most = most
        self._known: dict[str, str] = {}

    def __call__(self, words: Sequence[str]) -> list[str]:
        """Return the stem of each word."""
        known = self._known
        found = [known.get(word) or _stem(word) for word in words]
        room = self._most - len(known)
        known.update(islice(zip(words, found, strict=True), room))
        return found


def traces_of(stemmed: str) -> tuple[str, ...]:
    """Return texts of which every word with this stem holds one.

    That is the root, or a reviewed form that has it, without the letter that a prefix may swallow.

    >>> traces_of("tulis"), stem("penulisannya")
    (('ulis',), 'tulis')
    """
    forms = (stemmed, *_reviewed_forms().get(stemmed, ()))
    heads = {form.partition("-")[0] for form in forms}
    return tuple(sorted({h[1:] if h[:1] in SWALLOWED and len(h) > 1 else h for h in heads}))


@cache
def _reviewed_forms() -> dict[str, list[str]]:
    forms: dict[str, list[str]] = {}
    for form, root in overrides().items():
        forms.setdefault(root, []).append(form)
    return forms


@cache
def stemming_version() -> str:
    """Return what changes with any stem: an index stores stems, so it must be rebuilt then."""
    return f"{RULES_VERSION}-{lists_digest()}-{Stemmer.version()}"


def _stem_single(word: str) -> str:
    reviewed = overrides().get(word)
    if reviewed is not None:
        return reviewed
    if word in roots() or not word.isalpha() or not word.isascii():
        return word
    readings = list(take_apart(word))
    return _known_root(readings) or _likely_root(word, readings)


def _known_root(readings: Sequence[Parts]) -> str:
    """Return the root that most is to be said for, or nothing if none is known."""
    best, most = "", 0.0
    for parts in readings:
        core = _root_of(parts)
        if core and _is_sound(parts) and (worth := _worth(parts)) > most:
            best, most = core, worth
    return best


def _root_of(parts: Parts) -> str:
    """Return the root that a core is or, as a reviewed word, has; nothing if none is known."""
    core = parts.core
    if core in roots():
        return core
    root = overrides().get(core, "")
    # A reviewed form lends its root to what is built upon it; upon a name, only clitics are.
    return root if root != core or not (parts.prefixes or parts.suffix) else ""


def _worth(parts: Parts) -> float:
    """Return how much is to be said for a reading whose root is known."""
    prefixes, suffix = parts.prefixes, parts.suffix
    cost = PREFIX_COST * len(prefixes) + SUFFIX_COST * (bool(suffix) + len(parts.clitics))
    cost += UNLIKELY_COST * (not DOUBTFUL_CLITICS.isdisjoint(parts.clitics))
    cost += UNLIKELY_COST * (suffix == "an" and not SLIPS.isdisjoint(prefixes[:1]))
    cost += REQUEST_COST * (suffix == "i" and not prefixes)
    cost += DROPPED_R_COST * parts.dropped_r
    worth = len(parts.core) - cost
    # Readings of speech stay above nothing, and below all others.
    return worth / SPOKEN_DIVISOR if "spoken" in prefixes else worth


def _is_sound(parts: Parts) -> bool:
    """Refuse -wan after short roots, and me- or di- with -an but for a lost k."""
    if parts.suffix in {"wan", "wati"}:
        return len(parts.core) >= ROOT_LEAST and parts.core[-1] in "aiueo"
    slip = parts.suffix == "an" and parts.prefixes[:1] and parts.prefixes[0] in SLIPS
    return not slip or parts.core.endswith("k")


NATIVE_ROOT = re.compile(
    r"(?:[bcdfghjklmnpqrstvwyz]|ny|ng|sy|kh|[bdgkpst][rl])?[aiueo]"
    r"(?:(?:ng|[klmnrsphtb])?(?:ny|ng|sy|[bcdfghjklmnprstwyz][rl]?)?[aiueo])+"
    r"(?:ng|[bdfhklmnprst])?"
)
"""The shape of a native root: two syllables or more, and an end that Indonesian words have."""

ROOT_LEAST = 4
SYLLABLES_LEAST = 2

LIKELY_CLITICS = frozenset({(), ("nya",), ("lah",)})

CIRCUMFIXES = frozenset(
    {("di", "kan"), ("me", "kan"), ("pe", "an"), ("per", "an"), ("ke", "an"), ("ber", "an")}
    | {("di", "i"), ("me", "i"), ("me", ""), ("di", ""), ("ter", ""), ("ber", "")}
    | {("ter", "kan"), ("ter", "i")}
)
"""The prefixes and suffixes that are believed around a root nobody knows."""


LOAN_ENDS = ("si", "tas", "if", "al", "er", "or", "is", "ik", "ia", "um", "us")
LOAN_LEAST = 6
"""Short rests with the end of a loan word are one cut in two: ter-mal, di-namik."""


def _likely_root(word: str, readings: Sequence[Parts]) -> str:
    """Return a word without the affixes that can hardly be anything else.

    PyStemmer's stem is taken where that is all that it takes off; else the longest such cut.
    """
    proposed = _snowball_stem(word)
    best, most = word, 0.0
    for parts in readings:
        if not _is_likely(parts):
            continue
        if parts.core == proposed:
            return proposed
        # Of equal cuts, a clitic is surer than a prefix: termalnya is termal.
        taken = len(word) - len(parts.core) + len(parts.clitics) / 2
        if taken > most:
            best, most = parts.core, taken
    return best


def _snowball_stem(word: str) -> str:
    stemmer, lock = _snowball()
    with lock:
        return str(stemmer.stemWord(word))


@cache
def _snowball() -> "tuple[Stemmer.Stemmer, Lock]":
    # A stemmer keeps state while it works, so threads take turns; `stem` caches what it says.
    return Stemmer.Stemmer("indonesian", 0), Lock()


def _is_likely(parts: Parts) -> bool:
    core, prefixes, suffix = parts.core, parts.prefixes, parts.suffix
    if parts.clitics not in LIKELY_CLITICS or core.endswith("nya") or len(prefixes) > 1:
        return False
    if not prefixes:
        bare = parts.clitics == ("nya",) and not suffix and not VOWELS.isdisjoint(core)
        return bare or (suffix == "kan" and _is_native(core))
    if (prefixes[0], suffix) not in CIRCUMFIXES:
        return False
    if suffix == "kan" and prefixes[0] in SLIPS:
        return len(core) >= ROOT_LEAST and syllables(core) >= SYLLABLES_LEAST
    return _is_native(core) and not _is_cut_loan(core, suffix)


def _is_native(core: str) -> bool:
    return (
        len(core) >= ROOT_LEAST
        and syllables(core) >= SYLLABLES_LEAST
        and bool(NATIVE_ROOT.fullmatch(core))
    )


def _is_cut_loan(core: str, suffix: str) -> bool:
    """Tell the rests of loan words: mengkombinas-i, ter-mal."""
    if suffix == "i":
        return core.endswith("s") and syllables(core) > SYLLABLES_LEAST
    return not suffix and core.endswith(LOAN_ENDS) and len(core) < LOAN_LEAST
