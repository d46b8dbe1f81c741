"""The second half of a build: articles into the index, and all that is known of them beside it."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from index.corpus.duplicate_groups import read_groups, write_groups
from index.corpus.frequent_phrases import write_phrases
from index.corpus.near_duplicates import traits_of
from index.corpus.normalization import Learned, tidied
from index.document import Document
from index.generations.catalog import Article, Catalog, CatalogWriter, Copy
from index.indexer.deduplication import WRITTEN, Decisions, Fate
from index.indexer.report import Tally
from index.indexer.scan import known_file
from index.indexer.staging import Readings
from index.whoosh_codec.codec import segments_of
from index.whoosh_codec.table_of_contents import open_whoosh

BATCH_ARTICLES = 500
"""Articles whose traits are found at once: enough to make a call of a kernel cheap."""

Add = Callable[[Document], None]


class Sorted(NamedTuple):
    """The articles that were read, and what becomes of each."""

    readings: Readings
    decisions: Decisions


def write_articles(read: Sorted, learned: Learned, add: Add, tally: Tally) -> Iterator[Article]:
    """Add the articles that are to be written to the index; yield what the catalogue keeps.

    Files get the numbers of the readings; see `write_catalog`.
    """
    wanted = [fate in WRITTEN for fate in read.decisions.fates]
    documents = read.readings.documents(wanted)
    while batch := list(islice(documents, BATCH_ARTICLES)):
        written = []
        for _, document in batch:
            tidy, cut_count = tidied(document, learned)
            add(tidy)
            tally.written(tidy, cut_count)
            written.append(tidy)
        for (number, _), traits in zip(batch, traits_of(written), strict=True):
            yield _article(read.readings, number, traits.tobytes(), is_down=False)


def write_catalog(
    catalog: CatalogWriter, read: Sorted, articles: Iterable[Article], first_file: int
) -> None:
    """Write what was read into the catalogue; its files are numbered from `first_file` on."""
    readings, decisions = read
    catalog.add_files(
        known_file(file, first_file + number) for number, file in enumerate(readings.files)
    )
    down = (_article(readings, n, b"", is_down=True) for n in decisions.numbers_of(Fate.DOWN))
    for rows in (articles, down):
        catalog.add_articles(row._replace(file=first_file + row.file) for row in rows)
    catalog.add_copies(
        Copy(first_file + readings.file_number(n), readings.doc_ids[n], original)
        for n, original in decisions.originals.items()
    )


def write_findings(folder: Path, index_path: Path) -> int:
    """Find near copies and frequent phrases in segments that are written, and write them down.

    Returns:
        How many articles are represented by another.
    """
    with Catalog.opened(folder) as catalog:
        doc_ids, traits = catalog.traits()
    with open_whoosh(folder, index_path).searcher() as searcher:
        segments = segments_of(searcher.reader())
        near_copies = write_groups(folder, segments, doc_ids, traits)
        write_phrases(folder, segments, read_groups(folder).members)
    return near_copies


def _article(readings: Readings, number: int, traits: bytes, *, is_down: bool) -> Article:
    return Article(
        readings.doc_ids[number],
        readings.file_number(number),
        readings.digest(number),
        readings.texts[number],
        readings.addresses[number],
        is_down,
        traits,
    )
