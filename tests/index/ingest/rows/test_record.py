"""A row of JSON: every key finds its field, and a bad row is refused."""

import contextlib
import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.document import Document
from index.errors import SourceError
from index.ingest.io.limits import LIMITS, Limits
from index.ingest.rows.json_values import parse_record
from index.ingest.rows.keys import KEYS
from index.ingest.rows.record import to_document

ROW = {"title": "Panen Garam", "body": "PALU - Panen garam membaik."}


def read_record(row: bytes, *, location: str, limits: Limits = LIMITS) -> Document:
    """Read one row of JSON, as every reader of rows does."""
    return to_document(parse_record(row), location, limits)


def read(limits: Limits = LIMITS, **values: object) -> Document:
    """Read the plain row with other values put in."""
    row = json.dumps({**ROW, **values}).encode()
    return read_record(row, location="a.jsonl#1", limits=limits)


def test_stand_in_within_a_list_is_no_value() -> None:
    """Scrapers join what they did not find, too."""
    document = read(author="nan, Ani", tags="null,null,garam")
    assert (document.authors, document.tags) == (("Ani",), ("garam",))


def test_what_stands_in_brackets_behind_a_name_is_told_if_it_may_matter() -> None:
    """Two people may differ by it; roles, places, initials and the outlet itself say nothing."""
    document = read(author="Ani (Tim 2), Budi (kontributor), Cici (Solo)", source="Harian Pagi")
    assert document.authors == ("Ani", "Budi", "Cici")
    assert document.notes == ("A name has (Tim 2) behind it, which was left out.",)
    assert read(author="Ani (Harian Pagi), Budi (ab/cd)", source="Harian Pagi").notes == ()


def test_every_key_finds_its_field() -> None:
    """A full row becomes a full document."""
    document = read(
        id=17, date="2024-08-28", author="Rosmini, Hanafi", editor=["Tirta"], tags="garam; kapal",
        category="Daerah", source="Harian Pagi", url="https://pagi.example/x",
    )  # fmt: skip
    assert (document.doc_id, document.url) == ("17", "https://pagi.example/x")
    assert (document.date, document.date_source) == (dt.date(2024, 8, 28), "stated")
    assert (document.authors, document.editors) == (("Rosmini", "Hanafi"), ("Tirta",))
    assert (document.tags, document.category) == (("garam", "kapal"), "Daerah")
    assert (document.source, document.notes, document.extras) == ("Harian Pagi", (), {})


def test_absent_and_null_are_the_same() -> None:
    """A row needs a title and a body, nothing more."""
    document = read(date=None, author=None, tags=None, id=None, url=None)
    assert (document.date, document.date_source) == (None, "unknown")
    assert (document.authors, document.tags) == ((), ())


def test_place_is_taken_and_the_body_left_as_it_is() -> None:
    """The archive's text is not changed for the sake of a field."""
    document = read()
    assert (document.place, document.body) == ("PALU", "PALU - Panen garam membaik.")


def test_body_has_one_paragraph_a_line() -> None:
    """Blank lines, spaces and line ends of all kinds are tidied; no line is called a subhead."""
    document = read(body=" Satu.\r\n\r\n Soal\u00a0Harga \n\nDua.\u2029Tiga.")
    assert document.body == "Satu.\nSoal Harga\nDua.\nTiga."
    assert document.subheads == ()


def test_plural_keys_are_known() -> None:
    """Some exports write authors and editors."""
    document = read(authors=["Rosmini", None, " Rosmini "], editors="Hanafi")
    assert (document.authors, document.editors) == (("Rosmini",), ("Hanafi",))


def test_date_that_cannot_be_read_is_kept_as_text() -> None:
    """No date is better than a guessed one; what stood there is kept."""
    document = read(date="sekitar Lebaran")
    assert (document.date, document.date_source) == (None, "unknown")
    assert document.extras == {"date": "sekitar Lebaran"}
    assert document.notes == ("The date could not be read.",)


def test_unknown_keys_are_kept_as_text() -> None:
    """What Kliping does not know may matter to the archive."""
    extras = read(views=1200, sport=True, geo={"lat": 1.5}, kosong=None).extras
    assert extras == {"views": "1200", "sport": "true", "geo": '{"lat": "1.5"}'}


def test_unknown_keys_are_bounded() -> None:
    """Neither their number nor their length is without end."""
    limits = Limits(extra_count=1, extra_chars=3)
    document = read(limits, one="12345", two="x")
    assert document.extras == {"one": "123"}
    assert sum("kept aside" in note for note in document.notes) == 2


def test_lone_surrogates_and_controls_do_not_pass() -> None:
    """JSON may escape what no page can show."""
    row = b'{"title": "Panen \\ud800Ga\\u0000ram", "body": "Garam\\u200b."}'
    document = read_record(row, location="a#1")
    assert (document.title, document.body) == ("Panen Garam", "Garam.")


def test_address_too_long_is_left_out_with_a_note() -> None:
    """A cut address leads nowhere."""
    document = read(url="https://pagi.example/" + "x" * 5000)
    assert document.url == ""
    assert "left out" in document.notes[0]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (b"{", "malformed"),
        (b"[1]", "malformed"),
        (b"17", "malformed"),
        (b"null", "malformed"),
        (b'{"title": NaN, "body": NaN}', "no_title"),
        (b'{"title": ["x"], "body": "x"}', None),
        (b'{"title": "x", "body": true}', "no_body"),
        (b'{"title": "x", "body": "nan"}', "no_body"),
        (b'{"title": "x", "body": "x", "tags": {"a": 1}}', None),
        (b'{"title": "x", "body": "x", "tags": [["a"]]}', None),
        (b'{"title": "x", "body": "x", "a": ' + b"[" * 100_000 + b"}", "malformed"),
        (b'{"title": "x", "body": "x", "a": ' + b"[" * 900 + b"]" * 900 + b"}", None),
        (b'{"title": "", "body": " "}', "no_title"),
        (b'{"title": "x"}', "no_body"),
        (b'{"title": "x", "body": " \\n "}', "no_body"),
        (b'{"title": "x\x00", "body": "x"}', "binary"),
    ],
)
def test_row_is_refused_with_its_reason(row: bytes, reason: str | None) -> None:
    """Nothing but our own error escapes, however bad the row."""
    if reason is None:
        assert read_record(row, location="a#1").title == "x"
        return
    with pytest.raises(SourceError) as refused:
        read_record(row, location="a#1")
    assert refused.value.reason == reason


def test_row_without_title_is_known_by_its_beginning() -> None:
    """An article is not lost for want of a headline; the note says where the title comes from."""
    body = (
        "Harga garam di Pelabuhan Kalianget naik lagi setelah hujan turun dua pekan berturut-turut."
    )
    document = read_record(json.dumps({"body": body}).encode(), location="a.jsonl#1")
    assert body.startswith(document.title.removesuffix(" …"))
    assert document.title.endswith(" …")
    assert "no title" in document.notes[0]


def test_entities_of_html_are_read_as_what_they_stand_for() -> None:
    """Exports leave them in titles, texts and tags."""
    row = {
        "title": "Beras &amp; gula",
        "body": "&ldquo;Naik 20&nbsp;persen&rdquo;",
        "tags": ["A&amp;B"],
    }
    document = read_record(json.dumps(row).encode(), location="a.jsonl#1")
    assert (document.title, document.body) == ("Beras & gula", "“Naik 20 persen”")
    assert document.tags == ("A&B",)


def test_doubtful_date_is_noted_and_the_order_can_be_set() -> None:
    """Day first with a note; who knows better says so."""
    document = read(date="03/04/2024")
    assert (document.date, document.date_source) == (dt.date(2024, 4, 3), "stated")
    assert "ambiguous" in document.notes[0]
    document = read(Limits(date_order="month"), date="03/04/2024")
    assert (document.date, document.notes) == (dt.date(2024, 3, 4), ())


def test_row_without_a_date_is_dated_by_its_date_line() -> None:
    """And an impossible date stays beside it, with a note."""
    document = read(date="31/02/2024", body="PALU - Pada Rabu (28/8/2024) panen membaik.")
    assert (document.date, document.date_source) == (dt.date(2024, 8, 28), "date_line")
    assert document.extras == {"date": "31/02/2024"}
    assert "does not exist" in document.notes[0]


def test_editors_of_a_byline_are_apart_and_outlets_are_nobody() -> None:
    """One field of an export may hold all of them."""
    document = read(author="Penulis: Ani | Editor: Budi, Harian Pagi", source="Harian Pagi")
    assert (document.authors, document.editors) == (("Ani",), ("Budi",))
    assert read(author=["Kompas Cyber Media", "Tim Redaksi"]).authors == ("Tim Redaksi",)


def test_address_tells_section_and_outlet_where_nothing_else_does() -> None:
    """What is stated goes first."""
    url = "https://www.pagi.example/ekonomi/2024/garam"
    document = read(url=url)
    assert (document.category, document.source) == ("Ekonomi", "pagi.example")
    document = read(url=url, category="Daerah", source="Harian Pagi")
    assert (document.category, document.source) == ("Daerah", "Harian Pagi")


def test_text_and_title_are_mended_before_they_are_stored() -> None:
    """What is stored, shown and indexed is one."""
    document = read(
        title="Perang Tarif Tiongkok- AS", body="Kata pemerin-\ntah: Ã©tape â€“ anak- anak."
    )
    assert document.title == "Perang Tarif Tiongkok-AS"
    assert document.body == "Kata pemerintah: étape – anak-anak."


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from(sorted(KEYS)) | st.text(), VALUES))
def test_any_row_is_a_document_or_a_refusal(row: dict[str, object]) -> None:
    """Nothing but our own error escapes, whatever an export holds."""
    with contextlib.suppress(SourceError):
        read_record(json.dumps({**ROW, **row}).encode(), location="a.jsonl#1")


def test_headline_ends_before_the_outlet() -> None:
    """Search engines put it there; another ending is a part of the headline."""
    url = "https://www.kabarpagi.example/a"
    assert read(title="Panen Naik - Kabar Pagi - Kabar Pagi", url=url).title == "Panen Naik"
    assert read(title="Panen Naik - Bagian Dua", url=url).title == "Panen Naik - Bagian Dua"


def test_writer_is_found_at_the_end_of_the_text() -> None:
    """Where no field names one."""
    text = "Panen naik.\nPewarta: Ani Lestari"
    document = read(body=text, author="-")
    assert (document.authors, document.body) == (("Ani Lestari",), "Panen naik.")
    assert read(body=text, author="Budi Raharja").authors == ("Budi Raharja",)


def test_origins_tell_what_gave_each_field() -> None:
    """The row's own name of a key, the address, or the text."""
    url = "https://pagi.example/ekonomi/read/2024/08/28/panen"
    document = read(date="entah", url=url, source=None, category=None)
    assert document.origins["date"] == document.origins["category"] == "the address"
    undated = read(date=None, url=None, body="PALU - Pada Rabu (28/8/2024) panen membaik.")
    assert undated.origins["date"] == "the text"
    assert "date" not in read(date=None, body="Panen.").origins


@pytest.mark.parametrize(
    "tags",
    [
        *("garam / kapal laut", "Tags: garam, kapal laut", "[garam, kapal laut]"),
        *("{'garam', 'kapal laut'}", '{"garam","kapal laut"}', "garam\nkapal laut"),
        '<a href="/t/1">garam</a><a href="/t/2">kapal laut</a>',
        *(["garam", "kapal laut"], "#garam, #kapal laut", "garam|kapal laut"),
    ],
)
def test_tags_are_read_in_any_notation(tags: object) -> None:
    """As lists, sets, links and lines of databases, programs and pages."""
    assert read(tags=tags).tags == ("garam", "kapal laut")


def test_tag_keeps_its_own_brackets() -> None:
    """Only those around all tags are none of theirs."""
    assert read(tags="garam, Badan Gizi (BGN)").tags == ("garam", "Badan Gizi (BGN)")


def test_section_is_the_last_part_of_a_path() -> None:
    """As pages show the way to an article."""
    assert read(category="Home > Berita > Ekonomi").category == "Ekonomi"


def test_printed_line_breaks_part_lines() -> None:
    """Where the text has no others; one in a text with lines is a letter."""
    assert read(body=r"Panen.\n\nHarga turun.\r\nSelesai.").body == "Panen.\nHarga turun.\nSelesai."
    assert read(body="Ketik \\n di sini.\nSelesai.").body == "Ketik \\n di sini.\nSelesai."


def test_stand_ins_of_people_and_tags_are_none() -> None:
    """A name or a tag of which such a word is a part stays."""
    document = read(author="anonim", editor="kosong", tags="lainnya, 0, #REF!, Tag :")
    assert (document.authors, document.editors, document.tags) == ((), (), ())
    document = read(author="Anonim Santoso", tags=["label halal", "0 persen"])
    assert (document.authors, document.tags) == (("Anonim Santoso",), ("label halal", "0 persen"))


def test_totals_below_a_table_are_no_article() -> None:
    """Their text is a number; one that has words is a text."""
    with pytest.raises(SourceError, match="Jumlah"):
        read(title="Jumlah", body="1.204")
    assert read(body="1.204 orang").body == "1.204 orang"
