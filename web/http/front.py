"""Front page answers: asked once for an index and a day, and kept until either changes."""

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice
from typing import NamedTuple, cast

from flask import Flask, current_app

from search import Engine, Hit, QueryTimeoutError, SearchRequest, SearchResults
from web.language import EXAMPLE_QUERIES
from web.views import (
    ALL_TAGS,
    YEARS_SHOWN,
    FrontAnswers,
    choose_newest,
    choose_subjects,
    commonest_tags,
    day_requests,
    example_queries,
    month_request,
    newest_month,
)

EXAMPLES_SHOWN = 3
TYPED_LENGTH = 3
"""Letters of a tag that are completed to find a frequent phrase."""
COMPLETIONS_MOST = 8
LABEL_MOST = 2
"""Articles that say a tag, for each that has it, from which on it is a word of the archive."""
_KEY = "kliping_front"


class _Kept(NamedTuple):
    """The last answers: of which index, of which day."""

    stamp: str
    day: dt.date
    answers: FrontAnswers


def add_front(app: Flask) -> None:
    """Give the application a place for the answers of its front page."""
    app.extensions[_KEY] = None


def front_answers(engine: Engine, newest: SearchResults, today: dt.date) -> FrontAnswers:
    """Return what the front page shows beside its results, `newest`, which answer `NEWEST`.

    What there is no time for is left out, and asked for again by the next reader.
    """
    kept, stamp = cast("_Kept | None", current_app.extensions[_KEY]), engine.status().stamp
    if kept and (kept.stamp, kept.day) == (stamp, today):
        return kept.answers
    ranked, month = choose_newest(newest.hits), newest_month(newest)
    answers = FrontAnswers(ranked, month, (), (), EXAMPLE_QUERIES)
    with suppress(QueryTimeoutError):
        archive = engine.search(ALL_TAGS)
        found = engine.search(month_request(month)) if month else archive
        subjects = choose_subjects(found, archive)
        days = tuple(islice(_days(engine, newest, today), YEARS_SHOWN))
        examples = tuple(islice(_examples(engine, archive), EXAMPLES_SHOWN))
        answers = FrontAnswers(ranked, month, subjects, days, examples)
        current_app.extensions[_KEY] = _Kept(stamp, today, answers)
    return answers


def _days(engine: Engine, newest: SearchResults, today: dt.date) -> Iterator[Hit]:
    """Yield an article of this day of each earlier year that has one."""
    for request in day_requests(newest, today):
        yield from engine.search(request).hits[:1]


def _examples(engine: Engine, archive: SearchResults) -> Iterator[str]:
    """Yield queries that find something, those made of the archive's own words first."""
    tags = commonest_tags(archive)
    # What hardly any article says that has not the tag is a label of the newsroom, no subject.
    words = [tag for tag, count in tags if _count(engine, tag) >= LABEL_MOST * count]
    phrases = islice(_phrases(engine, words), 1)
    for query in dict.fromkeys((*example_queries(words, list(phrases)), *EXAMPLE_QUERIES)):
        if _count(engine, query):
            yield query


def _phrases(engine: Engine, words: Sequence[str]) -> Iterator[str]:
    """Yield frequent phrases that begin like some words."""
    for word in words:
        completions = engine.complete(word[:TYPED_LENGTH], COMPLETIONS_MOST)
        yield from (each.text for each in completions if each.kind == "phrase")


def _count(engine: Engine, query: str) -> int:
    return engine.count(SearchRequest(query_text=query)) or 0
