"""Lines that are no article, by rule; and sentences of articles that only begin like them."""

import pytest

from index.document import CUT_RULES
from index.ingest.text.boilerplate import find_rule, remove_boilerplate


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        ("link", "Baca juga: Panen Raya Dimulai di Tiga Kecamatan"),
        ("link", "BACA JUGA: Panen raya"),
        ("link", "Baca: Panen Raya Dimulai"),
        ("link", "* Baca juga : Panen raya."),
        ("link", "Simak juga Video 'Panen Raya':"),
        ("link", 'Tonton juga "Panen raya" di sini:'),
        ("link", "[Baca selengkapnya di halaman berikut]"),
        ("link", "Video terkait: Panen raya"),
        ("advert", "Baca berita dengan sedikit iklan, klik di sini"),
        ("share", "(Ayo ikuti saluran WhatsApp Kabar Pagi biar tidak ketinggalan. Klik di sini!)"),
        ("frame", "googletag.cmd.push(function() { googletag.display('iklan-1'); });"),
        ("frame", "(adsbygoogle = window.adsbygoogle || []).push({});"),
        ("media", "[Gambas:Video 20detik]"),
        ("media", "[Gambas:Instagram]"),
        ("advert", "ADVERTISEMENT"),
        ("advert", "SCROLL TO CONTINUE WITH CONTENT"),
        ("advert", "SCROLL TO RESUME CONTENT"),
        ("share", "Ikuti berita terkini dari kami di Google News, klik di sini"),
        ("share", "Bagikan artikel ini"),
        ("share", "WhatsApp"),
        ("origin", "Artikel ini telah tayang di Harian.example dengan judul Panen Raya"),
        ("copyright", "Copyright © Harian 2024"),
        ("copyright", "Dilarang keras mengambil konten tanpa izin."),
        ("copyright", "Hak cipta dilindungi undang-undang"),
        ("initials", "(abc/def)"),
        ("initials", "abc/def"),
        ("initials", "(rca)"),
    ],
)
def test_line_that_is_no_article_is_cut(rule: str, line: str) -> None:
    """Each is kept with the rule that cut it."""
    assert find_rule(line) == rule
    assert rule in CUT_RULES


@pytest.mark.parametrize(
    "line",
    [
        "Baca buku itu pelan-pelan, kata gurunya.",
        '"Baca juga aturannya," kata hakim kepada terdakwa di ruang sidang.',
        "Simak baik-baik apa yang dikatakan menteri.",
        "Video terkait penemuan itu beredar di media sosial sejak Senin.",
        "Ikuti cara ini agar tanaman tidak layu, kata penyuluh.",
        "Dapatkan vaksin di puskesmas terdekat, pesan kepala dinas.",
        "Baca berita dengan teliti, kata gurunya.",
        "Ayo ikuti lomba panen garam di Palu pada hari Minggu.",
        "Macem-macem",
        "Iklan rokok dilarang di dekat sekolah mulai Januari.",
        "Hak cipta lagu itu sudah dialihkan kepada ahli waris.",
        "(Bersambung ke halaman lima)",
        "Bagikan sembako kepada warga, relawan datang ke tiga desa.",
        "Baca juga " + "kalimat panjang " * 20 + "tentang panen.",
        (
            "Baca juga: Panen Garam Membaik di Tiga Kecamatan Sementara itu, petambak meminta agar "
            "harga di gudang tidak diturunkan sampai akhir musim kemarau."
        ),
    ],
)
def test_sentence_that_begins_like_one_stays(line: str) -> None:
    """Nothing of an article is lost."""
    assert find_rule(line) == ""


@pytest.mark.parametrize(
    "heading", ["Baca Juga", "Lihat Juga :", "[Simak juga:]", "Berita terkait"]
)
def test_heading_is_cut_where_no_list_is_below_it(heading: str) -> None:
    """On a saved page the list is found by its heading; a row's text has lost it."""
    assert remove_boilerplate([heading, "Harga turun."])[0] == [heading, "Harga turun."]
    assert remove_boilerplate([heading, "Harga turun."], headings=True)[0] == ["Harga turun."]


def test_initials_behind_the_last_sentence_go() -> None:
    """The sentence stays; brackets that are none of them stay too."""
    lines = ["Panen usai. (abc/def)", "Harga turun (lihat tabel)."]
    assert remove_boilerplate(lines) == (["Panen usai.", "Harga turun (lihat tabel)."], [])


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("Dapatkan berita up to date dari Kabar hanya dengan satu akun, daftar sekarang", "frame"),
        ("Tulisan ini merupakan pendapat pribadi penulis dan tidak mewakili redaksi.", "frame"),
        ("Dapatkan beras murah di pasar itu mulai Senin, kata kepala dinas.", ""),
        ("Tulisan ini merupakan warisan dari abad kesembilan, kata penelitinya.", ""),
    ],
)
def test_what_the_site_says_of_itself_and_of_opinions_is_cut(line: str, rule: str) -> None:
    """Sentences of the article may begin alike."""
    assert find_rule(line) == rule
