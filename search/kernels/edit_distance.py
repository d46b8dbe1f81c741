"""Edit distance: how many mistakes of typing lie between a word and each of some others.

It is the distance of Damerau (1964), no letter being changed twice.
"""

from index.arrays import Int64Array, Uint32Array
from index.compiled import compiled


@compiled
def count_edits(
    word: Uint32Array,
    others: Uint32Array,
    ends: Int64Array,
    rows: Int64Array,
    distances: Int64Array,
) -> None:
    """Count the insertions, deletions, substitutions and swaps of neighbours to each word.

    Args:
        word: code points of a word.
        others: those of the other words, end to end.
        ends: where each of these ends.
        rows: gets, for each beginning of the word, the distances to those of another one; a row
            more than the word has letters, a column more than the longest of the others.
        distances: gets the distance of each.
    """
    start = 0
    for number in range(len(ends)):
        length = ends[number] - start
        for column in range(length + 1):
            rows[0, column] = column
        for row in range(1, len(word) + 1):
            rows[row, 0] = row
            for column in range(1, length + 1):
                here = others[start + column - 1]
                least = rows[row - 1, column - 1] + (word[row - 1] != here)
                least = min(least, rows[row - 1, column] + 1, rows[row, column - 1] + 1)
                if (
                    row > 1
                    and column > 1
                    and word[row - 2] == here
                    and word[row - 1] == others[start + column - 2]
                ):
                    least = min(least, rows[row - 2, column - 2] + 1)
                rows[row, column] = least
        distances[number] = rows[len(word), length]
        start = ends[number]
