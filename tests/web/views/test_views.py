"""View models: highlights, links, paging, facets, chips and articles."""

import datetime as dt
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.document import Correction, DateSource, Document
from search.request import FacetChoice, SearchRequest
from search.results import Bucket, DocumentResult, FacetResult, Highlight, Snippet
from web.json_api.encoding import encode_article
from web.urls import Addresses, PageState
from web.views import RequestContext
from web.views.article_view import make_article_page
from web.views.facet_view import make_chips, make_facet_view
from web.views.hit_view import to_safe_url
from web.views.marked_text import MarkedText, split_lines, to_marked_text
from web.views.paging import make_paging
from web.views.results_models import BucketView, FacetView, Paging


def _context(request: SearchRequest | None = None, lang: str = "id") -> RequestContext:
    return RequestContext(PageState(request or SearchRequest(), lang), Addresses())


@st.composite
def texts_with_highlights(draw: st.DrawFn) -> tuple[str, tuple[Highlight, ...]]:
    """Draw a text of several lines with separate spans in order, none across a line break."""
    lines = draw(st.lists(st.text("ab🌾 ", max_size=8), min_size=1, max_size=4))
    spans: list[Highlight] = []
    start = 0
    for line in lines:
        edges = sorted(draw(st.sets(st.integers(0, len(line)), max_size=4)))
        pairs = zip(edges[::2], edges[1::2], strict=False)
        spans += [Highlight(start + first, start + last) for first, last in pairs]
        start += len(line) + 1
    return "\n".join(lines), tuple(spans)


@given(texts_with_highlights())
@settings(max_examples=150, deadline=None)
def test_parts_are_the_whole_text_and_marks_are_the_spans(
    drawn: tuple[str, tuple[Highlight, ...]],
) -> None:
    """The parts of a marked text give its text and its spans."""
    snippet = Snippet(*drawn)
    marked = to_marked_text(snippet)
    assert "".join(part.text for part in marked.parts) == snippet.text
    assert [part.text for part in marked.parts if part.marked] == snippet.marked
    assert marked.highlights == tuple((span.start, span.stop) for span in snippet.highlights)


@given(texts_with_highlights())
@settings(max_examples=150, deadline=None)
def test_lines_hold_the_same_marks_as_the_text(drawn: tuple[str, tuple[Highlight, ...]]) -> None:
    """Paragraphs have the same highlights as the whole body."""
    text, spans = drawn
    lines = list(split_lines(text, spans))
    assert [line.text for line in lines] == text.split("\n")
    assert [mark for line in lines for mark in line.marked] == Snippet(text, spans).marked


@pytest.mark.parametrize("url", ["http://example.com", "https://example.com/a", "HTTPS://X.ID"])
def test_web_address_may_be_linked(url: str) -> None:
    """The schemes http and https are safe."""
    assert to_safe_url(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)//http://",
        "data:text/html,x",
        "//example.com",
        " https://example.com",
        "\x01https://example.com",
        "https:/example.com",
        "ftp://example.com",
        "file:///etc/passwd",
        "vbscript:x",
        "",
    ],
)
def test_other_urls_may_not_be_linked(url: str) -> None:
    """Other schemes could run code."""
    assert to_safe_url(url) == ""


def _paging(total: int, page: int) -> Paging:
    return make_paging(total, _context(SearchRequest(page=page)))


def _numbers(total: int, page: int) -> str:
    return " ".join(link.label or "…" for link in _paging(total, page).numbers)


@pytest.mark.parametrize(
    ("total", "page", "numbers"),
    [
        (0, 1, ""),
        (10, 1, "1"),
        (11, 1, "1 2"),
        (100, 1, "1 2 3 … 10"),
        (100, 5, "1 … 3 4 5 6 7 … 10"),
        (100, 10, "1 … 8 9 10"),
        (1_000_000, 1, "1 2 3 … 1000"),
        (30, 900, "1 … 3"),
    ],
)
def test_numbers_show_first_last_and_near_pages(total: int, page: int, numbers: str) -> None:
    """No page beyond the last, or beyond the bound, gets a link."""
    assert _numbers(total, page) == numbers


def test_first_page_has_no_previous_and_last_no_next() -> None:
    """A page that does not exist has no link."""
    first, last = _paging(25, 1), _paging(25, 3)
    assert (first.first_url, first.previous_url, first.next_url) == ("", "", "/search?page=2")
    assert (last.previous_url, last.next_url, last.last_url) == ("/search?page=2", "", "")


def test_page_beyond_the_last_leads_back() -> None:
    """Its links lead to pages that exist."""
    beyond = _paging(25, 9)
    assert (beyond.first_url, beyond.previous_url, beyond.next_url) == (
        "/",
        "/search?page=3",
        "",
    )


def _facet(
    request: SearchRequest, *buckets: Bucket, name: str = "tag", other: int = 0
) -> FacetView:
    result = FacetResult(
        name=name, buckets=buckets, total=300, missing=0, missing_selected=False, other=other
    )
    return make_facet_view(result, _context(request))


def _bucket(choice: FacetChoice) -> BucketView:
    request = SearchRequest(page=4).with_choice("tag", choice)
    return _facet(request, Bucket("AI", 3, "AI" in choice.include, "AI" in choice.exclude)).buckets[
        0
    ]


@pytest.mark.parametrize(
    ("choice", "toggle_url", "exclude_url"),
    [
        (FacetChoice(), "/search?tag=AI", "/search?not_tag=AI"),
        (FacetChoice(("AI",)), "/", "/search?not_tag=AI"),
        (FacetChoice(exclude=("AI",)), "/search?tag=AI", "/"),
        (FacetChoice(("x",)), "/search?tag=x&tag=AI", "/search?tag=x&not_tag=AI"),
        (FacetChoice(match="a"), "/search?tag=AI&tag_match=a", "/search?not_tag=AI&tag_match=a"),
    ],
)
def test_value_is_chosen_or_excluded_and_never_both(
    choice: FacetChoice, toggle_url: str, exclude_url: str
) -> None:
    """Each link changes one choice and keeps the others."""
    bucket = _bucket(choice)
    assert (bucket.toggle_url, bucket.exclude_url) == (toggle_url, exclude_url)


def test_more_keeps_the_choice_and_stays_within_the_bound() -> None:
    """Facet rule 6: "more" keeps the choice and stays within the bound."""
    few = SearchRequest().with_choice("tag", FacetChoice(("AI",)))
    many = SearchRequest().with_choice("tag", FacetChoice(("AI",), size=900))
    assert _facet(few, other=5).more_url == "/search?tag=AI&tag_size=50"
    assert _facet(many, other=5).more_url == "/search?tag=AI&tag_size=1000"
    assert _facet(many).fewer_url == "/search?tag=AI"
    assert (_facet(few).more_url, _facet(few).fewer_url) == ("", "")


def test_month_stands_under_its_year_and_is_named_in_full_elsewhere() -> None:
    """The short label is only for lists below a year."""
    month = _facet(SearchRequest(), Bucket("2024-08", 1), name="month").buckets[0]
    assert (month.group, month.label, month.full_label) == ("2024", "Agu", "Agustus 2024")


def test_month_without_articles_is_shown_when_it_is_chosen() -> None:
    """Facet rule 5: a chosen value never disappears."""
    request = SearchRequest().with_choice("month", FacetChoice(("1999-12",)))
    month = _facet(request, Bucket("1999-12", 0, selected=True), name="month").buckets[0]
    assert (month.full_label, month.group) == ("Desember 1999", "1999")


def test_every_filter_has_a_chip_that_removes_it_alone() -> None:
    """Each choice and exclusion has its own chip, a span of dates one."""
    request = SearchRequest(
        query_text="beras",
        from_date=dt.date(2024, 1, 2),
        to_date=dt.date(2024, 8, 28),
        choices=(("tag", FacetChoice(("AI",), ("emas",), without=True)),),
    )
    shown = make_chips(_context(request, "en"))
    assert len(shown) == 4
    assert [chip.excluded for chip in shown] == [False, True, False, False]
    assert [chip.of_time for chip in shown] == [False, False, False, True]
    kept = "not_tag=emas&without=tag&from=2024-01-02&to=2024-08-28&lang=en"
    assert shown[0].remove_url == f"/search?q=beras&{kept}"
    assert shown[3].label == "2 January – 28 August 2024"
    assert shown[3].remove_url == "/search?q=beras&tag=AI&not_tag=emas&without=tag&lang=en"


@pytest.mark.parametrize(
    ("first", "last", "label"),
    [
        (dt.date(2022, 1, 1), dt.date(2022, 12, 31), "2022"),
        (dt.date(2025, 8, 1), dt.date(2025, 8, 31), "Agustus 2025"),
        (dt.date(1970, 1, 1), dt.date(1979, 12, 31), "1970–1979"),
        (dt.date(2025, 8, 17), dt.date(2025, 8, 17), "17 Agustus 2025"),
        (dt.date(2025, 8, 1), None, "sejak 1 Agustus 2025"),
        (None, dt.date(2025, 8, 31), "sampai 31 Agustus 2025"),
    ],
)
def test_span_of_time_is_one_chip_in_words(
    first: dt.date | None, last: dt.date | None, label: str
) -> None:
    """One undo takes the whole span away."""
    (chip,) = make_chips(_context(SearchRequest(from_date=first, to_date=last), "id"))
    assert (chip.label, chip.remove_url) == (label, "/")


def test_article_page_marks_subheads_and_inferred_dates() -> None:
    """The page marks both."""
    document = Document(
        doc_id="a",
        title="Judul",
        body="Satu.\nAnak Judul\nDua.",
        subheads=("Anak Judul",),
        date=dt.date(2024, 8, 28),
        date_source="inferred",
    )
    page = make_article_page(DocumentResult(document), _context())
    assert [line.is_subhead for line in page.paragraphs] == [False, True, False]
    assert page.date_mark == "(perkiraan)"
    assert "perkiraan" in page.date_note


@pytest.mark.parametrize("date_source", ["date_line", "inferred"])
def test_article_page_marks_a_doubtful_date_whatever_its_origin(date_source: DateSource) -> None:
    """A day that its weekday refutes is shown with that warning, in the list and in full."""
    document = Document(
        doc_id="a",
        title="Judul",
        body="Satu.",
        date=dt.date(2024, 8, 28),
        date_source=date_source,
        date_doubtful=True,
    )
    page = make_article_page(DocumentResult(document), _context())
    assert page.date_mark == "(meragukan)"
    assert "meragukan" in page.date_note


def test_editor_leads_to_a_search_by_query() -> None:
    """Editors are not a facet, so their links use the query language."""
    document = Document(doc_id="a", title="J", body="B", editors=("Lidya Sari",))
    page = make_article_page(DocumentResult(document), _context())
    assert page.editors[0].url == "/search?q=redaktur%3A%22Lidya+Sari%22"


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("id", "Dikoreksi pada 2 September 2024: judul, tanggal."),
        ("en", "Corrected on 2 September 2024: headline, date."),
    ],
)
def test_article_page_tells_what_was_corrected_and_not_what_was_there(lang: str, told: str) -> None:
    """Neither the page nor the JSON has the old words or the name of the editor."""
    rows = (
        Correction("date", "2024-08-28", "Redaktur", "2024-08-30", ("2023-01-01", "stated", "")),
        Correction("title", "Harga", "Redaktur", "2024-09-02", ("Nama yang salah",)),
    )
    document = Document(doc_id="a", title="Harga", body="Naik.", corrections=rows)
    found = DocumentResult(document)
    page = make_article_page(found, _context(lang=lang))
    assert page.correction_note == told
    shown = json.dumps(encode_article(found, page)) + repr(page)
    assert "Nama yang salah" not in shown
    assert "Redaktur" not in shown


@pytest.mark.parametrize(
    ("place", "opening", "printed"),
    [
        ("Jakarta", "TEMPO.CO, Jakarta - Harga beras naik.", ""),
        ("JAKARTA", "Jakarta (ANTARA) - Harga beras naik.", ""),
        ("Padang", "Harga beras naik di pasar.", "Padang"),
    ],
)
def test_place_of_the_dateline_is_printed_once(place: str, opening: str, printed: str) -> None:
    """The text of most articles opens with it already."""
    document = Document(doc_id="a1", title="Harga", body=opening, place=place)
    assert make_article_page(DocumentResult(document), _context()).place_before == printed


@pytest.mark.parametrize(
    ("title", "is_smaller"),
    [
        ("HARGA BERAS NAIK DI 12 KOTA", True),
        ("PSSI: DUA", False),
        ("Harga Beras Naik Lagi", False),
        ("2024 – 1.250.000 (12)", False),
    ],
)
def test_headline_in_capitals_is_set_smaller(title: str, is_smaller: bool) -> None:  # noqa: FBT001 - expected
    """An acronym and numbers are none."""
    assert MarkedText(title, ()).is_capitals is is_smaller
