"""The reader's language: what it understands, what it says when it had to guess, and its bounds."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis.analyzer import tokenize
from search.query.parser import NESTING_MOST, NOTICES, NOTICES_MOST, parse_query, to_query_text
from search.query.recovery import LEAVES_MOST
from search.query.tree import (
    All,
    And,
    DateRange,
    Near,
    Not,
    Nothing,
    Or,
    Phrase,
    Prefix,
    Query,
    Term,
    positive_leaves,
)
from search.request import QUERY_LENGTH_MOST

PIECES = (
    "beras gula AS anti-korupsi undang-undang Jum'at 10:30 https://x.y/z foo: foo:bar C:x a*b x* "
    "negosia* *kata anti-korup* - -- – , * ʼ ʼ,judul:x judul: judul:beras isi: tag:(a tanggal: "
    '"a ~5 ~ ~x "beras gula"~5 "x y"~ tanggal:2024 '
    'tanggal:..2024-05 tanggal:31/2/2024 date:2023.. ( ) -( " “ ” OR AND NOT ATAU '
    "DAN BUKAN -beras -judul:x a|b | || && [a TO b] /a/ --a NEAR tag= tanggal=Q2"
).split()
pieces = st.lists(st.sampled_from(PIECES), max_size=25)
typed = st.builds(lambda parts, gap: gap.join(parts), pieces, st.sampled_from(["", " ", "  "]))
anything = st.one_of(
    typed, st.text(max_size=80), st.lists(st.text(max_size=9), max_size=9).map(" ".join)
)

DAY = DateRange(dt.date(2024, 4, 1), dt.date(2024, 4, 1))

MEANINGS = {
    "harga beras": And((Term("harga"), Term("beras"))),
    "  Jum'at\t": Term("Jum'at"),
    '"harga beras"': Phrase("harga beras"),
    "„harga beras“": Phrase("harga beras"),
    "«harga  beras»": Phrase("harga beras"),
    "beras -emas": And((Term("beras"), Not(Term("emas")))),
    'beras -"harga emas"': And((Term("beras"), Not(Phrase("harga emas")))),
    "beras -judul:emas": And((Term("beras"), Not(Term("emas", "title")))),
    "beras judul:-emas": And((Term("beras"), Not(Term("emas", "title")))),
    "beras -(emas perak)": And((Term("beras"), Not(And((Term("emas"), Term("perak")))))),
    "beras BUKAN emas": And((Term("beras"), Not(Term("emas")))),
    "NOT NOT emas": Term("emas"),
    "-(-emas)": Term("emas"),
    "beras - emas": And((Term("beras"), Term("emas"))),
    "beras – emas": And((Term("beras"), Term("emas"))),
    "anti-korupsi": Term("anti-korupsi"),
    "beras–gula": Term("beras–gula"),
    "--beras": Term("beras"),
    "beras OR gula": Or((Term("beras"), Term("gula"))),
    "beras ATAU gula OR teh": Or((Term("beras"), Term("gula"), Term("teh"))),
    "beras atau gula": And((Term("beras"), Term("atau"), Term("gula"))),
    "a AND b OR c": Or((And((Term("a"), Term("b"))), Term("c"))),
    "a OR b DAN c": Or((Term("a"), And((Term("b"), Term("c"))))),
    "a (b OR c)": And((Term("a"), Or((Term("b"), Term("c"))))),
    "((a) (b c))": And((Term("a"), Term("b"), Term("c"))),
    "a OR -b": Or((Term("a"), And((All(), Not(Term("b")))))),
    "=dagang": Phrase("dagang"),
    "harga -=dagang judul:=beras": And(
        (Term("harga"), Not(Phrase("dagang")), Phrase("beras", "title"))
    ),
    '"harga beras"~5': Near("harga beras", 5),
    "“harga beras”~0 naik": And((Near("harga beras", 0), Term("naik"))),
    'judul:"harga beras"~5': Near("harga beras", 5, "title"),
    'gula -"harga beras"~5,': And((Term("gula"), Not(Near("harga beras", 5)))),
    '("harga beras"~5 OR gula)': Or((Near("harga beras", 5), Term("gula"))),
    '"anti-korupsi"~2': Near("anti-korupsi", 2),
    '"beras"~5': Phrase("beras"),
    '"harga beras"~': Phrase("harga beras"),
    '"harga beras" ~5': And((Phrase("harga beras"), Term("5"))),
    '"harga beras"~x': And((Phrase("harga beras"), Term("x"))),
    '"harga beras"~5x': And((Phrase("harga beras"), Term("5x"))),
    "1+1=2": Term("1+1=2"),
    "negosia*": Prefix("negosia"),
    "anti-korup*": And((Term("anti"), Prefix("korup"))),
    "-anti-korup*": And((All(), Not(And((Term("anti"), Prefix("korup")))))),
    "judul:beras": Term("beras", "title"),
    "JUDUL: beras": Term("beras", "title"),
    'tag:"harga pangan"': Phrase("harga pangan", "tag"),
    "judul:negosia*": Prefix("negosia", "title"),
    "title:(a OR isi:b)": Or((Term("a", "title"), Term("b", "body"))),
    "Jokowi: menang": And((Term("Jokowi"), Term("menang"))),
    "10:30": Term("10:30"),
    "https://x.y/z": Term("https://x.y/z"),
    "-ATAU": And((All(), Not(Term("atau")))),
    "": All(),
    " ( , ) ": Nothing(","),
    "judul=beras": Term("beras", "title"),
    "beras|gula teh": And((Or((Term("beras"), Term("gula"))), Term("teh"))),
    "judul:beras|gula": Or((Term("beras", "title"), Term("gula", "title"))),
    "-(beras|gula)": And((All(), Not(Or((Term("beras"), Term("gula")))))),
    '"harga beras"|"harga gula"': Or((Phrase("harga beras"), Phrase("harga gula"))),
    "beras || gula": Or((Term("beras"), Term("gula"))),
    "beras && gula": And((Term("beras"), Term("gula"))),
    "beras tanggal:[2024-04-01 TO 2024-04-01]": And((Term("beras"), DAY)),
    "tanggal:{* TO 2024-04-01]": DateRange(None, DAY.end),
    "beras !!impor": And((Term("beras"), Not(Term("impor")))),
    "beras !impor": And((Term("beras"), Not(Term("impor")))),
    "Awas! impor": And((Term("Awas"), Term("impor"))),
    "beras -'harga impor'": And((Term("beras"), Not(Phrase("harga impor")))),
    "Qur'an dan 'beras'": And((Term("Qur'an"), Term("dan"), Term("beras"))),
    "tanggal:1 April 2024 beras": And((DAY, Term("beras"))),
    "tanggal:(2024-04-01) beras": And((DAY, Term("beras"))),
    "tanggal:(1 April 2024) beras": And((DAY, Term("beras"))),
}
"""What is typed, and the tree it stands for."""


@pytest.mark.parametrize("query_text", MEANINGS)
def test_query_text_gives_the_tree_it_stands_for(query_text: str) -> None:
    """The grammar, a line a rule."""
    assert parse_query(query_text).query == MEANINGS[query_text]


DATES = {
    "2024": (dt.date(2024, 1, 1), dt.date(2024, 12, 31)),
    "2024-02": (dt.date(2024, 2, 1), dt.date(2024, 2, 29)),
    "2024-8-17": (dt.date(2024, 8, 17), dt.date(2024, 8, 17)),
    "17-8-2024": (dt.date(2024, 8, 17), dt.date(2024, 8, 17)),
    "17/08/2024": (dt.date(2024, 8, 17), dt.date(2024, 8, 17)),
    "2023..2024-05": (dt.date(2023, 1, 1), dt.date(2024, 5, 31)),
    "2023..": (dt.date(2023, 1, 1), None),
    "..1/2/2024": (None, dt.date(2024, 2, 1)),
    "2024/04/01": (dt.date(2024, 4, 1), dt.date(2024, 4, 1)),
    "20240401": (dt.date(2024, 4, 1), dt.date(2024, 4, 1)),
    "1/4/24": (dt.date(2024, 4, 1), dt.date(2024, 4, 1)),
    "1.4.2024": (dt.date(2024, 4, 1), dt.date(2024, 4, 1)),
    "1 April 2024": (dt.date(2024, 4, 1), dt.date(2024, 4, 1)),
    '"Senin, 1 Apr 2024"': (dt.date(2024, 4, 1), dt.date(2024, 4, 1)),
    "April 1st, 2024": (dt.date(2024, 4, 1), dt.date(2024, 4, 1)),
    "April 2024": (dt.date(2024, 4, 1), dt.date(2024, 4, 30)),
    "04/2024": (dt.date(2024, 4, 1), dt.date(2024, 4, 30)),
    "2024-04-01T10:00:00+07:00": (dt.date(2024, 4, 1), dt.date(2024, 4, 1)),
    ">2024-03": (dt.date(2024, 4, 1), None),
    ">= 1 April 2024": (dt.date(2024, 4, 1), None),
    "<2024-04": (None, dt.date(2024, 3, 31)),
    "<=2024-04-01": (None, dt.date(2024, 4, 1)),
    "1 - 5 April 2024": (dt.date(2024, 4, 1), dt.date(2024, 4, 5)),
    "2024-Q2": (dt.date(2024, 4, 1), dt.date(2024, 6, 30)),
    "Q4 2024": (dt.date(2024, 10, 1), dt.date(2024, 12, 31)),
    "triwulan III 2024": (dt.date(2024, 7, 1), dt.date(2024, 9, 30)),
    "semester 2 tahun 2024": (dt.date(2024, 7, 1), dt.date(2024, 12, 31)),
    "2023-Q4..2024-Q1": (dt.date(2023, 10, 1), dt.date(2024, 3, 31)),
    "30 Maret s.d. 2 Mei 2024": (dt.date(2024, 3, 30), dt.date(2024, 5, 2)),
}


@pytest.mark.parametrize("written", DATES)
@pytest.mark.parametrize("label", ["tanggal:", "date:", "Tanggal: "])
def test_date_is_read_in_every_form(label: str, written: str) -> None:
    """Years, months, days and ranges, as Indonesians and as computers write them."""
    assert parse_query(label + written).query == DateRange(*DATES[written])


TODAY = dt.date(2024, 3, 6)  # a Wednesday
FROM_TODAY = {
    "hari ini": (TODAY, TODAY),
    "kemarin": (dt.date(2024, 3, 5), dt.date(2024, 3, 5)),
    "3 hari yang lalu": (dt.date(2024, 3, 3), dt.date(2024, 3, 3)),
    "7 hari terakhir": (dt.date(2024, 2, 29), TODAY),
    "2 minggu terakhir": (dt.date(2024, 2, 22), TODAY),
    "sebulan terakhir": (dt.date(2024, 2, 7), TODAY),
    "last 12 months": (dt.date(2023, 3, 7), TODAY),
    "minggu lalu": (dt.date(2024, 2, 26), dt.date(2024, 3, 3)),
    "bulan lalu": (dt.date(2024, 2, 1), dt.date(2024, 2, 29)),
    "tahun ini": (dt.date(2024, 1, 1), dt.date(2024, 12, 31)),
    "1 Desember": (dt.date(2023, 12, 1), dt.date(2023, 12, 1)),
    "Februari": (dt.date(2024, 2, 1), dt.date(2024, 2, 29)),
}


@pytest.mark.parametrize("written", FROM_TODAY)
def test_date_before_today_is_counted_from_it(written: str) -> None:
    """And written out as the days that it means, so that a saved query stays the same."""
    parsed = parse_query(f"tanggal:{written} beras", today=TODAY)
    assert parsed.query == And((DateRange(*FROM_TODAY[written]), Term("beras")))
    assert parse_query(parsed.understood).query == parsed.query


@pytest.mark.parametrize(
    "written",
    ["2024..2023", "31/2/2024", "2024-13", "kemarin", "0000", "2024-Q5", "semester 3 2024"],
)
def test_bad_date_finds_nothing_with_a_notice(written: str) -> None:
    """All days would be a wrong answer, also with any of the words, and the reader is told."""
    parsed = parse_query(f'beras jagung tanggal:"{written}"', any_word=True)
    nothing = Nothing(f'tanggal:"{written}"')
    assert parsed.query == And((Or((Term("beras"), Term("jagung"))), nothing))
    assert [(notice.code, notice.text) for notice in parsed.notices] == [("bad_date", written)]


GUESSES: dict[str, tuple[str, str, Query]] = {
    "foo:bar": ("unknown_field", "foo", And((Term("foo"), Term("bar")))),
    'foo:"a b"': ("unknown_field", "foo", And((Term("foo"), Phrase("a b")))),
    '"a b': ("unbalanced_quote", '"a b', Phrase("a b")),
    "(a b": ("unbalanced_parenthesis", "(", And((Term("a"), Term("b")))),
    "a) b": ("unbalanced_parenthesis", ")", And((Term("a"), Term("b")))),
    "a AND": ("dangling_operator", "AND", Term("a")),
    "OR a": ("dangling_operator", "OR", Term("a")),
    "a (OR b)": ("dangling_operator", "OR", And((Term("a"), Term("b")))),
    "a AND OR b": ("dangling_operator", "AND", Or((Term("a"), Term("b")))),
    "BUKAN": ("dangling_operator", "BUKAN", Nothing("BUKAN")),
    "&&": ("dangling_operator", "&&", Nothing("&&")),
    "(": ("unbalanced_parenthesis", "(", Nothing("(")),
    "NEAR/3": ("unknown_operator", "NEAR/3", Nothing("NEAR/3")),
    "a NEAR b": ("unknown_operator", "NEAR", And((Term("a"), Term("b")))),
    "a W/5 b": ("unknown_operator", "W/5", And((Term("a"), Term("b")))),
    "judul:[a TO b]": (
        "unknown_operator",
        "[a TO b]",
        And((Term("a", "title"), Term("b", "title"))),
    ),
    "/beras/": ("ignored_signs", "/beras/", Term("beras")),
    "--beras": ("ignored_signs", "--beras", Term("beras")),
    "[a TO tag=b]": (
        "unknown_operator",
        "[a TO tag=b]",
        And((Term("a"), Term("tag"), Term("b"))),
    ),
    "a*tag=b": ("leading_wildcard", "a*tag=b", And((Term("a"), Term("tag"), Term("b")))),
    "a | b": ("ignored_characters", "|", And((Term("a"), Term("b")))),
    "-tanggal:x": ("bad_date", "x", Nothing('tanggal:"x"')),
    "judul:": ("empty_field", "judul", Term("judul")),
    "judul: OR a": ("empty_field", "judul", Or((Term("judul"), Term("a")))),
    "n*": ("prefix_too_short", "n*", Term("n")),
    '"a b"~999999': ("near_too_far", "999999", Near("a b", 50)),
    "*kata": ("leading_wildcard", "*kata", Term("kata")),
    '"harga ber*"': ("leading_wildcard", "harga ber*", Phrase("harga ber")),
    "ko?upsi": ("ignored_signs", "ko?upsi", Term("ko?upsi")),
    "beras^2": ("ignored_signs", "beras^2", Term("beras")),
    "beras~2": ("ignored_signs", "beras~2", Term("beras")),
    "C++": ("ignored_signs", "C++", Term("C")),
    "&": ("ignored_characters", "&", Nothing("&")),
    '"&"': ("empty_phrase", '"&"', Nothing('"&"')),
    "tanggal:<0001": ("bad_date", "<0001", Nothing('tanggal:"<0001"')),
    "ka*ta": ("leading_wildcard", "ka*ta", And((Term("ka"), Term("ta")))),
    "-emas": ("only_negative", "", And((All(), Not(Term("emas"))))),
    'a ""': ("empty_phrase", '""', Term("a")),
    "a & b": ("ignored_characters", "&", And((Term("a"), Term("b")))),
    "a ()": ("ignored_characters", "()", Term("a")),
}
"""What is typed, the one notice it gives, and the tree that is guessed."""


@pytest.mark.parametrize("query_text", GUESSES)
def test_guess_is_told_in_a_notice(query_text: str) -> None:
    """What does not fit the grammar is searched as well as can be, and never in silence."""
    parsed = parse_query(query_text)
    code, text, query = GUESSES[query_text]
    assert [(notice.code, notice.text) for notice in parsed.notices] == [(code, text)]
    assert parsed.query == query


ANY_WORD = {
    "harga beras": Or((Term("harga"), Term("beras"))),
    "a b DAN c": Or((Term("a"), And((Term("b"), Term("c"))))),
    "a b -c": And((Or((Term("a"), Term("b"))), Not(Term("c")))),
    "a b tanggal:..2024": And((Or((Term("a"), Term("b"))), DateRange(None, dt.date(2024, 12, 31)))),
    "a anti-korup*": Or((Term("a"), And((Term("anti"), Prefix("korup"))))),
    "-a -b": And((All(), Not(Term("a")), Not(Term("b")))),
}


@pytest.mark.parametrize("query_text", ANY_WORD)
def test_any_word_joins_words_but_keeps_restrictions(query_text: str) -> None:
    """One of the words is enough; a date or an exclusion is still obeyed."""
    assert parse_query(query_text, any_word=True).query == ANY_WORD[query_text]


def test_field_without_a_value_takes_no_later_word() -> None:
    """An empty phrase does not hand its field to the word behind it."""
    assert parse_query('judul:"" beras').query == And((Term("judul"), Term("beras")))


def test_understood_uses_indonesian_names() -> None:
    """The echo of a query teaches the language in which it can be typed."""
    understood = parse_query("title:beras AND (gula OR teh) NOT emas date:1/5/2024").understood
    assert understood == "judul:beras (gula ATAU teh) -emas tanggal:2024-05-01"


def test_long_text_is_cut_at_a_word() -> None:
    """The rest is dropped with a notice; no word is halved."""
    parsed = parse_query("perundingan " * 100 + "akhir")
    assert {leaf.text for leaf in positive_leaves(parsed.query)} == {"perundingan"}
    assert "query_too_long" in [notice.code for notice in parsed.notices]


def test_long_text_of_odd_characters_is_read_in_part() -> None:
    """A megabyte in the box costs no more than a page."""
    assert len(parse_query("\ud800\x00(" * 400_000).understood) <= QUERY_LENGTH_MOST


def test_many_words_are_cut_to_the_first() -> None:
    """Each word costs time in the engine, so there is a most."""
    parsed = parse_query(" OR ".join(f"w{number}" for number in range(40)))
    assert parsed.query == Or(tuple(Term(f"w{number}") for number in range(LEAVES_MOST)))
    assert [(notice.code, notice.text) for notice in parsed.notices] == [("too_many_words", "w32")]


def test_parentheses_too_deep_are_ignored() -> None:
    """Depth bounds recursion here and in the engines."""
    deep = "(" * (NESTING_MOST + 1) + "a" + ")" * (NESTING_MOST + 1)
    parsed = parse_query(deep + " b")
    assert parsed.query == And((Term("a"), Term("b")))
    assert [notice.code for notice in parsed.notices] == ["too_deep"]


def test_parentheses_at_the_greatest_depth_are_obeyed() -> None:
    """The bound itself is allowed."""
    deep = "a (b OR " * 5 + "c" + ")" * 5
    assert parse_query(deep).notices == ()
    assert parse_query("(" * NESTING_MOST + "a" + ")" * NESTING_MOST).notices == ()


@pytest.mark.parametrize("query_text", ["NOT " * 250 + "a", "judul:" * 160, "(" * 999, '"' * 999])
def test_long_chains_raise_nothing(query_text: str) -> None:
    """Chains of operators, fields and brackets are read without recursion."""
    assert isinstance(parse_query(query_text).understood, str)


@settings(max_examples=500, deadline=None)
@given(anything, st.booleans())
def test_understood_parses_to_the_same_tree(query_text: str, any_word: bool) -> None:  # noqa: FBT001 - drawn by Hypothesis
    """What the page shows as understood can be searched again, and means the same."""
    parsed = parse_query(query_text, any_word=any_word)
    again = parse_query(parsed.understood)
    assert again.query == parsed.query
    assert parsed.understood == to_query_text(parsed.query)


@settings(max_examples=500, deadline=None)
@given(anything, st.booleans())
def test_tree_keeps_its_promises(query_text: str, any_word: bool) -> None:  # noqa: FBT001 - drawn by Hypothesis
    """Every leaf has a token, and no group is of one part or nested in its like.

    What finds nothing is told.
    """
    parsed = parse_query(query_text, any_word=any_word)
    if isinstance(parsed.query, Nothing):
        assert parsed.notices
    assert _leaf_count(parsed.query) <= LEAVES_MOST
    assert len(parsed.notices) <= NOTICES_MOST
    assert {notice.code for notice in parsed.notices} <= NOTICES.keys()


def _leaf_count(query: Query) -> int:
    match query:
        case And(parts) | Or(parts):
            assert len(parts) > 1
            assert not any(type(part) is type(query) for part in parts)
            assert any(not isinstance(part, Not) for part in parts)
            return sum(_leaf_count(part) for part in parts)
        case Not(part):
            assert not isinstance(part, Not)
            return _leaf_count(part)
        case Term(text) | Phrase(text):
            assert list(tokenize(text))
        case Prefix(text):
            assert len(list(tokenize(text))) == 1
    return int(not isinstance(query, All))


def test_characters_that_are_not_seen_say_nothing() -> None:
    """Words pasted from pages hold soft hyphens and zero-width spaces."""
    assert parse_query("be\u00adras ja\u200bgung").understood == "beras jagung"
