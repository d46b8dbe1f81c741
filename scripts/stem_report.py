"""Propose words for the stems' lists, from the words of an archive.

    .venv/bin/python scripts/stem_report.py ARCHIVE... [--least N] [--most N]

Two tables are printed, each row to be kept or dropped by a person who reads it. The first has forms
that seem to miss a root: another word of the archive is inside them, and their stems differ; the
number is how many articles a search for the root does not find by them. The second has words
written with a capital nearly always, names then, that the stemmer changes nonetheless.
"""

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from index.analysis.affixes import take_apart
from index.analysis.analyzer import fold
from index.analysis.stem_dictionary import overrides, roots
from index.analysis.stemmer import stem
from index.document import Document, Rejection
from index.generations.directory import is_index
from index.ingest import read_paths

WORD = re.compile(r"(?<![\w.-])([^\W\d_]{3,})(?![\w-])")
SENTENCE_START = re.compile(r"(?:^|[.!?:”\"'(–-])\s*$")
LOOK_BACK = 3
"""Characters before a word in which a sentence may end: its first word has a capital anyway."""

NAME_SHARE = 0.95
ROOT_FORMS_LEAST = 2
"""Words that a root must be inside of, itself counted, to be proposed."""


@dataclass(slots=True)
class Vocabulary:
    """The words of an archive.

    Attributes:
        articles: in how many articles each word stands.
        inner: how often each word stands within a sentence.
        capital: how often it has a capital there.
    """

    articles: Counter[str] = field(default_factory=Counter)
    inner: Counter[str] = field(default_factory=Counter)
    capital: Counter[str] = field(default_factory=Counter)

    def is_name(self, word: str) -> bool:
        """Tell whether a word is written with a capital nearly always."""
        return self.capital[word] >= NAME_SHARE * max(1, self.inner[word])


@dataclass(frozen=True, slots=True)
class Missed:
    """A form that seems to miss a root."""

    form: str
    root: str
    articles: int
    family: int


def main(arguments: Sequence[str] | None = None) -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("archive", nargs="+", type=Path, help="article files or folders")
    parser.add_argument("--least", type=int, default=5, help="articles a word must stand in")
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
    """Return the forms that seem to miss a root, those that cost most articles first."""
    words = {word for word, count in vocabulary.articles.items() if count >= least}
    family = {core: len(forms) for core, forms in _forms_by_core(words).items()}
    missed = (_missed(word, family, vocabulary) for word in words if not _is_settled(word))
    return sorted(filter(None, missed), key=lambda row: (-row.articles, row.form))


def changed_names(vocabulary: Vocabulary, least: int) -> list[tuple[str, int]]:
    """Return the names that the stemmer changes, and in how many articles each stands."""
    return [
        (word, count)
        for word, count in vocabulary.articles.most_common()
        if count >= least and stem(word) != word and vocabulary.is_name(word)
    ]


def _is_settled(word: str) -> bool:
    """Tell whether a list already says what the stem of a word is."""
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
    return (parts.core for parts in take_apart(word) if parts.core != word)


if __name__ == "__main__":
    main()
