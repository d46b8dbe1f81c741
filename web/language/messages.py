"""The messages: every text a reader sees in both languages, one row a key.

A row may hold {placeholders}, which `message` fills. Keys that belong to a code are made of it, so
that no second table is needed: notice_CODE (of a `Notice`), alternative_KIND, facet_NAME,
missing_NAME, sort_NAME, date_SOURCE. Errors have a table of their own, `web.language.problems`, and
so has the help page.

>>> message("id", "filters_count", count=2)
'Saring (2)'
>>> message("en", "chip_from", day=dt.date(2024, 8, 28))
'from 28 August 2024'
"""

import datetime as dt
from dataclasses import dataclass

from web.language.formatting import format_day, format_number, format_seconds

EXAMPLE_QUERIES = ('"harga beras"', "gempa ATAU banjir", "judul:beras -ekspor")
"""Example searches on the front page: a phrase, an OR, a field with an exclusion."""

TEXT_MOST = 200
"""Characters of a reader's own text that a message repeats."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A text in both languages, with the same placeholders."""

    indonesian: str
    english: str

    def fill(self, lang: str, **values: object) -> str:
        """Return the text in `lang` (Indonesian unless it is "en"), its placeholders filled.

        Args:
            lang: "id" or "en".
            **values: what the placeholders stand for. Whole numbers and days are written as the
                language writes them, `milliseconds` as a time. A text is cut at `TEXT_MOST`, but
                for `known`, which is a list of our own.

        Raises:
            KeyError: for a placeholder without a value, a mistake of the program.
        """
        template = self.english if lang == "en" else self.indonesian
        return template.format_map({name: _written(lang, name, v) for name, v in values.items()})


def message(lang: str, key: str, **values: object) -> str:
    """Return the message of a key of `MESSAGES`, its placeholders filled as by `Wording.fill`.

    Raises:
        KeyError: for a key that does not exist, a mistake of the program.
    """
    return MESSAGES[key].fill(lang, **values)


def _written(lang: str, name: str, value: object) -> str:
    if name == "milliseconds" and isinstance(value, int | float):
        return format_seconds(lang, value)
    if isinstance(value, int):
        return format_number(lang, value)
    if isinstance(value, dt.date):
        return format_day(lang, value)
    text = str(value)
    is_ours = name == "known"
    return text if is_ours or len(text) <= TEXT_MOST else f"{text[:TEXT_MOST]}…"


_PAGE = {
    "mended_search": Wording("Cari lagi tanpa bagian itu", "Search again without that part"),
    "page_title": Wording("{title} – {site}", "{title} – {site}"),
    "site_description": Wording(
        "Arsip berita Indonesia yang isinya bisa dicari sampai ke setiap kata.",
        "An archive of Indonesian news, searchable word by word.",
    ),
    "front_lead": Wording(
        "Telusuri {articles} berita Indonesia menurut {ways}.",
        "Search {articles} of Indonesian news by {ways}.",
    ),
    "way_word": Wording("kata", "word"),
    "skip_to_content": Wording("Langsung ke isi", "Skip to content"),
    "skip_timeline": Wording("Lewati grafik", "Skip the chart"),
    "languages_label": Wording("Bahasa", "Language"),
    "language_id": Wording("Bahasa Indonesia", "Bahasa Indonesia"),
    "language_en": Wording("English", "English"),
    "search_label": Wording("Cari artikel", "Search articles"),
    "search_hint": Wording(
        "Kata, nama, atau frasa dalam tanda kutip", "Words, names, or a phrase in quotes"
    ),
    "search_button": Wording("Cari", "Search"),
    "suggested_tag": Wording("tag", "tag"),
    "suggested_author": Wording("penulis", "author"),
    "suggested_phrase": Wording("frasa", "phrase"),
    "suggested_title": Wording("artikel", "article"),
    "suggestions_label": Wording("Saran", "Suggestions"),
    "suggestions_count": Wording(
        "{count} saran, pilih dengan panah", "{count} suggestions, choose with the arrow keys"
    ),
    "examples_label": Wording("Contoh:", "For example:"),
    "newest_heading": Wording("Artikel terbaru", "Newest articles"),
    "help_link": Wording("Cara mencari", "How to search"),
    "home_link": Wording("Halaman depan", "Front page"),
    "json_link": Wording("Hasil ini sebagai JSON", "These results as JSON"),
    "article_json_link": Wording("Artikel ini sebagai JSON", "This article as JSON"),
    "timeline_label": Wording("Artikel dari waktu ke waktu", "Articles over time"),
    "timeline_hint": Wording(
        "Pilih satu batang untuk melihat artikelnya.", "Choose a bar to see its articles."
    ),
    "bar": Wording("{period}, {articles}", "{period}, {articles}"),
}

_RESULTS = {
    "all_articles": Wording("Semua artikel", "All articles"),
    "took": Wording("dalam {milliseconds}", "in {milliseconds}"),
    "understood": Wording("Dipahami sebagai", "Understood as"),
    "any_word_on": Wording(
        "Artikel yang hanya memuat salah satu kata juga ditampilkan.",
        "Articles with any one of the words are shown too.",
    ),
    "any_word_drop": Wording("Wajibkan semua kata", "Require all words"),
    "synonyms_drop": Wording("Hanya yang diketik", "Only what was typed"),
    "synonyms_off": Wording(
        "Padanan seperti singkatan dan ejaan lain tidak dicari.",
        "Other names, such as acronyms and spellings, are not searched.",
    ),
    "synonyms_add": Wording("Cari juga padanannya", "Search them too"),
    "copies_on": Wording(
        "Semua salinan ditampilkan satu per satu.", "All copies are shown one by one."
    ),
    "copies_drop": Wording("Satukan salinan", "Show one of each"),
    "copies_add": Wording(
        "Tampilkan juga semua salinan berita yang sama", "Show all copies of the same story too"
    ),
    "copy_count": Wording("dan {count} salinan", "and {count} copies"),
    "copy_count_one": Wording("dan 1 salinan", "and 1 copy"),
    "is_copy": Wording("salinan", "copy"),
    "any_word_add": Wording(
        "Tampilkan juga artikel dengan salah satu kata saja",
        "Show articles with any one of the words too",
    ),
    "notices_label": Wording("Tentang pencarian ini", "About this search"),
    "chips_label": Wording("Saringan yang dipakai", "Filters in use"),
    "chip_excluded": Wording("bukan", "not"),
    "chip_from": Wording("sejak {day}", "from {day}"),
    "chip_to": Wording("sampai {day}", "until {day}"),
    "chip_remove": Wording("Hapus saringan {label}", "Remove the filter {label}"),
    "chip_remove_excluded": Wording("Jangan kecualikan lagi {label}", "No longer exclude {label}"),
    "clear_all": Wording("Hapus semua saringan", "Clear all filters"),
    "no_date": Wording("Tanpa tanggal", "No date"),
    "estimated": Wording("(perkiraan)", "(estimated)"),
    "tags_label": Wording("Tag", "Tags"),
    "authors_label": Wording("Penulis", "By"),
    "editors_label": Wording("Redaktur", "Edited by"),
    "pages_label": Wording("Halaman hasil", "Pages of results"),
    "page_word": Wording("Halaman", "Page"),
    "page_previous": Wording("Sebelumnya", "Previous"),
    "page_next": Wording("Berikutnya", "Next"),
    "nothing_heading": Wording("Tidak ada hasil untuk “{query}”", "Nothing found for “{query}”"),
    "nothing_heading_all": Wording("Tidak ada artikel yang cocok", "No article matches"),
    "nothing_text": Wording(
        "Arsip ini tidak memuat artikel untuk pencarian itu. Mungkin salah satu ini membantu:",
        "The archive has no articles for that search. One of these may help:",
    ),
    "nothing_advice": Wording(
        "Periksa ejaannya, pakai lebih sedikit kata, atau kurangi saringan.",
        "Check the spelling, use fewer words, or remove some filters.",
    ),
    "page_first": Wording("Kembali ke halaman pertama", "Back to the first page"),
    "archive_empty_heading": Wording("Arsip ini masih kosong", "The archive is still empty"),
    "archive_empty_text": Wording(
        "Begitu artikel dimasukkan, yang terbaru akan tampil di sini.",
        "As soon as there are articles, the newest will appear here.",
    ),
    "archive_empty_advice": Wording(
        "Anda mengelola arsip ini? Isi dengan perintah", "Do you run this archive? Fill it with"
    ),
}

_FILTERS = {
    "filters": Wording("Saring", "Filter"),
    "filters_count": Wording("Saring ({count})", "Filter ({count})"),
    "filters_hint": Wording(
        "Hasil langsung berubah setiap kali Anda memilih.",
        "The results change as soon as you choose.",
    ),
    "apply": Wording("Terapkan", "Apply"),
    "dates_label": Wording("Tanggal", "Date"),
    "date_from": Wording("Dari", "From"),
    "date_to": Wording("Sampai", "To"),
    "sort_label": Wording("Urutkan", "Sort by"),
    "sort_relevance": Wording("Paling cocok", "Best match"),
    "sort_newest": Wording("Terbaru", "Newest first"),
    "sort_oldest": Wording("Terlama", "Oldest first"),
    "facet_tag": Wording("Tag", "Tag"),
    "facet_author": Wording("Penulis", "Author"),
    "facet_month": Wording("Bulan", "Month"),
    "facet_source": Wording("Sumber", "Source"),
    "facet_category": Wording("Kategori", "Category"),
    "facet_date_source": Wording("Asal tanggal", "Where the date is from"),
    "date_source_stated": Wording("Tercantum", "Stated"),
    "date_source_date_line": Wording("Baris tanggal", "Date line"),
    "date_source_inferred": Wording("Tanggal perkiraan", "Estimated date"),
    "missing_date_source": Wording("Tanpa tanggal", "No date"),
    "missing_tag": Wording("Tanpa tag", "No tag"),
    "missing_author": Wording("Tanpa penulis", "No author"),
    "missing_month": Wording("Tanpa tanggal", "No date"),
    "missing_source": Wording("Tanpa sumber", "No source"),
    "missing_category": Wording("Tanpa kategori", "No category"),
    "shown_of": Wording("{shown} dari {total}", "{shown} of {total}"),
    "more": Wording("lebih banyak", "more"),
    "fewer": Wording("lebih sedikit", "fewer"),
    "match_label": Wording("Cari {facet}", "Find {facet}"),
    "match_clear": Wording("hapus “{match}”", "clear “{match}”"),
    "facet_nothing": Wording("Tidak ada.", "None."),
    "match_nothing": Wording("Tidak ada yang memuat “{match}”.", "Nothing contains “{match}”."),
    "exclude": Wording("Kecualikan {label}", "Exclude {label}"),
    "excluded": Wording("dikecualikan", "excluded"),
    "include_again": Wording("Jangan kecualikan lagi {label}", "No longer exclude {label}"),
}

_ARTICLE = {
    "copies_heading": Wording("Salinan berita ini", "Copies of this story"),
    "copies_note": Wording(
        "{total} artikel memuat berita yang hampir sama. Yang pertama mewakili semuanya di hasil "
        "pencarian.",
        "{total} articles carry nearly the same story. The first one stands for all of them in "
        "results.",
    ),
    "copies_note_some": Wording(
        "{total} artikel memuat berita yang hampir sama; {shown} di antaranya tercantum. Yang "
        "pertama mewakili semuanya di hasil pencarian.",
        "{total} articles carry nearly the same story; {shown} of them are listed. The first one "
        "stands for all of them in results.",
    ),
    "similar_heading": Wording("Artikel serupa", "Similar articles"),
    "copy_here": Wording("artikel ini", "this article"),
    "back_to_results": Wording("Kembali ke hasil", "Back to the results"),
    "back_to_front": Wording("Ke halaman depan", "To the front page"),
    "photo_label": Wording("Keterangan foto", "Photo caption"),
    "credit": Wording("Foto: {credit}", "Photo: {credit}"),
    "source_link": Wording("Baca di sumbernya", "Read at the source"),
    "date_stated": Wording("Tanggal disebut oleh sumbernya.", "The source states the date."),
    "date_date_line": Wording(
        "Tanggal diambil dari baris tanggal di dalam teks.",
        "The date comes from the date line in the text.",
    ),
    "date_inferred": Wording(
        "Tanggal ini perkiraan: teks menyebut tanggal dan bulannya, sedangkan tahunnya disimpulkan "
        "dari bulan-bulan lain yang disebut di dalamnya.",
        "This date is an estimate: the text names the day and the month; the year was worked out "
        "from the other months it mentions.",
    ),
    "date_unknown": Wording(
        "Teks ini tidak menyebut tanggal yang bisa dipastikan.",
        "The text has no date that is certain.",
    ),
}

_ALTERNATIVES = {
    "alternative_any_words": Wording(
        "Cukup salah satu kata, tidak harus semuanya",
        "Any one of the words, not necessarily all of them",
    ),
    "alternative_spelling": Wording("Mungkin maksud Anda “{query}”?", "Did you mean “{query}”?"),
    "alternative_any_words_without_filters": Wording(
        "Cukup salah satu kata, tanpa saringan", "Any one of the words, without filters"
    ),
    "alternative_spelling_without_filters": Wording(
        "Mungkin maksud Anda “{query}”, tanpa saringan?", "Did you mean “{query}”, without filters?"
    ),
    "alternative_without_dates": Wording("Tanpa batas tanggal", "Without the dates"),
    "alternative_without_filters": Wording("Tanpa saringan apa pun", "Without any filter"),
    "alternative_without_tag": Wording("Tanpa saringan tag", "Without the tag filter"),
    "alternative_without_author": Wording("Tanpa saringan penulis", "Without the author filter"),
    "alternative_without_month": Wording("Tanpa saringan bulan", "Without the month filter"),
    "alternative_without_source": Wording("Tanpa saringan sumber", "Without the source filter"),
    "alternative_with_copies": Wording(
        "Tampilkan juga salinan berita yang sama", "Show copies of the same story too"
    ),
    "alternative_without_category": Wording(
        "Tanpa saringan kategori", "Without the category filter"
    ),
    "alternative_without_date_source": Wording(
        "Tanpa saringan asal tanggal", "Without the filter by where the date is from"
    ),
}

_NOTICES = {
    "notice_synonyms": Wording("Juga mencari: {text}.", "Also searching: {text}."),
    "notice_unknown_field": Wording(
        "Tidak ada bidang bernama “{text}”, jadi kata itu dicari seperti kata biasa.",
        "There is no field named “{text}”, so it was searched as a plain word.",
    ),
    "notice_unbalanced_quote": Wording(
        "Tanda kutip di depan {text} tidak ditutup, jadi semua kata sesudahnya dibaca sebagai "
        "satu frasa.",
        "The quote that opens {text} was not closed, so all that follows was read as one phrase.",
    ),
    "notice_unbalanced_parenthesis": Wording(
        "Tanda kurung “{text}” tidak punya pasangan; kami melengkapi atau membuangnya.",
        "The parenthesis “{text}” has no partner; we added one or left it out.",
    ),
    "notice_dangling_operator": Wording(
        "“{text}” tidak menghubungkan apa pun di sini, jadi diabaikan.",
        "“{text}” joins nothing here, so it was left out.",
    ),
    "notice_bad_date": Wording(
        "“{text}” bukan tanggal, atau berakhir sebelum dimulai, jadi diabaikan. Tulis misalnya "
        "2024-08-28, 2024-08, atau 2023..2024.",
        "“{text}” is not a date, or ends before it starts, so it was left out. Write, for "
        "example, 2024-08-28, 2024-08 or 2023..2024.",
    ),
    "notice_empty_field": Wording(
        "Tidak ada apa-apa setelah “{text}:”, jadi “{text}” dicari sebagai kata.",
        "Nothing follows “{text}:”, so “{text}” was searched as a word.",
    ),
    "notice_query_too_long": Wording(
        "Pencarian ini terlalu panjang; hanya bagian awalnya yang dibaca.",
        "The search is too long; only its beginning was read.",
    ),
    "notice_too_many_words": Wording(
        "Terlalu banyak kata; mulai dari “{text}” tidak ikut dicari.",
        "There are too many words; from “{text}” on they were not searched.",
    ),
    "notice_too_deep": Wording(
        "Tanda kurung bertumpuk terlalu dalam; yang paling dalam diabaikan.",
        "The parentheses are nested too deeply; the innermost were left out.",
    ),
    "notice_prefix_too_short": Wording(
        "“{text}” terlalu pendek untuk mencari awal kata, jadi dicari sebagai kata utuh.",
        "“{text}” is too short for the beginning of a word, so it was searched as a whole word.",
    ),
    "notice_near_too_far": Wording(
        "Jarak ~{text} terlalu jauh; kata-kata itu dicari dalam jarak terjauh yang ada.",
        "~{text} is too far; the words were searched within the greatest distance there is.",
    ),
    "notice_leading_wildcard": Wording(
        "Tanda * hanya berlaku di akhir kata; di “{text}” tanda itu diabaikan.",
        "An asterisk works only at the end of a word; in “{text}” it was left out.",
    ),
    "notice_only_negative": Wording(
        "Pencarian ini hanya berisi pengecualian, jadi semua artikel lain ditampilkan.",
        "The search only excludes, so all other articles are shown.",
    ),
    "notice_empty_phrase": Wording(
        "Tidak ada kata di antara tanda kutip, jadi tanda itu diabaikan.",
        "There is no word between the quotes, so they were left out.",
    ),
    "notice_ignored_characters": Wording(
        "“{text}” bukan kata, jadi diabaikan.", "“{text}” is not a word, so it was left out."
    ),
    "notice_page_bound": Wording(
        "Masih ada hasil setelah halaman ini, tetapi tidak bisa dibuka. Persempit pencarian, atau "
        "pilih satu bulan.",
        "More results follow, but pages end here. Narrow the search, or choose a month.",
    ),
    "notice_any_words": Wording(
        "Tidak ada artikel yang memuat semua kata itu; salah satunya cukup.",
        "No article has all these words; any of them was enough.",
    ),
    "notice_page_beyond": Wording(
        "Halaman ini melewati hasil terakhir.", "This page lies past the last result."
    ),
}

MESSAGES = _PAGE | _RESULTS | _FILTERS | _ARTICLE | _ALTERNATIVES | _NOTICES
"""Every message by its key."""
