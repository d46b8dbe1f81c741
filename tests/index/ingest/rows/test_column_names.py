"""Names of columns: by rule, by value, and mapped by the caller."""

import pytest

from index.errors import ColumnMapError, SourceError
from index.ingest.rows.column_names import name_values, parse_column_map, tell_columns
from index.ingest.rows.keys import KEYS, Row
from index.ingest.rows.name_words import find_meaning

LONG = "Panen garam di pesisir utara membaik setelah hujan reda, kata ketua koperasi. " * 5
NAMES = {
    "id": ("id", "ID", "_id", "id_berita", "articleId", "news_id"),
    "title": (
        "JUDUL",
        " headline ",
        "judul_berita",
        "newsTitle",
        "judulartikel",
        "Nama Berita",
        "_source.judul",
    ),
    "body": (
        *("\ufeffisi", '"Konten"', "isi_berita", "isiBerita", "konten-lengkap", "maintext"),
        *("articleBody", "Isi Artikel", "content_text", "paragraf", "narasi"),
    ),
    "date": (
        *("Publish_Date", "published at", "tanggal", "tgl_terbit", "tanggal_publikasi_artikel"),
        *("news_date", "datePublished", "waktuPublish", "published", "date_publish", "pubDate"),
    ),
    "author": (
        "Wartawan",
        "penulis_artikel",
        "nama_penulis",
        "author.name",
        "byline",
        "jurnalis",
        "_embedded.author",
    ),
    "editor": ("Redaktur", "editor_berita", "penyunting"),
    "tags": ("kata-kunci", "katakunci", "keywords", "tag_berita", "metaKeywords"),
    "category": ("rubrik", "kanal", "kategori_berita", "articleSection", "sub-kategori"),
    "source": ("Media", "nama_media", "sumber_berita", "portal", "source_domain", "source.name"),
    "url": ("tautan", "link_berita", "articleURL", "alamat", "news_link", "href", "link_judul"),
}


@pytest.mark.parametrize(("key", "name"), [(key, name) for key in NAMES for name in NAMES[key]])
def test_name_is_known_by_its_words(key: str, name: str) -> None:
    """Case, spaces, marks, humps and words glued together do not matter."""
    meaning = find_meaning(name)
    assert meaning is not None
    assert meaning.key == key


@pytest.mark.parametrize(
    "name",
    [
        *("waktu_scraping", "scrapedAt", "crawl_date", "download_time", "keyword", "search_query"),
        *("gambar_berita", "image_url", "author_url", "word_count", "panjang_isi", "label"),
        *(
            "sentimen_berita",
            "author_followers",
            "category_id",
            "slug",
            "Unnamed: 0",
            "no",
            "x" * 90,
        ),
    ],
)
def test_name_of_something_else_is_no_key(name: str) -> None:
    """The time of a crawl, pictures, counts and search words are no values of an article."""
    assert find_meaning(name) is None


def test_columns_of_a_known_scraper_find_their_keys() -> None:
    """The words it searched for are no tags, and are kept aside."""
    header = "title,publish_date,author,content,keyword,category,source,link".split(",")
    named = name_values({name: f"{name} x" for name in header}, {})
    assert list(named.values) == [
        *("title", "body", "date", "author", "category", "source", "url", "keyword")
    ]


def test_two_columns_never_get_one_name() -> None:
    """The second one is numbered, and so is one without a name."""
    header = ["judul", "views", "views", "", "Body"]
    assert tell_columns(header) == ["judul", "views", "views 3", "column 4", "Body"]


def test_of_several_columns_the_surest_with_a_value_counts() -> None:
    """A time of publication goes before others, and a stand-in is no value."""
    row = {"waktu": "5/3/2024", "tanggal_terbit": "nan", "published": "6/3/2024", "isi": "x"}
    assert name_values(row, {}).values["date"] == "6/3/2024"
    row["published"] = "segera"
    assert name_values(row, {}).values["date"] == "5/3/2024"


def test_time_of_a_change_counts_where_no_other_is() -> None:
    """The time of a crawl never does."""
    row = {"isi": "x", "updated_at": "2024-03-05", "scraped_at": "2024-03-06"}
    assert name_values(row, {}).values["date"] == "2024-03-05"
    assert "date" not in name_values({"isi": "x", "scraped_at": "2024-03-06"}, {}).values


def test_value_decides_where_the_name_may_mean_several_things() -> None:
    """A column "berita" with a long text is the text, one with a short text the headline."""
    assert name_values({"judul": "Panen", "berita": LONG}, {}).values["body"] == LONG
    found = name_values({"berita": "Panen garam membaik", "isi": LONG}, {}).values
    assert (found["title"], found["body"]) == ("Panen garam membaik", LONG)


def test_form_of_a_value_tells_what_no_name_does() -> None:
    """As in files whose columns are called after the classes of a page."""
    row = {"Abu": "Selasa, 5 Maret 2024", "Fbo": LONG, "x": "https://pagi.example/a/1", "n": "2024"}
    named = name_values(row, {})
    assert named.columns == {"body": "Fbo", "url": "x", "date": "Abu"}


def test_row_without_a_text_names_its_columns_and_the_remedy() -> None:
    """Only what is missing is asked for."""
    with pytest.raises(SourceError) as refused:
        name_values({"column 1": "0", "judul": "Panen", "Uraian": "Membaik."}, {})
    assert refused.value.reason == "no_column"
    assert "known as body among column 1, judul, Uraian; " in refused.value.detail
    assert "--map COLUMN=body" in refused.value.detail
    assert "=title" not in refused.value.detail


def test_what_is_told_wins_over_the_names() -> None:
    """Also where another column has the usual name; that one is kept aside."""
    key_by_column = parse_column_map(["Judul Panjang=title", "isi=category"])
    row = {"title": "a", "judul_panjang": "b", "Isi": "c", "text": "d"}
    expected = {"title": "b", "body": "d", "category": "c", "title (2)": "a"}
    assert name_values(row, key_by_column).values == expected


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["judul"], "'judul' is not COLUMN=KEY"),
        (["=title"], "'=title' is not COLUMN=KEY"),
        (["judul=judul"], "there is no key 'judul' .* choose: id, title, body"),
        (["judul="], "there is no key ''"),
        (["a=title", "A=body"], "the column A cannot be both title and body"),
    ],
)
def test_what_cannot_be_meant_is_an_error(options: list[str], message: str) -> None:
    """Each says what would be right."""
    with pytest.raises(ColumnMapError, match=message):
        parse_column_map(options)


def test_column_may_hold_the_sign_that_divides() -> None:
    """The last one divides; saying the same twice does no harm."""
    assert parse_column_map(["a=b=title", "a=b=title"]) == {"ab": "title"}


def test_keys_of_a_row_are_renamed() -> None:
    """An empty value does not replace what is there."""
    row = {"title": "Panen", "headline": "", "teks": "Membaik."}
    mapped = {"headline": "title", "teks": "body"}
    found = {"title": "Panen", "body": "Membaik.", "headline": ""}
    assert name_values(row, mapped).values == found


def test_every_key_is_known_by_its_own_name() -> None:
    """Nothing is renamed in a file that uses the keys."""
    row = dict.fromkeys(KEYS, "x")
    assert name_values(row, {}) == (row, {})


def test_text_in_numbered_columns_is_put_together() -> None:
    """In the order of their numbers; a column of another name is none of them."""
    row: Row = {"isi_2": "Dua.", "judul": "Panen", "isi_1": "Satu.", "isi_10": "", "views_1": "3"}
    assert name_values(row, {}).values == {
        "title": "Panen",
        "body": ["Satu.", "Dua.", ""],
        "views_1": "3",
    }


@pytest.mark.parametrize(
    ("name", "key"),
    [
        *(("scraped_title", "title"), ("crawledContent", "body"), ("scraped_url", "url")),
        *(("edited_by", "editor"), ("authors_ss", "author"), ("content_txt", "body")),
        *(("topik", "tags"), ("jdl", "title"), ("isi_brt", "body")),
    ],
)
def test_name_with_a_prefix_a_type_or_no_vowels_is_known(name: str, key: str) -> None:
    """As programs, Solr and people in a hurry write names."""
    meaning = find_meaning(name)
    assert meaning is not None
    assert meaning.key == key


@pytest.mark.parametrize("name", ["scraped_date", "crawl_id", "scraped_by", "scraper"])
def test_what_a_program_says_of_itself_is_no_value(name: str) -> None:
    """When, by whom and under which number a page was fetched."""
    assert find_meaning(name) is None
