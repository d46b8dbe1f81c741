"""Words of column names: what each word says, and what a name made of them stands for.

Scrapers name their columns in Indonesian and English: judul_berita, isiBerita, tanggal-terbit,
articlePublishDate, "Isi Artikel". A name is cut into words, glued ones too. Each word speaks of a
key, of nothing ("berita"), or of something that is no part of an article ("gambar", "scraped"):

>>> find_meaning("tanggal_publikasi_artikel"), find_meaning("waktu_scraping")
(Meaning(key='date', rank=2), None)
>>> split_name("isiberita"), split_name("articlePublishDate")
(['isi', 'berita'], ['article', 'publish', 'date'])
"""

import re
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

WORDS_OF_KEYS = {
    "id": "id uuid",
    "title": "title judul headline titel tajuk heading judulberita jdl",
    "body": (
        "body isi konten content text teks contents texts article_body maintext fulltext plaintext "
        "naskah narasi paragraf paragraph paragraphs"
    ),
    "date": (
        "published publish publikasi terbit diterbitkan rilis release released tayang ditayangkan "
        "publication publishing dipublikasikan publikasikan dimuat pub date tanggal tgl tarikh "
        "upload uploaded unggah diunggah posted posting datetime timestamp waktu time hari created "
        "creation dibuat buat"
    ),
    "author": (
        "author authors penulis reporter reporters wartawan jurnalis journalist journalists writer "
        "writers byline pewarta creator kontributor contributor pengarang by oleh pnls"
    ),
    "editor": "editor editors redaktur penyunting editedby edt",
    "tags": "tags tag keywords katakunci hashtag hashtags topics topik tagar metakey",
    "category": (
        "category kategori categories kanal rubrik section sections rubric channel subkanal"
    ),
    "source": (
        "source sumber media outlet portal publisher penerbit site situs website domain hostname "
        "host koran newspaper sitename platform provider sources"
    ),
    "url": (
        "url link tautan href permalink address alamat laman uri urls links lnk mainentityofpage"
    ),
}
"""The words that speak of a key, the surest first. Collected for Kliping from scrapers' files.
"keyword" is missing on purpose: scrapers that write it mean the words they searched for."""

_FOREIGN = frozenset(
    (
        # times that are not the article's, and what a scraper says of itself
        "download unduh akses diakses access accessed ambil diambil "
        "inserted imported indexed filedate query search pencarian cari status "
        # pictures and what stands beside a text
        "image images img gambar foto photo photos picture thumbnail thumb video audio logo icon "
        "avatar caption comment comments komentar "
        # what was measured
        "count jumlah length panjang len size score skor sentiment sentimen polarity polaritas "
        "label labels hash slug lang language bahasa type tipe jenis tier views view likes shares "
        "keyword sub_title subtitle subjudul format license email phone bio entity emotion "
        "kalimat sentence width height terkait related lainnya terpopuler"
    ).split()
)
"""Words of columns that hold nothing of an article that Kliping keeps."""
_PROGRAMS = frozenset(
    (
        "scrape scraped scraping scrap scrapping scraper crawl crawled crawling crawler "
        "downloaded fetch fetched retrieved collected extracted"
    ).split()
)
"""Words of what a program took from a page: of a text the article's, of a time its own."""
_TAKEN = frozenset({"title", "body", "url", "tags", "category"})
"""The keys that such a name may stand for."""
_SUMMARIES = frozenset(
    (
        "summary ringkasan rangkuman description deskripsi desc excerpt lead teaser abstract "
        "abstrak snippet kutipan intro preview"
    ).split()
)
"""Words of a short text that stands before an article, and is not all of it."""
_NO_VALUES = _FOREIGN | _PROGRAMS | _SUMMARIES | {"sub"}
_CHANGES = frozenset(
    "update updated modified modify modification diubah diperbarui edited revisi revised".split()
)
"""Words of a time at which an article was changed: a date where there is no other."""
_ALTERED = frozenset(
    (
        "clean cleaned bersih raw stemmed stemming stem tokenized tokens processed preprocessed "
        "preprocessing normalized normalisasi stopword stopwords lower filtered html gmt utc alias"
    ).split()
)
"""Words of a value that was made from another one; the other goes first."""
WORDS_OF_ARTICLES = frozenset(
    (
        "berita brt artikel article news articles beritas main detail story post posts dokumen doc"
    ).split()
)
"""Words for an article: a column of that name alone may hold its text or its headline."""
_SILENT = frozenset(
    (
        "nama name full lengkap item page halaman data web online the of dari asli original utama "
        "first value at on pada media meta og dc column kolom surat kabar item lokal ditulis "
        "written field fields"
    ).split()
)
"""Words that say nothing by themselves."""

_KEY_OF_WORD = {
    word: (key, rank)
    for key, words in WORDS_OF_KEYS.items()
    for rank, word in enumerate(words.replace("_", "").split())
}
_VOCABULARY = frozenset(
    chain(
        _KEY_OF_WORD,
        _FOREIGN,
        _PROGRAMS,
        _SUMMARIES,
        _CHANGES,
        _ALTERED,
        WORDS_OF_ARTICLES,
        _SILENT,
    )
) | {"sub", "kata", "kunci"}
_LONGEST = max(map(len, _VOCABULARY))
_PHRASES = {
    "kata kunci": "katakunci",
    "edited by": "editedby",
    **{
        f"{tags} {word}": "tags"
        for tags in ("tag", "tags", "topik", "topics")
        for word in ("terkait", "related")
    },
    **{f"related {tags}": "tags" for tags in ("tag", "tags", "topics")},
    **{f"label {key}": key for key in ("topik", "topic", "kategori", "category")},
}
"""Words that mean something else together."""
_NAME_CHARS_MOST = 60
"""Longest name that is cut into words: no longer one is a name."""
_WORD = re.compile(r"[^\W\d_]+")
_TYPE = re.compile(r"(?<=[a-z])_(?:ss?|txts?|te?xt_[a-z]{2,8}|t|dts?|tdt|is?)$")
"""The type of a field, which Solr writes behind its name."""
_FRAME = re.compile(r"\A(?:_source|_embedded|attributes|fields|properties)[./](?=.)")
"""The object around an article, which a table made of objects writes before a name."""
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")

_COMPANIONS = {
    "url": {"title", "body", "source", "id"},
    "title": {"body"},
    "author": {"body", "date", "source"},
    "editor": {"body", "author"},
    "tags": {"body", "category"},
    "category": {"body", "source"},
    "date": {"body", "source"},
    "source": {"body"},
    "body": set(),
}
"""What a name may speak of besides: "link_judul" is an address, "judul_konten" a headline. The
first key that a name speaks of counts. A name of two others, as "author_date", is none of them."""
_EXACT = frozenset({"id", "author", "editor", "tags", "category", "source"})
"""Keys that a name with a word that nobody knows does not stand for: "author_followers"."""
LOW = 100
"""The rank from which a value counts only where no better one is there."""


class Meaning(NamedTuple):
    """What a name stands for.

    Attributes:
        key: a key of `index.ingest.rows.keys`; "article" for a text or a headline, "summary".
        rank: how sure that is; 0 is the surest.
    """

    key: str
    rank: int


@lru_cache(maxsize=1 << 12)
def find_meaning(name: str) -> Meaning | None:
    """Return what a column's name stands for; None if it is not known."""
    words = split_name(name)
    if not words or _FOREIGN.intersection(words):
        return None
    if _SUMMARIES.intersection(words):
        spoken = [word for word in words if word in _KEY_OF_WORD and word not in {"text", "meta"}]
        return None if spoken else Meaning("summary", 0)
    meaning = _find_key([word for word in words if word not in _PROGRAMS])
    if meaning and _PROGRAMS.intersection(words):
        return meaning if meaning.key in _TAKEN else None
    return meaning


@lru_cache(maxsize=1 << 12)
def is_foreign(name: str) -> bool:
    """Tell whether a name speaks of something that is no part of an article."""
    return not _NO_VALUES.isdisjoint(split_name(name))


def split_name(name: str) -> list[str]:
    """Return the words of a name in lower case, with glued words taken apart."""
    if len(name) > _NAME_CHARS_MOST:
        return []
    name = _TYPE.sub("", _FRAME.sub("", name))
    plain = "".join(_WORD.findall(name)).lower()
    if plain in _KEY_OF_WORD:
        return [plain]
    words = [each for part in _WORD.findall(name) for each in _HUMP.split(part)]
    cut = [each for word in words for each in _cut(word.lower())]
    phrase = " ".join(cut)
    for words_together, word in _PHRASES.items():
        phrase = phrase.replace(words_together, word)
    return phrase.split()


def _cut(word: str) -> list[str]:
    """Return the known words that a word is made of; the word itself if it is not."""
    if word in _VOCABULARY or len(word) > _NAME_CHARS_MOST:
        return [word]
    best: list[list[str] | None] = [[], *(None for _ in word)]
    for stop in range(1, len(word) + 1):
        for start in range(max(0, stop - _LONGEST), stop):
            before, part = best[start], word[start:stop]
            if before is None or len(part) == 1 or part not in _VOCABULARY:
                continue
            known = best[stop]
            if known is None or len(before) + 1 < len(known):
                best[stop] = [*before, part]
    return best[-1] or [word]


def _find_key(words: list[str]) -> Meaning | None:
    spoken = [_KEY_OF_WORD[word] for word in words if word in _KEY_OF_WORD]
    if {"nama", "name"}.intersection(words) and WORDS_OF_ARTICLES.intersection(words):
        spoken = spoken or [("title", len(_KEY_OF_WORD))]
    if len(words) > 1 and "media" in words and {key for key, _ in spoken} - {"source"}:
        spoken = [each for each in spoken if each[0] != "source"] or spoken
    if _CHANGES.intersection(words) and {key for key, _ in spoken} <= {"date"}:
        return Meaning("date", LOW)
    if not spoken:
        return Meaning("article", 0) if WORDS_OF_ARTICLES.intersection(words) else None
    keys = {key for key, _ in spoken}
    key = next((key for key in _COMPANIONS if key in keys), "id")
    strangers = [word for word in words if word not in _VOCABULARY]
    if keys - {key} - _COMPANIONS.get(key, set()) or (strangers and key in _EXACT):
        return None
    if key == "id" and not set(words) - {"id", "uuid"} <= WORDS_OF_ARTICLES | _SILENT:
        return None
    rank = min(rank for each, rank in spoken if each == key)
    is_low = strangers or "sub" in words or _ALTERED.intersection(words) or "source" in keys - {key}
    return Meaning(key, rank + LOW * bool(is_low))
