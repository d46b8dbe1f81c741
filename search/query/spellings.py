"""Spellings: a word joined, hyphenated or apart, each of which finds the others.

Papers write antikorupsi, anti-korupsi and anti korupsi, U-23 and U23, kerja sama and kerjasama. A
reader who types one finds the others too, ranked below it. Nothing here knows what an archive has:
a spelling that no document has costs a look into the dictionary. Quotes stay exact, but for doubled
words, whose hyphen is often left out: "undang-undang" is also "undang undang".

>>> add_spellings(Term("U-23")).names
(Term(text='u23', field=None),)
>>> add_spellings(Term("antikorupsi")).names
(Phrase(text='anti korupsi', field=None),)
>>> add_spellings(Phrase("undang-undang")).names
(Phrase(text='undang undang', field=None),)
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice, pairwise, product

from index.analysis import roots, stem, tokenize
from search.query.tree import Also, And, Or, Phrase, Query, Term

BOUND_PREFIXES = frozenset(
    "adi anti antar auto bio dwi e eks ekstra geo infra inter intra kontra maha makro mega mikro "
    "mini mono multi nano neo nir non panca para pasca poli pra pro purna semi sub super swa tele "
    "tri trans tuna ultra wira".split()
)
"""What the rules of spelling join to the next word, and papers often do not."""

JOINED_WORDS = {
    word.replace("-", ""): word.replace("-", " ")
    for word in (
        "wi-fi hi-fi sci-fi k-pop j-pop x-ray t-shirt on-line off-line e-mail start-up check-in "
        "check-out check-up pop-up lock-down follow-up stand-up round-up work-shop"
    ).split()
}
"""Foreign words that papers write joined, hyphenated or apart, by the joined form."""

SHORT_LENGTHS = (2, 3)
"""Lengths of prefixes that many names begin with, Prabowo and Subianto: a root follows these."""

ROOT_LEAST = 3
"""Letters of either half of two joined words, and of what stands behind a prefix."""
ECHO_LETTERS_MOST = 2
"""Letters by which the second half of sayur-mayur differs from the first."""
JOINED_MOST = 3
"""Parts of a hyphenated word that may be written as one."""

_LETTERS_OR_DIGITS = re.compile(r"[^\W\d_]+|[\d,]+")


def add_spellings(query: Query) -> Query:
    """Return a query with the other spellings of its words; exclusions stay as they are."""
    match query:
        case And(parts):
            return And(tuple(_spelled_in_row(parts)))
        case Or(parts):
            return Or(tuple(map(add_spellings, parts)))
        case Also():
            return _named(query)
        case Term():
            return _also(query, _spellings(query))
        case Phrase():
            return _also(query, _doubles(query))
    return query


def _spelled_in_row(parts: Sequence[Query]) -> Iterator[Query]:
    """Yield the parts; a word and its neighbour are also found as one.

    Each of the two has the joined word as another spelling, so a document that has it has both.
    """
    typed = (part.part if isinstance(part, Also) else part for part in parts)
    joined = [_joined_pair(first, second) for first, second in pairwise(typed)]
    for part, before, after in zip(parts, [(), *joined], [*joined, ()], strict=True):
        if isinstance(part, Term):
            yield _also(part, (*_spellings(part), *before, *after))
        elif isinstance(part, Also):
            yield _named(part, (*before, *after))
        else:
            yield add_spellings(part)


def _named(query: Also, more: Sequence[Term | Phrase] = ()) -> Also:
    """Return what was typed and its other names, with the spellings of both and some more."""
    phrases = (name for name in query.names if isinstance(name, Phrase))
    doubles = (other for name in phrases for other in _doubles(name))
    return Also(add_spellings(query.part), (*query.names, *doubles, *more))


def _also(part: Term | Phrase, names: Sequence[Term | Phrase]) -> Query:
    return Also(part, tuple(dict.fromkeys(names))) if names else part


def _spellings(term: Term) -> tuple[Term | Phrase, ...]:
    words = _words(term.text)
    if len(words) != 1:
        is_short = 1 < len(words) <= JOINED_MOST
        return _joined(words, term.field) if is_short else ()
    return tuple(Phrase(text, term.field) for text in _apart(words[0]))


def _joined(words: Sequence[str], field: str | None) -> tuple[Term | Phrase, ...]:
    """Return words as one, and with other bounds if digits are among them: G-30-S, G30 S."""
    joined, typed = "".join(words), " ".join(words)
    parts = _LETTERS_OR_DIGITS.findall(joined)
    others = (text for text in _divisions(parts) if text != typed) if len(parts) > 1 else ()
    return (_one_word(joined, field), *(Phrase(text, field) for text in others))


def _apart(word: str) -> Iterator[str]:
    """Yield the texts that a reader of one word may mean."""
    if "-" in word:
        doubles = (form for form in (word, stem(word)) if "-" in stem(word))
        yield from (form.replace("-", " ") for form in doubles)  # others meet by their stems
        return
    if word.endswith("s"):
        yield word.replace("'", "") if "'" in word else f"{word[:-1]}'s"
    parts = _LETTERS_OR_DIGITS.findall(word)
    if len(parts) > 1 and "".join(parts) == word:
        yield from _divisions(parts)
    elif word in JOINED_WORDS:
        yield JOINED_WORDS[word]
    else:
        root = stem(word)  # of penandatanganan: tandatangan
        yield from (f"{root[:cut]} {root[cut:]}" for cut in _cuts(root))


def _divisions(parts: Sequence[str]) -> Iterator[str]:
    """Yield a few parts with blanks at some of their bounds: g 30 s, g 30s, g30 s."""
    if len(parts) <= JOINED_MOST:
        for blanks in islice(product((" ", ""), repeat=len(parts) - 1), 2 ** (len(parts) - 1) - 1):
            yield "".join(chain.from_iterable(zip(parts, (*blanks, ""), strict=True)))


def _cuts(word: str) -> Iterator[int]:
    """Yield where two words may have been joined: behind a bound prefix, or between two roots.

    A root is whole (ekonomi is no e-konomi), but where it is a prefix and a root (nonaktif), or two
    long ones (sepakbola).
    """
    is_root = word in roots()
    for cut in range(1, len(word) - ROOT_LEAST + 1):
        head, rest = word[:cut], word[cut:]
        least = ROOT_LEAST + is_root
        are_roots = {head, rest} <= roots() and min(len(head), len(rest)) >= least
        are_roots = are_roots or _rhyme(head, rest)
        is_certain = rest in roots() or not (is_root or cut in SHORT_LENGTHS)
        if are_roots or (head in BOUND_PREFIXES and is_certain):
            yield cut


def _rhyme(head: str, rest: str) -> bool:
    """Return whether the second half echoes a root: sayur-mayur, warna-warni, lauk-pauk."""
    differing = sum(one != other for one, other in zip(head, rest, strict=False))
    is_echo = len(head) == len(rest) > ROOT_LEAST and 0 < differing <= ECHO_LETTERS_MOST
    return is_echo and head in roots()


def _joined_pair(first: Query, second: Query) -> tuple[Term | Phrase, ...]:
    """Return two neighbours of the same field as one word; nothing for two numbers."""
    if not (isinstance(first, Term) and isinstance(second, Term) and first.field == second.field):
        return ()
    pair = (_words(first.text), _words(second.text))
    if not all(len(words) == 1 and "-" not in words[0] for words in pair):
        return ()
    (head,), (rest,) = pair
    if double := _doubled(head, rest):
        return (Phrase(double, first.field),)
    is_number = not (head.isalpha() or rest.isalpha())
    return () if is_number else (_one_word(head + rest, first.field),)


def _one_word(text: str, field: str | None) -> Term | Phrase:
    """Return a joined word: in all its forms unless it looks like a form of another (di kota)."""
    return Term(text, field) if stem(text) == text else Phrase(text, field)


def _doubles(phrase: Phrase) -> tuple[Phrase, ...]:
    """Return a phrase with its doubled words apart, and with them hyphenated, if it has any."""
    words = _words(phrase.text)
    apart = tuple(part for word in words for part in word.split("-"))
    joined: list[str] = []
    for word in apart:
        double = _doubled(joined[-1], word) if joined else ""
        joined[len(joined) - bool(double) :] = [double or word]
    readings = dict.fromkeys((apart, tuple(joined)))
    return tuple(
        Phrase(" ".join(reading), phrase.field) for reading in readings if reading != words
    )


def _doubled(first: str, second: str) -> str:
    """Return two words as the tokenizer joins them over a hyphen; nothing where it does not."""
    if not (second.startswith(first) or first.endswith(second)):
        return ""
    tokens = _words(f"{first}-{second}")
    return tokens[0] if len(tokens) == 1 else ""


def _words(text: str) -> tuple[str, ...]:
    return tuple(token.text for token in tokenize(text))
