"""Which last lines are boilerplate of an outlet, and that they alone are cut."""

from collections.abc import Iterable

import pytest

from index.corpus import repeated_lines
from index.corpus.repeated_lines import (
    ARTICLES_LEAST,
    ENDS,
    LineCounts,
    cut_repeated_lines,
    hash_last_lines,
    hash_text,
)
from index.document import Document

LINE = "Ikuti kabar kami setiap hari."


def headlines(count: int) -> list[str]:
    """Return headlines that have no word in common."""
    return [chr(ord("a") + n % 26) * (4 + n // 26) for n in range(count)]


def article(title: str, *lines: str, source: str = "koran") -> Document:
    """Return an article of these lines."""
    return Document(doc_id=title, title=title, body="\n".join(lines), source=source)


def repeated(articles: Iterable[Document]) -> frozenset[int]:
    """Return the hashes of the lines that are boilerplate."""
    counts = LineCounts()
    for each in articles:
        counts.add(hash_last_lines(each))
    return counts.repeated()


def cut(line: str, articles: Iterable[Document]) -> bool:
    """Return whether a line is cut from the end of an article of the same outlet."""
    body, count = cut_repeated_lines(article("x", "Isi.", line), repeated(articles))
    assert body == ("Isi." if count else f"Isi.\n{line}")
    return bool(count)


@pytest.mark.parametrize(("count", "is_cut"), [(ARTICLES_LEAST, True), (ARTICLES_LEAST - 1, False)])
def test_line_under_many_headlines_is_cut(count: int, *, is_cut: bool) -> None:
    """So many of one outlet, and not one fewer."""
    assert cut(LINE, [article(t, f"Isi {t}.", LINE) for t in headlines(count)]) == is_cut


def test_line_under_headlines_on_one_subject_stays() -> None:
    """Weather of one town after the other ends alike, and is right to."""
    weather = [article(f"Cuaca {t}", f"Isi {t}.", LINE) for t in headlines(30)]
    assert not cut(LINE, weather)


def test_word_in_half_of_the_headlines_is_no_subject() -> None:
    """More than half of them must have it."""
    titles = headlines(30)
    half = [f"Cuaca {t}" for t in titles[:15]] + titles[15:]
    most = [f"Cuaca {t}" for t in titles[:16]] + titles[16:]
    assert cut(LINE, [article(t, f"Isi {t}.", LINE) for t in half])
    assert not cut(LINE, [article(t, f"Isi {t}.", LINE) for t in most])


def test_short_word_in_every_headline_is_no_subject() -> None:
    """Words such as "ini" say little."""
    assert cut(LINE, [article(f"Ini {t}", f"Isi {t}.", LINE) for t in headlines(30)])


def test_same_headline_again_counts_once() -> None:
    """Copies of one article are no repetition."""
    titles = headlines(ARTICLES_LEAST - 1)
    assert not cut(LINE, [article(t, f"Isi {t}.", LINE) for t in titles * 3])


def test_line_is_cut_in_its_own_outlet_alone() -> None:
    """Another one may say it once, and mean it."""
    others = [article(t, f"Isi {t}.", LINE, source="harian") for t in headlines(30)]
    assert not cut(LINE, others)


def test_short_lines_stay() -> None:
    """Names, initials and subheads have one word or two."""
    for line, is_cut in (("Ikuti kabar", False), ("Ikuti kabar kami", True)):
        assert cut(line, [article(t, f"Isi {t}.", line) for t in headlines(30)]) == is_cut


def test_only_the_last_lines_are_looked_at() -> None:
    """What stands higher is text."""
    after = [f"Baris {n} dari teks." for n in range(ENDS)]
    hashes = repeated(article(t, LINE, *after[1:]) for t in headlines(30))
    assert cut_repeated_lines(article("x", LINE, "Isi."), hashes) == ("Isi.", 1)
    high = article("x", LINE, *(f"Isi {n}." for n in range(ENDS)))
    assert cut_repeated_lines(high, hashes) == (high.body, 0)
    assert not repeated(article(t, LINE, *(f"{t} {a}" for a in after)) for t in headlines(30))


def test_text_of_nothing_else_stays_whole() -> None:
    """An article without a text would be worse than one with a line too many."""
    hashes = repeated(article(t, f"Isi {t}.", LINE) for t in headlines(30))
    assert cut_repeated_lines(article("x", LINE), hashes) == (LINE, 0)


def test_first_articles_of_an_archive_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that memory is bounded."""
    monkeypatch.setattr(repeated_lines, "ARTICLES_COUNTED", ARTICLES_LEAST - 1)
    assert not cut(LINE, [article(t, f"Isi {t}.", LINE) for t in headlines(30)])


def test_hash_fits_a_signed_number_of_a_database() -> None:
    """63 bits, of any text, also of half a surrogate pair."""
    assert all(0 <= hash_text(text) < 1 << 63 for text in ("", "a", "\ud800", LINE))
    assert hash_text("a") != hash_text("b")
