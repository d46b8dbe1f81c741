"""Whoosh's analyzers: the tokens of `index.analysis`, as exact words or as stems.

The schema is pickled into the table of contents, and names these by module and class. To move or
rename any of them makes older indexes unreadable: raise `index.schema.SCHEMA_VERSION` then.
"""

from collections.abc import Callable, Iterator
from typing import Any

from whoosh.analysis.acore import Token as WhooshToken
from whoosh.analysis.analyzers import Analyzer

from index.analysis import stem, tokenize


class WordAnalyzer(Analyzer):
    """Tokenizes a text for Whoosh; `token_filter`, if there is one, changes each token's text."""

    def __init__(self, token_filter: Callable[[str], str] | None = None) -> None:
        self.token_filter = token_filter

    def __call__(
        self, value: str, *, start_pos: int = 0, start_char: int = 0, **kwargs: Any
    ) -> Iterator[Any]:
        """Yield Whoosh tokens; Whoosh reuses one token object, so it must not be kept."""
        token = WhooshToken(positions=True, chars=True, mode=kwargs.get("mode", ""))
        token.boost = 1.0
        token.stopped = False
        for text, start, stop, position in tokenize(value):
            token.text = self.token_filter(text) if self.token_filter else text
            token.pos = position + start_pos
            token.startchar, token.endchar = start + start_char, stop + start_char
            yield token


def exact_analyzer() -> WordAnalyzer:
    """Return the analyzer of exact words."""
    return WordAnalyzer()


def stem_analyzer() -> WordAnalyzer:
    """Return the analyzer of stems."""
    return WordAnalyzer(stem)
