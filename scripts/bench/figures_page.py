r"""The part of a page of docs that a command writes; the text around it stays.

>>> replace_block("a\n<!-- benchmark:start -->\nold\n<!-- benchmark:end -->\nz\n", "new")
'a\n<!-- benchmark:start -->\n\nnew\n\n<!-- benchmark:end -->\nz\n'
"""

from index.errors import ArchiveError

BENCHMARK = "benchmark"
"""The name in the markers of docs/benchmark.md."""


class MarkersMissingError(ArchiveError):
    """The page has no markers between which the figures belong."""


def replace_block(text: str, block: str, name: str = BENCHMARK) -> str:
    """Return the text with a new block between its two markers, which bear a name.

    Raises:
        MarkersMissingError: unless each marker is there once, and in order.
    """
    opening, closing = f"<!-- {name}:start -->", f"<!-- {name}:end -->"
    before, start, rest = text.partition(opening)
    _, end, after = rest.partition(closing)
    if not (start and end) or opening in after or closing in after or closing in before:
        raise MarkersMissingError(
            f"the page has no block for the figures: put {opening} and {closing} on lines of "
            "their own."
        )
    return f"{before}{opening}\n\n{block}\n\n{closing}{after}"
