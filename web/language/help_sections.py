"""The help page: the query language in examples that a reader can try.

Tests compare it with the parser: every example is understood without a notice, and every field of
the query language has an example.

>>> make_help_sections("en", lambda query_text: f"/?q={query_text}")[0].examples[0].url
'/?q=dagang'
"""

from collections.abc import Callable
from dataclasses import dataclass

from web.language.messages import Wording


@dataclass(frozen=True, slots=True)
class HelpExample:
    """An example query, what it finds, and the URL of its results."""

    query_text: str
    meaning: str
    url: str


@dataclass(frozen=True, slots=True)
class HelpSection:
    """One part of the help page."""

    title: str
    text: str
    examples: tuple[HelpExample, ...]


def make_help_sections(lang: str, url_of: Callable[[str], str]) -> tuple[HelpSection, ...]:
    """Return the sections of the help page.

    Args:
        lang: "id" or "en".
        url_of: gives the URL of the results of a query text.
    """
    return tuple(
        HelpSection(
            _in(lang, section.title),
            _in(lang, section.text),
            tuple(_example(lang, row, url_of) for row in section.examples),
        )
        for section in _SECTIONS
    )


@dataclass(frozen=True, slots=True)
class _ExampleRow:
    query_text: Wording
    meaning: Wording


@dataclass(frozen=True, slots=True)
class _SectionRow:
    title: Wording
    text: Wording
    examples: tuple[_ExampleRow, ...] = ()


def _example(lang: str, row: _ExampleRow, url_of: Callable[[str], str]) -> HelpExample:
    query_text = _in(lang, row.query_text)
    return HelpExample(query_text, _in(lang, row.meaning), url_of(query_text))


def _in(lang: str, words: Wording) -> str:
    return words.english if lang == "en" else words.indonesian


def _same(query_text: str) -> Wording:
    return Wording(query_text, query_text)


_SECTIONS = (
    _SectionRow(
        Wording("Kata", "Words"),
        Wording(
            "Ketik saja kata-katanya. Artikel harus memuat semuanya, di judul, isi, tag, "
            "keterangan foto, atau nama penulis. Huruf besar dan kecil sama saja, dan bentuk lain "
            "dari kata yang sama ikut ditemukan.",
            "Just type the words. An article must hold all of them, in its title, text, tags, "
            "photo caption or author's name. Capitals make no difference, and other forms of the "
            "same word are found too.",
        ),
        (
            _ExampleRow(
                _same("dagang"),
                Wording(
                    "dagang, juga perdagangan, pedagang, berdagang",
                    "dagang, and also perdagangan, pedagang, berdagang",
                ),
            ),
            _ExampleRow(
                _same("harga beras"),
                Wording("artikel yang memuat kedua kata", "articles that hold both words"),
            ),
            _ExampleRow(
                _same("panen*"),
                Wording("semua kata yang diawali panen", "every word that begins with panen"),
            ),
        ),
    ),
    _SectionRow(
        Wording("Frasa persis", "Exact phrases"),
        Wording(
            "Tanda kutip mencari kata-kata itu persis seperti tertulis dan berurutan. Tanda sama "
            "dengan di depan kata mencari bentuk itu saja. Tanda ~ dan angka di belakang kutip "
            "mencari kata-kata yang berdekatan, dalam urutan apa pun.",
            "Quotes ask for exactly these words, in this order; an equals sign before a word for "
            "just this form. The sign ~ and a number behind quotes ask for words near each other, "
            "in any order.",
        ),
        (
            _ExampleRow(
                _same('"harga beras"'),
                Wording("dua kata itu berdampingan", "the two words side by side"),
            ),
            _ExampleRow(
                _same('"harga beras"~5'),
                Wording(
                    "dua kata itu, dengan paling banyak lima kata lain di antaranya",
                    "the two words, with five others between them at most",
                ),
            ),
            _ExampleRow(
                _same("=dagang"),
                Wording("dagang saja, bukan perdagangan", "dagang alone, not perdagangan"),
            ),
        ),
    ),
    _SectionRow(
        Wording("Gabungan dan pengecualian", "Choices and exclusions"),
        Wording(
            "ATAU, DAN, dan BUKAN ditulis dengan huruf besar; OR, AND, dan NOT juga berlaku. Tanda "
            "hubung di depan kata mengecualikannya, dan tanda kurung mengelompokkan.",
            "Write OR, AND and NOT in capitals; ATAU, DAN and BUKAN work too. A hyphen before a "
            "word excludes it, and parentheses group.",
        ),
        (
            _ExampleRow(
                Wording("gempa ATAU banjir", "gempa OR banjir"),
                Wording("salah satunya cukup", "either is enough"),
            ),
            _ExampleRow(
                _same("kopi -ekspor"),
                Wording("kopi, tetapi tanpa kata ekspor", "kopi, but without the word ekspor"),
            ),
            _ExampleRow(
                Wording("(nelayan ATAU perikanan) cuaca", "(nelayan OR perikanan) cuaca"),
                Wording(
                    "salah satu dari dua, bersama cuaca", "one of the two, together with cuaca"
                ),
            ),
        ),
    ),
    _SectionRow(
        Wording("Satu bidang saja", "One field only"),
        Wording(
            "Tulis nama bidang dan titik dua di depan kata, frasa, atau tanda kurung.",
            "Write the name of a field and a colon before a word, a phrase or a parenthesis.",
        ),
        (
            _ExampleRow(Wording("judul:beras", "title:beras"), Wording("di judul", "in the title")),
            _ExampleRow(Wording("isi:beras", "body:beras"), Wording("di isi", "in the text")),
            _ExampleRow(_same('tag:"harga pangan"'), Wording("di antara tag", "among the tags")),
            _ExampleRow(
                Wording("penulis:ratna", "author:ratna"),
                Wording("ditulis oleh Ratna", "by an author named Ratna"),
            ),
            _ExampleRow(
                Wording("redaktur:bambang", "editor:bambang"),
                Wording("disunting oleh Bambang", "edited by Bambang"),
            ),
            _ExampleRow(
                Wording("keterangan:pelabuhan", "caption:pelabuhan"),
                Wording("di keterangan foto", "in the photo caption"),
            ),
            _ExampleRow(
                Wording("tempat:jakarta", "place:jakarta"),
                Wording("ditulis dari Jakarta", "written from Jakarta"),
            ),
            _ExampleRow(
                Wording("kategori:ekonomi", "category:ekonomi"),
                Wording("dalam kategori itu", "in that category"),
            ),
            _ExampleRow(
                Wording("sumber:harian", "source:harian"),
                Wording("dari sumber itu", "from that source"),
            ),
        ),
    ),
    _SectionRow(
        Wording("Tanggal", "Dates"),
        Wording(
            "Tahun, bulan, atau hari; dua titik membuat rentang, yang boleh terbuka di satu ujung.",
            "A year, a month or a day; two dots make a range, which may be open at one end.",
        ),
        (
            _ExampleRow(
                Wording("tanggal:2024-08", "date:2024-08"), Wording("Agustus 2024", "August 2024")
            ),
            _ExampleRow(
                Wording("tanggal:17/8/2024", "date:17/8/2024"),
                Wording("17 Agustus 2024", "17 August 2024"),
            ),
            _ExampleRow(
                Wording("banjir tanggal:2023..2024-05", "banjir date:2023..2024-05"),
                Wording(
                    "banjir, dari awal 2023 sampai akhir Mei 2024",
                    "banjir, from the start of 2023 to the end of May 2024",
                ),
            ),
        ),
    ),
    _SectionRow(
        Wording("Saringan", "Filters"),
        Wording(
            "Beberapa pilihan dalam satu saringan berarti salah satunya; pilihan di saringan yang "
            "berbeda berarti semuanya. Tanda − di ujung baris mengecualikan pilihan itu. Alamat "
            "halaman menyimpan seluruh pencarian, jadi bisa disimpan atau dibagikan.",
            "Several choices in one filter mean any of them; choices in different filters mean all "
            "of them. The sign − at the end of a row excludes that choice. The address of the page "
            "holds the whole search, so it can be kept or shared.",
        ),
    ),
    _SectionRow(
        Wording("Papan ketik", "Keyboard"),
        Wording(
            "Tombol / memindahkan kursor ke kotak pencarian. Di grafik, panah kiri dan kanan "
            "berpindah dari batang ke batang.",
            "The key / moves to the search box. On the chart, the left and right arrows walk from "
            "bar to bar.",
        ),
    ),
)
