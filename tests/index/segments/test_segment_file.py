"""What a segment file cannot hold is refused before anything is written."""

from pathlib import Path

import pytest

from index.segments import facet_columns, segment_file
from index.segments.errors import SegmentFullError
from tests.index.segments.plain_segments import Row, build

ROWS = [Row("a", "satu dua", tags=("AI", "beras")), Row("b", "tiga")]


@pytest.mark.parametrize(
    ("module", "limit", "words"),
    [
        (segment_file, "BYTES_MOST", "bytes of words"),
        (segment_file, "POSITIONS_MOST", "words in all"),
        (facet_columns, "ENTRIES_MOST", "facet values"),
    ],
)
def test_segment_beyond_a_limit_of_its_format_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: object, limit: str, words: str
) -> None:
    """32 bits hold where a block of each begins: a greater number would wrap around."""
    monkeypatch.setattr(module, limit, 3)
    with pytest.raises(SegmentFullError, match=rf"cannot hold \d+ {words}, 2 at most\. Leave"):
        build(tmp_path, ROWS)
    assert list(tmp_path.iterdir()) == []
