"""Stems as lines: what is remembered of earlier texts changes none of later ones."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis import stem, tokenize, tokenize_batch
from index.opensearch.token_lines import StemLines, to_token

TEXTS = st.lists(st.text(st.sampled_from("abn 1-ﱞ\n"), max_size=30), max_size=5)


@pytest.mark.parametrize("words_most", [0, 3, 1000], ids=["forgets all", "forgets", "remembers"])
@settings(deadline=None, max_examples=50)
@given(batches=st.lists(TEXTS, max_size=4))
def test_stems_of_a_batch_do_not_depend_on_those_before(
    words_most: int, batches: list[list[str]]
) -> None:
    """Words come again, new ones are added, and all are forgotten when there are many."""
    lines = StemLines(words_most)
    for texts in batches:
        expected = [" ".join(to_token(stem(t.text)) for t in tokenize(text)) for text in texts]
        assert lines.join(tokenize_batch(texts)) == expected
