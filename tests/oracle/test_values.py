"""The columnar index against Whoosh's own codec: facets, orders, stored values, terms, spelling."""

from typing import Any

import pytest
from whoosh import query as wq
from whoosh.sorting import FieldFacet

from tests.oracle.random_archives import Archive, make_archives
from tests.oracle.scoring import searchers


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> list[Archive]:
    """A handful of random archives, each in two indexes."""
    return make_archives(lambda: tmp_path_factory.mktemp("columnar"))


GROUPS = {
    "tag": FieldFacet("tag", allow_overlap=True),
    "kind": FieldFacet("kind"),
    "month": FieldFacet("month"),
    "words": FieldFacet("title", allow_overlap=True),
}
"""By a list in a column, a column, and the terms of a field."""


def groups(searcher: Any, asked: wq.Query, name: str) -> dict[str, list[int]]:
    """Return the documents of each group.

    Whoosh tells the values of a list as bytes. Documents without a value are a group of their own
    where it reads terms, and none where it reads lists.
    """
    found = searcher.search(asked, limit=None, groupedby=GROUPS).groups(name)
    texts = {key.decode() if isinstance(key, bytes) else key: docs for key, docs in found.items()}
    texts.pop(None, None)
    return {key: sorted(docs) for key, docs in texts.items()}


@pytest.mark.parametrize("name", GROUPS)
def test_facets_are_the_same(archives: list[Archive], name: str) -> None:
    """Every value with the documents that have it, a document with several tags in each."""
    asked_for = (
        wq.Every(),
        wq.Term("body", "render"),
        wq.Term("title", "fade"),
        wq.Prefix("stem", "s"),
    )
    for archive in archives:
        oracle, columnar = searchers(archive)
        for asked in asked_for:
            assert groups(columnar, asked, name) == groups(oracle, asked, name)


@pytest.mark.parametrize("name", ["date", "kind", "month"])
@pytest.mark.parametrize("reverse", [False, True])
def test_sorted_hits_stand_in_the_same_order(
    archives: list[Archive],
    name: str,
    reverse: bool,  # noqa: FBT001 - a case, by name
) -> None:
    """By a number, by a value, by the terms of a field; either way."""
    order = FieldFacet(name, reverse=reverse)
    for archive in archives:
        found = [
            [hit.docnum for hit in searcher.search(wq.Every(), limit=None, sortedby=order)]
            for searcher in searchers(archive)
        ]
        assert found[0] == found[1]


def test_stored_values_are_the_same(archives: list[Archive]) -> None:
    """Of every document, deleted or not, one at a time and all together."""
    for archive in archives:
        oracle, columnar = (searcher.reader() for searcher in searchers(archive))
        for number, doc in enumerate(archive.docs):
            assert columnar.stored_fields(number) == {"document": f"{doc.doc_id} {doc.body}"}
            kept = oracle.stored_fields(number)
            assert kept == columnar.stored_fields(number)
        assert list(columnar.all_stored_fields()) == list(oracle.all_stored_fields())
        assert list(columnar.iter_docs()) == list(oracle.iter_docs())


def test_terms_are_the_same(archives: list[Archive]) -> None:
    """Every field's terms, those from anywhere on, and those that begin alike."""
    begun = ("", "re", "shade", "z", "é", "新", "\U0010ffff")
    for archive in archives:
        oracle, columnar = (searcher.reader() for searcher in searchers(archive))
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


def test_term_statistics_are_the_same(archives: list[Archive]) -> None:
    """How often, in how many documents, how often at most, in the first and in the last.

    Lengths are the shortest and longest as Lucene rounds them; Whoosh's codec rounds otherwise.
    """
    for archive in archives:
        oracle, columnar = (searcher.reader() for searcher in searchers(archive))
        for (name, text), expected in oracle:
            if name != "tag":
                found = columnar.term_info(name, text)
                assert statistics(found) == statistics(expected)
                assert columnar.frequency(name, text) == oracle.frequency(name, text)
                assert columnar.doc_frequency(name, text) == oracle.doc_frequency(name, text)
                assert (found.min_length(), found.max_length()) == lengths(archive, name, text)


def statistics(info: Any) -> tuple[float, ...]:
    """Return what is told of a term, lengths aside."""
    counts = (info.weight(), info.doc_frequency(), info.max_weight())
    return (*counts, info.min_id(), info.max_id())


def lengths(archive: Archive, name: str, text: bytes) -> tuple[int, int]:
    """Return the lengths of the shortest and longest document of a term."""
    if name not in {"title", "body", "stem"}:
        return 0, 0
    word, rounded = text.decode(), archive.lengths(name).rounded
    held = [rounded[number] for number, words in enumerate(archive.texts(name)) if word in words]
    return min(held), max(held)


@pytest.mark.parametrize("name", ["title", "body"])
def test_spelling_suggestions_are_the_same(archives: list[Archive], name: str) -> None:
    """Words near a word, and what is suggested for it; in one segment and in several.

    No word is shorter than the letters that must be the same: that raises in Whoosh itself.
    """
    typed = ("rendr", "shadow", "fad", "uber", "cafe", "新聞紙", "xx", "bladedd")
    for archive in archives:
        oracle, columnar = (searcher.reader() for searcher in searchers(archive))
        for text in typed:
            for distance, prefix in ((1, 0), (2, 0), (2, 1), (1, 2)):
                asked = (name, text, distance, prefix)
                assert sorted(columnar.terms_within(*asked)) == sorted(oracle.terms_within(*asked))
            suggested = oracle.corrector(name).suggest(text, limit=4)
            assert columnar.corrector(name).suggest(text, limit=4) == suggested
