"""Code points in UTF-8: the class of each, and the table that the tokenizer looks them up in."""

from typing import NamedTuple

from index.arrays import Int32Array, Uint8Array, Uint16Array
from index.compiled import compiled

# Classes of code points, as bits. ITSELF: folding does not change it.
ALPHA, DECIMAL, OTHER_ALNUM, MARK = 1, 2, 4, 8
APOSTROPHE, POINT, SPACE, ITSELF = 16, 32, 64, 128
ALNUM = ALPHA | DECIMAL | OTHER_ALNUM

# What to do at a byte. From LETTER on, it is an ASCII letter or digit, already folded.
SEPARATOR, NEWLINE, JOINER, WIDE, LETTER = 0, 1, 2, 3, ord("0")

BLOCK_BITS = 8
"""Low bits of a code point, its number in a block. Many blocks are alike and are kept once."""


class CodeTable(NamedTuple):
    """What the tokenizer knows of each code point (see `index.analysis.folding`).

    Attributes:
        steps: for each byte, what to do at it: SEPARATOR to WIDE, or the letter to write.
        blocks: for each 256 code points, the number of their block.
        records: the blocks, end to end: for each code point, the number of its record.
        classes: for each record, its class bits.
        fold_bounds: for each record, where its folding starts in `folds`, and the last one ends.
        folds: the foldings, as UTF-8; those of class ITSELF are empty.
    """

    steps: Uint8Array
    blocks: Uint8Array
    records: Uint16Array
    classes: Uint8Array
    fold_bounds: Int32Array
    folds: Uint8Array


@compiled
def pass_over(
    text: Uint8Array, offset: int, end: int, table: CodeTable, kinds: int, most: int
) -> int:
    """Return the offset behind code points of some kinds, `most` of them at most."""
    while offset < end and most and class_at(text, offset, table) & kinds:
        offset += size_of(text[offset])
        most -= 1
    return offset


@compiled
def class_at(source: Uint8Array, offset: int, table: CodeTable) -> int:
    """Return the class bits of the code point at an offset."""
    kind: int = table.classes[record_at(source, offset, table)]
    return kind


@compiled
def record_at(source: Uint8Array, offset: int, table: CodeTable) -> int:
    """Return the number of the record of the code point at an offset."""
    code = code_at(source, offset)
    low = code & ((1 << BLOCK_BITS) - 1)
    record: int = table.records[(table.blocks[code >> BLOCK_BITS] << BLOCK_BITS) | low]
    return record


@compiled
def code_at(source: Uint8Array, offset: int) -> int:
    """Decode the code point at an offset; the bytes came from Python's own encoder."""
    size = size_of(source[offset])
    code: int = source[offset] & (0xFF >> (size + (size > 1)))
    for number in range(1, size):
        code = (code << 6) | (source[offset + number] & 0x3F)
    return code


@compiled
def size_of(byte: int) -> int:
    """Return the length of a code point by its first byte, as UTF-8 has it."""
    return 1 + (byte >= 0xC0) + (byte >= 0xE0) + (byte >= 0xF0)
