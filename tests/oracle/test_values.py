"""Our codec against Whoosh's own: facets, orders, stored values, terms, near words."""

from collections.abc import Iterator
from typing import Any

import pytest
from whoosh import query as wq
from whoosh.sorting import FieldFacet

from search.execution import Deadline, RequestReader
from tests.oracle.random_archives import Archive
from tests.oracle.random_pairs import RandomPair, open_pairs


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[RandomPair]]:
    """A handful of random archives, each in two indexes."""
    opened = open_pairs(lambda: tmp_path_factory.mktemp("columnar"))
    yield opened
    for pair in opened:
        pair.close()


GROUPS = {
    "tag": FieldFacet("tag", allow_overlap=True),
    "kind": FieldFacet("kind"),
    "month": FieldFacet("month"),
    "words": FieldFacet("title", allow_overlap=True),
}
"""By a list in a column, a column, and the terms of a field."""


def groups(searcher: Any, query: wq.Query, name: str) -> dict[str, list[int]]:
    """Return the documents of each group.

    Whoosh returns the values of a list as bytes. Documents without a value are a group of their own
    where it reads terms, and none where it reads lists.
    """
    found = searcher.search(query, limit=None, groupedby=GROUPS).groups(name)
    texts = {key.decode() if isinstance(key, bytes) else key: docs for key, docs in found.items()}
    texts.pop(None, None)
    return {key: sorted(docs) for key, docs in texts.items()}


@pytest.mark.parametrize("name", GROUPS)
def test_facets_are_the_same(pairs: list[RandomPair], name: str) -> None:
    """Every value with the documents that have it, a document with several tags in each."""
    queries = (
        wq.Every(),
        wq.Term("body", "render"),
        wq.Term("title", "fade"),
        wq.Prefix("stem", "s"),
    )
    for pair in pairs:
        for query in queries:
            assert groups(pair.codec, query, name) == groups(pair.oracle, query, name)


@pytest.mark.parametrize("name", ["date", "kind", "month"])
@pytest.mark.parametrize("reverse", [False, True])
def test_sorted_hits_stand_in_the_same_order(
    pairs: list[RandomPair],
    name: str,
    reverse: bool,  # noqa: FBT001 - a case, by name
) -> None:
    """By a number, by a value, by the terms of a field; either way."""
    order = FieldFacet(name, reverse=reverse)
    for pair in pairs:
        found = [
            [hit.docnum for hit in searcher.search(wq.Every(), limit=None, sortedby=order)]
            for searcher in (pair.codec, pair.oracle)
        ]
        assert found[0] == found[1]


def test_stored_values_are_the_same(pairs: list[RandomPair]) -> None:
    """Of every document, deleted or not, one at a time and all together."""
    for pair in pairs:
        oracle, columnar = pair.oracle.reader(), pair.codec.reader()
        for number, doc in enumerate(pair.archive.docs):
            assert columnar.stored_fields(number) == {"document": f"{doc.doc_id} {doc.body}"}
            assert oracle.stored_fields(number) == columnar.stored_fields(number)
        assert list(columnar.all_stored_fields()) == list(oracle.all_stored_fields())
        assert list(columnar.iter_docs()) == list(oracle.iter_docs())


def test_terms_are_the_same(pairs: list[RandomPair]) -> None:
    """Every field's terms, those from anywhere on, and those that begin alike."""
    begun = ("", "re", "shade", "z", "é", "新", "\U0010ffff")
    for pair in pairs:
        oracle, columnar = pair.oracle.reader(), pair.codec.reader()
        fields = sorted(set(oracle.indexed_field_names()) - {"tag"})
        assert sorted(columnar.indexed_field_names()) == fields
        for name in fields:
            assert list(columnar.lexicon(name)) == list(oracle.lexicon(name))
        for name in ("title", "stem", "month"):
            for text in begun:
                assert list(columnar.expand_prefix(name, text)) == list(
                    oracle.expand_prefix(name, text)
                )
                assert terms_from(columnar, name, text) == terms_from(oracle, name, text)


def terms_from(reader: Any, name: str, text: str) -> list[tuple[str, bytes]]:
    """Return all terms from one on; a tag has none in a columnar index, but a column."""
    return [term for term in reader.terms_from(name, text.encode()) if term[0] != "tag"]


def test_term_statistics_are_the_same(pairs: list[RandomPair]) -> None:
    """How often, in how many documents, how often at most, in the first and in the last.

    Lengths are the shortest and longest as Lucene rounds them; Whoosh's codec rounds otherwise.
    """
    for pair in pairs:
        oracle, columnar = pair.oracle.reader(), pair.codec.reader()
        for (name, text), expected in oracle:
            if name != "tag":
                found = columnar.term_info(name, text)
                assert statistics(found) == statistics(expected)
                assert columnar.frequency(name, text) == oracle.frequency(name, text)
                assert columnar.doc_frequency(name, text) == oracle.doc_frequency(name, text)
                assert (found.min_length(), found.max_length()) == lengths(pair.archive, name, text)


def statistics(info: Any) -> tuple[float, ...]:
    """Return the statistics of a term, lengths aside."""
    counts = (info.weight(), info.doc_frequency(), info.max_weight())
    return (*counts, info.min_id(), info.max_id())


def lengths(archive: Archive, name: str, text: bytes) -> tuple[int, int]:
    """Return the lengths of the shortest and longest document of a term."""
    if name not in {"title", "body", "stem"}:
        return 0, 0
    word, rounded = text.decode(), archive.lengths(name)
    own = [rounded[number] for number, words in enumerate(archive.texts(name)) if word in words]
    return min(own), max(own)


@pytest.mark.parametrize("name", ["title", "body"])
def test_fuzzy_terms_are_the_same(pairs: list[RandomPair], name: str) -> None:
    """The words within a distance of a word, and what Whoosh suggests for it.

    No word is shorter than the letters that must be the same: that raises in Whoosh itself. Over
    several segments Whoosh counts edits otherwise, so our near words are those of its segments.
    """
    typed = ("rendr", "shadow", "fad", "uber", "cafe", "新聞紙", "xx", "bladedd")
    for pair in pairs:
        oracle, columnar = pair.oracle.reader(), pair.codec.reader()
        leaves = [leaf.reader() for leaf, _ in pair.oracle.leaf_searchers()]
        for text in typed:
            for distance, prefix in ((1, 0), (2, 0), (2, 1), (1, 2)):
                within = (name, text, distance, prefix)
                assert sorted(columnar.terms_within(*within)) == sorted(
                    oracle.terms_within(*within)
                )
            for distance in (1, 2):
                near = {w for leaf in leaves for w in leaf.terms_within(name, text, distance, 1)}
                request = RequestReader(0, pair.snapshot, Deadline(60))
                assert request.fuzzy_terms(name, text, distance) == sorted(near)
            suggested = oracle.corrector(name).suggest(text, limit=4)
            assert columnar.corrector(name).suggest(text, limit=4) == suggested
