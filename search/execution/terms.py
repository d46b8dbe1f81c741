"""Terms of the index: their bytes, and the ordinals of a segment's terms with a common prefix."""

from search.execution.segment_view import SegmentView

IndexTerm = tuple[str, bytes]
"""A field of the index, and the bytes of a term in it."""


def term_bytes(text: str) -> bytes | None:
    r"""Return the bytes of a term (UTF-8); None for half a surrogate pair, which no term has.

    >>> term_bytes("beras"), term_bytes("\ud800")
    (b'beras', None)
    """
    try:
        return text.encode()
    except UnicodeEncodeError:
        return None


def prefix_range(view: SegmentView, field: str, prefix: bytes) -> tuple[int, int]:
    """Return the first and last ordinal (excluded) of a field's terms that begin with some bytes.

    Terms are sorted, so all that begin alike stand together.
    """
    first = _ordinal_from(view, field, prefix)
    beyond = prefix.rstrip(b"\xff")
    if not beyond:
        return first, view.segment.fields[field].last
    return first, _ordinal_from(view, field, beyond[:-1] + bytes([beyond[-1] + 1]))


def _ordinal_from(view: SegmentView, field: str, text: bytes) -> int:
    """Return the ordinal of the first term that is not before a text."""
    ordinal = view.segment.terms.ordinal(field, text)
    return -1 - ordinal if ordinal < 0 else ordinal
