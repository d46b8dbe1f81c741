"""Facet columns: values in order, each once a document, and "none" for the documents without."""

from collections import Counter
from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from index.segments.facet_columns import FacetEntries, pack_entries, pack_facets

VALUES = ("AI", "Beras", "beras", "Jum'at", "Ölpreis", "中国", "0", " ", "\ud800")
TAGS = st.lists(st.sampled_from(VALUES), max_size=5).map(tuple)
ARCHIVES = st.lists(st.tuples(TAGS, TAGS), max_size=12)
Tags = tuple[str, ...]


def numbers_of(archive: list[Tags], batch_docs: int = 5) -> FacetEntries:
    """Add the values of documents, some documents at a time."""
    numbers = FacetEntries()
    for start in range(0, len(archive), batch_docs):
        numbers.add(archive[start : start + batch_docs])
    return numbers


@settings(max_examples=100, deadline=None)
@given(archive=ARCHIVES)
def test_every_document_has_its_values_once_in_order(archive: list[tuple[Tags, Tags]]) -> None:
    """Of all facets, one behind the other; where there is no value, the facet's "none"."""
    columns = [[row[0] for row in archive], [row[1] for row in archive]]
    facets = {
        name: numbers_of(column) for name, column in zip(("tag", "kind"), columns, strict=True)
    }
    arrays, ranges = pack_entries(facets, len(archive))
    offsets, ordinals = arrays["facets.offsets"].tolist(), arrays["facets.ordinals"].tolist()
    for doc, row in enumerate(archive):
        expected = []
        for column, tags, ordinals_of in zip(columns, row, ranges, strict=True):
            values = sorted({value for each in column for value in each})
            assert ordinals_of["none"] - ordinals_of["first"] == len(values)
            expected += [ordinals_of["first"] + values.index(value) for value in sorted(set(tags))]
            expected += [] if tags else [ordinals_of["none"]]
        assert ordinals[offsets[doc] : offsets[doc + 1]] == expected


@settings(max_examples=100, deadline=None)
@given(archive=st.lists(TAGS, max_size=12))
def test_counts_are_those_of_a_loop(archive: list[Tags]) -> None:
    """A value counts once in each document, however often it was given; "none" is the last."""
    arrays, (facet,) = pack_entries({"tag": numbers_of(archive)}, len(archive))
    values = sorted({tag for tags in archive for tag in tags})
    counts = Counter(tag for tags in archive for tag in set(tags))
    expected = [*(counts[value] for value in values), sum(not tags for tags in archive)]
    assert arrays["facets.counts"].tolist() == expected
    assert (facet["name"], facet["first"], facet["none"]) == ("tag", 0, len(values))


@settings(max_examples=50, deadline=None)
@given(archive=st.lists(TAGS, max_size=12))
def test_values_are_kept_as_they_were_given(archive: list[Tags]) -> None:
    """Another case or another form of an accent is another value; "none" has no text."""
    arrays, _ = pack_entries({"tag": numbers_of(archive)}, len(archive))
    text, ends = arrays["facets.text"].tobytes(), [0, *arrays["facets.ends"].tolist()]
    values = [text[start:end].decode("utf-8", "surrogatepass") for start, end in pairwise(ends)]
    assert values == [*sorted({tag for tags in archive for tag in tags}), ""]


def test_archive_without_facets_has_empty_columns() -> None:
    """Every document has no value, which is no entry."""
    arrays, ranges = pack_entries({}, 3)
    assert ranges == []
    assert arrays["facets.offsets"].tolist() == [0, 0, 0, 0]
    assert [len(arrays[f"facets.{name}"]) for name in ("text", "ends", "ordinals", "counts")] == [
        0
    ] * 4


@settings(max_examples=50, deadline=None)
@given(
    entries=st.sets(st.tuples(st.integers(0, 5), st.integers(0, 3)), max_size=20), data=st.data()
)
def test_entries_may_come_in_any_order(entries: set[tuple[int, int]], data: st.DataObject) -> None:
    """They are put in the order of documents, then of values."""
    mixed = data.draw(st.permutations(sorted(entries)))
    docs = np.array([doc for doc, _ in mixed], np.int32)
    ordinals = np.array([ordinal for _, ordinal in mixed], np.uint32)
    arrays = pack_facets(["a", "b", "c", ""], docs, ordinals, 6)
    offsets = arrays["facets.offsets"].tolist()
    entry_docs = np.repeat(np.arange(6), np.diff(offsets)).tolist()
    assert list(zip(entry_docs, arrays["facets.ordinals"].tolist(), strict=True)) == sorted(entries)
