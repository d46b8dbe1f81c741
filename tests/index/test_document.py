"""The document and the rejection: what a report says of each reason."""

from index.document import REJECTION_ADVICE, REJECTION_REASONS


def test_each_reason_of_a_rejection_comes_with_advice() -> None:
    """Whoever reads the report knows what to do, or that nothing need be done."""
    assert REJECTION_ADVICE.keys() == REJECTION_REASONS.keys()
    assert all(REJECTION_ADVICE.values())
