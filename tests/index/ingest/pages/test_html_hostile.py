"""Pages made to break parsers: each is a document or a refusal, in bounded time."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.document import REJECTION_REASONS
from index.errors import SourceError
from index.ingest.pages.html_page import read_html_page
from index.ingest.pages.html_tree import decode_html

SECONDS_MOST = 20
"""Ten times what the slowest of these pages takes on a small machine."""
HEAD = "<html><title>Harga Beras</title><body><article>"
TEXT = "Harga beras turun di Pasar Raya menurut kepala pasar. "
LD = "<script type='application/ld+json'>"
PIECES = st.sampled_from(
    ["<p>", "</p>", "<div itemprop=articleBody>", "<script>", "</script>", LD, '{"@type":',
     '"NewsArticle"', "[", "}", "<!--", "-->", "<br/>", "&#0;", "&#xD800;", "&amp", "<a href=",
     "<meta name=author content='", "'>", "<title>", "\x00", "\ud800", "Baca juga", TEXT, "<![C"]
)  # fmt: skip


def reason_of(text: str) -> str:
    """Return "" for a page that was read, else the known reason of its refusal."""
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
    start = time.monotonic()
    assert reason_of(text) == reason
    assert time.monotonic() - start < SECONDS_MOST


@pytest.mark.parametrize(
    "text",
    [
        HEAD + f"<p>{TEXT}</p>" * 14_000,
        HEAD + f"<div>{'<div>' * 180}{TEXT * 5}",
        HEAD + f"<a href=/x rel=tag class=tags>{TEXT}</a>" * 14_000,
        HEAD + "<p>" + TEXT * 90_000,
        HEAD + f'<p class="{" ".join(f"c{n}" for n in range(500_000))}">' + TEXT * 5,
        HEAD + "<h1>" + "- | :: " * 600_000,
        "<title>" + " - | :: " * 500_000 + f"</title><p>{TEXT * 5}",
        LD + "[" * 2_000_000 + "</script>" + HEAD + TEXT * 5,
        LD + '{"a":' * 500_000 + "</script>" + HEAD + TEXT * 5,
        LD + '{"@type": "NewsArticle", "n": ' + "9" * 4_000_000 + "}</script>" + HEAD + TEXT * 5,
        LD + "{" + "," * 4_000_000 + "</script>" + HEAD + TEXT * 5,
        LD + "[" + '{"@type": "Article"},' * 200_000 + "1]</script>" + HEAD + TEXT * 5,
        "<script>" + '"content_tags":"' * 300_000 + "</script>" + HEAD + TEXT * 5,
        "<script>" + "<!--<script>" * 300_000 + HEAD + TEXT * 5,
        f"<p class=byline>{'penulis: a | ' * 300}</p>" * 1_000 + HEAD + TEXT * 5,
        f"<time>{'1 jan ' * 800}</time>" * 900 + HEAD + TEXT * 5,
        HEAD + "&amp;" * 900_000,
    ],
    ids=lambda value: value[:30],
)
def test_page_at_the_limits_is_read_in_bounded_time(text: str) -> None:
    """What passes the count costs what it weighs: no pattern backtracks, no step squares."""
    start = time.monotonic()
    reason_of(text)
    assert time.monotonic() - start < SECONDS_MOST


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
