"""The kinds of queries that are compared on real articles: every class, trees, and readers' own."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from search.execution.whoosh_query import to_whoosh
from whoosh import query as wq

from search.query.parser import parse_query

from .queries import CASES, Rng, Vocabulary, new_rng
from .trees import tree


class Asked(NamedTuple):
    """A query and how it is called: a reader's text, or what Whoosh makes of the query."""

    kind: str
    name: str
    query: wq.Query


Write = Callable[[Rng, Vocabulary], str]


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
    labels = {"title": "judul", "tags": "tag", "author": "penulis", "body": "isi"}
    field = rng.choice([name for name in labels if name in known.words])
    return f"{labels[field]}:{_word(rng, known, field)} {_word(rng, known)}"


def _alternatives(rng: Rng, known: Vocabulary) -> str:
    return f"({_words(rng, known)}) ATAU ({_phrase(rng, known)} {_word(rng, known)})"


def _dated(rng: Rng, known: Vocabulary) -> str:
    first, last = sorted(day // 10_000 for day in rng.choices(known.dates, k=2))
    return f"{_word(rng, known)} tanggal:{first}..{last}"


TEXTS: dict[str, Write] = {
    "words": _words,
    "phrase": _phrase,
    "near": _near,
    "prefix": _prefix,
    "exclusion": _excluded,
    "exclusion alone": lambda rng, known: f"-{_word(rng, known)}",
    "field": _fielded,
    "alternatives": _alternatives,
    "dates": _dated,
    "everything": lambda _rng, _known: "",
}
"""What readers type."""

UNASKED = {
    wq.ColumnQuery: "no field of the schema has a column in Whoosh's own index",
}
"""The classes that cannot be compared on real articles, and why."""


def make_queries(known: Vocabulary, count: int, seed: int) -> Iterator[Asked]:
    """Yield queries of every kind in turn."""
    rng = new_rng(seed)
    makers: list[Callable[[], Asked]] = [
        *(_of_class(kind, rng, known) for kind in CASES if kind not in UNASKED),
        *[lambda: _named("tree", tree(rng, known))] * 6,
        *(_of_text(kind, rng, known) for kind in TEXTS),
    ]
    for number in range(count):
        yield makers[number % len(makers)]()


def _named(kind: str, query: wq.Query) -> Asked:
    return Asked(kind, repr(query), query)


def _of_class(kind: type, rng: Rng, known: Vocabulary) -> Callable[[], Asked]:
    return lambda: _named(kind.__name__.lstrip("_"), CASES[kind](rng, known))


def _of_text(kind: str, rng: Rng, known: Vocabulary) -> Callable[[], Asked]:
    def make() -> Asked:
        text, any_word = TEXTS[kind](rng, known), rng.random() < 1 / 3
        query = to_whoosh(parse_query(text, any_word=any_word).query)
        return Asked(f"typed: {kind}", f"{text!r}, any_word={any_word}", query)

    return make
