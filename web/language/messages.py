"""Every word that a reader sees, in Indonesian and English: one table, one row a key.

A row may hold {placeholders}; `message` fills them, and writes numbers, days and times as the
language does. Keys that belong to a code are made of it, so that nobody keeps a second table:
error_CODE (of a `RequestError`), notice_CODE (of a `Notice`), alternative_KIND, facet_NAME,
missing_NAME, sort_NAME, date_SOURCE, status_NUMBER_title, _text and _advice.

>>> message("id", "filters_count", count=2)
'Saring (2)'
>>> message("en", "error_page_range", parameter="page", low=1, high=1000)
'Pages run from 1 to 1,000. Choose a page between them.'
"""

import datetime as dt
from dataclasses import dataclass

from web.language import formatting

LANGUAGES = ("id", "en")
"""The languages of the page; the first is its own."""

EXAMPLE_QUERIES = ('"harga beras"', "gempa ATAU banjir", "judul:beras -ekspor")
"""Searches that the front page offers to try: a phrase, a choice, a field with an exclusion."""

TEXT_MOST = 200
"""Longest text of a reader that is repeated in a message, in characters."""


@dataclass(frozen=True, slots=True)
class Words:
    """The same words in both languages, with the same placeholders."""

    indonesian: str
    english: str


def message(lang: str, key: str, **values: object) -> str:
    """Return the words of `key` in `lang`, Indonesian unless it is "en".

    Args:
        lang: "id" or "en".
        key: a key of `MESSAGES`.
        **values: what the placeholders stand for. Whole numbers and days are written as the
            language writes them, `milliseconds` as a time; a text is cut at `TEXT_MOST` unless it
            is `known`, a list of our own.

    Raises:
        KeyError: for a key or placeholder that does not exist; a mistake of the program.
    """
    words = MESSAGES[key]
    template = words.english if lang == "en" else words.indonesian
    return template.format_map({name: _written(lang, name, v) for name, v in values.items()})


def _written(lang: str, name: str, value: object) -> str:
    if name == "milliseconds" and isinstance(value, int | float):
        return formatting.seconds(lang, value)
    if isinstance(value, int):
        return formatting.number(lang, value)
    if isinstance(value, dt.date):
        return formatting.day(lang, value)
    text = str(value)
    is_ours = name == "known"
    return text if is_ours or len(text) <= TEXT_MOST else f"{text[:TEXT_MOST]}…"


_PAGE = {
    "site_name": Words("Kliping", "Kliping"),
    "site_description": Words(
        "Arsip berita Indonesia yang isinya bisa dicari sampai ke setiap kata.",
        "An archive of Indonesian news, searchable word by word.",
    ),
    "front_lead": Words(
        "Telusuri {articles} berita Indonesia menurut kata, tag, penulis, dan bulan.",
        "Search {articles} of Indonesian news by word, tag, author and month.",
    ),
    "skip_to_content": Words("Langsung ke isi", "Skip to content"),
    "skip_timeline": Words("Lewati grafik", "Skip the chart"),
    "languages_label": Words("Bahasa", "Language"),
    "language_id": Words("Bahasa Indonesia", "Bahasa Indonesia"),
    "language_en": Words("English", "English"),
    "search_label": Words("Cari artikel", "Search articles"),
    "search_hint": Words(
        "Kata, nama, atau frasa dalam tanda kutip", "Words, names, or a phrase in quotes"
    ),
    "search_button": Words("Cari", "Search"),
    "suggested_tag": Words("tag", "tag"),
    "suggested_author": Words("penulis", "author"),
    "suggested_phrase": Words("frasa", "phrase"),
    "suggested_title": Words("artikel", "article"),
    "suggestions_label": Words("Saran", "Suggestions"),
    "suggestions_count": Words(
        "{count} saran, pilih dengan panah", "{count} suggestions, choose with the arrow keys"
    ),
    "examples_label": Words("Contoh:", "For example:"),
    "newest_heading": Words("Artikel terbaru", "Newest articles"),
    "help_title": Words("Cara mencari – Kliping", "How to search – Kliping"),
    "help_link": Words("Cara mencari", "How to search"),
    "home_link": Words("Halaman depan", "Front page"),
    "json_link": Words("Hasil ini sebagai JSON", "These results as JSON"),
    "article_json_link": Words("Artikel ini sebagai JSON", "This article as JSON"),
    "timeline_label": Words("Artikel dari waktu ke waktu", "Articles over time"),
    "timeline_hint": Words(
        "Pilih satu batang untuk melihat artikelnya.", "Choose a bar to see its articles."
    ),
    "bar": Words("{period}, {articles}", "{period}, {articles}"),
}

_RESULTS = {
    "results_title": Words("{query} – Kliping", "{query} – Kliping"),
    "results_title_all": Words("Semua artikel – Kliping", "All articles – Kliping"),
    "took": Words("dalam {milliseconds}", "in {milliseconds}"),
    "understood": Words("Dipahami sebagai", "Understood as"),
    "any_word_on": Words(
        "Artikel yang hanya memuat salah satu kata juga ditampilkan.",
        "Articles with any one of the words are shown too.",
    ),
    "any_word_drop": Words("Wajibkan semua kata", "Require all words"),
    "synonyms_drop": Words("Hanya yang diketik", "Only what was typed"),
    "synonyms_off": Words(
        "Padanan seperti singkatan dan ejaan lain tidak dicari.",
        "Other names, such as acronyms and spellings, are not searched.",
    ),
    "synonyms_add": Words("Cari juga padanannya", "Search them too"),
    "copies_on": Words(
        "Semua salinan ditampilkan satu per satu.", "All copies are shown one by one."
    ),
    "copies_drop": Words("Satukan salinan", "Show one of each"),
    "copies_add": Words(
        "Tampilkan juga semua salinan berita yang sama", "Show all copies of the same story too"
    ),
    "copy_count": Words("dan {count} salinan", "and {count} copies"),
    "copy_count_one": Words("dan 1 salinan", "and 1 copy"),
    "is_copy": Words("salinan", "copy"),
    "any_word_add": Words(
        "Tampilkan juga artikel dengan salah satu kata saja",
        "Show articles with any one of the words too",
    ),
    "notices_label": Words("Tentang pencarian ini", "About this search"),
    "chips_label": Words("Saringan yang dipakai", "Filters in use"),
    "chip_excluded": Words("bukan", "not"),
    "chip_from": Words("sejak {day}", "from {day}"),
    "chip_to": Words("sampai {day}", "until {day}"),
    "chip_remove": Words("Hapus saringan {label}", "Remove the filter {label}"),
    "chip_remove_excluded": Words("Jangan kecualikan lagi {label}", "No longer exclude {label}"),
    "clear_all": Words("Hapus semua saringan", "Clear all filters"),
    "no_date": Words("Tanpa tanggal", "No date"),
    "estimated": Words("(perkiraan)", "(estimated)"),
    "tags_label": Words("Tag", "Tags"),
    "authors_label": Words("Penulis", "By"),
    "editors_label": Words("Redaktur", "Edited by"),
    "pages_label": Words("Halaman hasil", "Pages of results"),
    "page_word": Words("Halaman", "Page"),
    "page_previous": Words("Sebelumnya", "Previous"),
    "page_next": Words("Berikutnya", "Next"),
    "nothing_heading": Words("Tidak ada hasil untuk “{query}”", "Nothing found for “{query}”"),
    "nothing_heading_all": Words("Tidak ada artikel yang cocok", "No article matches"),
    "nothing_text": Words(
        "Arsip ini tidak memuat artikel untuk pencarian itu. Mungkin salah satu ini membantu:",
        "The archive has no articles for that search. One of these may help:",
    ),
    "nothing_advice": Words(
        "Periksa ejaannya, pakai lebih sedikit kata, atau kurangi saringan.",
        "Check the spelling, use fewer words, or drop some filters.",
    ),
    "page_first": Words("Kembali ke halaman pertama", "Back to the first page"),
    "archive_empty_heading": Words("Arsip ini masih kosong", "The archive is still empty"),
    "archive_empty_text": Words(
        "Begitu artikel dimasukkan, yang terbaru akan tampil di sini.",
        "As soon as articles are added, the newest will stand here.",
    ),
    "archive_empty_advice": Words(
        "Anda mengelola arsip ini? Isi dengan perintah", "Do you run this archive? Fill it with"
    ),
}

_FILTERS = {
    "filters": Words("Saring", "Filter"),
    "filters_count": Words("Saring ({count})", "Filter ({count})"),
    "filters_hint": Words(
        "Hasil langsung berubah setiap kali Anda memilih.",
        "The results change as soon as you choose.",
    ),
    "apply": Words("Terapkan", "Apply"),
    "dates_label": Words("Tanggal", "Date"),
    "date_from": Words("Dari", "From"),
    "date_to": Words("Sampai", "To"),
    "sort_label": Words("Urutkan", "Sort by"),
    "sort_relevance": Words("Paling cocok", "Best match"),
    "sort_newest": Words("Terbaru", "Newest first"),
    "sort_oldest": Words("Terlama", "Oldest first"),
    "facet_tag": Words("Tag", "Tag"),
    "facet_author": Words("Penulis", "Author"),
    "facet_month": Words("Bulan", "Month"),
    "facet_source": Words("Sumber", "Source"),
    "facet_category": Words("Kategori", "Category"),
    "facet_date_source": Words("Asal tanggal", "Where the date is from"),
    "date_source_stated": Words("Tercantum", "Stated"),
    "date_source_date_line": Words("Baris tanggal", "Date line"),
    "date_source_inferred": Words("Tanggal perkiraan", "Estimated date"),
    "missing_date_source": Words("Tanpa tanggal", "No date"),
    "missing_tag": Words("Tanpa tag", "No tag"),
    "missing_author": Words("Tanpa penulis", "No author"),
    "missing_month": Words("Tanpa tanggal", "No date"),
    "missing_source": Words("Tanpa sumber", "No source"),
    "missing_category": Words("Tanpa kategori", "No category"),
    "shown_of": Words("{shown} dari {total}", "{shown} of {total}"),
    "more": Words("lebih banyak", "more"),
    "fewer": Words("lebih sedikit", "fewer"),
    "match_label": Words("Cari {facet}", "Find {facet}"),
    "match_clear": Words("hapus “{match}”", "clear “{match}”"),
    "facet_nothing": Words("Tidak ada.", "None."),
    "match_nothing": Words("Tidak ada yang memuat “{match}”.", "Nothing contains “{match}”."),
    "exclude": Words("Kecualikan {label}", "Exclude {label}"),
    "excluded": Words("dikecualikan", "excluded"),
    "include_again": Words("Jangan kecualikan lagi {label}", "No longer exclude {label}"),
}

_ARTICLE = {
    "copies_heading": Words("Salinan berita ini", "Copies of this story"),
    "copies_note": Words(
        "{total} artikel memuat berita yang hampir sama. Yang pertama mewakili semuanya di hasil "
        "pencarian.",
        "{total} articles carry nearly the same story. The first one stands for all of them in "
        "results.",
    ),
    "copies_note_some": Words(
        "{total} artikel memuat berita yang hampir sama; {shown} di antaranya tercantum. Yang "
        "pertama mewakili semuanya di hasil pencarian.",
        "{total} articles carry nearly the same story; {shown} of them are listed. The first one "
        "stands for all of them in results.",
    ),
    "similar_heading": Words("Artikel serupa", "Similar articles"),
    "copy_here": Words("artikel ini", "this article"),
    "article_title": Words("{title} – Kliping", "{title} – Kliping"),
    "back_to_results": Words("Kembali ke hasil", "Back to the results"),
    "back_to_front": Words("Ke halaman depan", "To the front page"),
    "photo_label": Words("Keterangan foto", "Photo caption"),
    "credit": Words("Foto: {credit}", "Photo: {credit}"),
    "source_link": Words("Baca di sumbernya", "Read at the source"),
    "date_stated": Words("Tanggal disebut oleh sumbernya.", "The source states the date."),
    "date_date_line": Words(
        "Tanggal diambil dari baris tanggal di dalam teks.",
        "The date comes from the date line in the text.",
    ),
    "date_inferred": Words(
        "Tanggal ini perkiraan: teks menyebut tanggal dan bulannya, sedangkan tahunnya disimpulkan "
        "dari bulan-bulan lain yang disebut di dalamnya.",
        "This date is an estimate: the text names the day and the month; the year was worked out "
        "from the other months it mentions.",
    ),
    "date_unknown": Words(
        "Teks ini tidak menyebut tanggal yang bisa dipastikan.",
        "The text names no date that could be relied on.",
    ),
}

_ALTERNATIVES = {
    "alternative_any_words": Words(
        "Cukup salah satu kata, tidak harus semuanya",
        "Any one of the words, not necessarily all of them",
    ),
    "alternative_spelling": Words("Mungkin maksud Anda “{query}”?", "Did you mean “{query}”?"),
    "alternative_any_words_without_filters": Words(
        "Cukup salah satu kata, tanpa saringan", "Any one of the words, without filters"
    ),
    "alternative_spelling_without_filters": Words(
        "Mungkin maksud Anda “{query}”, tanpa saringan?", "Did you mean “{query}”, without filters?"
    ),
    "alternative_without_dates": Words("Tanpa batas tanggal", "Without the dates"),
    "alternative_without_filters": Words("Tanpa saringan apa pun", "Without any filter"),
    "alternative_without_tag": Words("Tanpa saringan tag", "Without the tag filter"),
    "alternative_without_author": Words("Tanpa saringan penulis", "Without the author filter"),
    "alternative_without_month": Words("Tanpa saringan bulan", "Without the month filter"),
    "alternative_without_source": Words("Tanpa saringan sumber", "Without the source filter"),
    "alternative_with_copies": Words(
        "Tampilkan juga salinan berita yang sama", "Show copies of the same story too"
    ),
    "alternative_without_category": Words("Tanpa saringan kategori", "Without the category filter"),
    "alternative_without_date_source": Words(
        "Tanpa saringan asal tanggal", "Without the filter by where the date is from"
    ),
}

_NOTICES = {
    "notice_synonyms": Words("Juga mencari: {text}.", "Also searching: {text}."),
    "notice_unknown_field": Words(
        "Tidak ada bidang bernama “{text}”, jadi kata itu dicari seperti kata biasa.",
        "There is no field named “{text}”, so it was searched as a plain word.",
    ),
    "notice_unbalanced_quote": Words(
        "Tanda kutip di depan {text} tidak ditutup, jadi semua kata sesudahnya dibaca sebagai "
        "satu frasa.",
        "The quote that opens {text} was not closed, so all that follows was read as one phrase.",
    ),
    "notice_unbalanced_parenthesis": Words(
        "Tanda kurung “{text}” tidak punya pasangan; kami melengkapi atau membuangnya.",
        "The parenthesis “{text}” has no partner; we added one or left it out.",
    ),
    "notice_dangling_operator": Words(
        "“{text}” tidak menghubungkan apa pun di sini, jadi diabaikan.",
        "“{text}” joins nothing here, so it was left out.",
    ),
    "notice_bad_date": Words(
        "“{text}” bukan tanggal, atau berakhir sebelum dimulai, jadi diabaikan. Tulis misalnya "
        "2024-08-28, 2024-08, atau 2023..2024.",
        "“{text}” is not a date, or ends before it starts, so it was left out. Write, for "
        "example, 2024-08-28, 2024-08 or 2023..2024.",
    ),
    "notice_empty_field": Words(
        "Tidak ada apa-apa setelah “{text}:”, jadi “{text}” dicari sebagai kata.",
        "Nothing follows “{text}:”, so “{text}” was searched as a word.",
    ),
    "notice_query_too_long": Words(
        "Pencarian ini terlalu panjang; hanya bagian awalnya yang dibaca.",
        "The search is too long; only its beginning was read.",
    ),
    "notice_too_many_words": Words(
        "Terlalu banyak kata; mulai dari “{text}” tidak ikut dicari.",
        "There are too many words; from “{text}” on they were not searched.",
    ),
    "notice_too_deep": Words(
        "Tanda kurung bertumpuk terlalu dalam; yang paling dalam diabaikan.",
        "The parentheses are nested too deeply; the innermost were left out.",
    ),
    "notice_prefix_too_short": Words(
        "“{text}” terlalu pendek untuk mencari awal kata, jadi dicari sebagai kata utuh.",
        "“{text}” is too short for the beginning of a word, so it was searched as a whole word.",
    ),
    "notice_near_too_far": Words(
        "Jarak ~{text} terlalu jauh; kata-kata itu dicari dalam jarak terjauh yang bisa.",
        "~{text} is too far; the words were searched as far apart as is possible.",
    ),
    "notice_leading_wildcard": Words(
        "Tanda * hanya berlaku di akhir kata; di “{text}” tanda itu diabaikan.",
        "An asterisk works only at the end of a word; in “{text}” it was left out.",
    ),
    "notice_only_negative": Words(
        "Pencarian ini hanya berisi pengecualian, jadi semua artikel lain ditampilkan.",
        "The search only excludes, so all other articles are shown.",
    ),
    "notice_empty_phrase": Words(
        "Tidak ada kata di antara tanda kutip, jadi tanda itu diabaikan.",
        "There is no word between the quotes, so they were left out.",
    ),
    "notice_ignored_characters": Words(
        "“{text}” bukan kata, jadi diabaikan.", "“{text}” is not a word, so it was left out."
    ),
    "notice_page_bound": Words(
        "Masih ada hasil setelah halaman ini, tetapi tidak bisa dibuka. Persempit pencarian, atau "
        "pilih satu bulan.",
        "More results follow, but pages end here. Narrow the search, or choose a month.",
    ),
    "notice_any_words": Words(
        "Tidak ada artikel yang memuat semua kata itu; salah satunya cukup.",
        "No article has all these words; any of them was enough.",
    ),
    "notice_page_beyond": Words(
        "Halaman ini melewati hasil terakhir.", "This page lies past the last result."
    ),
}

_ERRORS = {
    "mended_search": Words("Cari lagi tanpa bagian itu", "Search again without that part"),
    "error_unknown_sort": Words(
        "Urutan “{value}” tidak ada. Pilih salah satu: {known}.",
        "There is no order “{value}”. Choose one of: {known}.",
    ),
    "error_page_range": Words(
        "Halaman berkisar dari {low} sampai {high}. Pilih halaman di antaranya.",
        "Pages run from {low} to {high}. Choose a page between them.",
    ),
    "error_number_range": Words(
        "“{parameter}” harus berupa angka dari {low} sampai {high}.",
        "“{parameter}” must be a number from {low} to {high}.",
    ),
    "error_date_order": Words(
        "Tanggal awal ({start}) jatuh setelah tanggal akhir ({end}). Tukar keduanya.",
        "The first day ({start}) comes after the last ({end}). Swap the two.",
    ),
    "error_bad_date": Words(
        "“{parameter}” bukan tanggal yang sah. Tulis tahun-bulan-hari, misalnya 2024-08-28.",
        "“{parameter}” is not a valid date. Write year-month-day, for example 2024-08-28.",
    ),
    "error_bad_month": Words(
        "“{value}” bukan bulan. Tulis tahun dan bulan di “{parameter}”, misalnya 2024-08.",
        "“{value}” is not a month. Write year and month in “{parameter}”, for example 2024-08.",
    ),
    "error_unknown_facet": Words(
        "Tidak ada saringan bernama “{parameter}”. Yang ada: {known}.",
        "There is no filter named “{parameter}”. There are: {known}.",
    ),
    "error_unknown_parameter": Words(
        "Kami tidak mengenal “{parameter}” di alamat ini. Hapus bagian itu, atau pakai salah satu "
        "dari: {known}.",
        "We do not know “{parameter}” in this address. Take it out, or use one of: {known}.",
    ),
    "error_not_a_number": Words(
        "“{parameter}” harus berupa angka, misalnya 2.",
        "“{parameter}” must be a number, for example 2.",
    ),
    "error_too_many_values": Words(
        "Terlalu banyak pilihan untuk “{parameter}”. Pilih paling banyak {high}.",
        "There are too many choices for “{parameter}”. Choose at most {high}.",
    ),
    "error_value_too_long": Words(
        "Isi “{parameter}” terlalu panjang. Tulis paling banyak {high} huruf.",
        "“{parameter}” is too long. Write at most {high} characters.",
    ),
    "error_too_many_parameters": Words(
        "Alamat ini berisi terlalu banyak bagian. Mulai lagi dari kotak pencarian.",
        "This address has too many parts. Start again from the search box.",
    ),
    "error_unknown_lang": Words(
        "Halaman ini tersedia dalam bahasa Indonesia (lang=id) dan Inggris (lang=en). Pilih salah "
        "satu.",
        "The page comes in Indonesian (lang=id) and English (lang=en). Choose one of them.",
    ),
    "error_repeated_parameter": Words(
        "“{parameter}” hanya boleh disebut sekali. Hapus yang lainnya.",
        "“{parameter}” may be given only once. Take out the others.",
    ),
    "error_bad_value": Words(
        "Isi “{parameter}” tidak bisa kami pakai. Perbaiki atau hapus bagian itu.",
        "We cannot use the value of “{parameter}”. Correct it or take it out.",
    ),
}

_STATUSES = {
    "status_400_title": Words("Alamat ini keliru", "Something in this address is wrong"),
    "status_400_text": Words(
        "Ada bagian alamat yang tidak kami mengerti.", "We do not understand part of the address."
    ),
    "status_400_advice": Words(
        "Perbaiki bagian itu, atau mulai lagi dari kotak pencarian di atas.",
        "Correct that part, or start again from the search box above.",
    ),
    "status_404_title": Words("Halaman tidak ditemukan", "Page not found"),
    "status_404_text": Words(
        "Tidak ada artikel atau halaman di alamat ini. Mungkin sudah dihapus dari arsip.",
        "There is no article or page at this address. The article may have left the archive.",
    ),
    "status_404_advice": Words(
        "Cari judulnya di kotak pencarian di atas.", "Search for its title in the box above."
    ),
    "status_405_title": Words("Cara ini tidak berlaku", "That does not work here"),
    "status_405_text": Words(
        "Halaman ini hanya bisa dibaca; tidak ada yang bisa dikirim ke sini.",
        "This page can only be read; nothing can be sent to it.",
    ),
    "status_405_advice": Words(
        "Buka alamat yang sama di peramban seperti biasa.",
        "Open the same address in a browser in the usual way.",
    ),
    "status_413_title": Words("Permintaan terlalu besar", "The request is too large"),
    "status_413_text": Words(
        "Yang dikirim lebih besar daripada yang bisa kami terima.",
        "What was sent is larger than we can take.",
    ),
    "status_413_advice": Words("Pakai pencarian yang lebih pendek.", "Use a shorter search."),
    "status_500_title": Words("Ada yang salah di pihak kami", "Something went wrong on our side"),
    "status_500_text": Words(
        "Pencarian Anda tidak keliru; program kamilah yang gagal menjawabnya.",
        "Your search was fine; our program failed to answer it.",
    ),
    "status_500_advice": Words(
        "Coba sekali lagi. Kalau tetap gagal, beri tahu pengelola arsip apa yang Anda cari.",
        "Try once more. If it fails again, tell the keeper of the archive what you searched for.",
    ),
    "status_503_title": Words("Arsip belum bisa menjawab", "The archive cannot answer now"),
    "status_503_text": Words(
        "Indeksnya belum ada, sedang diperbarui, atau pencarian ini terlalu berat baginya.",
        "Its index is missing or being renewed, or this search is too heavy for it.",
    ),
    "status_503_advice": Words(
        "Coba lagi dalam beberapa menit. Pengelola bisa melihat sebabnya di catatan server.",
        "Try again in a few minutes. If you are its keeper, the server's log names the cause.",
    ),
}

MESSAGES = _PAGE | _RESULTS | _FILTERS | _ARTICLE | _ALTERNATIVES | _NOTICES | _ERRORS | _STATUSES
"""Every key with its words."""
