"""Measure the stemmer on word lists: forms that have the stem of their root, roots that share one.

    .venv/bin/python scripts/measure_stems.py FORMS_TSV [...]

A list has a form, a tab and its root on each line. A hash of their letters puts each root into one
of two halves: rules and lists are made by reading the first half, and the second half shows whether
they hold for words that nobody read. PyStemmer is measured beside it.
"""

if __name__ == "__main__":  # before what takes time to load
    from indexing.start import start

    start("measure_stems")


import argparse
import time
import zlib
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import Stemmer
from indexing.start import run

from index.analysis import stem

Pairs = Sequence[tuple[str, str]]
Stem = Callable[[str], str]


def main() -> None:
    """Print the table of each list, then the speed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("lists", nargs="+", type=Path, help="form, tab, root")
    parser.add_argument("--misses", type=int, default=0, help="misses of the first half to print")
    options = parser.parse_args()
    lists = {path.stem: read_pairs(path) for path in options.lists}
    stemmers: Mapping[str, Stem] = {"kliping": stem, "pystemmer": pystemmer()}
    print(f"{'list':<24} {'half':<7} {'stemmer':<10} {'meet':>7} {'forms':>7} {'share a stem':>13}")
    for name, pairs in lists.items():
        for half, chosen in halves(pairs).items():
            for label, stemmer in stemmers.items():
                share, together = share_met(chosen, stemmer), share_together(chosen, stemmer)
                print(
                    f"{name:<24} {half:<7} {label:<10} {share:>7.4f} {len(chosen):>7}"
                    f" {100 * together:>11.2f} %"
                )
    for pairs in lists.values():
        for form, root in misses(halves(pairs)["first"], stem)[: options.misses]:
            print(form, root, stem(form), stem(root), sep="\t")
    print_speed(sorted({form for pairs in lists.values() for form, _ in pairs}))


def read_pairs(path: Path) -> Pairs:
    """Return the forms of a list that differ from their root, in lower case, without phrases."""
    lines = path.read_text(encoding="utf-8").lower().splitlines()
    pairs = [line.split("\t") for line in lines if "\t" in line]
    return sorted({(row[0], row[1]) for row in pairs if row[0] != row[1] and " " not in row[0]})


def halves(pairs: Pairs) -> Mapping[str, Pairs]:
    """Return all pairs, and those of the first and of the second half of the roots."""
    first = [pair for pair in pairs if zlib.crc32(pair[1].encode()) % 2 == 0]
    second = [pair for pair in pairs if zlib.crc32(pair[1].encode()) % 2]
    return {"all": pairs, "first": first, "second": second}


def share_met(pairs: Pairs, stemmer: Stem) -> float:
    """Return the share of forms whose stem is that of their root."""
    return 1 - len(misses(pairs, stemmer)) / max(1, len(pairs))


def misses(pairs: Pairs, stemmer: Stem) -> Pairs:
    """Return the forms whose stem is not that of their root."""
    return [(form, root) for form, root in pairs if stemmer(form) != stemmer(root)]


def share_together(pairs: Pairs, stemmer: Stem) -> float:
    """Return the share of distinct roots that have the stem of another root."""
    by_stem: dict[str, set[str]] = defaultdict(set)
    for _, root in pairs:
        by_stem[stemmer(root)].add(root)
    total = sum(map(len, by_stem.values()))
    return sum(len(same) for same in by_stem.values() if len(same) > 1) / max(1, total)


def pystemmer() -> Stem:
    """Return the stemmer of Snowball's Indonesian algorithm."""
    algorithm = Stemmer.Stemmer("indonesian", 0)
    return lambda word: str(algorithm.stemWord(word))


def print_speed(words: Sequence[str]) -> None:
    """Print stems a second, for words never seen and for words in the cache."""
    stem.cache_clear()
    for label in ("cold", "warm"):
        start = time.perf_counter()
        for word in words:
            stem(word)
        print(f"{label}: {len(words) / (time.perf_counter() - start):,.0f} stems a second")


if __name__ == "__main__":
    run("measure_stems", main)
