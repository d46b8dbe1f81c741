r"""Repeated lines: boilerplate that an outlet puts under all of its articles, found and cut.

A line is boilerplate when it stands among the last lines of many articles of one outlet, under
headlines that have no word in common. Under headlines that share a word it stays: reports on one
subject, such as weather or prices, may end alike.

>>> counts = LineCounts()
>>> for letter in "abcdefghijklmnopqrstu":
...     body = "Isi berita.\nIkuti saluran kami di sini."
...     counts.add(hash_last_lines(Document(doc_id=letter, title=letter * 8, body=body)))
>>> article = Document(doc_id="z", title="", body="Baru.\nIkuti saluran kami di sini.")
>>> cut_repeated_lines(article, counts.repeated())
('Baru.', 1)
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

import xxhash

from index.analysis import tokenize
from index.document import Document

ENDS = 5
"""Last lines of a text that are looked at."""
ARTICLES_LEAST = 20
"""Headlines of one outlet under which a line stands, before it is cut."""
WORDS_LEAST = 3
"""Words of a line that may be cut: shorter ones are names, initials and subheads."""
SHARE_MOST = 0.5
"""Share of these headlines that may have one word in common."""
WORD_LENGTH_LEAST = 4
"""Characters of a word that headlines can have in common; shorter ones say little."""
ARTICLES_COUNTED = 200_000
"""Articles of an archive that are counted, the first ones: this bounds the memory."""
HEADLINES_KEPT = 100
"""Headlines that are kept of each line, to be compared."""


class LastLines(NamedTuple):
    """What is counted of an article: its headline, and hashes of its last lines."""

    title: str
    hashes: tuple[int, ...]


def hash_last_lines(document: Document) -> LastLines:
    """Return what is counted of a document; short lines are left out."""
    lines = set(document.body.rsplit("\n", ENDS)[-ENDS:])
    long_enough = (line for line in lines if line.count(" ") >= WORDS_LEAST - 1)
    return LastLines(document.title, tuple(_hash(document.source, line) for line in long_enough))


class LineCounts:
    """Counts under which headlines each last line stands."""

    def __init__(self) -> None:
        self._article_count = 0
        self._titles: defaultdict[int, set[str]] = defaultdict(set)

    def add(self, last: LastLines) -> None:
        """Count the last lines of an article."""
        if self._article_count == ARTICLES_COUNTED:
            return
        self._article_count += 1
        for line in last.hashes:
            titles = self._titles[line]
            if len(titles) < HEADLINES_KEPT:
                titles.add(last.title)

    def repeated(self) -> frozenset[int]:
        """Return the hashes of the lines that are boilerplate."""
        return frozenset(
            line
            for line, titles in self._titles.items()
            if len(titles) >= ARTICLES_LEAST and not _share_a_word(titles)
        )


def cut_repeated_lines(document: Document, repeated: frozenset[int]) -> tuple[str, int]:
    """Return a document's text without its repeated last lines, and how many were cut.

    A text that would be empty then is returned whole.
    """
    if not repeated:
        return document.body, 0
    lines = document.body.rsplit("\n", ENDS)
    kept = lines[:-ENDS] + [
        line for line in lines[-ENDS:] if _hash(document.source, line) not in repeated
    ]
    if not kept:
        return document.body, 0
    return "\n".join(kept), len(lines) - len(kept)


def hash_text(text: str) -> int:
    """Return a hash of 63 bits, which fits the signed integers of SQLite."""
    return xxhash.xxh3_64_intdigest(text.encode("utf-8", "surrogatepass")) >> 1


def _share_a_word(titles: Iterable[str]) -> bool:
    words_by_title = [{token.text for token in tokenize(title)} for title in titles]
    counts = Counter(word for words in words_by_title for word in words)
    most = SHARE_MOST * len(words_by_title)
    return any(n > most for word, n in counts.items() if len(word) >= WORD_LENGTH_LEAST)


def _hash(source: str, line: str) -> int:
    return hash_text(f"{source}\n{line}")
