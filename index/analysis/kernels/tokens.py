"""The tokenizer's kernel: from the UTF-8 of many texts to folded tokens, in one pass.

`index.analysis.analyzer` has the rules, and `tests/index/analysis/word_oracle.py` has them as
regular expressions. Most words are ASCII letters and digits: for these, a table of 256 bytes says
what to do at each byte. In other words, the class and the folding of each code point are looked up.

A token is written when its word ends, and made longer when a hyphen and its double follow. The
caller allocates the memory, since it knows how much can be written (`index.analysis.tokenizer`). A
NUL, which ends words, stands behind every text, so that no rule has to check for the text's end.
"""

from typing import NamedTuple

from index.analysis.kernels.code_points import (
    ALNUM,
    ALPHA,
    APOSTROPHE,
    DECIMAL,
    ITSELF,
    JOINER,
    LETTER,
    MARK,
    NEWLINE,
    OTHER_ALNUM,
    POINT,
    SPACE,
    WIDE,
    CodeTable,
    class_at,
    code_at,
    pass_over,
    record_at,
    size_of,
)
from index.analysis.kernels.number_points import drop_sign, equate_points, grouping_sign, is_clock
from index.arrays import Int32Array, Int64Array, Uint8Array, Uint32Array
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

Pair = tuple[int, int]


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
        if step < WIDE or (step == WIDE and not class_at(source, offset, table) & ALNUM):
            gap = LINE_GAP if step == NEWLINE and gap else gap
            offset += size_of(source[offset])
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
    return is_rp and class_at(source, offset + 2, table) & DECIMAL != 0


@compiled
def _read_odd(
    source: Uint8Array, begin: int, offset: int, table: CodeTable, text: Uint8Array, end: int
) -> Pair:
    """Read the rest of a word by code points; its first bytes, if any, are ASCII and written."""
    characters = offset - begin
    start, left = end - characters, TOKEN_LENGTH_MOST - characters
    before = class_at(source, offset - 1, table) if characters else 0
    # Without marks: the number of characters, the class of the last one and that before it.
    letters, last, earlier = characters, before, 0
    while _is_in_word(source, offset, table, before):
        if characters < FOLDED_LENGTH_MOST:
            end, left = _fold(source, offset, table, text, end, left)
        characters += 1
        before = class_at(source, offset, table)
        if not before & MARK:
            letters, last, earlier = letters + 1, before, last
        offset += size_of(source[offset])
    if letters == 1 and last & (ALPHA | OTHER_ALNUM):
        offset, end = _read_acronym(source, offset, table, text, end, left)
    elif earlier & APOSTROPHE and left and text[end - 1] == ord("s"):
        end = _keep_possessive(text, end, characters)
    sign = grouping_sign(text, start, end, table)
    if sign:
        end = drop_sign(text, start, end, sign)
    equate_points(text, start, end)
    # A few letters, such as a lone modifier apostrophe, fold to nothing or to white space.
    is_blank = pass_over(text, start, end, table, SPACE, end) == end
    return offset, start if is_blank else end


@compiled
def _is_in_word(source: Uint8Array, offset: int, table: CodeTable, before: int) -> bool:
    """Whether a word goes on with a code point; `before` is the class of the one before it."""
    kind = class_at(source, offset, table)
    if kind & (ALNUM | MARK):
        return True
    if not kind & (APOSTROPHE | POINT):
        return False
    follower = class_at(source, offset + size_of(source[offset]), table)
    if kind & APOSTROPHE:
        return follower & ALNUM != 0
    if not before & follower & DECIMAL:
        return False
    return source[offset] != ord(":") or is_clock(source, offset)


@compiled
def _read_acronym(
    source: Uint8Array, offset: int, table: CodeTable, text: Uint8Array, end: int, left: int
) -> Pair:
    """Read the other letters of H.A.M., of which the first was read; a word ends the acronym."""
    while source[offset] == ord(".") and class_at(source, offset + 1, table) & (
        ALPHA | OTHER_ALNUM
    ):
        after = offset + 1 + size_of(source[offset + 1])
        while class_at(source, after, table) & MARK:
            after += size_of(source[after])
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
    record = record_at(source, offset, table)
    origin, stop = table.folds, table.fold_bounds[record + 1]
    start = table.fold_bounds[record]
    if table.classes[record] & ITSELF:
        origin, start, stop = source, offset, offset + size_of(source[offset])
    while start < stop and left:
        for _ in range(size_of(origin[start])):
            text[end] = origin[start]
            start += 1
            end += 1
        left -= 1
    return end, left


@compiled
def _follows_hyphen(source: Uint8Array, word_end: int, begin: int) -> bool:
    """Whether one hyphen (-, U+2010, U+2011), and nothing else, stands between two words."""
    if word_end < 0 or begin == word_end or begin != word_end + size_of(source[word_end]):
        return False
    return code_at(source, word_end) in (0x2D, 0x2010, 0x2011)


@compiled
def _is_double(
    text: Uint8Array, bounds: Int64Array, count: int, end: int, table: CodeTable
) -> bool:
    """Whether the last token and the word after it are one: anak-anaknya, berlari-lari."""
    start: int = bounds[count - 1]
    middle: int = bounds[count]
    if pass_over(text, start, middle, table, ALPHA, middle) < middle:
        return False
    # A longer second half begins with the first; a shorter one ends it.
    length = min(middle - start, end - middle)
    if end - middle < middle - start:
        start = middle - length
    for offset in range(length):
        if text[start + offset] != text[middle + offset]:
            return False
    return pass_over(text, start, middle, table, ALPHA, DOUBLE_LENGTH_LEAST - 1) < start + length


@compiled
def _join_double(text: Uint8Array, start: int, middle: int, end: int) -> int:
    """Put a hyphen between two words, cut them to one token's length; return where it ends."""
    for offset in range(end, middle, -1):
        text[offset] = text[offset - 1]
    text[middle] = ord("-")
    left = TOKEN_LENGTH_MOST
    while start <= end and left:
        start += size_of(text[start])
        left -= 1
    return start
