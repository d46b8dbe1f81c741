"""The facets of every corpus: 180 months, 400 authors, 3,000 tags, drawn from the seed alone.

The facets of real articles differ from archive to archive; drawn ones make all corpora alike. Each
document has exactly one month and author, and none to five tags. A few tags and authors have most
of the documents, and later months have more than earlier ones.

>>> facets = draw_facets(2)
>>> facets[0].month, len(facets)
('2024-06', 2)
"""

from dataclasses import dataclass
from pathlib import Path

from corpus.draws import Draws, Ranks, spread_thresholds, zipf_thresholds
from corpus.rows import FIRST_YEAR, MONTH_COUNT, MONTH_GROWTH, make_world
from corpus.text import spans
from corpus.words import sample_paragraphs, sample_words

SAMPLES = Path(__file__).parents[2] / "samples"
SEED = 4
TAGS_MOST = 5


@dataclass(frozen=True, slots=True)
class DocumentFacets:
    """The facets of one document."""

    month: str
    author: str
    tags: tuple[str, ...]


def draw_facets(count: int) -> list[DocumentFacets]:
    """Return the facets of `count` documents; those of the first do not depend on `count`."""
    world = make_world(sample_words(sample_paragraphs(SAMPLES)), 1)
    months = _draw_months(Draws(SEED), count)
    authors = Draws(SEED + 1).ranks(zipf_thresholds(len(world.authors)), count).tolist()
    tag_counts = Draws(SEED + 2).below(TAGS_MOST + 1, count)
    tags = _draw_tags(Draws(SEED + 3), world.tags, tag_counts)
    return [
        DocumentFacets(month, world.authors[author], own)
        for month, author, own in zip(months, authors, tags, strict=True)
    ]


def _draw_months(draws: Draws, count: int) -> list[str]:
    growth = [MONTH_COUNT - 1 + (MONTH_GROWTH - 1) * month for month in range(MONTH_COUNT)]
    months = draws.ranks(spread_thresholds(growth), count).tolist()
    return [f"{FIRST_YEAR + month // 12}-{month % 12 + 1:02d}" for month in months]


def _draw_tags(draws: Draws, names: list[str], counts: Ranks) -> list[tuple[str, ...]]:
    ranks = draws.ranks(zipf_thresholds(len(names)), int(counts.sum())).tolist()
    # A tag that is drawn twice counts once.
    return [
        tuple(dict.fromkeys(names[rank] for rank in ranks[start:stop]))
        for start, stop in spans(counts)
    ]
