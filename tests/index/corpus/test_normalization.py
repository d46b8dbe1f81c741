"""Documents are normalized by what the whole archive taught."""

from index.corpus.normalization import Learner, Normalization, normalize
from index.corpus.repeated_lines import ARTICLES_LEAST, hash_last_lines
from index.corpus.value_spellings import SPELLED_FIELDS, SpellingCounts
from index.document import Document

LINE = "Ikuti kabar kami setiap hari."
NOTHING = Normalization({row.name: {} for row in SPELLED_FIELDS}, frozenset())


def article(title: str, tag: str = "Beras", line: str = LINE) -> Document:
    """Return an article that ends with a line."""
    return Document(doc_id=title, title=title, body=f"Isi {title}.\n{line}", tags=(tag,))


def taught(articles: list[Document]) -> Learner:
    """Return a learner that has seen articles, one work unit each."""
    learner = Learner()
    for each in articles:
        counts = SpellingCounts()
        counts.add(each)
        learner.see(counts, [hash_last_lines(each)])
    return learner


ARCHIVE = [article(chr(97 + n) * 6) for n in range(ARTICLES_LEAST)]


def test_spelling_and_repeated_line_are_learned_from_all() -> None:
    """Neither follows from one work unit."""
    normalization = taught(ARCHIVE).learn()
    document, cut_count = normalize(article("x", tag="BERAS"), normalization)
    assert (document.body, document.tags, cut_count) == ("Isi x.", ("BERAS",), 1)
    normalization = taught([*ARCHIVE, article("x", tag="BERAS")]).learn()
    assert normalize(article("x", tag="BERAS"), normalization)[0].tags == ("Beras",)


def test_update_keeps_what_the_index_was_built_with() -> None:
    """Its spellings win, and its repeated lines are neither more nor fewer."""
    learner = taught(ARCHIVE)
    normalization = learner.learn({"tag": ["beras"]}, frozenset())
    assert normalize(article("x"), normalization) == (
        Document(doc_id="x", title="x", body=f"Isi x.\n{LINE}", tags=("beras",)),
        0,
    )
    repeated = learner.learn().repeated_lines
    assert Learner().learn({}, repeated).repeated_lines == repeated != frozenset()


def test_subhead_that_is_cut_is_no_subhead_any_more() -> None:
    """Those that stay in the text remain."""
    body = f"Isi.\nSubjudul pertama ini\nIsi.\n{LINE}"
    document = Document(
        doc_id="a", title="a", body=body, subheads=("Subjudul pertama ini", LINE), tags=("Beras",)
    )
    document, _ = normalize(document, taught(ARCHIVE).learn())
    assert document.subheads == ("Subjudul pertama ini",)


def test_document_without_anything_to_change_is_returned_itself() -> None:
    """A copy of each would cost time in a large archive."""
    document = article("a")
    assert normalize(document, NOTHING)[0] is document
