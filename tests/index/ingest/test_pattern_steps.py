"""The counter of steps: it matches as `re` does, and tells patterns that backtrack from others."""

import re

import pytest

from tests.index.ingest.pattern_steps import StepCounter
from tests.index.ingest.work import MODULES

TEXTS = (
    "Foto: Rio Arga/AFPBEIJING - Dua negara sepakat, Selasa (28/8/2024), kata menteri.",
    "Penulis: Ani Lestari, S.H. | Editor: Budi dan Siti (abc/def)",
    "[caption id=1] gambar [/caption] Baca juga: anak- anak, sejak Mei 2024 lalu\n\n",
    '"a ""b""";c \t<meta charset="utf-8"><!-- x --><rss version="2.0"> \u2028\xad\xc3\xab',
)


def ingest_patterns() -> dict[str, re.Pattern[str] | re.Pattern[bytes]]:
    """Return every pattern of `index.ingest`, by its module and name."""
    return {
        f"{module.__name__}.{name}.{number}": value
        for module in MODULES
        for name, values in vars(module).items()
        for number, value in enumerate(values if type(values) is tuple else [values])
        if isinstance(value, re.Pattern)
    }


@pytest.mark.parametrize("pattern", ingest_patterns().values(), ids=ingest_patterns())
def test_counter_matches_as_re_does(pattern: re.Pattern[str] | re.Pattern[bytes]) -> None:
    """At every position of texts that many of the patterns match."""
    counter = StepCounter(pattern)
    for text in TEXTS:
        read = text if isinstance(pattern.pattern, str) else text.encode()
        same = read if isinstance(read, str) else read.decode("latin-1")
        for start in range(len(same)):
            found = pattern.match(read, start)
            assert counter.attempt(same, start) == (found.end() if found else None)


@pytest.mark.parametrize(("pattern", "growth"), [("x*y", 2), ("x*x*y", 4), ("x*+y", 2)])
def test_backtracking_shows_in_the_steps(pattern: str, growth: int) -> None:
    """One repeat grows with the length of a text, two in a row with its square."""

    def steps(count: int) -> int:
        counter = StepCounter(re.compile(pattern))
        assert counter.attempt("x" * count, 0) is None
        return counter.steps

    assert round(steps(400) / steps(200)) == growth
