"""Read article files as a build would, and write nothing: what would be indexed, and what refused.

>>> survey([Path("samples/sains")]).doc_count > 0
True
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from index.document import Document, Rejection
from index.generations.directory import is_index
from index.ingest import LIMITS, NO_COLUMNS, Limits, read_paths


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What a build of the same files would meet.

    Attributes:
        doc_count: articles that it would index.
        rejected: refused articles by reason, commonest first.
        noted_count: articles of which the reader of the file noticed something.
        undated_count: articles without a date.
    """

    doc_count: int
    rejected: dict[str, int]
    noted_count: int
    undated_count: int


def survey(
    paths: Iterable[Path],
    *,
    key_by_column: Mapping[str, str] = NO_COLUMNS,
    limits: Limits = LIMITS,
    on_bytes: Callable[[int], None] = lambda _: None,
    on_rejection: Callable[[Rejection], None] = lambda _: None,
) -> Survey:
    """Read all articles, and count.

    Args:
        paths: files and folders of articles.
        key_by_column: which keys the columns of the articles' files stand for.
        limits: what is refused or cut, and how dates are read.
        on_bytes: told how many bytes were read since the last call.
        on_rejection: told each article that would be refused.

    Raises:
        PathError: for a path that is not there, before anything is read.
    """
    counts: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    for item in read_paths(list(paths), on_bytes, limits, key_by_column, is_index):
        if isinstance(item, Rejection):
            reasons[item.reason] += 1
            on_rejection(item)
        else:
            counts.update(_traits(item))
    return Survey(
        doc_count=counts["read"],
        rejected=dict(reasons.most_common()),
        noted_count=counts["noted"],
        undated_count=counts["undated"],
    )


def _traits(document: Document) -> Iterable[str]:
    yield "read"
    if document.notes:
        yield "noted"
    if document.date is None:
        yield "undated"
