"""Whoosh's analyzers see the tokens that the index has."""

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis.analyzer import tokenize
from index.analysis.stemmer import stem
from index.whoosh_codec.analyzers import exact_analyzer, stem_analyzer

TEXTS = st.text(max_size=200) | st.text(st.sampled_from("aAbR pP 01.,-'\n\u2019\u0301\ufb01é"))


@given(TEXTS, st.integers(0, 9), st.integers(0, 9))
@settings(max_examples=200, deadline=None)
def test_whoosh_sees_the_same_tokens(text: str, start_pos: int, start_char: int) -> None:
    """What is indexed is what is highlighted, from wherever Whoosh begins to count."""
    seen = [
        (
            token.text,
            token.startchar - start_char,
            token.endchar - start_char,
            token.pos - start_pos,
        )
        for token in exact_analyzer()(text, start_pos=start_pos, start_char=start_char)
    ]
    assert seen == list(tokenize(text))


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_stems_stand_where_their_words_stand(text: str) -> None:
    """The two analyzers differ in the text of a token and in nothing else."""
    seen = [(token.text, token.pos) for token in stem_analyzer()(text)]
    assert seen == [(stem(token.text), token.position) for token in tokenize(text)]


@pytest.mark.parametrize("analyzer", [exact_analyzer(), stem_analyzer()])
def test_analyzer_is_the_same_after_it_was_pickled(analyzer: object) -> None:
    """Whoosh keeps it in the index, and every process reads it from there."""
    again = pickle.loads(pickle.dumps(analyzer))  # noqa: S301 - made here
    text = "Perdagangan undang-undang"
    assert [token.text for token in again(text)] == [token.text for token in analyzer(text)]
