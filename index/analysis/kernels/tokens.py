"""The tokenizer's kernel: from the UTF-8 of many texts to folded tokens, in one pass.

The rules are those of `index.analysis.analyzer`; `tests/index/analysis/word_oracle.py` has them as
regular expressions. Most words are ASCII letters and digits: a table of 256 bytes tells what to
write for each. In other words, code points are looked up, each with its class and its folding.

A token is written as soon as its word ends, and lengthened if a hyphen and its double follow.
Memory is the caller's, who knows how much can be written (see `index.analysis.tokenizer`). Behind
every text stands a NUL, which ends words, so that no rule has to ask whether the text goes on.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.compiled import compiled

LINE_GAP = 100
"""Positions skipped at a line's end, so that no phrase reaches over two paragraphs or two tags."""

TOKEN_LENGTH_MOST = 64
"""Characters of a token that count; longer runs are no words, and would swell the dictionary."""

FOLDED_LENGTH_MOST = 4 * TOKEN_LENGTH_MOST
"""Code points of a word among which these are looked for; the rest is only passed over."""

DOUBLE_LENGTH_LEAST = 2
"""Shortest half of a doubled word, in characters: keeps 2-2 (a score) two tokens."""

# Classes of code points, as bits. ITSELF marks those that folding leaves alone.
ALPHA, DECIMAL, OTHER_ALNUM, MARK = 1, 2, 4, 8
APOSTROPHE, POINT, SPACE, ITSELF = 16, 32, 64, 128
ALNUM = ALPHA | DECIMAL | OTHER_ALNUM

# What to do at a byte; from LETTER on it is an ASCII letter or digit, folded.
APART, NEWLINE, JOINER, WIDE, LETTER = 0, 1, 2, 3, ord("0")

BLOCK_BITS = 8
"""A code point's low bits are its place in a block; many blocks are alike, and are kept once."""

Bytes = NDArray[np.uint8]
Places = NDArray[np.int64]
Pair = tuple[int, int]


class Table(NamedTuple):
    """What is known of code points (see `index.analysis.folding`).

    Attributes:
        steps: for each byte, what to do at it: APART to WIDE, or the letter to write.
        blocks: for each 256 code points, the number of their block.
        records: the blocks, end to end: for each code point, the number of its record.
        classes: for each record, its class bits.
        fold_bounds: for each record, where its folding starts in `folds`; it stops at the next's.
        folds: the foldings, as UTF-8; those of class ITSELF are empty.
    """

    steps: Bytes
    blocks: Bytes
    records: NDArray[np.uint16]
    classes: Bytes
    fold_bounds: NDArray[np.int32]
    folds: Bytes


class Tokens(NamedTuple):
    """Where tokens are written, with room to spare (see `index.analysis.tokenizer.TokenBatch`).

    `bounds` has, for each token, where it starts in `text`; it stops at the next one's. `starts`
    and `stops` are places in the source, in bytes; they are left alone if they have no room.
    """

    text: Bytes
    bounds: Places
    positions: NDArray[np.uint32]
    counts: NDArray[np.int32]
    starts: Places
    stops: Places


@compiled
def tokenize_texts(source: Bytes, lengths: Places, table: Table, tokens: Tokens) -> int:
    """Write the tokens of some texts, behind each of which stands a NUL; return how many."""
    count = start = 0
    tokens.bounds[0] = 0
    for number in range(len(lengths)):
        first, stop = count, start + lengths[number]
        count = _read_text(source, start, stop, table, tokens, first)
        tokens.counts[number] = count - first
        start = stop + 1
    return count


@compiled
def _read_text(
    source: Bytes, place: int, stop: int, table: Table, tokens: Tokens, count: int
) -> int:
    # All that most words need stands in this one loop: calls that hand on tables cost as much.
    text, steps, bounds, positions = tokens.text, table.steps, tokens.bounds, tokens.positions
    # Positions from the last token to the next; and where its word ended, while it may be doubled.
    gap, held = 0, -1
    end, position = bounds[count], 0
    while place < stop:
        step = steps[source[place]]
        if step < WIDE or (step == WIDE and not _class_at(source, place, table) & ALNUM):
            gap = LINE_GAP if step == NEWLINE and gap else gap
            place += _size(source[place])
            continue
        begin, start = place, end
        is_rupiah = step == ord("r") and _is_rupiah(source, begin, table)
        most = begin + (len("Rp") if is_rupiah else TOKEN_LENGTH_MOST)
        while step >= LETTER and place < most:
            text[end] = step
            place, end = place + 1, end + 1
            step = steps[source[place]]
        # What joins, joins only before a letter, so that most words are seen to end by two looks.
        is_last = step <= NEWLINE or (step == JOINER and steps[source[place + 1]] <= JOINER)
        if not (is_last or is_rupiah):
            place, end = _read_odd(source, begin, place, table, text, end)
        if end == start:
            held = -1
            continue
        if _follows_hyphen(source, held, begin) and _is_double(text, bounds, count, end, table):
            end, held = _join_double(text, bounds[count - 1], start, end), -1
        else:
            position, gap, held = position + gap, 1, place
            positions[count] = position
            _put(tokens.starts, count, begin)
            count += 1
        _put(tokens.stops, count - 1, place)
        bounds[count] = end
    return count


@compiled
def _put(offsets: Places, number: int, offset: int) -> None:
    if len(offsets):
        offsets[number] = offset


@compiled
def _is_rupiah(source: Bytes, place: int, table: Table) -> bool:
    """Whether "Rp" stands before a digit."""
    is_rp = source[place + 1] | 0x20 == ord("p")
    return is_rp and _class_at(source, place + 2, table) & DECIMAL != 0


@compiled
def _read_odd(source: Bytes, begin: int, place: int, table: Table, text: Bytes, end: int) -> Pair:
    """Read a word on, by code points; its first bytes, if any, were plain and are written."""
    characters = place - begin
    start, room = end - characters, TOKEN_LENGTH_MOST - characters
    before = _class_at(source, place - 1, table) if characters else 0
    while _is_in_word(source, place, table, before):
        if characters < FOLDED_LENGTH_MOST:
            end, room = _fold(source, place, table, text, end, room)
        characters += 1
        before = _class_at(source, place, table)
        place += _size(source[place])
    if _is_grouped(text, start, end, table):
        end = _drop_points(text, start, end)
    # A few letters, such as a lone modifier apostrophe, fold to nothing or to white space.
    is_blank = _pass(text, start, end, table, SPACE, end) == end
    return place, start if is_blank else end


@compiled
def _is_in_word(source: Bytes, place: int, table: Table, before: int) -> bool:
    """Whether a word goes on with a code point, knowing the class of the one before it."""
    kind = _class_at(source, place, table)
    if kind & (ALNUM | MARK):
        return True
    if not kind & (APOSTROPHE | POINT):
        return False
    follower = _class_at(source, place + _size(source[place]), table)
    return bool(follower & ALNUM if kind & APOSTROPHE else before & follower & DECIMAL)


@compiled
def _fold(source: Bytes, place: int, table: Table, text: Bytes, end: int, room: int) -> Pair:
    """Write a code point's folding, as far as there is room; return the new end and room."""
    record = _record_at(source, place, table)
    origin, stop = table.folds, table.fold_bounds[record + 1]
    start = table.fold_bounds[record]
    if table.classes[record] & ITSELF:
        origin, start, stop = source, place, place + _size(source[place])
    while start < stop and room:
        for _ in range(_size(origin[start])):
            text[end] = origin[start]
            start += 1
            end += 1
        room -= 1
    return end, room


@compiled
def _is_grouped(text: Bytes, start: int, end: int, table: Table) -> bool:
    """Whether a text is a number with dots of thousands, perhaps after letters: usd1.000,50."""
    place = _pass(text, start, end, table, ALPHA | OTHER_ALNUM, end)
    point = _pass(text, place, end, table, DECIMAL, 3)
    if point in (place, end) or text[point] != ord("."):
        return False
    while point < end and text[point] == ord("."):
        place = point + 1
        point = _pass(text, place, end, table, DECIMAL, 3)
        if point == _pass(text, place, end, table, DECIMAL, 2):
            return False
    if point + 1 < end and text[point] == ord(","):
        point = _pass(text, point + 1, end, table, DECIMAL, end)
    return point == end


@compiled
def _drop_points(text: Bytes, start: int, end: int) -> int:
    kept = start
    for place in range(start, end):
        if text[place] != ord("."):
            text[kept] = text[place]
            kept += 1
    return kept


@compiled
def _follows_hyphen(source: Bytes, held: int, begin: int) -> bool:
    """Whether one hyphen (-, U+2010, U+2011), and nothing else, stands between two words."""
    if held < 0 or begin == held or begin != held + _size(source[held]):
        return False
    return _code_at(source, held) in (0x2D, 0x2010, 0x2011)


@compiled
def _is_double(text: Bytes, bounds: Places, count: int, end: int, table: Table) -> bool:
    """Whether the last token and the word after it are one: anak-anaknya, berlari-lari."""
    start: int = bounds[count - 1]
    middle: int = bounds[count]
    if _pass(text, start, middle, table, ALPHA, middle) < middle:
        return False
    # A longer second half begins with the first; a shorter one ends it.
    length = min(middle - start, end - middle)
    if end - middle < middle - start:
        start = middle - length
    for offset in range(length):
        if text[start + offset] != text[middle + offset]:
            return False
    return _pass(text, start, middle, table, ALPHA, DOUBLE_LENGTH_LEAST - 1) < start + length


@compiled
def _join_double(text: Bytes, start: int, middle: int, end: int) -> int:
    """Put a hyphen between two words, cut them as one, and return where they end."""
    for place in range(end, middle, -1):
        text[place] = text[place - 1]
    text[middle] = ord("-")
    room = TOKEN_LENGTH_MOST
    while start <= end and room:
        start += _size(text[start])
        room -= 1
    return start


@compiled
def _pass(text: Bytes, place: int, end: int, table: Table, kinds: int, most: int) -> int:
    """Return the place behind some code points, at most so many, that are of some kinds."""
    while place < end and most and _class_at(text, place, table) & kinds:
        place += _size(text[place])
        most -= 1
    return place


@compiled
def _class_at(source: Bytes, place: int, table: Table) -> int:
    kind: int = table.classes[_record_at(source, place, table)]
    return kind


@compiled
def _record_at(source: Bytes, place: int, table: Table) -> int:
    code = _code_at(source, place)
    low = code & ((1 << BLOCK_BITS) - 1)
    record: int = table.records[(table.blocks[code >> BLOCK_BITS] << BLOCK_BITS) | low]
    return record


@compiled
def _code_at(source: Bytes, place: int) -> int:
    """Decode the code point at a place; the bytes came from Python's own encoder."""
    size = _size(source[place])
    code: int = source[place] & (0xFF >> (size + (size > 1)))
    for offset in range(1, size):
        code = (code << 6) | (source[place + offset] & 0x3F)
    return code


@compiled
def _size(byte: int) -> int:
    """Return the length of a code point by its first byte, as UTF-8 has it."""
    return 1 + (byte >= 0xC0) + (byte >= 0xE0) + (byte >= 0xF0)
