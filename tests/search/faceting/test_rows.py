"""Rows of facet ordinals count what the entries say, however many values a document has."""

from collections import Counter
from collections.abc import Callable, Iterable

import pytest

from index.document import Document
from search.engine import Engine
from search.request import FacetChoice, SearchRequest

COMMON = ("pangan", "ekonomi")


def _documents() -> list[Document]:
    """Return articles with two tags each, and every hundredth with twenty more."""
    return [
        Document(
            doc_id=str(number),
            title="Harga" if number % 3 else "Panen",
            body="Isi.",
            tags=COMMON + tuple(f"t{t}" for t in range(20 if number % 100 == 0 else 0)),
            authors=(f"Penulis {number % 4}",),
        )
        for number in range(400)
    ]


@pytest.fixture(scope="module")
def engine(engine_of: Callable[[Iterable[Document]], Engine]) -> Engine:
    """Search such an archive."""
    return engine_of(_documents())


@pytest.mark.parametrize("query_text", ["panen", "harga", ""])
@pytest.mark.parametrize(
    "choices",
    [
        (),
        (("tag", FacetChoice(include=("t3",))),),
        (("author", FacetChoice(include=("Penulis 0",))),),
        (("tag", FacetChoice(include=("t3",))), ("author", FacetChoice(include=("Penulis 0",)))),
    ],
)
def test_crowded_articles_count_in_every_tag(
    engine: Engine, query_text: str, choices: tuple[tuple[str, FacetChoice], ...]
) -> None:
    """Counted in plain Python: the tag facet without its own filter."""
    request = SearchRequest(query_text=query_text, choices=choices).with_choice(
        "tag", FacetChoice(include=dict(choices).get("tag", FacetChoice()).include, size=100)
    )
    authors = dict(choices).get("author", FacetChoice()).include
    expected = Counter(
        tag
        for document in _documents()
        if query_text in {"", document.title.lower()}
        and (not authors or set(authors) & set(document.authors))
        for tag in document.tags
    )
    facet = next(each for each in engine.search(request).facets if each.name == "tag")
    assert {bucket.value: bucket.count for bucket in facet.buckets if bucket.count} == expected
