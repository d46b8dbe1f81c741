"""What a query marks in a text, and which passage of it is shown."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis.analyzer import tokenize
from index.analysis.stemmer import stem
from search.highlight.matching import TEXT_LENGTH_MOST
from search.highlight.snippets import (
    LINE_BREAK,
    SNIPPET_LENGTH_LEAST,
    Marks,
    highlight,
    marks_of,
    snippet,
)
from search.query.parser import parse_query

FILLER = "Warga menunggu kabar di balai desa sejak pagi. "

MARKED = {
    ("dagang", "Perdagangan beras, pedagang, DAGANGAN."): ["Perdagangan", "pedagang", "DAGANGAN"],
    ("jum'at", "Jumat atau Jum’at?"): ["Jumat", "Jum’at"],
    ("anak", "Anak-anaknya dan seorang anak"): ["Anak-anaknya", "anak"],
    ("undang-undang", "Undang-undang itu diundang"): ["Undang-undang"],
    ("anti-korupsi", "anti korupsi, korupsi anti"): ["anti korupsi"],
    ('"harga beras"', "harga beras, beras, harganya beras"): ["harga beras"],
    ('"beras harga"~2', "harga dan beras, harganya. Satu, dua, tiga harga"): [
        "harga",
        "beras",
    ],
    ('"beras harga"~5', "harga\nberas"): [],
    ('"beras beras"~0', "beras. Satu beras, beras lain"): ["beras", "beras"],
    ('"beras beras harga"~2', "beras harga, lalu beras"): ["beras", "harga", "beras"],
    ('isi:"beras harga"~0 judul:"gula teh"~0', "beras harga gula teh"): ["beras", "harga"],
    ('beras "harga beras naik"', "harga beras naik, beras"): ["harga beras naik", "beras"],
    ("negosia*", "Negosiasi, negosiator dan renegosiasi"): ["Negosiasi", "negosiator"],
    ("beras OR gula", "gula dan beras"): ["gula", "beras"],
    ("beras -gula", "gula dan beras"): ["beras"],
    ("judul:gula isi:beras teh", "gula, beras, teh"): ["beras", "teh"],
    ("tanggal:2024", "tahun 2024"): [],
    ("", "tahun 2024"): [],
    ("beras", ""): [],
}
"""Query and body, and what is marked in it."""


def marks_for(query_text: str) -> Marks:
    """What a typed query marks."""
    return marks_of(parse_query(query_text).query)


@pytest.mark.parametrize(("query_text", "body"), MARKED)
def test_query_marks_what_it_asked_for(query_text: str, body: str) -> None:
    """Words by stem, phrases whole, prefixes from the start, fields and exclusions obeyed."""
    spans = highlight(body, marks_for(query_text), "body")
    assert [body[span.start : span.stop] for span in spans] == MARKED[query_text, body]


def test_each_thing_is_marked_once_however_often_it_is_asked() -> None:
    """Repeating a word in the query does not make a passage better."""
    assert len(marks_for("beras beras Beras")) == 1


def test_text_beyond_the_bound_is_not_marked() -> None:
    """Time for one document is bounded."""
    assert highlight("x" * TEXT_LENGTH_MOST + " beras", marks_for("beras"), "body") == ()


def test_hit_behind_a_long_beginning_is_marked() -> None:
    """In the text and in the snippet, which shows the passage around it."""
    text = f"{FILLER * 5_000}Harga beras naik. {FILLER}"
    assert len(highlight(text, marks_for("beras"), "body")) == 1
    assert snippet(text, marks_for("beras"), "body").marked == ["beras"]


def test_short_text_is_shown_whole() -> None:
    """Nothing is cut and no ellipsis is added; a line break stays visible."""
    shown = snippet("Harga naik\nBeras mahal.", marks_for("beras"), "body")
    assert shown.text == "Harga naik · Beras mahal."
    assert shown.marked == ["Beras"]


def test_snippet_without_marks_is_the_beginning() -> None:
    """A hit found by its tag or date still shows what it is about."""
    shown = snippet(FILLER * 20, (), "body")
    assert shown.text.startswith("Warga menunggu")
    assert shown.text.endswith(" …")
    assert not shown.highlights


def test_snippet_shows_most_different_words() -> None:
    """Two words asked for beat one that stands there three times."""
    text = FILLER * 9 + "Gula, gula, gula. " + FILLER * 9 + "Gula dan beras. " + FILLER * 9
    shown = snippet(text, marks_for("beras gula"), "body")
    assert shown.marked == ["Gula", "beras"]


def test_snippet_shows_most_marks_among_equals() -> None:
    """Of passages with the same words, the fuller one is better."""
    text = FILLER * 9 + "Ada gula. " + FILLER * 9 + "Gula, gula. " + FILLER * 9
    assert snippet(text, marks_for("gula"), "body").marked == ["Gula", "gula"]


def test_snippet_shows_the_first_of_equal_passages() -> None:
    """News tell the most important thing first."""
    text = FILLER * 9 + "Gula pasir. " + FILLER * 9 + "Gula batu. " + FILLER * 9
    assert "Gula pasir" in snippet(text, marks_for("gula"), "body").text


def test_snippet_starts_with_a_sentence_when_one_is_near() -> None:
    """A passage reads best from the start of a sentence."""
    shown = snippet(
        FILLER * 20 + "Lalu harga beras naik. " + FILLER * 20, marks_for("beras"), "body"
    )
    assert shown.text.startswith(("… Warga", "… Lalu"))


def test_snippet_at_the_end_of_the_text_is_filled_from_before() -> None:
    """The last words of an article are shown with what leads to them."""
    shown = snippet(FILLER * 20 + "Beras habis.", marks_for("beras"), "body", length=200)
    assert shown.text.endswith("Beras habis.")
    assert len(shown.text) > 100


def test_snippet_shows_the_mark_inside_an_endless_word() -> None:
    """Where there are no spaces to cut at, the mark still stands in the passage."""
    text = "kata " * 9 + "x/" * 500 + "beras" + "/x" * 500
    assert snippet(text, marks_for("beras"), "body").marked == ["beras"]


def test_snippet_clips_a_phrase_that_is_longer_than_itself() -> None:
    """The highlight ends where the passage ends."""
    phrase = "satu dua tiga empat lima enam tujuh delapan sembilan sepuluh"
    shown = snippet(f"{phrase} {FILLER}", marks_for(f'"{phrase}"'), "body", length=40)
    assert len(shown.text) <= 40
    assert shown.highlights[0].stop <= len(shown.text)


words = st.sampled_from(
    "beras berasnya harga seharga gula Gula. pedagang: dagang anak-anak naik, \n \n\n · \t di–PHK "
    "“harga beras” Jum’at 1.250.000 É … .".split(" ")
)
bodies = st.one_of(
    st.lists(words | st.just("x" * 60), max_size=150).map(" ".join), st.text(max_size=300)
)
queries = st.sampled_from(
    [
        "beras",
        "harga beras gula",
        '"harga beras"',
        "har* an*",
        "dagang OR judul:gula",
        "é",
        "di-PHK",
        "",
    ]
)
lengths = st.integers(0, 300)


@settings(max_examples=300, deadline=None)
@given(bodies, queries)
def test_highlights_stand_in_order_and_apart(body: str, query_text: str) -> None:
    """Spans are inside the text, none is empty, and none touches the one before."""
    stop = 0
    for span in highlight(body, marks_for(query_text), "body"):
        assert stop <= span.start < span.stop <= len(body)
        stop = span.stop


@settings(max_examples=200, deadline=None)
@given(bodies)
def test_every_form_of_a_word_is_marked_and_nothing_else(body: str) -> None:
    """A plain word marks exactly the tokens that share its stem."""
    spans = {(span.start, span.stop) for span in highlight(body, marks_for("dagang"), "body")}
    assert spans == {(t.start, t.stop) for t in tokenize(body) if stem(t.text) == "dagang"}


@settings(max_examples=400, deadline=None)
@given(bodies, queries, lengths)
def test_snippet_is_a_piece_of_the_text(body: str, query_text: str, length: int) -> None:
    """Without its ellipses a snippet stands in the text as it is, and is not too long."""
    shown = snippet(body, marks_for(query_text), "body", length)
    whole = LINE_BREAK.join(line.strip() for line in body.splitlines() if line.strip())
    assert shown.text.removeprefix("… ").removesuffix(" …") in whole
    assert len(shown.text) <= max(length, SNIPPET_LENGTH_LEAST)


@settings(max_examples=400, deadline=None)
@given(bodies, queries, lengths)
def test_snippet_has_a_mark_where_the_text_has_one(body: str, query_text: str, length: int) -> None:
    """What is marked in a snippet is what a reader of the whole text would see marked."""
    marks = marks_for(query_text)
    shown = snippet(body, marks, "body", length)
    spans = highlight(body, marks, "body")
    in_body = {body[span.start : span.stop] for span in spans}
    assert bool(shown.marked) == bool(in_body)
    assert all(any(marked in text for text in in_body) for marked in shown.marked if in_body)
