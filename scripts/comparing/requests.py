"""Requests of every kind, of the words and values of an archive; the same for the same seed."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from index.analysis import tokenize
from index.document import Document
from index.schema import FACET_FIELDS
from search import SORTS, FacetChoice, SearchRequest, choices_in_order

SEED = 20261201
LINE_WORDS_LEAST = 6
FILTERED_SHARE = 0.6
"""Share of the requests that have a filter."""

Words = list[str]


@dataclass(frozen=True)
class Asked:
    """A request, and the kind of its query."""

    kind: str
    request: SearchRequest


def make_requests(documents: Sequence[Document], count: int, seed: int = SEED) -> list[Asked]:
    """Return so many requests, the kinds in turns."""
    rng = random.Random(seed)  # noqa: S311 - a fair choice, no secret
    kinds = list(KINDS)
    asked = []
    for number in range(count):
        kind, document = kinds[number % len(kinds)], rng.choice(documents)
        request = SearchRequest(query_text=KINDS[kind](rng, document))
        asked.append(Asked(kind, _with_filters(rng, _varied(rng, request), documents)))
    return asked


def _line(rng: random.Random, document: Document) -> Words:
    """Return some words that follow each other in a document."""
    lines = [line for line in document.body.split("\n") if line] or [document.title]
    text = rng.choice(lines)
    words = [token.text for token in tokenize(text) if token.text.isalpha()]
    return words if len(words) >= LINE_WORDS_LEAST else [*words, *_title(document), *["berita"] * 6]


def _title(document: Document) -> Words:
    return [token.text for token in tokenize(document.title) if token.text.isalpha()]


def _row(count: int) -> Callable[[random.Random, Document], str]:
    """Return what chooses words that stand side by side."""

    def choose(rng: random.Random, document: Document) -> str:
        words = _line(rng, document)
        first = rng.randrange(len(words) - count + 1)
        return " ".join(words[first : first + count])

    return choose


def _misspelt(rng: random.Random, document: Document) -> str:
    word = max(_line(rng, document), key=len)
    place = rng.randrange(1, len(word))
    return word[:place] + rng.choice("aeikmnrt") + word[place + 1 :]


def _apart(rng: random.Random, document: Document) -> Words:
    """Return two words that stand near each other, in any order."""
    words = _line(rng, document)[:8]
    return rng.sample(words, 2)


def _field(rng: random.Random, document: Document) -> str:
    values = {
        "judul": document.title,
        "penulis": " ".join(document.authors),
        "tempat": document.place,
        "tag": " ".join(document.tags),
        "sumber": document.source,
        "kategori": document.category,
    }
    name, text = rng.choice([(name, text) for name, text in values.items() if text])
    words = text.split()
    return rng.choice((f'{name}:"{" ".join(words[:2])}"', *[f"{name}:{rng.choice(words)}"] * 2))


_one, _two, _three, _long = map(_row, (1, 2, 3, 6))

KINDS: dict[str, Callable[[random.Random, Document], str]] = {
    "everything": lambda _rng, _document: "",
    "word": _one,
    "words": _two,
    "three words": _three,
    "long": _long,
    "unrelated words": lambda r, d: " ".join(r.sample(_line(r, d), 4)),
    "phrase": lambda r, d: f'"{_two(r, d)}"',
    "long phrase": lambda r, d: f'"{_three(r, d)}"',
    "near": lambda r, d: f'"{" ".join(_apart(r, d))}"~{r.choice((1, 3, 8))}',
    "near words": lambda r, d: f'"{_three(r, d)}"~{r.choice((2, 5))} {_one(r, d)}',
    "exact": lambda r, d: f"={_one(r, d)}",
    "prefix": lambda r, d: f"{max(_line(r, d), key=len)[:4]}*",
    "either": lambda r, d: f"{_one(r, d)} ATAU {_two(r, d)}",
    "without a word": lambda r, d: f"{_one(r, d)} -{_one(r, d)}",
    "only without": lambda r, d: f"-{_one(r, d)}",
    "group": lambda r, d: f"({_one(r, d)} ATAU {_one(r, d)}) -({_two(r, d)}) judul:{_one(r, d)}",
    "field": _field,
    "fields": lambda r, d: f"{_field(r, d)} {_one(r, d)}",
    "date": lambda r, d: f"{_one(r, d)} tanggal:{d.date.year if d.date else 2016}",
    "misspelt": _misspelt,
    "misspelt words": lambda r, d: f"{_misspelt(r, d)} {_one(r, d)}",
}
"""How the text of a query of each kind is made."""


def _varied(rng: random.Random, request: SearchRequest) -> SearchRequest:
    """Return a request with another order, another page, or another choice of what counts.

    Most stay in the first order, by relevance.
    """
    return replace(
        request,
        sort=rng.choice((*SORTS[:1] * 6, *SORTS)),
        page=rng.choice((1, 1, 1, 1, 2, 3)),
        any_word=rng.random() < 0.1,  # noqa: PLR2004 - some
        copies=rng.random() < 0.2,  # noqa: PLR2004 - some
    )


def _with_filters(
    rng: random.Random, request: SearchRequest, documents: Sequence[Document]
) -> SearchRequest:
    if rng.random() > FILTERED_SHARE:
        return request
    document = rng.choice(documents)
    facets = rng.sample(FACET_FIELDS, rng.choice((1, 1, 2)))
    choices = {facet.name: _choice(rng, facet.values_of(document)) for facet in facets}
    request = replace(request, choices=choices_in_order(choices.items()))
    day = document.date
    if day and rng.random() < 0.3:  # noqa: PLR2004 - some
        is_start = rng.choice((True, False))
        return replace(request, from_date=day) if is_start else replace(request, to_date=day)
    return request


def _choice(rng: random.Random, values: Sequence[str]) -> FacetChoice:
    """Return a choice among the values that a document has in a facet."""
    if not values:
        return FacetChoice(without=True)
    value = rng.choice(values)
    return rng.choice(
        (
            FacetChoice(include=tuple(values[:2])),
            FacetChoice(include=(value,)),
            FacetChoice(exclude=(value,)),
            FacetChoice(include=(value,), without=True),
            FacetChoice(match=value[:3], size=20),
            FacetChoice(size=200),
        )
    )
