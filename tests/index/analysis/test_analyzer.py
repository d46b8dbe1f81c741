"""The tokenizer's rules as tables, and what holds for any text at all."""

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.analysis.analyzer import fold, tokenize
from index.analysis.kernels.tokens import LINE_GAP, TOKEN_LENGTH_MOST

LETTERS = st.sampled_from("aAbBrRpPnN 019.,-_\n\t/'\u2019\u2010\u0301\u0327\u064e\u3099")
ODD_LETTERS = st.sampled_from("½ßİıéÉ\ufb01中م\u304b\uff9e😀\ud800\U0001d407")
TRICKY = st.text(LETTERS | ODD_LETTERS)
TEXTS = st.text(max_size=200) | TRICKY
LONG = 100_000
"""So many characters that a tokenizer of quadratic time would not come back."""


def words(text: str) -> list[str]:
    """Return the texts of the tokens."""
    return [token.text for token in tokenize(text)]


def phrase_positions(text: str) -> list[int]:
    """Return the positions of the tokens, by which phrases are found."""
    return [token.position for token in tokenize(text)]


@pytest.mark.parametrize("name", "Jumat Jum'at Jum\u2019at Jum\u02bcat Jum`at Jum\u00b4at".split())
def test_apostrophe_inside_a_word_disappears(name: str) -> None:
    """However it is typed, Friday is Friday."""
    assert words(f"Hari {name} lalu") == ["hari", "jumat", "lalu"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("KOMPAS.com", "kompas com"),
        ("AS, RI, dan MK", "as ri dan mk"),
        ("AS/RI/MK", "as ri mk"),
        ("H.A.M. dan a.n.", "ham dan an"),
        ("B.J. Habibie, S.H.", "bj habibie sh"),
        ("J.K.Rowling", "jk rowling"),
        ("A. B. Susanto", "a b susanto"),
        ("'beras' \u201cgula\u201d", "beras gula"),
        ("para petani' itu", "para petani itu"),
        ("satu_dua", "satu dua"),
        ("selesai.Lalu", "selesai lalu"),
        ("P3K B2B 5G", "p3k b2b 5g"),
        ("email@contoh.example", "email contoh example"),
        ("C++ & C#", "c c"),
    ],
)
def test_word_is_a_run_of_letters_and_digits(text: str, expected: str) -> None:
    """Short words and abbreviations are words; none is dropped, none is glued."""
    assert words(text) == expected.split()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("undang-undang", "undang-undang"),
        ("Undang-Undang Dasar", "undang-undang dasar"),
        ("anak-anaknya", "anak-anaknya"),
        ("berlari-lari", "berlari-lari"),
        ("mata\u2011mata mata\u2010mata", "mata-mata mata-mata"),
        ("di-PHK", "di phk"),
        ("COVID-19", "covid 19"),
        ("sayur-mayur", "sayur mayur"),
        ("mantan-anak-anak", "mantan anak-anak"),
        ("skor 2-2", "skor 2 2"),
        ("a-a", "a a"),
        ("undang - undang", "undang undang"),
        ("undang-\nundang", "undang undang"),
        ("-undang-", "undang"),
        ("undang--undang", "undang undang"),
        ("undang\u2013undang", "undang undang"),
    ],
)
def test_hyphen_separates_except_in_a_doubled_word(text: str, expected: str) -> None:
    """A doubled word is one token; compounds, prefixes, results and dashes are not."""
    assert words(text) == expected.split()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rp1.250.000", "rp 1250000"),
        ("Rp 1.250.000,-", "rp 1250000"),
        ("rp500 RP500", "rp 500 rp 500"),
        ("1.250.000,50", "1250000,50"),
        ("USD1.000", "usd1000"),
        ("1,500,000", "1500000"),
        ("US$1,500,000.50", "us 1500000,50"),
        ("1,500", "1,500"),
        ("1,500,00", "1,500,00"),
        ("naik 5,95 persen", "naik 5,95 persen"),
        ("pukul 21.30 dan 21:30", "pukul 21,30 dan 21,30"),
        ("9:30 dan 10:30:45", "9,30 dan 10,30,45"),
        ("menang 2:1, ayat 114:10", "menang 2 1 ayat 114 10"),
        ("2,5 dan 2.5", "2,5 dan 2,5"),
        ("21/10/2025", "21 10 2025"),
        ("28.08.2024", "28,08,2024"),
        ("10.000-an", "10000 an"),
        ("tahun 2024.", "tahun 2024"),
        ("2024, 2025", "2024 2025"),
        ("1.2500", "1,2500"),
        ("korp5", "korp5"),
    ],
)
def test_dot_and_comma_join_digits(text: str, expected: str) -> None:
    """Dots of thousands disappear, so that an amount is found however it is grouped."""
    assert words(text) == expected.split()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Caf\u00e9 Cafe\u0301 CAFE", "cafe cafe cafe"),
        ("S\u00e3o Dvo\u0159\u00e1k", "sao dvorak"),
        ("Stra\u00dfe STRASSE", "strasse strasse"),
        ("\u0130stanbul", "istanbul"),
        ("\ufb01lm", "film"),
        ("H\u00f8jlund \u0141ukasz \u0110okovi\u0107", "hojlund lukasz dokovic"),
        ("\u00c6on \u0153uvre Gu\u00f0mundsson", "aeon oeuvre gudmundsson"),
        ("\uff21\uff22\uff11", "ab1"),
        ("\U0001d407\U0001d41a\U0001d42b\U0001d420\U0001d41a", "harga"),
        ("e\u0301\u0327\u0301e", "ee"),
    ],
)
def test_letters_are_folded(text: str, expected: str) -> None:
    """Case, accents, ligatures and letters made for show do not hide a word."""
    assert words(text) == expected.split()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\u4e2d\u56fd \u65e5\u672c", ["\u4e2d\u56fd", "\u65e5\u672c"]),
        ("\u0645\u062d\u0645\u062f", ["\u0645\u062d\u0645\u062f"]),
        ("\u0645\u064f\u062d\u064e\u0645\u0651\u064e\u062f\u064c", ["\u0645\u062d\u0645\u062f"]),
        ("\U0001f600beras\U0001f35agula", ["beras", "gula"]),
        ("\U0001f468\u200d\U0001f469\u200d\U0001f467", []),
        ("\uff9e \u02bc ' -", []),
        ("\u0301", []),
        ("", []),
        ("  \n ", []),
    ],
)
def test_other_scripts_are_words_and_signs_are_none(text: str, expected: list[str]) -> None:
    """Chinese and Arabic stand as they are written, but for vowel marks; no token is empty."""
    assert words(text) == expected


def test_very_long_run_is_cut() -> None:
    """It is no word, and its beginning finds it."""
    assert words("x" * 1_000) == ["x" * TOKEN_LENGTH_MOST]
    assert tokenize("x" * 1_000)[0].stop == 1_000
    assert words("ab" * 50 + "-" + "ab" * 50) == [("ab" * 50)[:64]]


def test_positions_count_words_and_leap_at_a_line_end() -> None:
    """A phrase finds neighbours, and no neighbours across lines."""
    assert phrase_positions("satu dua, tiga") == [0, 1, 2]
    assert phrase_positions("satu\ndua tiga") == [0, LINE_GAP, LINE_GAP + 1]
    assert phrase_positions("\n\nsatu\n\n\ndua") == [0, LINE_GAP]
    assert phrase_positions("undang-\nundang") == [0, LINE_GAP]
    assert phrase_positions("di-PHK undang-undang") == [0, 1, 2]


def test_offsets_are_places_in_the_text_as_it_was_written() -> None:
    """In code points, with what was folded away: a page marks the word that stands there."""
    text = "\U0001f35a Jum\u2019at: Caf\u00e9 Rp1.250.000"
    marked = [text[token.start : token.stop] for token in tokenize(text)]
    assert marked == ["Jum\u2019at", "Caf\u00e9", "Rp", "1.250.000"]


@given(TEXTS)
@settings(max_examples=400, deadline=None)
@example("a'\u0301b-\u0301")
def test_token_stands_where_its_offsets_point(text: str) -> None:
    """What lies between them is that token, alone; tokens do not overlap, nor change places."""
    end, position = 0, -1
    for token in tokenize(text):
        assert end <= token.start < token.stop <= len(text)
        assert words(text[token.start : token.stop]) == [token.text]
        assert token.position > position
        end, position = token.stop, token.position


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_token_is_folded_and_bounded(text: str) -> None:
    """Never empty, never longer than what a dictionary should hold."""
    for word in words(text):
        assert word.strip()
        assert len(word) <= TOKEN_LENGTH_MOST
        assert fold(word) == word.replace("'s", "s")


@pytest.mark.parametrize("name", ["Musk's", "MUSK\u2019S", "Musk\u02bcs"])
def test_possessive_keeps_its_apostrophe(name: str) -> None:
    """So that it is a form of the name; apostrophes inside other words go."""
    assert words(f"{name} Jum'at Qur'an") == ["musk's", "jumat", "quran"]


@given(TRICKY)
@settings(max_examples=200, deadline=None)
def test_case_and_composition_do_not_matter(text: str) -> None:
    """A text in capitals, or with its accents apart, has the same words."""
    assert fold(fold(text)) == fold(text)
    assert fold(text.lower()) == fold(text)
    assert words(unicodedata.normalize("NFD", text)) == words(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("a" * LONG, 1),
        ("ab-" * LONG, LONG // 2),
        ("a'" * LONG, 1),
        ("a" + "'" * LONG, 1),
        ("rp" * LONG, 1),
        ("rp1 " * LONG, 2 * LONG),
        ("1." * LONG, 1),
        ("1" + ".000" * LONG, 1),
        ("-'.," * LONG, 0),
        ("a\n" * LONG, LONG),
        ("\u0301" * LONG, 0),
        ("a" + "\u0301\u0327" * LONG, 1),
        ("a" + "\u0301" * LONG + "\u0327" * LONG, 1),
        ("\ufdfa" * LONG, 1),
        (" " * LONG, 0),
    ],
    ids=lambda value: ascii(value[:6]) if isinstance(value, str) else str(value),
)
def test_long_hostile_text_ends(text: str, count: int) -> None:
    """Nothing that can be written takes more than time in proportion to its length."""
    assert len(tokenize(text)) == count
