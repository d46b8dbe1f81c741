"""The time limit of a request: looked at in every step, on a clock that ticks when it is read."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from index.analysis import find_stems, tokenize_batch
from index.document import Document
from search.answer import answer, document_result
from search.errors import QueryTimeoutError
from search.execution import Deadline, RequestReader, Snapshot
from search.highlight import highlights, make_snippets, marks_of
from search.highlight.matching import FINDS_MOST
from search.matches import COUNT_ONLY
from search.preferences import NO_PREFERENCES
from search.query import parse_query
from search.request import NO_FILTERS, FacetChoice, SearchRequest
from search.served_generation import ServedGeneration

FOREVER = 10**9
BODIES = (
    "Harga beras naik tajam di pasar.",
    "Harga gula turun.",
    "Warga menanam beras dan jagung.",
)


class Clock:
    """Tells how often it was read."""

    def __init__(self) -> None:
        self.ticks = 0

    def __call__(self) -> float:
        """Tick."""
        self.ticks += 1
        return self.ticks


@pytest.fixture(scope="module")
def snapshot(archive_of: Callable[[Iterable[Document]], Path]) -> Iterable[Snapshot]:
    """Sixty articles, each with a tag of its own."""
    served = ServedGeneration(
        archive_of(
            Document(doc_id=f"{n}", title=f"Kabar {n}", body=body, tags=(f"tag {n}", "pasar"))
            for n, body in zip(range(60), BODIES * 20, strict=True)
        )
    )
    served.refresh()
    yield served.opened().snapshot
    served.close()


def reader_of(snapshot: Snapshot, limit: float) -> tuple[RequestReader, Clock]:
    """A reader that may look at its clock so often, and the clock."""
    clock = Clock()
    return RequestReader(1, snapshot, Deadline(limit, clock)), clock


TEXTS = (
    *(
        "harga beras",
        "ha* OR be* OR ju*",
        '"harga beras" OR "gula turun"~9',
        "berass",
        "haarga gul",
    ),
    *("mengapa harga jagung naik tajam", "harga zzzzz gula qqqqq jagung"),
)
FILTERED = SearchRequest(query_text="harga").with_choice(
    "tag", FacetChoice(include=("nobody",), match="tag 1")
)
REQUESTS = (*(SearchRequest(query_text=text) for text in TEXTS), FILTERED)


@pytest.mark.parametrize("request_made", REQUESTS, ids=lambda made: made.query_text)
def test_whenever_time_ends_the_request_is_refused_or_its_answer_is_whole(
    snapshot: Snapshot, request_made: SearchRequest
) -> None:
    """Only offers, their hits and the search for any of the words are left out; none goes on."""
    endless, clock = reader_of(snapshot, FOREVER)
    whole = answer(endless, request_made, NO_PREFERENCES)
    refused = 0
    for limit in range(clock.ticks + 3):
        reader, own = reader_of(snapshot, limit)
        try:
            results = answer(reader, request_made, NO_PREFERENCES)
        except QueryTimeoutError:
            refused += 1
            assert own.ticks <= limit + 6
            continue
        if results.total or not whole.total:
            assert (results.hits, results.facets) == (whole.hits, whole.facets)
            without_hits = {replace(offer, hits=()) for offer in whole.alternatives}
            assert set(results.alternatives) <= set(whole.alternatives) | without_hits
        else:
            assert "any_words" in [notice.code for notice in whole.notices]
            assert [notice.code for notice in results.notices] == ["no_time_for_any_words"]
        told = (results.alternatives, results.notices)
        assert results.is_cut_short or told == (whole.alternatives, whole.notices)
    assert not whole.is_cut_short
    assert refused >= 10


def test_offers_are_left_out_rather_than_the_answer(snapshot: Snapshot) -> None:
    """A spelling may take half of the time that is left: first its hits go, then the offer."""
    asked = SearchRequest(query_text="berass")
    endless, clock = reader_of(snapshot, FOREVER)
    (whole,) = answer(endless, asked, NO_PREFERENCES).alternatives
    offered = [(replace(whole, hits=()),)]
    for limit in range(clock.ticks - 3, 0, -1):
        reader, _ = reader_of(snapshot, limit)
        offers = answer(reader, asked, NO_PREFERENCES).alternatives
        offered += [offers] if offers != offered[-1] else []
        if not offers:
            break
    assert offered == [(replace(whole, hits=()),), ()]


def test_an_article_is_shown_however_late_it_is(snapshot: Snapshot) -> None:
    """Without marks and without similar articles, where there is no time for them."""
    endless, clock = reader_of(snapshot, FOREVER)
    whole = document_result(endless, "1", "harga", NO_PREFERENCES)
    assert whole.body_highlights
    for limit in range(-1, clock.ticks + 3):
        reader, _ = reader_of(snapshot, limit)
        late = document_result(reader, "1", "harga", NO_PREFERENCES)
        assert late.document == whole.document
        assert late.body_highlights in ((), whole.body_highlights)
        assert late.is_cut_short or late == whole
    assert not whole.is_cut_short


def ended_at(number: int) -> Callable[[], None]:
    """A check that ends the work when it is called for the nth time."""
    calls = count(1)

    def check() -> None:
        if next(calls) == number:
            raise QueryTimeoutError(number)

    return check


MARKS = marks_of(parse_query('harga "beras naik" pas* "gula turun"~3').query)
LONG = "Harga beras naik di pasar, gula turun. " * 20_000


@pytest.mark.parametrize("number", [1, 2, 5, 10])
def test_marks_of_long_texts_are_sought_in_steps(number: int) -> None:
    """Of every text, every mark and every thousand words that may have a stem."""
    for mark_texts in (highlights, make_snippets):
        with pytest.raises(QueryTimeoutError):
            mark_texts([LONG, LONG], MARKS, "body", check=ended_at(number))


def test_texts_are_marked_the_same_together_and_apart() -> None:
    """Long texts are searched one after the other, short ones at once."""
    texts = ["Beras naik.", LONG, "", "Harga beras. " * 3, LONG, "gula turun"]
    together = highlights(texts, MARKS, "body")
    assert together == [highlights([text], MARKS, "body")[0] for text in texts]


def test_words_are_stemmed_some_thousand_at_a_time() -> None:
    """A common stem in a long text would otherwise take seconds in one step."""
    batch = tokenize_batch(["pasar " * 5_000])
    with pytest.raises(QueryTimeoutError):
        find_stems(batch, ["pasar"], ended_at(5))


def test_a_long_phrase_is_sought_in_a_long_text_in_steps(
    archive_of: Callable[[Iterable[Document]], Path],
) -> None:
    """One word, over and over: each word of the phrase reads all of the text."""
    body = "pasar " * 150_000
    served = ServedGeneration(archive_of([Document(doc_id="1", title="Pasar", body=body)]))
    served.refresh()
    ticks = {}
    for words in (2, 100):
        reader, clock = reader_of(served.opened().snapshot, FOREVER)
        phrase = parse_query('isi:"{}"'.format("pasar " * words)).query
        assert reader.find(phrase, COUNT_ONLY, NO_FILTERS).total == 1
        ticks[words] = clock.ticks
    assert ticks[100] > ticks[2] + 2
    served.close()


def test_a_text_has_a_bounded_number_of_marks() -> None:
    """The first ones, so that half a million of them hold nobody up."""
    (marked,) = highlights(
        ["beras " * (FINDS_MOST + 10)], marks_of(parse_query("beras").query), "body"
    )
    assert len(marked) == FINDS_MOST
