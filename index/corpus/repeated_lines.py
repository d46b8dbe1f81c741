r"""Lines that an outlet puts under everything: found by repetition, and cut from the ends.

What stands among the last lines of many articles of one outlet, under headlines that have nothing
in common, is no part of them. Under headlines that share a word it is: forms about one subject,
such as weather and prices, end alike.

>>> lines = LineCounts()
>>> for word in HEADLINES:
...     article = Document(doc_id="", title=word, body="Isi berita.\nIkuti saluran kami di sini.")
...     lines.add(last_lines(article))
>>> cut_repeated(Document(doc_id="", title="", body="Baru.\nIkuti saluran kami di sini."),
...     lines.repeated())
('Baru.', 1)
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

import xxhash

from index.analysis.analyzer import tokenize
from index.document import Document

ENDS = 5
"""Last lines of a text that are looked at."""
ARTICLES_LEAST = 20
"""Articles of one outlet that end with a line, before it is cut."""
WORDS_LEAST = 3
"""Words of a line that may be cut: shorter ones are names, initials and subheads."""
SHARE_MOST = 0.5
"""Share of their headlines that may have one word in common."""
WORD_LENGTH_LEAST = 4
"""Letters of a word that headlines can have in common; shorter ones say little."""
ARTICLES_COUNTED = 200_000
"""Articles of an archive that are counted: the first ones, which bounds the memory."""
HEADLINES_KEPT = 100
"""Headlines of a line that are compared."""
HEADLINES = tuple(f"{letter}udul" * 2 for letter in "abcdefghijklmnopqrstu")


class LastLines(NamedTuple):
    """What is counted of an article: its headline, and hashes of its last lines."""

    title: str
    hashes: tuple[int, ...]


def last_lines(document: Document) -> LastLines:
    """Return what is to be counted of a document."""
    lines = set(_ends(document.body))
    return LastLines(document.title, tuple(_hash(document.source, line) for line in lines))


class LineCounts:
    """Under which headlines the last lines of articles stand."""

    def __init__(self) -> None:
        self._articles = 0
        self._titles: defaultdict[int, set[str]] = defaultdict(set)

    def add(self, last: LastLines) -> None:
        """Count the last lines of an article."""
        if self._articles == ARTICLES_COUNTED:
            return
        self._articles += 1
        for line in last.hashes:
            titles = self._titles[line]
            if len(titles) < HEADLINES_KEPT:
                titles.add(last.title)

    def repeated(self) -> frozenset[int]:
        """Return the hashes of the lines that are to be cut."""
        return frozenset(
            line
            for line, titles in self._titles.items()
            if len(titles) >= ARTICLES_LEAST and not _share_a_word(titles)
        )


def cut_repeated(document: Document, repeated: frozenset[int]) -> tuple[str, int]:
    """Return a document's text without repeated lines, and how many were cut."""
    if not repeated:
        return document.body, 0
    lines = document.body.rsplit("\n", ENDS)
    kept = lines[:-ENDS] + [
        line for line in lines[-ENDS:] if _hash(document.source, line) not in repeated
    ]
    if len(kept) == len(lines) or not kept:  # a text of nothing else stays as it is
        return document.body, 0
    return "\n".join(kept), len(lines) - len(kept)


def _ends(body: str) -> list[str]:
    """Return the last lines that may be cut."""
    lines = body.rsplit("\n", ENDS)[-ENDS:]
    return [line for line in lines if line.count(" ") >= WORDS_LEAST - 1]


def _share_a_word(titles: Iterable[str]) -> bool:
    found = [{token.text for token in tokenize(title)} for title in titles]
    counts = Counter(word for words in found for word in words if len(word) >= WORD_LENGTH_LEAST)
    return any(count > SHARE_MOST * len(found) for count in counts.values())


def _hash(source: str, line: str) -> int:
    """Return 63 bits, so that a signed number of a database holds them."""
    return xxhash.xxh3_64_intdigest(f"{source}\n{line}".encode("utf-8", "surrogatepass")) >> 1
