"""Stored texts in blocks: each comes back alone and in turn, whatever its size."""

import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.segments.stored_fields import (
    BLOCK_BYTES,
    SAMPLES_LEAST,
    BlockPacker,
    StoredBlocks,
    pack_stored,
    train_dictionary,
)

sizes = st.lists(
    st.one_of(
        st.integers(0, 50), st.sampled_from([BLOCK_BYTES - 1, BLOCK_BYTES, BLOCK_BYTES + 1, 50_000])
    ),
    max_size=12,
)


def stored(documents: list[bytes], dictionary: bytes = b"", batch_docs: int = 3) -> StoredBlocks:
    """Pack documents, some at a time, and open what was packed."""
    packer = BlockPacker(dictionary)
    batches = [documents[n : n + batch_docs] for n in range(0, len(documents), batch_docs)]
    return StoredBlocks(*pack_stored([packer.pack(batch) for batch in batches], dictionary))


def archive(count: int) -> list[bytes]:
    """Documents of random words, as much alike as articles are."""
    rng = random.Random(4)
    words = [f"kata{rng.randrange(10**6)}" for _ in range(400)]
    return [" ".join(rng.choices(words, k=rng.randint(0, 200))).encode() for _ in range(count)]


@settings(max_examples=60, deadline=None)
@given(sizes=sizes, batch_docs=st.integers(1, 13), seed=st.integers(0, 99))
def test_documents_come_back_as_they_were(sizes: list[int], batch_docs: int, seed: int) -> None:
    """Empty ones, ones larger than a block, ones that end exactly with one."""
    documents = [random.Random(seed + n).randbytes(size) for n, size in enumerate(sizes)]
    found = stored(documents, batch_docs=batch_docs)
    assert list(found.documents()) == documents
    assert [found.document(number) for number in range(len(documents))] == documents


def test_documents_come_back_through_a_trained_dictionary() -> None:
    """In any order, and from blocks that others begin in."""
    documents = archive(1_000)
    dictionary = train_dictionary(documents)
    found = stored(documents, dictionary, batch_docs=70)
    order = random.Random(5).sample(range(1_000), 1_000)
    assert [found.document(number) for number in order] == [documents[n] for n in order]
    assert list(found.documents()) == documents


def test_dictionary_makes_an_archive_smaller() -> None:
    """Or it would be no use to keep one."""
    documents = archive(1_000)
    sizes = [
        pack_stored([BlockPacker(d).pack(documents)], d)[0]["stored.data"].size
        for d in (b"", train_dictionary(documents))
    ]
    assert sizes[1] < sizes[0]


@pytest.mark.parametrize(
    "documents",
    [[], [b"teks"] * (SAMPLES_LEAST - 1), [b""] * 500],
    ids=["none", "few", "empty"],
)
def test_documents_that_teach_nothing_need_no_dictionary(documents: list[bytes]) -> None:
    """They are stored all the same."""
    assert train_dictionary(documents) == b""
    assert list(stored(documents).documents()) == documents


def test_the_same_documents_give_the_same_dictionary() -> None:
    """Two builds of an archive are the same, byte for byte."""
    assert train_dictionary(archive(300)) == train_dictionary(archive(300))


def test_threads_read_side_by_side() -> None:
    """A decompressor serves one thread at a time, so each has its own."""
    documents = archive(600)
    found = stored(documents, train_dictionary(documents))
    numbers = random.Random(6).choices(range(600), k=4_000)
    with ThreadPoolExecutor(8) as threads:
        read = list(threads.map(found.document, numbers, chunksize=50))
    assert read == [documents[number] for number in numbers]
