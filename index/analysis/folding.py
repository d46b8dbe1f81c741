"""Folding: which code points are letters or digits, and which text each is compared as.

The table is kept in a file, so that tokens do not depend on the Unicode version of the Python that
runs; `scripts/make_folding.py` makes it. Folding removes case, accents and apostrophes and
decomposes characters. It changes each code point by itself, so that one table holds it all.

>>> "Jum’at, Café Straße, 5 KM²".translate(folding_by_code())
'jumat, cafe strasse, 5 km2'
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.analysis.kernels.code_points import (
    ALNUM,
    APOSTROPHE,
    BLOCK_BITS,
    ITSELF,
    JOINER,
    NEWLINE,
    POINT,
    SEPARATOR,
    WIDE,
    CodeTable,
)
from index.arrays import Uint8Array, Uint16Array

FOLDING_FILE = Path(__file__).with_name("folding.npz")

ASCII_COUNT = 128


def folding_growth() -> int:
    """Return by how many times, at most, folding makes a code point longer, in bytes of UTF-8."""
    return int(_arrays()["growth_most"])


@cache
def folding_table() -> CodeTable:
    """Return the table, as the tokenizer's kernel takes it."""
    arrays = _arrays()
    bounds = np.concatenate([[0], np.cumsum(arrays["fold_lengths"])]).astype(np.int32)
    blocks, records = arrays["blocks"], arrays["records"]
    classes, folds = arrays["classes"], arrays["folds"]
    steps = _ascii_steps(records[int(blocks[0]) << BLOCK_BITS :], classes)
    return CodeTable(steps, blocks, records, classes, bounds, folds)


@cache
def folding_by_code() -> dict[int, str | None]:
    """Return the foldings of the code points that change, as `str.translate` takes them."""
    return dict(_changes(folding_table()))


def _ascii_steps(records: Uint16Array, classes: Uint8Array) -> Uint8Array:
    """Return what the tokenizer does at each byte; see `CodeTable.steps`."""
    steps = np.full(1 << BLOCK_BITS, WIDE, np.uint8)
    for code in range(ASCII_COUNT):
        kind = classes[records[code]]
        steps[code] = JOINER if kind & (APOSTROPHE | POINT) else SEPARATOR
        if kind & ALNUM:
            steps[code] = ord(chr(code).lower())
    steps[ord("\n")] = NEWLINE
    return steps


@cache
def _arrays() -> dict[str, NDArray[Any]]:
    with np.load(FOLDING_FILE, allow_pickle=False) as file:
        return dict(file)


def _changes(table: CodeTable) -> Iterator[tuple[int, str | None]]:
    """Yield each code point that folding changes, and what it becomes."""
    folds, bounds = table.folds.tobytes(), table.fold_bounds.tolist()
    blocks = table.records.reshape(-1, 1 << BLOCK_BITS)
    records = blocks[table.blocks].ravel()
    for code in np.flatnonzero(table.classes[records] & ITSELF == 0).tolist():
        record = records[code]
        # str.translate removes a character faster for None than for an empty text.
        yield code, folds[bounds[record] : bounds[record + 1]].decode() or None
