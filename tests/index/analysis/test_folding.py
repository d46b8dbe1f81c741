"""The folding table against Unicode's own rules, as the running Python has them."""

import subprocess
import sys
import unicodedata
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis.analyzer import fold
from index.analysis.folding import FOLDING_FILE
from tests.hang_guard import HANG_SECONDS
from tests.index.analysis.word_oracle import (
    CHARACTERS,
    all_characters,
    oracle_fold,
    unicode_version,
)

PROJECT = Path(__file__).parents[3]


@given(st.text(CHARACTERS, max_size=60))
@settings(max_examples=500, deadline=None)
def test_text_is_folded_as_unicode_has_it(text: str) -> None:
    """The table folds each code point by itself, as if the text had been folded in one piece."""
    assert fold(text) == oracle_fold(text)


def test_every_character_is_folded_as_unicode_has_it() -> None:
    """Letters or not: a facet's values are folded whole."""
    text = "a".join(all_characters())
    assert fold(text) == oracle_fold(text)


@pytest.mark.skipif(
    unicode_version() != unicodedata.unidata_version, reason="another Unicode makes another table"
)
def test_committed_table_is_what_the_script_makes(tmp_path: Path) -> None:
    """Nobody has changed the file by hand, and everybody can make it anew."""
    made = tmp_path / "folding.npz"
    command = [sys.executable, str(PROJECT / "scripts" / "make_folding.py"), "--out", str(made)]
    subprocess.run(command, check=True, timeout=HANG_SECONDS)
    with np.load(made) as new, np.load(FOLDING_FILE) as old:
        assert list(new) == list(old)
        assert all(np.array_equal(new[name], old[name]) for name in old)
