r"""The block of the README that the benchmark writes, and nothing around it.

>>> replace_block("a\n<!-- benchmark:start -->\nold\n<!-- benchmark:end -->\nz\n", "new")
'a\n<!-- benchmark:start -->\n\nnew\n\n<!-- benchmark:end -->\nz\n'
"""

from index.errors import ArchiveError

START, END = "<!-- benchmark:start -->", "<!-- benchmark:end -->"


class MarkersMissingError(ArchiveError):
    """A README without a place for the figures."""


def replace_block(text: str, block: str) -> str:
    """Return the text with what stands between the markers replaced.

    Raises:
        MarkersMissingError: when the markers are not there, once each and in order.
    """
    before, start, rest = text.partition(START)
    _, end, after = rest.partition(END)
    if not (start and end) or START in after or END in after or END in before:
        raise MarkersMissingError(
            f"The README has no place for the figures: put {START} and {END} on lines of their own."
        )
    return f"{before}{START}\n\n{block}\n\n{END}{after}"
