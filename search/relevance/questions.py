"""What a long query asks: the words of its subject, and what kind of thing would answer it.

Up to three words, names and subjects are typed. From `LONG_QUERY_WORDS` on, a query is read: which
of its words only ask, and whether a day, a place, a number or a person is asked for, by the
question words of Indonesian and what stands before them. What is not known asks for nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from index.analysis.analyzer import tokenize
from index.analysis.stemmer import stem
from search.query.leaves import positive_leaves
from search.query.tree import Query, Term

LONG_QUERY_WORDS = 4
"""Different words from which a query is long."""

QUESTION_WORDS = frozenset(
    "apa siapa berapa mana kapan dimana kemana darimana bagaimana mengapa kenapa "
    "apakah siapakah berapakah manakah kapankah dimanakah bagaimanakah mengapakah".split()
)
"""Words of questions, seldom of what answers them: that one is missing says nothing."""

NAMING_WORDS = frozenset("nama jumlah letak lokasi tanggal".split())
"""Words that questions put beside those. An answer gives the name, and does not call it one."""

_QUESTION_ENDING = "kah"


class Answer(Enum):
    """Kinds of things that answer questions, as far as a text shows them."""

    DAY = "day"
    PLACE = "place"
    NUMBER = "number"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Asking:
    """One way to ask.

    Attributes:
        answer: what is asked for.
        words: the question words, without -kah.
        after: the words of which one stands before; none: whatever does.
    """

    answer: Answer
    words: frozenset[str]
    after: frozenset[str] = frozenset()


def _asking(answer: Answer, words: str, after: str = "") -> Asking:
    return Asking(answer, frozenset(words.split()), frozenset(after.split()))


WAYS_TO_ASK = (
    _asking(Answer.DAY, "kapan"),
    _asking(Answer.DAY, "apa berapa", after="hari tanggal bulan tahun"),
    _asking(Answer.PLACE, "dimana kemana darimana"),
    _asking(Answer.PLACE, "mana", after="di ke dari"),
    _asking(
        Answer.PLACE,
        "apa mana",
        after="negara provinsi propinsi kota kabupaten kecamatan desa daerah wilayah pulau tempat",
    ),
    _asking(Answer.NUMBER, "berapa"),
    _asking(Answer.PERSON, "siapa"),
)
"""The first that fits, at the first question word with one, tells what is asked for."""


@dataclass(frozen=True, slots=True)
class LongQuery:
    """A query of many words, as it is read.

    Attributes:
        words: the stems of its words, each once.
        subject: those of them that do not only ask.
        is_question: whether a question word is among its words.
        answer: what it asks for, where that is known.
    """

    words: tuple[str, ...]
    subject: tuple[str, ...]
    is_question: bool
    answer: Answer | None


def read_long_query(query: Query) -> LongQuery | None:
    """Return what a long query asks; None for a short one.

    >>> from search.query.parser import parse_query
    >>> asked = read_long_query(parse_query("siapakah nama ketua koperasi").query)
    >>> asked.subject, asked.answer.value
    (('ketua', 'koperasi'), 'person')
    >>> read_long_query(parse_query("harga beras pasar").query)
    """
    terms = (
        leaf.text
        for leaf in positive_leaves(query)
        if isinstance(leaf, Term) and leaf.field is None
    )
    tokens = [token.text for text in terms for token in tokenize(text)]
    stems = tuple(dict.fromkeys(map(stem, tokens)))
    if len(stems) < LONG_QUERY_WORDS:
        return None
    asking = set(map(stem, QUESTION_WORDS))
    is_question = not asking.isdisjoint(stems)
    empty = asking | NAMING_WORDS if is_question else asking
    subject = tuple(word for word in stems if word not in empty)
    return LongQuery(stems, subject, is_question, asked_for(tokens))


def asked_for(tokens: Sequence[str]) -> Answer | None:
    """Return what words in a row ask for.

    >>> asked_for(["tahun", "berapakah", "pasar", "dibangun"]), asked_for(["berapa", "tahun"])
    (<Answer.DAY: 'day'>, <Answer.NUMBER: 'number'>)
    """
    plain = ["", *(token.removesuffix(_QUESTION_ENDING) for token in tokens)]
    answers = (
        way.answer
        for before, word in pairwise(plain)
        for way in WAYS_TO_ASK
        if word in way.words and (not way.after or before in way.after)
    )
    return next(answers, None)
