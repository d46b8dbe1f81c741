"""Try a new generation before readers see it: open it, count it, look for known documents."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from whoosh.searching import Searcher

from index.analysis import tokenize
from index.columns import Columns, read_columns
from index.document import Document
from index.errors import BuildCheckError
from index.schema import FACET_FIELDS, from_stored
from index.whoosh_index import open_whoosh


def check_generation(
    folder: Path, expected: Columns, samples: Mapping[int, Document], index_path: Path
) -> None:
    """Open the files of a new generation and compare them with what was put in.

    Args:
        folder: where they stand.
        expected: the columns, as they were collected.
        samples: some of the documents, by their number.
        index_path: the directory to name in an error.

    Raises:
        BuildCheckError: when a count, a facet's sum or a known document is not there.
    """
    columns = read_columns(folder)
    whoosh = open_whoosh(folder, index_path)
    with whoosh.searcher() as searcher:
        if not searcher.doc_count_all() == columns.doc_count == expected.doc_count:
            raise BuildCheckError(index_path, "the number of documents is wrong")
        _check_facets(columns, expected, index_path)
        for number, document in samples.items():
            _check_document(searcher, number, document, index_path)


def _check_facets(columns: Columns, expected: Columns, index_path: Path) -> None:
    for facet in FACET_FIELDS:
        found, wanted = columns.facets[facet.name], expected.facets[facet.name]
        everything = np.ones(columns.doc_count, dtype=bool)
        same = np.array_equal(found.counts(everything), wanted.counts(everything))
        if found.values != wanted.values or not same:
            raise BuildCheckError(index_path, f"the counts of facet {facet.name} are wrong")


def _check_document(searcher: Searcher, number: int, document: Document, index_path: Path) -> None:
    if searcher.document_number(id=document.doc_id) != number:
        raise BuildCheckError(index_path, f"article {document.doc_id} is not found by its id")
    if from_stored(searcher.reader().stored_fields(number)["document"]) != document:
        raise BuildCheckError(index_path, f"article {document.doc_id} is not stored as it was read")
    words = tokenize(document.body)
    if words and number not in searcher.document_numbers(body=words[0].text):
        raise BuildCheckError(index_path, f"article {document.doc_id} is not found by its words")
