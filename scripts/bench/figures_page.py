r"""The part of docs/benchmark.md that the benchmark writes; the text around it stays.

>>> replace_block("a\n<!-- benchmark:start -->\nold\n<!-- benchmark:end -->\nz\n", "new")
'a\n<!-- benchmark:start -->\n\nnew\n\n<!-- benchmark:end -->\nz\n'
"""

from index.errors import ArchiveError

START, END = "<!-- benchmark:start -->", "<!-- benchmark:end -->"


class MarkersMissingError(ArchiveError):
    """The page has no markers between which the figures belong."""


def replace_block(text: str, block: str) -> str:
    """Return the text with a new block between its two markers.

    Raises:
        MarkersMissingError: unless each marker is there once, and in order.
    """
    before, start, rest = text.partition(START)
    _, end, after = rest.partition(END)
    if not (start and end) or START in after or END in after or END in before:
        raise MarkersMissingError(
            f"docs/benchmark.md has no block for the figures: put {START} and {END} on lines of "
            "their own."
        )
    return f"{before}{START}\n\n{block}\n\n{END}{after}"
