"""Try a new generation before readers see it: open it, count it, look for known documents."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from index.analysis import tokenize
from index.document import Document
from index.errors import BuildCheckError
from index.schema import FACET_FIELDS, from_stored
from index.segments import Segment
from index.whoosh_codec import WhooshIndex, open_whoosh, segments_of


@dataclass(slots=True)
class Expected:
    """What went into a new generation, counted on the way.

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
        """Take note of the next document."""
        # Samples are documents 0, 1, 2, 4, 8 ...
        if self.doc_count & (self.doc_count - 1) == 0:
            self.samples[self.doc_count] = document
        self.doc_count += 1
        for facet in FACET_FIELDS:
            self.facet_counts[facet.name].update(set(facet.values_of(document)))


def check_generation(folder: Path, expected: Expected, index_path: Path) -> None:
    """Open the files of a new generation and compare them with what was put in.

    Args:
        folder: where they stand.
        expected: what was put in.
        index_path: the directory to name in an error.

    Raises:
        BuildCheckError: when a count, a facet's sum or a known document is not there.
    """
    opened = open_whoosh(folder, index_path)
    with opened.reader() as reader:
        if reader.doc_count_all() != expected.doc_count:
            raise BuildCheckError(index_path, "the number of documents is wrong")
        segments = [segment for segment, _ in segments_of(opened)]
        for name, counts in expected.facet_counts.items():
            if _facet_counts(segments, name) != counts:
                raise BuildCheckError(index_path, f"the counts of facet {name} are wrong")
    _check_documents(opened, expected.samples, index_path)


def check_update(
    folder: Path, expected: Expected, doc_count: int, gone: Iterable[str], index_path: Path
) -> None:
    """Open the files of an updated generation: is there what was added, and not what has gone?

    Args:
        folder: where they stand.
        expected: what was added.
        doc_count: how many documents there must be.
        gone: ids that must not be there.
        index_path: the directory to name in an error.

    Raises:
        BuildCheckError: when something is missing, or still there.
    """
    opened = open_whoosh(folder, index_path)
    with opened.searcher() as searcher:
        if searcher.doc_count() != doc_count:
            raise BuildCheckError(index_path, "the number of documents is wrong")
        numbers = {
            d.doc_id: searcher.document_number(id=d.doc_id) for d in expected.samples.values()
        }
        missing = [doc_id for doc_id, number in numbers.items() if number is None]
        if missing:
            raise BuildCheckError(index_path, f"article {missing[0]} is not found by its id")
        samples = {numbers[d.doc_id]: d for d in expected.samples.values()}
        _check_documents(opened, samples, index_path)
        for doc_id in gone:
            if searcher.document_number(id=doc_id) is not None:
                raise BuildCheckError(index_path, f"article {doc_id} is still there")


def _facet_counts(segments: list[Segment], name: str) -> Counter[str]:
    counts: Counter[str] = Counter()
    for segment in segments:
        place = segment.facets[name]
        values = slice(place.first, place.none)
        pairs = zip(
            segment.facet_values[values], segment.facet_counts[values].tolist(), strict=True
        )
        counts.update(dict(pairs))
    return counts


def _check_documents(
    opened: WhooshIndex, samples: Mapping[int, Document], index_path: Path
) -> None:
    with opened.searcher() as searcher:
        reader = searcher.reader()
        for number, document in samples.items():
            told = f"article {document.doc_id} is not"
            if searcher.document_number(id=document.doc_id) != number:
                raise BuildCheckError(index_path, f"{told} found by its id")
            if from_stored(reader.stored_fields(number)["document"]) != document:
                raise BuildCheckError(index_path, f"{told} stored as it was read")
            words = tokenize(document.body)
            if words and number not in reader.postings("body", words[0].text).all_ids():
                raise BuildCheckError(index_path, f"{told} found by its words")
