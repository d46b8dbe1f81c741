"""Make index/analysis/folding.npz, the table by which the tokenizer folds code points.

    .venv/bin/python scripts/make_folding.py

The table has the Unicode version of the Python that runs this. A change of the table changes
tokens: raise `ANALYZER_VERSION` in index/analysis/analyzer.py too. The same Python makes the same
bytes; another version of zlib may pack the same arrays in another way.
"""

if __name__ == "__main__":  # before what takes time to load
    from indexing.start import start

    start("make_folding")


import argparse
import sys
import unicodedata
from pathlib import Path
from typing import Any

import numpy as np
from indexing.start import run
from numpy.typing import NDArray

from index.analysis import FOLDING_FILE
from index.analysis.kernels.code_points import (
    ALPHA,
    APOSTROPHE,
    BLOCK_BITS,
    DECIMAL,
    ITSELF,
    MARK,
    OTHER_ALNUM,
    POINT,
    SPACE,
)

APOSTROPHES = "'\u2018\u2019\u02bc`\u00b4"
POINTS = ".,:"

PLAIN_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i"}
    | {"æ": "ae", "œ": "oe", "þ": "th"}
)
"""Letters that Unicode does not decompose, and that agencies write plainly: Hojlund, Lukasz."""

MARKS = (
    *range(0x300, 0x370),  # accents
    *(*range(0x64B, 0x660), 0x670),  # Arabic vowels
    *(0x3099, 0x309A),  # Japanese voicing
)
"""Combining marks: no letters to Python, but a word goes on through them."""

_NO_APOSTROPHES = dict.fromkeys(map(ord, APOSTROPHES))

Record = tuple[int, bytes]


def main(arguments: list[str] | None = None) -> int:
    """Write the table to the file that the command line names.

    Returns:
        The exit code: always 0.
    """
    parser = argparse.ArgumentParser(description="Make the tokenizer's table of code points.")
    parser.add_argument(
        "--out",
        type=Path,
        default=FOLDING_FILE,
        help="file to write; default: index/analysis/folding.npz",
    )
    options = parser.parse_args(arguments)
    # NumPy gives every array in the file the date 1980, so equal arrays make equal bytes.
    with options.out.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **make_arrays())
    return 0


def make_arrays() -> dict[str, NDArray[Any]]:
    """Return the arrays of the file, as `index.analysis.folding` reads them."""
    records = [make_record(chr(code)) for code in range(sys.maxunicode + 1)]
    distinct = {record: number for number, record in enumerate(dict.fromkeys(records))}
    numbers = np.array([distinct[record] for record in records], np.uint16)
    by_block = numbers.reshape(-1, 1 << BLOCK_BITS)
    blocks, block_numbers = np.unique(by_block, axis=0, return_inverse=True)
    return {
        "unicode_version": np.array(unicodedata.unidata_version),
        "growth_most": np.array(growth_most(records)),
        "blocks": block_numbers.astype(np.uint8),
        "records": blocks.ravel(),
        "classes": np.array([kind for kind, _ in distinct], np.uint8),
        "fold_lengths": np.array([len(folding) for _, folding in distinct], np.uint8),
        "folds": np.frombuffer(b"".join(folding for _, folding in distinct), np.uint8),
    }


def make_record(char: str) -> Record:
    """Return the class bits of a code point, and its folding unless that is itself."""
    folding = fold(char)
    kinds = (
        (ALPHA, char.isalpha()),
        (DECIMAL, char.isdecimal()),
        (OTHER_ALNUM, char.isalnum() and not (char.isalpha() or char.isdecimal())),
        (MARK, ord(char) in MARKS),
        (APOSTROPHE, char in APOSTROPHES),
        (POINT, char in POINTS),
        (SPACE, char.isspace()),
        (ITSELF, folding == char),
    )
    return sum(bit for bit, holds in kinds if holds), b"" if folding == char else folding.encode()


def fold(char: str) -> str:
    """Return a code point without case, accents and apostrophes."""
    decomposed = unicodedata.normalize("NFKD", char.translate(_NO_APOSTROPHES).casefold())
    letters = "".join(char for char in decomposed if not unicodedata.combining(char))
    # Letters such as the bold ones of mathematics have a case only once they are decomposed.
    return letters.casefold().translate(_NO_APOSTROPHES).translate(PLAIN_LETTERS)


def growth_most(records: list[Record]) -> int:
    """Return by how many times, rounded up, folding may make a code point longer, in bytes."""
    return max(
        -(-len(folding) // len(chr(code).encode(errors="surrogatepass")))
        for code, (_, folding) in enumerate(records)
    )


if __name__ == "__main__":
    run("make_folding", main)
