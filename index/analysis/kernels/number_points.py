"""Points in numbers: dots or commas of thousands, decimal commas, and the colon of a clock."""

from index.analysis.kernels.code_points import ALPHA, DECIMAL, OTHER_ALNUM, CodeTable, pass_over
from index.arrays import Uint8Array
from index.compiled import compiled


@compiled
def is_clock(source: Uint8Array, offset: int) -> bool:
    """Whether a colon stands between one or two digits and two: 9:30, and not 2:1 or 114:10."""
    # The NUL behind the last text is what an offset before the first text finds.
    is_hour = _is_digit(source, offset - 1)  # and not a digit of another script
    is_long = _is_digit(source, offset - 2) and _is_digit(source, offset - 3)
    is_minute = _is_digit(source, offset + 1) and _is_digit(source, offset + 2)
    return is_hour and is_minute and not is_long and not _is_digit(source, offset + 3)


@compiled
def _is_digit(source: Uint8Array, offset: int) -> bool:
    """Whether a byte is an ASCII digit; nothing stands behind the last NUL."""
    return offset < len(source) and ord("0") <= source[offset] <= ord("9")


@compiled
def grouping_sign(text: Uint8Array, start: int, end: int, table: CodeTable) -> int:
    """Return the sign between the thousands of a number, perhaps after letters: usd1.000,50.

    It is a dot, or a comma that stands twice at least (1,000,000), for 1,500 may be one and a half.
    0 for a text that is no such number.
    """
    offset = pass_over(text, start, end, table, ALPHA | OTHER_ALNUM, end)
    point = pass_over(text, offset, end, table, DECIMAL, 3)
    if point in (offset, end) or text[point] not in (ord("."), ord(",")):
        return 0
    sign, groups = text[point], 0
    while point < end and text[point] == sign:
        offset = point + 1
        point = pass_over(text, offset, end, table, DECIMAL, 3)
        if point == pass_over(text, offset, end, table, DECIMAL, 2):
            return 0
        groups += 1
    if point + 1 < end and text[point] in (ord("."), ord(",")):
        point = pass_over(text, point + 1, end, table, DECIMAL, end)
    is_number = point == end and (sign == ord(".") or groups > 1)
    return sign if is_number else 0


@compiled
def drop_sign(text: Uint8Array, start: int, end: int, sign: int) -> int:
    """Remove a sign from a text in place; return where it ends now."""
    kept = start
    for offset in range(start, end):
        if text[offset] != sign:
            text[kept] = text[offset]
            kept += 1
    return kept


@compiled
def equate_points(text: Uint8Array, start: int, end: int) -> None:
    """Write the dot or colon inside a number as a comma: 2.5 is 2,5, and 10:30 is 10.30."""
    for offset in range(start, end):
        if text[offset] in (ord("."), ord(":")):
            text[offset] = ord(",")
