"""Invent whole articles: text, date, people and tags, as rows with the keys of a JSONL archive.

Facet values are distributed as in a real archive: a few tags and authors have most of the articles,
later months have more than earlier ones, and some articles lack a tag, an author or a date.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypedDict

import numpy as np

from corpus.draws import Draws, Ranks, spread_thresholds, zipf_thresholds
from corpus.text import (
    BODY_LENGTH_MEAN,
    Phrasebook,
    draw_bodies,
    draw_titles,
    make_phrasebook,
    spans,
)
from corpus.words import SampleWords, invented_words, make_vocabulary, vocabulary_size

BATCH_SIZE = 1_000
"""Articles made at once. Another size would change the archive of a seed: draws go by batch."""

TAG_COUNT = 3_000
AUTHOR_COUNT = 400
EDITOR_COUNT = 40

WITHOUT_TAGS_PERCENT = 5
WITHOUT_AUTHORS_PERCENT = 15
WITHOUT_EDITORS_PERCENT = 30
WITHOUT_DATE_PERCENT = 1
SECOND_AUTHOR_PERCENT = 10
TAGS_MOST = 5

FIRST_YEAR, MONTH_COUNT = 2010, 180
DAY_MOST = 28
"""Last day of a month that is drawn, so that every month has it."""

MONTH_GROWTH = 5
"""The last month has this many times the articles of the first."""

COMMON_WORD_COUNT = 50
"""The commonest words of the samples are no tags."""

CATEGORIES = tuple(
    "Nasional Ekonomi Daerah Olahraga Dunia Budaya Sains Teknologi Kesehatan Pendidikan".split()
)
SOURCES = tuple(
    f"Contoh {name}" for name in "Harian Pagi Sore Daerah Niaga Olahraga Mingguan Muda".split()
)


class Row(TypedDict):
    """One article, as it stands in a line of JSON."""

    id: str
    title: str
    body: str
    date: str | None
    author: list[str]
    editor: list[str]
    tags: list[str]
    category: str
    source: str
    url: str


@dataclass(frozen=True, slots=True)
class World:
    """The words, tags and people of an archive."""

    book: Phrasebook
    tags: list[str]
    authors: list[str]
    editors: list[str]


def make_world(samples: SampleWords, documents: int) -> World:
    """Make the words, tags and people of an archive of `documents` articles."""
    size = vocabulary_size(max(1, documents) * BODY_LENGTH_MEAN)
    words = make_vocabulary(samples.words, size)
    names = [
        word.capitalize() for word in itertools.islice(invented_words(set()), 4 * AUTHOR_COUNT)
    ]
    people = [f"{first} {last}" for first, last in zip(names[::2], names[1::2], strict=True)]
    return World(
        book=make_phrasebook(words, samples.pairs),
        tags=_make_tags(samples),
        authors=people[:AUTHOR_COUNT],
        editors=people[AUTHOR_COUNT:][:EDITOR_COUNT],
    )


def make_rows(world: World, documents: int, seed: int) -> Iterator[Row]:
    """Yield `documents` articles; equal arguments give equal articles."""
    draws = Draws(seed)
    for start in range(1, documents + 1, BATCH_SIZE):
        yield from _make_batch(
            world, draws, seed, range(start, min(start + BATCH_SIZE, documents + 1))
        )


def _make_tags(samples: SampleWords) -> list[str]:
    # One word and two words in turn, since the tags of real archives have either.
    words = make_vocabulary(samples.words[COMMON_WORD_COUNT:], 3 * TAG_COUNT // 2)
    tags = (
        [first, f"{second} {third}"]
        for first, second, third in zip(*[iter(words)] * 3, strict=True)
    )
    return list(itertools.chain.from_iterable(tags))


def _make_batch(world: World, draws: Draws, seed: int, numbers: range) -> Iterator[Row]:
    count = len(numbers)
    columns = zip(
        numbers,
        draw_titles(draws, world.book, count),
        draw_bodies(draws, world.book, count),
        _draw_dates(draws, count),
        _draw_lists(draws, world.authors, _draw_author_counts(draws, count)),
        _draw_lists(draws, world.editors, ~draws.chance(WITHOUT_EDITORS_PERCENT, count) * 1),
        _draw_lists(draws, world.tags, _draw_tag_counts(draws, count)),
        _draw_lists(draws, CATEGORIES, np.ones(count, dtype=np.int64)),
        _draw_lists(draws, SOURCES, np.ones(count, dtype=np.int64)),
        strict=True,
    )
    for number, title, body, date, authors, editors, tags, (category,), (source,) in columns:
        yield {
            "id": f"{seed}-{number:08d}",
            "title": title,
            "body": body,
            "date": date,
            "author": authors,
            "editor": editors,
            "tags": tags,
            "category": category,
            "source": source,
            "url": f"https://example.com/{seed}/{number:08d}",
        }


def _draw_dates(draws: Draws, count: int) -> list[str | None]:
    growth = [MONTH_COUNT - 1 + (MONTH_GROWTH - 1) * month for month in range(MONTH_COUNT)]
    months = draws.ranks(spread_thresholds(growth), count).tolist()
    days = draws.below(DAY_MOST, count).tolist()
    dateless = draws.chance(WITHOUT_DATE_PERCENT, count).tolist()
    return [
        None if without else f"{FIRST_YEAR + month // 12}-{month % 12 + 1:02d}-{day + 1:02d}"
        for month, day, without in zip(months, days, dateless, strict=True)
    ]


def _draw_author_counts(draws: Draws, count: int) -> Ranks:
    counts = 1 + draws.chance(SECOND_AUTHOR_PERCENT, count)
    return np.where(draws.chance(WITHOUT_AUTHORS_PERCENT, count), 0, counts)


def _draw_tag_counts(draws: Draws, count: int) -> Ranks:
    counts = 1 + draws.below(TAGS_MOST, count)
    return np.where(draws.chance(WITHOUT_TAGS_PERCENT, count), 0, counts)


def _draw_lists(draws: Draws, names: Sequence[str], counts: Ranks) -> list[list[str]]:
    ranks = draws.ranks(zipf_thresholds(len(names)), int(counts.sum())).tolist()
    drawn = [names[rank] for rank in ranks]
    return [list(dict.fromkeys(drawn[start:stop])) for start, stop in spans(counts)]
