"""Pages made to break parsers: each is a document or a rejection, for bounded work."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.document import REJECTION_REASONS
from index.errors import SourceError
from index.ingest.io import LIMITS
from index.ingest.pages.html_page import read_html_page
from index.ingest.pages.html_tree import decode_html
from tests.index.ingest.work import GROWTH_MOST, count_calls, growth

CALLS_MOST = 12 * LIMITS.element_count
"""Calls for a page that is refused while it is parsed: some ten for each tag allowed."""
HEAD = "<html><title>Harga Beras</title><body><article>"
TEXT = "Harga beras turun di Pasar Raya menurut kepala pasar. "
ENOUGH = TEXT * 5
"""A text that is long enough for an article."""
LD = "<script type='application/ld+json'>"
STRING = '"content_tags":"'
BYLINES = "penulis: a | " * 300
PIECES = st.sampled_from(
    ["<p>", "</p>", "<div itemprop=articleBody>", "<script>", "</script>", LD, '{"@type":',
     '"NewsArticle"', "[", "}", "<!--", "-->", "<br/>", "&#0;", "&#xD800;", "&amp", "<a href=",
     "<meta name=author content='", "'>", "<title>", "\x00", "\ud800", "Baca juga", TEXT, "<![C"]
)  # fmt: skip


def reason_of(text: str) -> str:
    """Return "" for a page that was read, else the known reason of its rejection."""
    reason = ""
    try:
        document = read_html_page(text)
    except SourceError as error:
        reason = error.reason
    else:
        assert document.title
        assert document.body.encode()
    assert reason in {"", *REJECTION_REASONS}
    return reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<div>" * 100_000 + TEXT, "malformed"),
        (HEAD + "<b><i>" * 100_000 + TEXT, "malformed"),
        (HEAD + "<ul><li>" * 100_000 + TEXT, "malformed"),
        (HEAD + "<p>x" * 1_000_000, "too_large"),
        (HEAD + "x<br>" * 900_000, "too_large"),
        ("<p " + " ".join(f"a{n}=1" for n in range(1_000_000)) + ">" + TEXT, "no_title"),
        (f"<html><title>x</title><!--{'-' * 3_000_000}", "no_article"),
        ("", "no_article"),
        ("<", "no_title"),
        ("</html>" * 100_000, "no_article"),
    ],
    ids=lambda value: value[:30],
)
def test_enormous_page_is_refused_at_once(text: str, reason: str) -> None:
    """Depth, tags and attributes are counted while the page is parsed."""
    reasons: list[str] = []
    assert count_calls(lambda: reasons.append(reason_of(text))) < CALLS_MOST
    assert reasons == [reason]


PAGES_OF = [
    (lambda count: HEAD + f"<p>{TEXT}</p>" * count, 14_000, 200),
    (lambda count: HEAD + "<div>" * 180 + TEXT * count, 5, 50),
    (lambda count: HEAD + f"<a href=/x rel=tag class=tags>{TEXT}</a>" * count, 14_000, 100),
    (lambda count: HEAD + "<p>" + TEXT * count, 90_000, 50),
    (
        lambda count: HEAD + f'<p class="{" c".join(map(str, range(count)))}">' + ENOUGH,
        500_000,
        1_000,
    ),
    (lambda count: HEAD + "<h1>" + "- | :: " * count, 600_000, 100),
    (lambda count: f"<title>{' - | :: ' * count}</title><p>{ENOUGH}", 500_000, 50),
    (lambda count: f"{LD}{'[' * count}</script>{HEAD}{ENOUGH}", 2_000_000, 50),
    (lambda count: LD + '{"a":' * count + f"</script>{HEAD}{ENOUGH}", 500_000, 50),
    (
        lambda count: f'{LD}{{"@type": "Article", "n": {"9" * count}}}</script>{HEAD}{ENOUGH}',
        4_000_000,
        1_000,
    ),
    (lambda count: f"{LD}{{{',' * count}</script>{HEAD}{ENOUGH}", 4_000_000, 50),
    (
        lambda count: LD + "[" + '{"@type": "Article"},' * count + f"1]</script>{HEAD}{ENOUGH}",
        200_000,
        50,
    ),
    (lambda count: f"<script>{STRING * count}</script>{HEAD}{ENOUGH}", 300_000, 50),
    (lambda count: f"<script>{'<!--<script>' * count}{HEAD}{ENOUGH}", 300_000, 50),
    (lambda count: f"<p class=byline>{BYLINES}</p>" * count + HEAD + ENOUGH, 1_000, 5),
    (lambda count: f"<p class=byline>{'penulis: a | ' * count}</p>{HEAD}{ENOUGH}", 300, 40),
    (lambda count: f"<time>{'1 jan ' * 800}</time>" * count + HEAD + ENOUGH, 900, 1),
    (lambda count: f"<time>{'1 jan ' * count}</time>{HEAD}{ENOUGH}", 800, 100),
    (lambda count: HEAD + "&amp;" * count, 900_000, 50),
]
"""Pages that repeat a piece, how often one at the limits has it, and a number to count work for."""
PAGE_IDS = [make(1).replace(HEAD, "")[:40] for make, *_ in PAGES_OF]


@pytest.mark.parametrize(("make", "most"), [row[:2] for row in PAGES_OF], ids=PAGE_IDS)
def test_page_at_the_limits_is_read_or_refused(make: Callable[[int], str], most: int) -> None:
    """What passes the counts of the parser breaks nothing after it."""
    reason_of(make(most))


@pytest.mark.parametrize(("make", "count"), [row[::2] for row in PAGES_OF], ids=PAGE_IDS)
def test_work_for_a_page_grows_with_its_length(make: Callable[[int], str], count: int) -> None:
    """No pattern backtracks, and no step squares."""
    assert growth(reason_of, make, count) < GROWTH_MOST


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=40).map("".join))
def test_any_text_is_a_page_or_is_refused(text: str) -> None:
    """Tags, scripts and entities in any disorder do no harm."""
    reason_of(text)
    reason_of(HEAD + f"<div itemprop=articleBody>{TEXT * 3}" + text)


@settings(max_examples=100, deadline=None)
@given(st.binary())
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    """A declaration of an encoding is no promise."""
    for each in (data, b"<meta charset=iso-8859-1>" + data, b"<meta charset=rot13>" + data):
        reason = ""
        try:
            reason_of(decode_html(each))
        except SourceError as error:
            reason = error.reason
        assert reason in {"", "empty", "binary", "encoding"}
