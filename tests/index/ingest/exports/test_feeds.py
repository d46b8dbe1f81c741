"""RSS, Atom and exports of WordPress: what becomes a document, and what is refused."""

import datetime as dt
import io
from pathlib import Path

import pytest

from index.document import Document, Rejection
from index.ingest import read_paths
from index.ingest.exports.xml_file import read_xml
from index.ingest.fields.identity import hash_id
from index.ingest.io.limits import LIMITS, Limits
from index.ingest.io.source import NumberedItem, Origin, read_items
from index.ingest.registry import read_by_content

FEEDS = Path(__file__).parents[3] / "fixtures" / "feeds"
NAMES = ("wordpress.xml", "teluk.rss", "bukit.atom")


def read(data: bytes, limits: Limits = LIMITS) -> list[NumberedItem]:
    """Read a file of XML from memory."""
    origin = Origin(path="a.xml", location="a.xml", limits=limits)
    return list(read_items(io.BytesIO(data), origin, read_xml))


def outcomes(items: list[NumberedItem]) -> list[tuple[int, str]]:
    """Return each entry's number with its title or the reason why it was refused."""
    return [
        (number, item.title if isinstance(item, Document) else item.reason)
        for number, item in items
    ]


def documents(name: str) -> list[Document]:
    """Return the documents of a sample."""
    return [item for item in read_paths([FEEDS / name]) if isinstance(item, Document)]


def refusals(name: str) -> list[Rejection]:
    """Return the refusals of a sample."""
    return [item for item in read_paths([FEEDS / name]) if isinstance(item, Rejection)]


def rss(*items: str) -> bytes:
    """Return a feed of items."""
    spaces = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    return f"<rss {spaces}><channel>{''.join(items)}</channel></rss>".encode()


def item_of(title: str, content: str) -> str:
    """Return an item with a title and a whole text."""
    return f"<item><title>{title}</title><content:encoded>{content}</content:encoded></item>"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "wordpress.xml",
            [
                (1, "Panen Garam Membaik & Harga Naik"),
                (6, "Kapal Baru Tiba"),
                (7, "no_article"),
                (8, "no_body"),
            ],
        ),
        (
            "teluk.rss",
            [(1, "Harga Ikan Turun"), (2, "no_body"), (3, "no_body"), (4, "Tanpa Tautan")],
        ),
        ("bukit.atom", [(1, "Jalan Baru Dibuka"), (2, "Teks Biasa"), (3, "no_body")]),
    ],
)
def test_entries_are_read_or_refused_one_by_one(name: str, expected: list[tuple[int, str]]) -> None:
    """Numbers are those of the items, whether these are posts or not."""
    assert outcomes(read((FEEDS / name).read_bytes())) == expected


def test_post_has_all_that_the_export_says() -> None:
    """The writer by display name, the day in Jakarta, sections and tags apart."""
    post, _ = documents("wordpress.xml")
    assert post.body.split("\n") == [
        "Panen garam di Teluk Tanjung membaik, kata para petani pada Senin pagi.",
        "Harga naik menjadi Rp 900 & gudang penuh.",
    ]
    assert (post.date, post.date_source) == (dt.date(2024, 8, 28), "stated")
    assert (post.authors, post.category) == (("Ratna Wulandari",), "Ekonomi")
    assert (post.tags, post.source) == (("garam", "Pesisir"), "Kabar Tanjung")
    assert post.url == "https://kabartanjung.example/2024/08/panen-garam/"
    assert post.doc_id == hash_id(post.url)
    assert post.extras == {"guid": "https://kabartanjung.example/?p=17"}
    assert post.notes == ("Lines of adverts and links that were cut from the text: 1.",)


def test_post_of_the_new_editor_keeps_its_own_paragraphs() -> None:
    """A day without an instant is pubDate's; a login without a name stands; no section is none."""
    _, post = documents("wordpress.xml")
    assert post.body == "Kapal baru tiba di pelabuhan.\nPenumpang turun."
    assert (post.date, post.authors) == (dt.date(2024, 9, 1), ("budi",))
    assert post.category == ""


def test_article_of_an_unknown_type_is_named() -> None:
    """So that whoever imports it can tell what was left."""
    refused = [
        item for item in read_paths([FEEDS / "wordpress.xml"]) if isinstance(item, Rejection)
    ]
    assert refused[0].line == 7
    assert refused[0].detail == "its type is berita, not post; its title is: Berita Sela"


def test_rss_entry_has_all_that_the_feed_says() -> None:
    """The outlet is no author; half past midnight in Jakarta is the next day."""
    entry, other = documents("teluk.rss")
    assert (entry.title, entry.authors) == ("Harga Ikan Turun", ("Ani Lestari",))
    assert entry.body == "PALU - Harga ikan turun.\nNelayan menunggu."
    assert (entry.date, entry.place) == (dt.date(2024, 8, 29), "PALU")
    assert (entry.tags, entry.source) == (("ikan", "pasar"), "Kabar Teluk")
    assert entry.url == "https://kabarteluk.example/ikan"
    assert (other.doc_id, other.authors) == ("tanpa-tautan", ("Citra Dewi",))
    assert other.body == "Ditulis <apa adanya>."


def test_summary_alone_is_refused_with_its_cause() -> None:
    """It is not known whether it is the whole text."""
    found = refusals("teluk.rss")
    assert "a summary alone" in found[0].detail
    assert "a summary alone" not in found[1].detail


def test_atom_entry_has_all_that_the_feed_says() -> None:
    """XHTML, and text without mark-up; published goes before updated."""
    entry, other = documents("bukit.atom")
    assert entry.body == "Jalan baru dibuka & ramai.\nWarga senang."
    assert (entry.date, entry.url) == (dt.date(2024, 8, 29), "https://kabarbukit.example/jalan")
    assert (entry.authors, entry.tags) == (("Dodi Hartono",), ("jalan", "bukit"))
    assert other.body == "Baris satu < dua.\nBaris dua."
    assert other.doc_id == "tag:kabarbukit.example,2024:2"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_feed_is_known_by_its_content_in_any_encoding(name: str, encoding: str) -> None:
    """As on standard input."""
    data = (FEEDS / name).read_bytes()
    origin = Origin(path="a.xml", location="a.xml")
    recoded = io.BytesIO(data.decode().encode(encoding))
    assert list(read_items(recoded, origin, read_by_content)) == read(data)


def test_old_encoding_that_is_declared_is_believed() -> None:
    """As browsers do."""
    text = '<?xml version="1.0" encoding="ISO-8859-1"?>' + rss(item_of("Café", "Kopi.")).decode()
    assert outcomes(read(text.encode("latin-1"))) == [(1, "Café")]


def test_forbidden_character_is_a_space() -> None:
    """Exports hold what was pasted, and no parser takes it."""
    assert outcomes(read(rss(item_of("Harga\x0bTurun", "Harga turun.")))) == [(1, "Harga Turun")]


def test_entity_of_html_is_what_it_stands_for() -> None:
    """Feeds hold them, though XML does not know them; what nobody knows stays as it is."""
    ((_, entry),) = read(rss(item_of("Kopi&nbsp;&eacute; &entah;", "Kopi &mdash; teh.")))
    assert isinstance(entry, Document)
    assert (entry.title, entry.body) == ("Kopi é &entah;", "Kopi — teh.")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (rss(), "empty"),
        (b"<urlset><url/></urlset>", "not_supported"),
        (b"Panen membaik.", "not_supported"),
        (rss()[:-3], "malformed"),
        (b"<rss><channel><dc:x/></channel></rss>", "malformed"),
        (b"<!DOCTYPE rss><rss><channel><item/></channel></rss>", "malformed"),
    ],
)
def test_what_is_no_feed_is_refused(data: bytes, reason: str) -> None:
    """Each with its reason."""
    assert outcomes(read(data)) == [(0, reason)]


def test_entries_before_damage_are_kept() -> None:
    """The beginning of the next item cannot be found."""
    data = rss(item_of("Panen", "Membaik."), item_of("Kapal", "Tiba.</p>"))
    assert outcomes(read(data)) == [(1, "Panen"), (1, "malformed")]


def test_entry_that_is_too_large_is_refused_alone() -> None:
    """Also one of a million empty tags."""
    items = [item_of("Besar", "x " * 900), "<item>" + "<a/>" * 900 + "</item>"]
    data = rss(*items, item_of("Panen", "Membaik."))
    expected = [(1, "too_large"), (2, "too_large"), (3, "Panen")]
    assert outcomes(read(data, Limits(line_bytes=1500))) == expected


def test_comments_and_stored_values_do_not_weigh() -> None:
    """Extensions store megabytes beside a post."""
    data = (FEEDS / "wordpress.xml").read_bytes()
    heavy = data.replace(b"Bukan judul", b"x" * 9000).replace(b"Komentar pembaca", b"y" * 9000)
    assert outcomes(read(heavy, Limits(line_bytes=8000))) == outcomes(read(data))


def test_rss_1_holds_its_entries_beside_the_channel(tmp_path: Path) -> None:
    """The first form of RSS, which some newsrooms still write."""
    (tmp_path / "a.rss").write_text(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        '<channel rdf:about="x"><title>Kabar Bukit</title></channel>'
        '<item rdf:about="y"><title>Panen Kopi</title><link>https://bukit.example/kopi</link>'
        "<dc:creator>Ani Lestari</dc:creator><dc:date>2024-08-28T10:00:00+07:00</dc:date>"
        "<content:encoded>Kopi dipanen lebih awal.</content:encoded></item></rdf:RDF>",
        encoding="utf-8",
    )
    (document,) = read_paths([tmp_path])
    assert isinstance(document, Document)
    assert (document.title, document.source) == ("Panen Kopi", "Kabar Bukit")
    assert (document.authors, str(document.date)) == (("Ani Lestari",), "2024-08-28")
