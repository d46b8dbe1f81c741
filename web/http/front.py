"""Front page answers: asked once for an index and a day, and kept until either changes."""

import datetime as dt
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple, cast

from flask import Flask, current_app

from search import Engine, Hit, QueryTimeoutError, SearchRequest, SearchResults
from web.http.front_requests import (
    ALL_TAGS,
    NEWEST,
    choose_newest,
    choose_subjects,
    commonest_tags,
    day_requests,
    example_queries,
    month_request,
    newest_month,
)
from web.language import EXAMPLE_QUERIES
from web.views import FrontAnswers

SECONDS_MOST = 2.0
"""How long the archive is asked for what stands beside the newest articles."""
YEARS_SHOWN = 5
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


def front_answers(engine: Engine, today: dt.date) -> FrontAnswers:
    """Return what the archive has today: kept answers, if they are of the open index.

    Only whole answers are kept, and only if the index was the same from the first request to the
    last: an article that was taken down meanwhile must not be shown again.

    Raises:
        EngineUnavailableError: when no index is open.
        QueryTimeoutError: when there is no time even for the newest articles.
    """
    kept, stamp = cast("_Kept | None", current_app.extensions[_KEY]), engine.status().stamp
    if kept and (kept.stamp, kept.day) == (stamp, today):
        return kept.answers
    answers = _ask(engine, today)
    if not answers.is_cut_short and engine.status().stamp == stamp:
        current_app.extensions[_KEY] = _Kept(stamp, today, answers)
    return answers


def _ask(engine: Engine, today: dt.date) -> FrontAnswers:
    """Ask for everything; without what there is no time for."""
    results = engine.search(NEWEST)
    newest, month = choose_newest(results.hits), newest_month(results)
    try:
        asker = _Asker(engine, time.monotonic() + SECONDS_MOST)
        archive = asker.search(ALL_TAGS)
        found = asker.search(month_request(month)) if month else archive
        subjects = choose_subjects(found, archive)
        days = tuple(islice(asker.days(results, today), YEARS_SHOWN))
        examples = tuple(islice(asker.examples(archive), EXAMPLES_SHOWN))
    except QueryTimeoutError:
        return FrontAnswers(results, newest, month, (), (), (), is_cut_short=True)
    is_cut_short = results.is_cut_short
    return FrontAnswers(results, newest, month, subjects, days, examples, is_cut_short)


class _Asker:
    """Asks an engine until some time; later requests raise QueryTimeoutError."""

    def __init__(self, engine: Engine, end: float) -> None:
        self._engine, self._end = engine, end

    def search(self, request: SearchRequest) -> SearchResults:
        self._check()
        return self._engine.search(request)

    def days(self, results: SearchResults, today: dt.date) -> Iterator[Hit]:
        """Yield an article of this day of each earlier year that has one."""
        for request in day_requests(results, today):
            yield from self.search(request).hits[:1]

    def examples(self, archive: SearchResults) -> Iterator[str]:
        """Yield queries that find something, those made of the archive's own words first."""
        tags = commonest_tags(archive)
        # What hardly any article says that has not the tag is a label of the newsroom, no subject.
        words = [tag for tag, count in tags if self._count(tag) >= LABEL_MOST * count]
        phrases = list(islice(self._phrases(words), 1))
        for query in dict.fromkeys((*example_queries(words, phrases), *EXAMPLE_QUERIES)):
            if self._count(query):
                yield query

    def _phrases(self, words: Sequence[str]) -> Iterator[str]:
        """Yield frequent phrases that begin like some words."""
        for word in words:
            self._check()
            completions = self._engine.complete(word[:TYPED_LENGTH], COMPLETIONS_MOST)
            yield from (each.text for each in completions if each.kind == "phrase")

    def _count(self, query: str) -> int:
        self._check()
        return self._engine.count(SearchRequest(query_text=query)) or 0

    def _check(self) -> None:
        if time.monotonic() > self._end:
            raise QueryTimeoutError(SECONDS_MOST)
