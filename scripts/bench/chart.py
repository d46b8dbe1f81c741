"""The bar chart of docs/benchmark.md: a bar for each engine and kind of query, on a log scale.

The SVG is written here, so that no library is needed. Its colours follow the light or dark theme of
the page. Every bar carries its figure, so that nobody has to rely on colour.
"""

import math
from collections.abc import Iterator
from html import escape

from bench.results import CorpusRun
from bench.tables import MODE_WORDS

WIDTH, LEFT, RIGHT, TOP, BOTTOM = 760, 170, 70, 58, 26
BAR, GAP = 9, 10
"""Height of a bar, and the space between two kinds of query."""

COLOURS = (
    ("#b3261e", "#ff8a80"),
    ("#5f6b7a", "#a9b4c2"),
    ("#8b97a5", "#7f8b99"),
    ("#a9a08c", "#8f8776"),
    ("#c9c2b2", "#6b6557"),
)
"""Fill of each engine on a light and on a dark page; the first, the strong one, is Kliping's."""


def draw_chart(run: CorpusRun) -> str:
    """Return the chart of a run, snippets off, as SVG."""
    names = list(run.plain)
    kinds = list(run.plain[names[0]])
    group = len(names) * BAR + GAP
    height = TOP + len(kinds) * group + BOTTOM
    scale = LogScale([value for figures in run.plain.values() for value in figures.values()])
    parts = [*_grid(scale, height), *_legend(names)]
    for row, kind in enumerate(kinds):
        top = TOP + row * group
        middle = top + len(names) * BAR / 2 + 4
        parts.append(f'<text x="{LEFT - 8}" y="{middle:.1f}" class="kind">{escape(kind)}</text>')
        for number, name in enumerate(names):
            parts.append(_bar(scale, number, top + number * BAR, run.plain[name][kind]))
    title = (
        f"Milliseconds a faceted query, {run.doc_count:,} documents, {MODE_WORDS[run.mode]}; "
        "logarithmic scale, shorter is faster"
    )
    return _document(title, height, parts)


class LogScale:
    """Maps milliseconds to x coordinates between the left and the right edge.

    >>> LogScale([0.02, 5.0]).ticks
    [0.01, 0.1, 1.0, 10.0]
    >>> [round(LogScale([0.02, 5.0]).x_of(value)) for value in (0.01, 10.0)]
    [170, 690]
    """

    def __init__(self, values: list[float]) -> None:
        self._low = math.floor(math.log10(min(values)))
        self._high = max(math.ceil(math.log10(max(values))), self._low + 1)

    @property
    def ticks(self) -> list[float]:
        """The powers of ten from edge to edge."""
        return [10.0**power for power in range(self._low, self._high + 1)]

    def x_of(self, value: float) -> float:
        """Return the x coordinate of a value."""
        share = (math.log10(value) - self._low) / (self._high - self._low)
        return LEFT + share * (WIDTH - LEFT - RIGHT)


def _bar(scale: LogScale, number: int, top: float, value: float) -> str:
    end = scale.x_of(value)
    return (
        f'<rect x="{LEFT}" y="{top:.1f}" width="{max(end - LEFT, 1):.1f}" height="{BAR - 1}" '
        f'class="e{number % len(COLOURS)}"/>'
        f'<text x="{end + 4:.1f}" y="{top + BAR - 2:.1f}" class="value">{value:.2g}</text>'
    )


def _grid(scale: LogScale, height: int) -> Iterator[str]:
    for tick in scale.ticks:
        across = f"{scale.x_of(tick):.1f}"
        yield f'<path d="M{across} {TOP - 6}V{height - BOTTOM}" class="line"/>'
        yield f'<text x="{across}" y="{height - 8}" class="tick">{tick:g} ms</text>'


def _legend(names: list[str]) -> Iterator[str]:
    step = (WIDTH - LEFT - RIGHT) / len(names)
    for number, name in enumerate(names):
        left = LEFT + number * step
        fill = f"e{number % len(COLOURS)}"
        yield f'<rect x="{left:.1f}" y="34" width="10" height="10" class="{fill}"/>'
        yield f'<text x="{left + 15:.1f}" y="43">{escape(name)}</text>'


def _document(title: str, height: int, parts: list[str]) -> str:
    light = "".join(f".e{number}{{fill:{pair[0]}}}" for number, pair in enumerate(COLOURS))
    dark = "".join(f".e{number}{{fill:{pair[1]}}}" for number, pair in enumerate(COLOURS))
    style = (
        "text{font:12px system-ui,sans-serif;fill:#333}.kind{text-anchor:end}"
        ".value{font-size:8px}.tick{font-size:10px;text-anchor:middle}.line{stroke:#8884}"
        f"{light}@media(prefers-color-scheme:dark){{text{{fill:#ddd}}{dark}}}"
    )
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-label="{escape(title)}">'
    )
    body = [f"<style>{style}</style>", f'<text x="8" y="18">{escape(title)}</text>', *parts]
    return "\n".join([head, *body, "</svg>"]) + "\n"
