"""Ranges of a segment's terms: terms are sorted, so all that begin alike stand together."""

from search.execution.snapshot import SegmentView


def prefix_range(view: SegmentView, field_name: str, prefix: bytes) -> tuple[int, int]:
    """Return the ordinals of a field's terms that begin with some bytes."""
    first = place_of_term(view, field_name, prefix, after_equal=False)
    beyond = prefix.rstrip(b"\xff")
    if not beyond:
        return first, view.segment.fields[field_name].last
    beyond = beyond[:-1] + bytes([beyond[-1] + 1])
    return first, place_of_term(view, field_name, beyond, after_equal=False)


def place_of_term(view: SegmentView, field_name: str, text: bytes, *, after_equal: bool) -> int:
    """Return the ordinal of the first term that is not before a text, or is behind it."""
    ordinal = view.segment.terms.ordinal(field_name, text)
    return -1 - ordinal if ordinal < 0 else ordinal + after_equal
