"""The planner: every class of query tree becomes the plan that is written down here."""

import datetime as dt

import pytest

from search.execution.planner import (
    AllOf,
    AnyOf,
    AnyTerm,
    EveryDocument,
    NumberRange,
    Plan,
    TermsFrom,
    TermsTogether,
    plan_query,
)
from search.query.parser import parse_query
from search.query.tree import (
    All,
    Also,
    And,
    DateRange,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Stem,
    Term,
)
from search.ranking import SYNONYM_WEIGHT

PLAIN_FIELDS = (
    *("title", "title_stem", "body", "body_stem", "tags", "tags_stem"),
    *("caption", "caption_stem", "place", "author"),
)
"""The index fields that a word without a field searches."""
EXACT_FIELDS = ("title", "body", "tags", "caption", "place", "author")
"""Those of them that hold words as they were written."""


def test_plain_word_is_searched_in_every_default_field() -> None:
    """As it was typed in fields of exact words, by its stem in fields of stems."""
    plan = plan_query(Term("Perdagangan"))
    assert plan.root == AnyTerm(tuple(range(10)))
    assert plan.terms == tuple(
        (field, b"dagang" if field.endswith("_stem") else b"perdagangan") for field in PLAIN_FIELDS
    )


def test_word_of_a_field_is_searched_there_alone() -> None:
    """The query language's name of a field stands for its index fields."""
    plan = plan_query(Term("beras", "tag"))
    assert plan.root == AnyTerm((0, 1))
    assert plan.terms == (("tags", b"beras"), ("tags_stem", b"beras"))
    assert plan_query(Term("Kompas", "source")).terms == (("source", b"kompas"),)


@pytest.mark.parametrize("leaf", [Phrase("pasar"), Phrase("Pasar!")])
def test_phrase_of_one_word_is_that_word_without_its_other_forms(leaf: Phrase) -> None:
    """Stems are left out."""
    plan = plan_query(leaf)
    assert plan.root == AnyTerm(tuple(range(6)))
    assert plan.terms == tuple((field, b"pasar") for field in EXACT_FIELDS)


@pytest.mark.parametrize("leaf", [Phrase("Harga beras", "title"), Term("harga-beras", "title")])
def test_phrase_is_its_words_side_by_side(leaf: Query) -> None:
    """In the exact field alone; a word of two tokens is a phrase, too."""
    plan = plan_query(leaf)
    assert plan.root == AnyOf((TermsTogether("title", (0, 1), None),))
    assert plan.terms == (("title", b"harga"), ("title", b"beras"))


def test_phrase_without_a_field_stands_in_any_exact_field() -> None:
    """Its words stand in one field together."""
    plan = plan_query(Phrase("harga beras"))
    assert plan.root == AnyOf(
        tuple(
            TermsTogether(field, (2 * n, 2 * n + 1), None) for n, field in enumerate(EXACT_FIELDS)
        )
    )
    assert plan.terms[2:4] == (("body", b"harga"), ("body", b"beras"))


def test_word_twice_in_a_phrase_is_one_term_twice() -> None:
    """A term is looked up once."""
    plan = plan_query(Phrase("kupu kupu malam", "title"))
    assert plan.root == AnyOf((TermsTogether("title", (0, 0, 1), None),))
    assert len(plan.terms) == 2


@pytest.mark.parametrize("text", ["beras", "beras naik"])
def test_near_words_keep_their_reach(text: str) -> None:
    """A single word is near itself."""
    plan = plan_query(Near(text, 5, "body"))
    assert plan.root == AnyOf((TermsTogether("body", tuple(range(len(text.split()))), 5),))


def test_prefix_scores_the_weight_of_its_field() -> None:
    """In exact fields: stems of other words may begin alike."""
    assert plan_query(Prefix("Negosi", "author")).root == AnyOf(
        (TermsFrom("author", b"negosi", 0.5),)
    )
    plan = plan_query(Prefix("neg"))
    assert [part.field for part in plan.root.parts] == list(EXACT_FIELDS)
    assert [part.score for part in plan.root.parts] == [0.4, 0.35, 0.35, 0.1, 0.2, 0.5]
    assert plan.terms == ()


def test_prefix_of_several_words_is_a_phrase() -> None:
    """A star belongs to one word."""
    assert plan_query(Prefix("anti-kor", "title")) == plan_query(Phrase("anti kor", "title"))


def test_stem_is_looked_up_as_it_is_given() -> None:
    """It is neither analysed nor stemmed again."""
    plan = plan_query(Or((Stem("dagang", "body_stem"), Stem("Beli", "body_stem"))))
    assert plan.root == AnyOf((AnyTerm((0,)), AnyTerm((1,))))
    assert plan.terms == (("body_stem", b"dagang"), ("body_stem", b"Beli"))


@pytest.mark.parametrize(
    ("start", "end", "low", "high"),
    [
        (dt.date(2024, 8, 1), dt.date(2024, 8, 31), 20240801, 20240831),
        (None, dt.date(1999, 1, 2), None, 19990102),
        (dt.date(1, 1, 1), None, 10101, None),
        (None, None, None, None),
    ],
)
def test_dates_are_a_range_of_day_numbers(
    start: dt.date | None, end: dt.date | None, low: int | None, high: int | None
) -> None:
    """Both ends included, or open."""
    assert plan_query(DateRange(start, end)).root == NumberRange("date", low, high)


def test_everything_is_every_document() -> None:
    """No term is looked up."""
    plan = plan_query(All())
    assert (plan.root, plan.terms) == (EveryDocument(), ())


TITLES = tuple(Term(word, "category") for word in ("satu", "dua", "tiga"))
"""Words of a field that has no stems: each is one term."""


def test_all_of_some_parts_must_match() -> None:
    """In the order in which they were typed."""
    plan = plan_query(And(TITLES))
    assert plan.root == AllOf((AnyTerm((0,)), AnyTerm((1,)), AnyTerm((2,))))
    assert [text for _, text in plan.terms] == [b"satu", b"dua", b"tiga"]


def test_exclusions_stand_apart_from_what_must_match() -> None:
    """Wherever they were typed; their terms are numbered with all others."""
    one, two, three = TITLES
    plan = plan_query(And((Not(one), two, Not(Or((three, two))))))
    numbers = {text: number for number, (_, text) in enumerate(plan.terms)}
    satu, dua, tiga = (AnyTerm((numbers[word],)) for word in (b"satu", b"dua", b"tiga"))
    assert plan.root == AllOf((dua,), (satu, AnyOf((tiga, dua))))


@pytest.mark.parametrize("query", [Not(TITLES[0]), And((Not(TITLES[0]),))])
def test_exclusion_alone_takes_from_all_documents(query: Query) -> None:
    """There is nothing else that could match."""
    assert plan_query(query).root == AllOf((EveryDocument(),), (AnyTerm((0,)),))


def test_exclusion_inside_alternatives_takes_from_all_documents_there() -> None:
    """Each alternative is a query of its own."""
    plan = plan_query(Or((TITLES[0], Not(TITLES[1]))))
    assert plan.root == AnyOf((AnyTerm((0,)), AllOf((EveryDocument(),), (AnyTerm((1,)),))))


def test_double_exclusion_is_no_special_case() -> None:
    """What is not excluded from all documents."""
    inner = AllOf((EveryDocument(),), (AnyTerm((0,)),))
    assert plan_query(Not(Not(TITLES[0]))).root == AllOf((EveryDocument(),), (inner,))


def test_any_of_some_parts_is_enough() -> None:
    """Alternatives may hold each other, and the same term is looked up once."""
    one, two, _ = TITLES
    plan = plan_query(Or((one, And((two, one)))))
    assert plan.root == AnyOf((AnyTerm((0,)), AllOf((AnyTerm((1,)), AnyTerm((0,))))))
    assert len(plan.terms) == 2


def test_another_name_scores_little() -> None:
    """The part as it was typed scores in full."""
    plan = plan_query(Also(Term("as", "category"), (Phrase("a b", "title"), Phrase("us", "title"))))
    assert plan.root == AnyOf(
        (
            AnyTerm((0,)),
            AnyOf((AnyOf((TermsTogether("title", (1, 2), None),)),), SYNONYM_WEIGHT),
            AnyOf((AnyTerm((3,)),), SYNONYM_WEIGHT),
        )
    )


@pytest.mark.parametrize(
    ("query", "root"),
    [
        (Term(""), AnyTerm(())),
        (Term("..."), AnyTerm(())),
        (Phrase("", "title"), AnyTerm(())),
        (Near("", 3, "title"), AnyOf(())),
        (Prefix("", "title"), AnyOf(())),
        (Or(()), AnyOf(())),
        (And(()), AllOf((EveryDocument(),))),
    ],
)
def test_text_without_words_matches_nothing(query: Query, root: object) -> None:
    """And no part at all leaves nothing to require."""
    plan = plan_query(query)
    assert (plan.root, plan.terms) == (root, ())


def test_stem_that_no_term_can_be_is_left_out() -> None:
    """Half of a surrogate pair has no bytes: no index has a term with it."""
    query = Or((Stem("\ud800", "body_stem"), Stem("beras", "body_stem")))
    assert plan_query(query) == Plan(
        AnyOf((AnyTerm(()), AnyTerm((0,)))), (("body_stem", b"beras"),)
    )


def test_typed_text_is_planned_as_a_whole() -> None:
    """From the box to the index, with every operator of the language."""
    plan = plan_query(parse_query('judul:harga -"beras naik" OR tanggal:2024-05 tag:imp*').query)
    harga, phrase, prefix = (
        plan.root.parts[0].must[0],
        plan.root.parts[0].must_not[0],
        plan.root.parts[1],
    )
    assert harga == AnyTerm((0, 1))
    assert [part.field for part in phrase.parts] == list(EXACT_FIELDS)
    assert prefix.must == (
        NumberRange("date", 20240501, 20240531),
        AnyOf((TermsFrom("tags", b"imp", 0.35),)),
    )
