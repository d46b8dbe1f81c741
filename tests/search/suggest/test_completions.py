"""What continues a text that is being typed: tags, authors and headlines of the archive."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pytest

from index.document import Document
from search.engine import Engine
from search.results import Completion
from search.suggest import ValueCompletions

EngineOf = Callable[[Iterable[Document]], Engine]


def article(number: int, title: str, *tags: str, author: str = "") -> Document:
    """Return an article with a headline, tags and an author."""
    authors = (author,) if author else ()
    return Document(doc_id=f"a{number}", title=title, body="Isi.", tags=tags, authors=authors)


@pytest.fixture(scope="module")
def engine(engine_of: EngineOf) -> Engine:
    """Return an engine over a few articles."""
    return engine_of(
        [
            article(1, "Harga Beras Turun", "harga pangan", "beras", author="Bernadet Harum"),
            article(2, "Beras Impor Tiba", "beras", "impor"),
            article(3, "Panen Padi Dimulai", "beras merah", author="Ani Lestari"),
            article(4, "Café Sawah Dibuka", "Café"),
        ]
    )


def texts(engine: Engine, typed: str, most: int = 8) -> list[tuple[str, str]]:
    """Return kind and text of what is offered."""
    return [(each.kind, each.text) for each in engine.complete(typed, most)]


def test_commonest_values_come_first_then_headlines(engine: Engine) -> None:
    """With the number of articles that a choice gives."""
    assert engine.complete("bera", 8)[0] == Completion("tag", "beras", 2)
    offered = texts(engine, "beras")
    assert offered[:2] == [("tag", "beras"), ("tag", "beras merah")]
    assert set(offered[2:]) == {("title", "Beras Impor Tiba"), ("title", "Harga Beras Turun")}


def test_value_that_equals_the_typed_text_comes_first(engine_of: EngineOf) -> None:
    """A rare tag among many common ones that begin so would else never be offered."""
    articles = [article(n, "Kabar", f"air {n // 3}") for n in range(30)]
    engine = engine_of([*articles, article(30, "Kabar", "AI")])
    assert texts(engine, "ai", 3)[0] == ("tag", "AI")


def test_headlines_stay_while_one_types_on(engine: Engine) -> None:
    """From the first letter of the second word on."""
    title = ("title", "Harga Beras Turun")
    assert all(title in texts(engine, "harga beras"[:length]) for length in range(7, 12))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("lest", [("author", "Ani Lestari")]),
        ("bernadet h", [("author", "Bernadet Harum")]),
        ("PANG", [("tag", "harga pangan")]),
        ("cafe", [("tag", "Café"), ("title", "Café Sawah Dibuka")]),
        ("harga ber", [("title", "Harga Beras Turun")]),
        ("panen padi di", [("title", "Panen Padi Dimulai")]),
    ],
)
def test_any_word_may_be_begun(engine: Engine, typed: str, expected: list[tuple[str, str]]) -> None:
    """Case and accents do not matter; of a headline all words but the last are whole."""
    assert texts(engine, typed) == expected


@pytest.mark.parametrize("typed", ["lestri", "lesatri", "lesttari", "ani letari", "bernadrt h"])
def test_one_slip_is_forgiven_in_four_letters(engine: Engine, typed: str) -> None:
    """A letter lacking, too much, another one, or two that changed places."""
    assert [kind for kind, _ in texts(engine, typed)] == ["author"]


@pytest.mark.parametrize("typed", ["lrs", "lsetrai", "kestari", "x" * 21])
def test_two_slips_are_not_forgiven(engine: Engine, typed: str) -> None:
    """Nor is one in three letters, at the beginning, or in what is no name."""
    assert texts(engine, typed) == []


def test_slip_is_looked_for_where_nothing_begins_so(engine: Engine) -> None:
    """A text that is right is not taken for another."""
    assert ("tag", "beras") not in texts(engine, "bern")


def test_at_most_three_tags_are_offered(engine_of: EngineOf) -> None:
    """The others leave room for names."""
    tags = [f"beras {number}" for number in range(9)]
    engine = engine_of([article(1, "Kabar", *tags, author="Beras Wati")])
    kinds = [kind for kind, _ in texts(engine, "beras")]
    assert (kinds.count("tag"), kinds.count("author")) == (3, 1)


@pytest.mark.parametrize("typed", ["", " ", "b", "...", "zzz", '"', "(", "*", "\ud800", "a" * 5000])
def test_what_begins_nothing_gives_nothing(engine: Engine, typed: str) -> None:
    """A single letter begins too much."""
    assert engine.complete(typed, 8) == ()


def test_no_more_are_offered_than_asked_for(engine: Engine) -> None:
    """Values before headlines."""
    assert texts(engine, "beras", 1) == [("tag", "beras")]


def test_frequent_phrases_stand_between_values_and_headlines(
    build: Callable[[Sequence[dict[str, object]]], Path], open_engine_at: Callable[[Path], Engine]
) -> None:
    """By any of their words, unless they are a tag already; few of them."""
    bodies = ("Bank Sentral, kata dia.", "Kata Harga Pangan.", "Bank Umum.", "Bank Dunia.")
    rows: list[dict[str, object]] = [
        {
            "id": f"{n} {body}",
            "title": f"Kabar bank {n} {body}",
            "body": body,
            "tags": ["harga pangan", "bank"],
        }
        for body in bodies
        for n in range(3)
    ]
    engine = open_engine_at(build(rows))
    offered = texts(engine, "bank")
    assert offered[:3] == [("tag", "bank"), ("phrase", "Bank Dunia"), ("phrase", "Bank Sentral")]
    assert {kind for kind, _ in offered[3:]} == {"title"}
    assert texts(engine, "sent")[0] == ("phrase", "Bank Sentral")
    assert ("tag", "harga pangan") in texts(engine, "harga p")
    assert not [text for kind, text in texts(engine, "harga p") if kind == "phrase"]
    assert texts(engine, "bank", 1) == [("tag", "bank")]


def test_completions_made_from_others_are_those_made_anew() -> None:
    """Values are gone, new or counted otherwise; what was typed finds the same."""
    before = {"tag": [("beras", 3), ("beras merah", 1), ("gula", 2)], "author": [("Ani Beras", 1)]}
    after = {"tag": [("beras", 1), ("beras ketan", 4), ("gula", 2)], "author": [("Ani Beras", 0)]}
    base = ValueCompletions(before, ["beras impor", "pasar beras"])
    renewed = ValueCompletions(after, ["gula", "pasar beras"], base)
    anew = ValueCompletions(after, ["gula", "pasar beras"])
    assert [each.text for each in renewed.find("beras", 8)] == [
        "beras",
        "beras ketan",
        "pasar beras",
    ]
    for typed in ("be", "beras", "ket", "gu", "ani", "merah", "impor"):
        assert renewed.find(typed, 8) == anew.find(typed, 8)
