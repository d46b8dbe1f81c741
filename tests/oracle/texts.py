"""Random texts as readers type them, made of an archive's own words."""

from collections.abc import Callable

from .vocabulary import Rng, Vocabulary, chance

Write = Callable[[Rng, Vocabulary], str]

LABELS = {"title": "judul", "tags": "tag", "author": "penulis", "body": "isi", "place": "tempat"}
"""By index field, what a reader types before the colon."""


def _word(rng: Rng, known: Vocabulary, field: str = "body") -> str:
    return rng.choice(known.words[field])


def _words(rng: Rng, known: Vocabulary) -> str:
    return " ".join(_word(rng, known) for _ in range(rng.randint(1, 4)))


def _phrase(rng: Rng, known: Vocabulary) -> str:
    return f'"{" ".join(rng.choice(known.phrases[rng.choice(("body", "title"))]))}"'


def _near(rng: Rng, known: Vocabulary) -> str:
    return f"{_phrase(rng, known)}~{rng.choice((0, 1, 5, 20))}"


def _prefix(rng: Rng, known: Vocabulary) -> str:
    return f"{_word(rng, known)[:4]}*"


def _excluded(rng: Rng, known: Vocabulary) -> str:
    return f"{_words(rng, known)} -{_word(rng, known)}"


def _fielded(rng: Rng, known: Vocabulary) -> str:
    field = rng.choice([name for name in LABELS if name in known.words])
    word = _word(rng, known, field)
    text = rng.choice((word, f'"{word}"', f"{word[:3]}*", f"-{LABELS[field]}:{word}"))
    return f"{LABELS[field]}:{text} {_word(rng, known)}"


def _alternatives(rng: Rng, known: Vocabulary) -> str:
    return f"({_words(rng, known)}) ATAU ({_phrase(rng, known)} {_word(rng, known)})"


def _dated(rng: Rng, known: Vocabulary) -> str:
    first, last = sorted(day // 10_000 for day in rng.choices(known.dates, k=2))
    return f"{_word(rng, known)} tanggal:{first}..{last}"


def _nested(rng: Rng, known: Vocabulary) -> str:
    kinds = [write for kind, write in TEXTS.items() if kind not in {"everything", "nested"}]
    parts = [f"({rng.choice(kinds)(rng, known)})" for _ in range(rng.randint(2, 3))]
    if chance(rng, 0.3):
        parts[-1] = f"-{parts[-1]}"
    return rng.choice((" ", " ATAU ", " DAN ")).join(parts)


TEXTS: dict[str, Write] = {
    "words": _words,
    "phrase": _phrase,
    "near": _near,
    "prefix": _prefix,
    "exclusion": _excluded,
    "exclusion alone": lambda rng, known: f"-{_word(rng, known)}",
    "exact word": lambda rng, known: f"={_word(rng, known)}",
    "field": _fielded,
    "alternatives": _alternatives,
    "dates": _dated,
    "nested": _nested,
    "everything": lambda _rng, _known: "",
}
"""How to write a text of each kind."""


def random_synonyms(rng: Rng, known: Vocabulary) -> str:
    """Return a file of synonyms in which words of the archive are names of each other."""
    groups = ([_word(rng, known), _word(rng, known), _words(rng, known)] for _ in range(20))
    return "\n".join("\t".join(group) for group in groups)
