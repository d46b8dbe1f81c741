"""Propose words for the stemmer's lists, from the words of an archive.

    .venv/bin/python scripts/stem_report.py ARCHIVE... [--least N] [--most N]

It prints two tables, and a person decides on each row. The first has forms whose stem may not be
their root: a form contains another word of the archive, and their stems differ. Its number is how
many articles have the form, which a search for the other word does not find. The second has names,
which are words nearly always written with a capital, that the stemmer changes.
"""

if __name__ == "__main__":  # before what takes time to load
    from indexing.start import start

    start("stem_report")


import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from indexing.start import run

from index.analysis import fold, overrides, roots, split_affixes, stem
from index.document import Document, Rejection
from index.generations import is_index
from index.ingest import read_paths

WORD = re.compile(r"(?<![\w.-])([^\W\d_]{3,})(?![\w-])")
SENTENCE_START = re.compile(r"(?:^|[.!?:”\"'(–-])\s*$")
LOOK_BACK = 3
"""Characters before a word that are searched for the end of a sentence, whose first word always has
a capital."""

NAME_SHARE = 0.95
ROOT_FORMS_LEAST = 2
"""Words that must contain a root, itself included, for it to be proposed."""


@dataclass(slots=True)
class Vocabulary:
    """The words of an archive.

    Attributes:
        articles: how many articles have each word.
        inner: how often each word stands within a sentence, and not at its start.
        capital: how often it has a capital there.
    """

    articles: Counter[str] = field(default_factory=Counter)
    inner: Counter[str] = field(default_factory=Counter)
    capital: Counter[str] = field(default_factory=Counter)

    def is_name(self, word: str) -> bool:
        """Return whether a word is nearly always written with a capital."""
        return self.capital[word] >= NAME_SHARE * max(1, self.inner[word])


@dataclass(frozen=True, slots=True)
class Missed:
    """A form whose stem may not be its root; `family` counts the forms of that root."""

    form: str
    root: str
    articles: int
    family: int


def main(arguments: Sequence[str] | None = None) -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("archive", nargs="+", type=Path, help="article files or folders")
    parser.add_argument("--least", type=int, default=5, help="how many articles must have a word")
    parser.add_argument("--most", type=int, default=100, help="rows of each table")
    options = parser.parse_args(arguments)
    vocabulary = read_vocabulary(read_paths(options.archive, is_index=is_index))
    print("articles\tform\tstem\tlikely root\tits forms")
    for row in missed_roots(vocabulary, options.least)[: options.most]:
        print(row.articles, row.form, stem(row.form), row.root, row.family, sep="\t")
    print("\narticles\tname\tstem")
    for word, count in changed_names(vocabulary, options.least)[: options.most]:
        print(count, word, stem(word), sep="\t")


def read_vocabulary(items: Iterable[Document | Rejection]) -> Vocabulary:
    """Return the words of all articles that can be read."""
    vocabulary = Vocabulary()
    for item in items:
        if isinstance(item, Document):
            count_words(f"{item.title}\n{item.body}", vocabulary)
    return vocabulary


def count_words(text: str, vocabulary: Vocabulary) -> None:
    """Add the words of one article."""
    seen = set()
    for match in WORD.finditer(text):
        word = fold(match[1])
        seen.add(word)
        before = text[max(0, match.start() - LOOK_BACK) : match.start()]
        if not SENTENCE_START.search(before):
            vocabulary.inner[word] += 1
            vocabulary.capital[word] += match[1][0].isupper()
    vocabulary.articles.update(seen)


def missed_roots(vocabulary: Vocabulary, least: int) -> list[Missed]:
    """Return the forms whose stem may not be their root, those of most articles first."""
    words = {word for word, count in vocabulary.articles.items() if count >= least}
    family = {core: len(forms) for core, forms in _forms_by_core(words).items()}
    missed = (_missed(word, family, vocabulary) for word in words if not _is_settled(word))
    return sorted(filter(None, missed), key=lambda row: (-row.articles, row.form))


def changed_names(vocabulary: Vocabulary, least: int) -> list[tuple[str, int]]:
    """Return the names that the stemmer changes, and how many articles have each."""
    return [
        (word, count)
        for word, count in vocabulary.articles.most_common()
        if count >= least and stem(word) != word and vocabulary.is_name(word)
    ]


def _is_settled(word: str) -> bool:
    """Return whether a list already decides the stem of a word."""
    return word in roots() or word in overrides() or stem(word) in roots()


def _missed(word: str, family: Mapping[str, int], vocabulary: Vocabulary) -> Missed | None:
    if vocabulary.is_name(word):
        return None
    cores = {core for core in _cores(word) if family.get(core, 0) >= ROOT_FORMS_LEAST}
    apart = [core for core in cores if stem(core) != stem(word)]
    if not apart:
        return None
    root = max(apart, key=lambda core: (family[core], len(core), core))
    return Missed(word, root, vocabulary.articles[word], family[root])


def _forms_by_core(words: set[str]) -> Mapping[str, set[str]]:
    forms: dict[str, set[str]] = defaultdict(set)
    for word in words:
        for core in _cores(word):
            if core in words:
                forms[core] |= {word, core}
    return forms


def _cores(word: str) -> Iterator[str]:
    return (parts.core for parts in split_affixes(word) if parts.core != word)


if __name__ == "__main__":
    run("stem_report", main)
