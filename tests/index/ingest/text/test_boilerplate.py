"""Lines that are no article, by rule; and sentences of articles that only begin like them."""

import re

import pytest

from index.document import CUT_RULES
from index.ingest.text import boilerplate
from index.ingest.text.boilerplate import find_rule, remove_boilerplate

NEWS = "Panen Raya Garam Dimulai di Tiga Kecamatan"
LONG_LINES = {
    "link": [
        *(f"{word} juga: {NEWS}" for word in "Baca Lihat Simak Tonton Saksikan Cek".split()),
        *(f"{word}: {NEWS}" for word in "Baca Lihat Simak Tonton".split()),
        *(f"Video {word}: {NEWS}" for word in "terpopuler pilihan terkait".split()),
        *(f"Pilihan Editor: {NEWS}", f"Cek berita dan artikel yang lain di sini: {NEWS}"),
        *(f"Also read: {NEWS}", f"Read also: {NEWS}", f"Dengarkan juga: {NEWS}"),
        *(f"Berita terkait: {NEWS}", f"Artikel terkait: {NEWS}"),
        *(f"{sign} Baca juga: {NEWS}" for sign in "[(*•▪-"),
    ],
    "media": [f"[{word}: {NEWS}]" for word in "Gambas Video Foto Embed Instagram".split()],
    "advert": [
        *(f"Scroll {word} {NEWS}" for word in ("to", "for", "untuk", "ke bawah")),
        *(f"Geser untuk {NEWS}", f"Lanjutkan membaca: {NEWS}", f"Konten promosi: {NEWS}"),
        "Baca berita dengan sedikit iklan, klik di sini",
    ],
    "share": [
        *(f"{word} {NEWS} di kanal WhatsApp" for word in "Bagikan Share Sebarkan Ikuti".split()),
        *(f"{word} {NEWS} di Telegram" for word in "Follow Gabung Bergabung".split()),
        *(f"{word} kabar panen raya garam lewat aplikasi" for word in ("Download", "Unduh")),
        *(f"{word}, ikuti {NEWS} di saluran kami" for word in ("Ayo", "Yuk", "Mari", "(Ayo")),
        *(f"Dapatkan breaking news: {NEWS}", f"Simak berita pilihan: {NEWS}"),
        *(f"{word} artikel panen garam" for word in ("Bagikan", "Share", "Sebarkan")),
    ],
    "origin": [f"Artikel ini telah tayang dengan judul {NEWS}"],
    "copyright": [
        *(f"{word} 2024 Kabar Pagi, {NEWS}" for word in ("Copyright", "©")),
        *(f"(c) 2024 Kabar Pagi, {NEWS}", f"Hak cipta dilindungi undang-undang. {NEWS}"),
        f"Dilarang mengutip tanpa izin dari redaksi: {NEWS}",
    ],
    "frame": [
        *(f"{word}: {NEWS}" for word in "Disclaimer Penafian Sanggahan".split()),
        f"The issuer is solely responsible for the content of this announcement, {NEWS}",
        *(f"Hashtag: #{NEWS}", f"Alamat redaksi: Jalan {NEWS}", f"Kantor redaksi: Jl {NEWS}"),
        f"Redaksi: Gedung {NEWS}",
        *(f"{word}: +62 21 {NEWS}" for word in "Telp Telepon Phone Fax Faks".split()),
        *(f"{word} {NEWS} di newsletter" for word in ("Join us", "Follow us", "Ikuti kami")),
        *(f"{word} {NEWS} di newsletter" for word in ("Sign up", "Berlangganan")),
        f"Dapatkan berita terbaru tentang {NEWS}",
        *(f"{word} ini merupakan pendapat pribadi" for word in "Tulisan Artikel Opini".split()),
        "Kolom ini adalah tanggung jawab penulis sepenuhnya",
    ],
}
"""A line of more than 40 characters for each word with which a rule begins."""
SHORT_LINES = ["WhatsApp", "Privacy policy", "abc/def"]
"""Lines of the rules whose lines are all short."""


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


@pytest.mark.parametrize(
    ("rule", "line"), [(rule, line) for rule, lines in LONG_LINES.items() for line in lines]
)
def test_long_line_is_cut_whatever_word_it_begins_with(rule: str, line: str) -> None:
    """No rule is left untried because its first word is missing in the list of first words."""
    assert find_rule(line) == rule


def test_every_rule_has_a_line_that_tries_it() -> None:
    """A new rule needs one, a long one if it cuts long lines: so its first word is tried."""
    for rule, pattern in boilerplate.RULES:
        form = re.compile(pattern, re.IGNORECASE)
        assert any(map(form.fullmatch, [*LONG_LINES.get(rule, []), *SHORT_LINES])), pattern
