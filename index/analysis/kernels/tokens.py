"""The tokenizer's kernel: from the UTF-8 of many texts to folded tokens, in one pass.

`index.analysis.analyzer` has the rules, and `tests/index/analysis/word_oracle.py` has them as
regular expressions. Most words are ASCII letters and digits: for these, a table of 256 bytes says
what to do at each byte. In other words, the class and the folding of each code point are looked up.

A token is written when its word ends, and made longer when a hyphen and its double follow. The
caller allocates the memory, since it knows how much can be written (`index.analysis.tokenizer`). A
NUL, which ends words, stands behind every text, so that no rule has to check for the text's end.
"""

from typing import NamedTuple

from index.arrays import Int32Array, Int64Array, Uint8Array, Uint16Array, Uint32Array
from index.compiled import compiled

LINE_GAP = 100
"""Positions from the last token of a line to the first one of the next, so that no phrase reaches
over two paragraphs or two tags."""

TOKEN_LENGTH_MOST = 64
"""Characters that are kept of a token; longer runs are no words, and would swell the dictionary."""

FOLDED_LENGTH_MOST = 4 * TOKEN_LENGTH_MOST
"""Code points of a word from which those characters are taken; the rest is only read over."""

DOUBLE_LENGTH_LEAST = 2
"""Shortest half of a doubled word, in characters: keeps 2-2 (a score) two tokens."""

# Classes of code points, as bits. ITSELF: folding does not change it.
ALPHA, DECIMAL, OTHER_ALNUM, MARK = 1, 2, 4, 8
APOSTROPHE, POINT, SPACE, ITSELF = 16, 32, 64, 128
ALNUM = ALPHA | DECIMAL | OTHER_ALNUM

# What to do at a byte. From LETTER on, it is an ASCII letter or digit, already folded.
SEPARATOR, NEWLINE, JOINER, WIDE, LETTER = 0, 1, 2, 3, ord("0")

BLOCK_BITS = 8
"""Low bits of a code point, its number in a block. Many blocks are alike and are kept once."""

Pair = tuple[int, int]


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


class TokenBuffers(NamedTuple):
    """Where tokens are written; larger than needed (see `index.analysis.tokenizer.TokenBatch`).

    `bounds` has, for each token, where it starts in `text`; the next one starts where it stops.
    `starts` and `stops` are offsets in the source, in bytes; nothing is written if they are empty.
    """

    text: Uint8Array
    bounds: Int64Array
    positions: Uint32Array
    counts: Int32Array
    starts: Int64Array
    stops: Int64Array


@compiled
def tokenize_texts(
    source: Uint8Array, lengths: Int64Array, table: CodeTable, tokens: TokenBuffers
) -> int:
    """Write the tokens of some texts, each of which ends with a NUL; return how many there are."""
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
    source: Uint8Array, offset: int, stop: int, table: CodeTable, tokens: TokenBuffers, count: int
) -> int:
    # All that most words need is in this one loop: a call that hands on tables costs as much again.
    text, steps, bounds, positions = tokens.text, table.steps, tokens.bounds, tokens.positions
    # Positions from the last token to the next; and where its word ended, while it may be doubled.
    gap, word_end = 0, -1
    end, position = bounds[count], 0
    while offset < stop:
        step = steps[source[offset]]
        if step < WIDE or (step == WIDE and not _class_at(source, offset, table) & ALNUM):
            gap = LINE_GAP if step == NEWLINE and gap else gap
            offset += _size(source[offset])
            continue
        begin, start = offset, end
        is_rupiah = step == ord("r") and _is_rupiah(source, begin, table)
        most = begin + (len("Rp") if is_rupiah else TOKEN_LENGTH_MOST)
        while step >= LETTER and offset < most:
            text[end] = step
            offset, end = offset + 1, end + 1
            step = steps[source[offset]]
        # A joiner joins only before a letter: the next two bytes tell that most words end here.
        is_last = step <= NEWLINE or (step == JOINER and steps[source[offset + 1]] <= JOINER)
        if not (is_last or is_rupiah):
            offset, end = _read_odd(source, begin, offset, table, text, end)
        if end == start:
            word_end = -1
            continue
        if _follows_hyphen(source, word_end, begin) and _is_double(text, bounds, count, end, table):
            end, word_end = _join_double(text, bounds[count - 1], start, end), -1
        else:
            position, gap, word_end = position + gap, 1, offset
            positions[count] = position
            if len(tokens.starts):
                tokens.starts[count] = begin
            count += 1
        if len(tokens.stops):
            tokens.stops[count - 1] = offset
        bounds[count] = end
    return count


@compiled
def _is_rupiah(source: Uint8Array, offset: int, table: CodeTable) -> bool:
    """Whether "Rp" stands before a digit; the R was seen."""
    is_rp = source[offset + 1] | 0x20 == ord("p")
    return is_rp and _class_at(source, offset + 2, table) & DECIMAL != 0


@compiled
def _read_odd(
    source: Uint8Array, begin: int, offset: int, table: CodeTable, text: Uint8Array, end: int
) -> Pair:
    """Read the rest of a word by code points; its first bytes, if any, are ASCII and written."""
    characters = offset - begin
    start, left = end - characters, TOKEN_LENGTH_MOST - characters
    before = _class_at(source, offset - 1, table) if characters else 0
    # Without marks: the number of characters, the class of the last one and that before it.
    letters, last, earlier = characters, before, 0
    while _is_in_word(source, offset, table, before):
        if characters < FOLDED_LENGTH_MOST:
            end, left = _fold(source, offset, table, text, end, left)
        characters += 1
        before = _class_at(source, offset, table)
        if not before & MARK:
            letters, last, earlier = letters + 1, before, last
        offset += _size(source[offset])
    if letters == 1 and last & (ALPHA | OTHER_ALNUM):
        offset, end = _read_acronym(source, offset, table, text, end, left)
    elif earlier & APOSTROPHE and left and text[end - 1] == ord("s"):
        end = _keep_possessive(text, end, characters)
    if _is_grouped(text, start, end, table):
        end = _drop_points(text, start, end)
    else:
        _equate_points(text, start, end)
    # A few letters, such as a lone modifier apostrophe, fold to nothing or to white space.
    is_blank = _pass(text, start, end, table, SPACE, end) == end
    return offset, start if is_blank else end


@compiled
def _is_in_word(source: Uint8Array, offset: int, table: CodeTable, before: int) -> bool:
    """Whether a word goes on with a code point; `before` is the class of the one before it."""
    kind = _class_at(source, offset, table)
    if kind & (ALNUM | MARK):
        return True
    if not kind & (APOSTROPHE | POINT):
        return False
    follower = _class_at(source, offset + _size(source[offset]), table)
    if kind & APOSTROPHE:
        return follower & ALNUM != 0
    if not before & follower & DECIMAL:
        return False
    return source[offset] != ord(":") or _is_clock(source, offset)


@compiled
def _is_clock(source: Uint8Array, offset: int) -> bool:
    """Whether a colon stands between one or two digits and two: 9:30, and not 2:1 or 114:10."""
    # The NUL behind the last text is what an offset before the first text finds.
    is_long = _is_digit(source, offset - 2) and _is_digit(source, offset - 3)
    is_minute = _is_digit(source, offset + 1) and _is_digit(source, offset + 2)
    return is_minute and not is_long and not _is_digit(source, offset + 3)


@compiled
def _is_digit(source: Uint8Array, offset: int) -> bool:
    """Whether a byte is an ASCII digit; nothing stands behind the last NUL."""
    return offset < len(source) and ord("0") <= source[offset] <= ord("9")


@compiled
def _read_acronym(
    source: Uint8Array, offset: int, table: CodeTable, text: Uint8Array, end: int, left: int
) -> Pair:
    """Read the other letters of H.A.M., of which the first was read; a word ends the acronym."""
    while source[offset] == ord(".") and _class_at(source, offset + 1, table) & (
        ALPHA | OTHER_ALNUM
    ):
        after = offset + 1 + _size(source[offset + 1])
        while _class_at(source, after, table) & MARK:
            after += _size(source[after])
        if _is_in_word(source, after, table, ALPHA):
            break
        end, left = _fold(source, offset + 1, table, text, end, left)
        offset = after
    return offset, end


@compiled
def _keep_possessive(text: Uint8Array, end: int, characters: int) -> int:
    """Write the apostrophe of Musk's before the s again; return the new end."""
    if characters > FOLDED_LENGTH_MOST:
        return end
    text[end - 1], text[end] = ord("'"), ord("s")
    return end + 1


@compiled
def _fold(
    source: Uint8Array, offset: int, table: CodeTable, text: Uint8Array, end: int, left: int
) -> Pair:
    """Write a code point's folding, `left` characters at most; return the new end and `left`."""
    record = _record_at(source, offset, table)
    origin, stop = table.folds, table.fold_bounds[record + 1]
    start = table.fold_bounds[record]
    if table.classes[record] & ITSELF:
        origin, start, stop = source, offset, offset + _size(source[offset])
    while start < stop and left:
        for _ in range(_size(origin[start])):
            text[end] = origin[start]
            start += 1
            end += 1
        left -= 1
    return end, left


@compiled
def _is_grouped(text: Uint8Array, start: int, end: int, table: CodeTable) -> bool:
    """Whether a text is a number with dots of thousands, perhaps after letters: usd1.000,50."""
    offset = _pass(text, start, end, table, ALPHA | OTHER_ALNUM, end)
    point = _pass(text, offset, end, table, DECIMAL, 3)
    if point in (offset, end) or text[point] != ord("."):
        return False
    while point < end and text[point] == ord("."):
        offset = point + 1
        point = _pass(text, offset, end, table, DECIMAL, 3)
        if point == _pass(text, offset, end, table, DECIMAL, 2):
            return False
    if point + 1 < end and text[point] == ord(","):
        point = _pass(text, point + 1, end, table, DECIMAL, end)
    return point == end


@compiled
def _drop_points(text: Uint8Array, start: int, end: int) -> int:
    """Remove the dots of a text in place; return where it ends now."""
    kept = start
    for offset in range(start, end):
        if text[offset] != ord("."):
            text[kept] = text[offset]
            kept += 1
    return kept


@compiled
def _equate_points(text: Uint8Array, start: int, end: int) -> None:
    """Write the dot or colon inside a number as a comma: 2.5 is 2,5, and 10:30 is 10.30."""
    for offset in range(start, end):
        if text[offset] in (ord("."), ord(":")):
            text[offset] = ord(",")


@compiled
def _follows_hyphen(source: Uint8Array, word_end: int, begin: int) -> bool:
    """Whether one hyphen (-, U+2010, U+2011), and nothing else, stands between two words."""
    if word_end < 0 or begin == word_end or begin != word_end + _size(source[word_end]):
        return False
    return _code_at(source, word_end) in (0x2D, 0x2010, 0x2011)


@compiled
def _is_double(
    text: Uint8Array, bounds: Int64Array, count: int, end: int, table: CodeTable
) -> bool:
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
def _join_double(text: Uint8Array, start: int, middle: int, end: int) -> int:
    """Put a hyphen between two words, cut them to one token's length; return where it ends."""
    for offset in range(end, middle, -1):
        text[offset] = text[offset - 1]
    text[middle] = ord("-")
    left = TOKEN_LENGTH_MOST
    while start <= end and left:
        start += _size(text[start])
        left -= 1
    return start


@compiled
def _pass(text: Uint8Array, offset: int, end: int, table: CodeTable, kinds: int, most: int) -> int:
    """Return the offset behind code points of some kinds, `most` of them at most."""
    while offset < end and most and _class_at(text, offset, table) & kinds:
        offset += _size(text[offset])
        most -= 1
    return offset


@compiled
def _class_at(source: Uint8Array, offset: int, table: CodeTable) -> int:
    kind: int = table.classes[_record_at(source, offset, table)]
    return kind


@compiled
def _record_at(source: Uint8Array, offset: int, table: CodeTable) -> int:
    code = _code_at(source, offset)
    low = code & ((1 << BLOCK_BITS) - 1)
    record: int = table.records[(table.blocks[code >> BLOCK_BITS] << BLOCK_BITS) | low]
    return record


@compiled
def _code_at(source: Uint8Array, offset: int) -> int:
    """Decode the code point at an offset; the bytes came from Python's own encoder."""
    size = _size(source[offset])
    code: int = source[offset] & (0xFF >> (size + (size > 1)))
    for number in range(1, size):
        code = (code << 6) | (source[offset + number] & 0x3F)
    return code


@compiled
def _size(byte: int) -> int:
    """Return the length of a code point by its first byte, as UTF-8 has it."""
    return 1 + (byte >= 0xC0) + (byte >= 0xE0) + (byte >= 0xF0)
