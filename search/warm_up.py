"""Warm up the kernels: compile each, once on a machine, or load what was compiled before.

`make setup` and every build call `warm_up`: a tiny archive is built and searched in every way that
reaches a kernel. A server calls `touch_kernels` on the first generation that it opens. So no
reader waits for a compiler.
"""

import datetime as dt
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer

import numpy as np

from index.corpus import group_near_duplicates, make_signatures
from index.document import Document
from index.generations import GenerationWriter
from index.schema import LAYOUT
from index.segments import Segment
from index.temporary_folder import temporary_folder
from index.whoosh_codec import open_whoosh, segments_of
from search.answer import answer
from search.execution import Deadline, RequestReader, Snapshot
from search.kernels.facet_counts import FacetRows, Rows, count_facet, count_facets, fill_rows
from search.preferences import NO_PREFERENCES
from search.request import FacetChoice, SearchRequest

SECONDS_BEFORE_MESSAGE = 2.0
"""Loading takes about a second; whoever waits longer at a terminal gets a message."""

MESSAGE = (
    "Loading the search kernels; the first time on a machine they are compiled, which takes about "
    "half a minute"
)
"""It must hold on a busy machine as well, where loading alone takes longer than the seconds."""

_QUERIES = (
    *("", "harga", "harga beras", "harga ATAU beras", '"harga beras"', "har*", "-gula"),
    '"beras harga"~3',
    *("tempat:palu", "harga -gula"),
    "hargqx",  # no word of an archive, so that words near it are looked for
)
_SECONDS = 600.0  # a compiler's time is not a query's


def warm_up_kernels() -> None:
    """Compile or load every kernel; at a terminal, say so where it takes long."""
    with _with_message(), temporary_folder() as folder:
        documents = list(_documents())
        group_near_duplicates(
            [document.doc_id for document in documents], make_signatures(documents)
        )
        with GenerationWriter(folder) as writer:
            for document in documents:
                writer.add(document)
            writer.commit()
        (segment, _), *_ = segments_of(open_whoosh(folder, folder))
        for segments in _archives(segment):
            snapshot = Snapshot(segments, LAYOUT.facets, LAYOUT.orders)
            touch_kernels(RequestReader(0, snapshot, Deadline(_SECONDS)))


def touch_kernels(reader: RequestReader) -> None:
    """Call every kernel that answers requests."""
    tag = ("tag", FacetChoice(include=("pangan",)))
    month = ("month", FacetChoice(include=("2024-01",)))
    for query_text in _QUERIES:
        for choices in ((), (tag,), (tag, month)):
            request = SearchRequest(query_text=query_text, choices=choices)
            answer(reader, request, NO_PREFERENCES)
    for view in reader.snapshot.views:
        _touch_other_rows(view.facets)


def _archives(segment: Segment) -> Iterator[list[tuple[Segment, int]]]:
    """Yield archives for which kernels are compiled apart: one segment, two, a deleted document."""
    yield [(segment, 0)]
    yield [(segment, 0), (segment, segment.doc_count)]
    yield [(segment.without([0]), 0)]


def _touch_other_rows(facets: FacetRows) -> None:
    """Call the kernels of rows with ordinals of the other width, for more values or fewer."""
    rows: Rows = facets.rows.astype(np.uint32)
    if facets.rows.dtype == np.uint32:
        rows = facets.rows.astype(np.uint16)
    other = facets._replace(rows=rows)
    counts, no_docs = np.zeros(other.counter_count, np.uint32), np.empty(0, np.uint16)
    fill_rows(facets._replace(rows=rows[:0], offsets=facets.offsets[:1]), counts[:0])
    count_facets(other, counts, no_docs, 1)
    count_facet(other, counts, no_docs, 0, 1)


def _documents() -> Iterator[Document]:
    for number, title in enumerate(("Harga beras", "Harga gula", "Beras")):
        yield Document(
            doc_id=str(number),
            title=title,
            body=f"{title} naik.\nHarga beras turun.",
            tags=("pangan",),
            place="Palu",
            date=dt.date(2024, 1, number + 1),
        )


@contextmanager
def _with_message() -> Iterator[None]:
    timer = Timer(SECONDS_BEFORE_MESSAGE, lambda: print(MESSAGE, file=sys.stderr, flush=True))  # noqa: T201 - a message to whoever waits
    if sys.stderr and sys.stderr.isatty():  # in a log it would stand before the line that counts
        timer.start()
    try:
        yield
    finally:
        timer.cancel()
