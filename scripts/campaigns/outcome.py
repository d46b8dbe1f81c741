"""The task and the outcome of a campaign: how much to try; what was tried, and what failed."""

from dataclasses import dataclass, field
from pathlib import Path

SHOWN_MOST = 20
"""Failures that are printed: the first ones tell what is wrong."""


@dataclass(frozen=True, slots=True)
class Task:
    """What a campaign is asked to do.

    Attributes:
        folder: an empty folder to work in.
        seed: of all that is drawn.
        is_short: whether to try little, as `make test` does.
        rounds: how often to try, where a campaign repeats itself; 0 for its own number.
        index: an index to ask, for campaigns that change nothing; None to make one.
        articles: how many articles to make; 0 for the campaign's own number.
    """

    folder: Path
    seed: int
    is_short: bool
    rounds: int = 0
    index: Path | None = None
    articles: int = 0


@dataclass(slots=True)
class Outcome:
    """What a campaign tried, and what failed.

    Attributes:
        tried: by what was tried, how often.
        failures: a sentence each.
    """

    tried: dict[str, int] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)

    def count(self, what: str, times: int = 1) -> None:
        """Count something that was tried."""
        self.tried[what] = self.tried.get(what, 0) + times

    def lines(self) -> list[str]:
        """Return what is printed."""
        shown = self.failures[:SHOWN_MOST]
        counts = [f"{count:>9,}  {what}" for what, count in self.tried.items()]
        return [*counts, f"{len(self.failures):>9,}  failures", *shown]
