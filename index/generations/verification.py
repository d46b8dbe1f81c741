"""Verify a new generation before it is published: open it, count it, look up known documents."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from index.analysis import tokenize
from index.document import Document
from index.errors import BuildCheckError
from index.schema import FACET_FIELDS, from_stored
from index.segments import Segment
from index.whoosh_codec import WhooshIndex, open_whoosh, segments_of


@dataclass(slots=True)
class ExpectedIndex:
    """What a new generation must hold, counted while its documents are added.

    Attributes:
        doc_count: how many documents.
        facet_counts: by facet, how many documents have each value.
        samples: some of the documents, by their number.
    """

    doc_count: int = 0
    facet_counts: dict[str, Counter[str]] = field(
        default_factory=lambda: {facet.name: Counter() for facet in FACET_FIELDS}
    )
    samples: dict[int, Document] = field(default_factory=dict)

    def add(self, document: Document) -> None:
        """Count the next document, and keep it as a sample when its number is 0, 1, 2, 4, 8 ..."""
        if self.doc_count & (self.doc_count - 1) == 0:
            self.samples[self.doc_count] = document
        self.doc_count += 1
        for facet in FACET_FIELDS:
            self.facet_counts[facet.name].update(set(facet.values_of(document)))


def check_generation(folder: Path, expected: ExpectedIndex, index_path: Path) -> None:
    """Open the files of a new generation and compare them with what was added.

    Args:
        folder: where the files are.
        expected: what was added.
        index_path: the directory to name in an error.

    Raises:
        BuildCheckError: when a count, a facet's count or a sample is wrong.
    """
    opened = open_whoosh(folder, index_path)
    _check_count(opened, expected.doc_count, index_path)
    segments = [segment for segment, _ in segments_of(opened)]
    for name, counts in expected.facet_counts.items():
        if _facet_counts(segments, name) != counts:
            raise BuildCheckError(index_path, f"the counts of facet {name} are wrong")
    _check_samples(opened, expected.samples.items(), index_path)


def check_update(
    folder: Path, expected: ExpectedIndex, doc_count: int, dropped: Iterable[str], index_path: Path
) -> None:
    """Open the files of an updated generation and look for what was added and what was dropped.

    Args:
        folder: where the files are.
        expected: what was added.
        doc_count: how many documents there must be in all.
        dropped: ids that must not be there.
        index_path: the directory to name in an error.

    Raises:
        BuildCheckError: when something is missing, or still there.
    """
    opened = open_whoosh(folder, index_path)
    _check_count(opened, doc_count, index_path)
    with opened.searcher() as searcher:
        samples = [
            (searcher.document_number(id=document.doc_id), document)
            for document in expected.samples.values()
        ]
        for doc_id in dropped:
            if searcher.document_number(id=doc_id) is not None:
                raise BuildCheckError(index_path, f"article {doc_id} is still there")
    _check_samples(opened, samples, index_path)


def _check_count(opened: WhooshIndex, doc_count: int, index_path: Path) -> None:
    if opened.doc_count() != doc_count:
        raise BuildCheckError(index_path, "the number of documents is wrong")


def _facet_counts(segments: Iterable[Segment], name: str) -> Counter[str]:
    """Return how many documents have each value of a facet; none of them is deleted."""
    counts: Counter[str] = Counter()
    for segment in segments:
        values = segment.facets[name]
        doc_counts = segment.facet_counts[values.first : values.none].tolist()
        counts.update(dict(zip(segment.values_of(name), doc_counts, strict=True)))
    return counts


def _check_samples(
    opened: WhooshIndex, samples: Iterable[tuple[int | None, Document]], index_path: Path
) -> None:
    """Find each sample by its id and by a word; its number is None where it was not found."""
    with opened.searcher() as searcher:
        reader = searcher.reader()
        for number, document in samples:
            problem = f"article {document.doc_id} is not"
            if number is None or searcher.document_number(id=document.doc_id) != number:
                raise BuildCheckError(index_path, f"{problem} found by its id")
            if from_stored(reader.stored_fields(number)["document"]) != document:
                raise BuildCheckError(index_path, f"{problem} stored as it was read")
            words = tokenize(document.body)
            if words and number not in reader.postings("body", words[0].text).all_ids():
                raise BuildCheckError(index_path, f"{problem} found by its words")
