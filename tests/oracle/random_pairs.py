"""Random archives, open in both indexes, and the vocabulary of each."""

from collections.abc import Callable
from pathlib import Path

from .pair import Pair
from .plain import PlainDocument
from .random_archives import KINDS, LAYOUT, MONTHS, SHAPES, WORDS, Archive, make_archive
from .vocabulary import Vocabulary
from .whoosh_scoring import GivenLengths

WEIGHTS = {"title": 0.7, "body": 0.35, "stem": 1.3}


class RandomPair(Pair):
    """A random archive, open in both indexes; Whoosh's scores by lengths from plain Python.

    Attributes:
        archive: the documents.
        known: their vocabulary: all words, and words that stand together.
    """

    def __init__(self, archive: Archive) -> None:
        self.archive, self.known = archive, vocabulary_of(archive)
        documents = [
            PlainDocument(d.doc_id, d.date, {"tag": frozenset(d.tags), "kind": frozenset({d.kind})})
            for d in archive.docs
        ]
        exact = {name: [len(words) for words in archive.texts(name)] for name in WEIGHTS}
        rounded = {name: archive.lengths(name) for name in WEIGHTS}
        weighting = GivenLengths(exact, rounded, WEIGHTS)
        super().__init__(documents, LAYOUT, (archive.columnar, archive.oracle), weighting)

    def __repr__(self) -> str:
        return repr(self.archive)


def open_pairs(make_folder: Callable[[], Path]) -> list[RandomPair]:
    """Write an archive of each shape, and one that has words very often, and open them.

    Args:
        make_folder: returns a new folder for each index of ours.
    """
    shapes = [(*shape, ()) for shape in SHAPES] + [(5, (20, 9), 3, (2, 25))]
    return [RandomPair(make_archive(make_folder(), *shape)) for shape in shapes]


def vocabulary_of(archive: Archive) -> Vocabulary:
    """Return the vocabulary of a random archive."""
    texts = {name: [t for t in archive.texts(name) if len(t) > 2] for name in ("title", "body")}
    return Vocabulary(
        words={"title": WORDS, "body": WORDS},
        stems={"stem": sorted({word[:3] for word in WORDS})},
        keys={"month": MONTHS, "kind": KINDS},
        dates=[0, 1, 700, 2999, 2**31 - 2, *(d.date for d in archive.docs if d.date is not None)],
        phrases={name: [t[:3] for t in own] + [t[-3:] for t in own] for name, own in texts.items()},
        parents="kind",
        columns=("date",),
    )
