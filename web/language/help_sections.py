"""The help page: the query language, told by examples that a reader can try.

Tests hold it to the parser: every example is understood without a notice, and every field of the
query language is shown.

>>> help_sections("en", lambda query_text: f"/?q={query_text}")[0].examples[0].url
'/?q=dagang'
"""

from collections.abc import Callable
from dataclasses import dataclass

from web.language.messages import Words


@dataclass(frozen=True, slots=True)
class HelpExample:
    """A query to try, what it finds, and the address of its results."""

    query_text: str
    meaning: str
    url: str


@dataclass(frozen=True, slots=True)
class HelpSection:
    """One part of the help page."""

    title: str
    text: str
    examples: tuple[HelpExample, ...]


def help_sections(lang: str, url_of: Callable[[str], str]) -> tuple[HelpSection, ...]:
    """Return the help page in `lang`; `url_of` gives the address of a query text's results."""
    return tuple(
        HelpSection(
            _in(lang, section.title),
            _in(lang, section.text),
            tuple(_example(lang, row, url_of) for row in section.examples),
        )
        for section in _SECTIONS
    )


@dataclass(frozen=True, slots=True)
class _ExampleWords:
    query_text: Words
    meaning: Words


@dataclass(frozen=True, slots=True)
class _SectionWords:
    title: Words
    text: Words
    examples: tuple[_ExampleWords, ...] = ()


def _example(lang: str, row: _ExampleWords, url_of: Callable[[str], str]) -> HelpExample:
    query_text = _in(lang, row.query_text)
    return HelpExample(query_text, _in(lang, row.meaning), url_of(query_text))


def _in(lang: str, words: Words) -> str:
    return words.english if lang == "en" else words.indonesian


def _same(query_text: str) -> Words:
    return Words(query_text, query_text)


_SECTIONS = (
    _SectionWords(
        Words("Kata", "Words"),
        Words(
            "Ketik saja kata-katanya. Artikel harus memuat semuanya, di judul, isi, tag, "
            "keterangan foto, atau nama penulis. Huruf besar dan kecil sama saja, dan bentuk lain "
            "dari kata yang sama ikut ditemukan.",
            "Just type the words. An article must hold all of them, in its title, text, tags, "
            "photo caption or author's name. Capitals make no difference, and other forms of the "
            "same word are found too.",
        ),
        (
            _ExampleWords(
                _same("dagang"),
                Words(
                    "dagang, juga perdagangan, pedagang, berdagang",
                    "dagang, and also perdagangan, pedagang, berdagang",
                ),
            ),
            _ExampleWords(
                _same("harga beras"),
                Words("artikel yang memuat kedua kata", "articles that hold both words"),
            ),
            _ExampleWords(
                _same("panen*"),
                Words("semua kata yang diawali panen", "every word that begins with panen"),
            ),
        ),
    ),
    _SectionWords(
        Words("Frasa persis", "Exact phrases"),
        Words(
            "Tanda kutip mencari kata-kata itu persis seperti tertulis dan berurutan. Tanda sama "
            "dengan di depan kata mencari bentuk itu saja. Tanda ~ dan angka di belakang kutip "
            "mencari kata-kata yang berdekatan, dalam urutan apa pun.",
            "Quotes ask for exactly these words, in this order; an equals sign before a word for "
            "just this form. The sign ~ and a number behind quotes ask for words near each other, "
            "in any order.",
        ),
        (
            _ExampleWords(
                _same('"harga beras"'),
                Words("dua kata itu berdampingan", "the two words side by side"),
            ),
            _ExampleWords(
                _same('"harga beras"~5'),
                Words(
                    "dua kata itu, dengan paling banyak lima kata lain di antaranya",
                    "the two words, with five others between them at most",
                ),
            ),
            _ExampleWords(
                _same("=dagang"),
                Words("dagang saja, bukan perdagangan", "dagang alone, not perdagangan"),
            ),
        ),
    ),
    _SectionWords(
        Words("Gabungan dan pengecualian", "Choices and exclusions"),
        Words(
            "ATAU, DAN, dan BUKAN ditulis dengan huruf besar; OR, AND, dan NOT juga berlaku. Tanda "
            "hubung di depan kata mengecualikannya, dan tanda kurung mengelompokkan.",
            "Write OR, AND and NOT in capitals; ATAU, DAN and BUKAN work too. A hyphen before a "
            "word excludes it, and parentheses group.",
        ),
        (
            _ExampleWords(
                Words("gempa ATAU banjir", "gempa OR banjir"),
                Words("salah satunya cukup", "either is enough"),
            ),
            _ExampleWords(
                _same("kopi -ekspor"),
                Words("kopi, tetapi tanpa kata ekspor", "kopi, but without the word ekspor"),
            ),
            _ExampleWords(
                Words("(nelayan ATAU perikanan) cuaca", "(nelayan OR perikanan) cuaca"),
                Words("salah satu dari dua, bersama cuaca", "one of the two, together with cuaca"),
            ),
        ),
    ),
    _SectionWords(
        Words("Satu bidang saja", "One field only"),
        Words(
            "Tulis nama bidang dan titik dua di depan kata, frasa, atau tanda kurung.",
            "Write the name of a field and a colon before a word, a phrase or a parenthesis.",
        ),
        (
            _ExampleWords(Words("judul:beras", "title:beras"), Words("di judul", "in the title")),
            _ExampleWords(Words("isi:beras", "body:beras"), Words("di isi", "in the text")),
            _ExampleWords(_same('tag:"harga pangan"'), Words("di antara tag", "among the tags")),
            _ExampleWords(
                Words("penulis:ratna", "author:ratna"),
                Words("ditulis oleh Ratna", "by an author named Ratna"),
            ),
            _ExampleWords(
                Words("redaktur:bambang", "editor:bambang"),
                Words("disunting oleh Bambang", "edited by Bambang"),
            ),
            _ExampleWords(
                Words("keterangan:pelabuhan", "caption:pelabuhan"),
                Words("di keterangan foto", "in the photo caption"),
            ),
            _ExampleWords(
                Words("tempat:jakarta", "place:jakarta"),
                Words("ditulis dari Jakarta", "written from Jakarta"),
            ),
            _ExampleWords(
                Words("kategori:ekonomi", "category:ekonomi"),
                Words("dalam kategori itu", "in that category"),
            ),
            _ExampleWords(
                Words("sumber:harian", "source:harian"),
                Words("dari sumber itu", "from that source"),
            ),
        ),
    ),
    _SectionWords(
        Words("Tanggal", "Dates"),
        Words(
            "Tahun, bulan, atau hari; dua titik membuat rentang, yang boleh terbuka di satu ujung.",
            "A year, a month or a day; two dots make a range, which may be open at one end.",
        ),
        (
            _ExampleWords(
                Words("tanggal:2024-08", "date:2024-08"), Words("Agustus 2024", "August 2024")
            ),
            _ExampleWords(
                Words("tanggal:17/8/2024", "date:17/8/2024"),
                Words("17 Agustus 2024", "17 August 2024"),
            ),
            _ExampleWords(
                Words("banjir tanggal:2023..2024-05", "banjir date:2023..2024-05"),
                Words(
                    "banjir, dari awal 2023 sampai akhir Mei 2024",
                    "banjir, from the start of 2023 to the end of May 2024",
                ),
            ),
        ),
    ),
    _SectionWords(
        Words("Saringan", "Filters"),
        Words(
            "Beberapa pilihan dalam satu saringan berarti salah satunya; pilihan di saringan yang "
            "berbeda berarti semuanya. Tanda − di ujung baris mengecualikan pilihan itu. Alamat "
            "halaman menyimpan seluruh pencarian, jadi bisa disimpan atau dibagikan.",
            "Several choices in one filter mean any of them; choices in different filters mean all "
            "of them. The sign − at the end of a row excludes that choice. The address of the page "
            "holds the whole search, so it can be kept or shared.",
        ),
    ),
    _SectionWords(
        Words("Papan ketik", "Keyboard"),
        Words(
            "Tombol / memindahkan kursor ke kotak pencarian. Di grafik, panah kiri dan kanan "
            "berpindah dari batang ke batang.",
            "The key / moves to the search box. On the chart, the left and right arrows walk from "
            "bar to bar.",
        ),
    ),
)
