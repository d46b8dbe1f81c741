"""The table of errors: HTTP status, code, title, text and advice of each, in both languages.

One row an error. The page and the JSON show the same row: what is wrong, and what to do next. An
error of Kliping's own that has no row is a fault of the program, as is anything unexpected.

>>> problem = problem_of(RequestError("page", "page_range", low=1, high=1000))
>>> problem.status, problem.text.fill("en", low=1, high=1000)
(400, 'Pages run from 1 to 1,000.')
>>> problem_of(EngineUnavailableError("No index.", cause=IndexMissingError)).code
'no_index'
>>> problem_with_status(405).code
'wrong_method'
"""

from dataclasses import dataclass

from index.errors import ArchiveError, IndexDamagedError, IndexMissingError, SchemaMismatchError
from search import DocumentMissingError, EngineUnavailableError, QueryTimeoutError, RequestError
from web.language.messages import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One row: an error, and how it is shown.

    Attributes:
        error: the class of the error; None where the server itself refuses a request.
        code: names the problem in the JSON, as `urn:kliping:problem:CODE`.
        status: the HTTP status.
        title: the kind of error; `text`: what is wrong; `advice`: what to do next. Placeholders
            take the values of the error.
    """

    error: type[ArchiveError] | None
    code: str
    status: int
    title: Wording
    text: Wording
    advice: Wording


def _wrong_request(code: str, text: Wording, advice: Wording) -> Problem:
    return Problem(
        error=RequestError,
        code=code,
        status=400,
        title=Wording("Alamat ini keliru", "Something in this address is wrong"),
        text=text,
        advice=advice,
    )


_CANNOT_ANSWER = Wording("Arsip belum bisa menjawab", "The archive cannot answer now")
_NOT_THERE = Wording("Halaman tidak ditemukan", "Page not found")
_SEARCH_THE_TITLE = Wording(
    "Cari judulnya di kotak pencarian di atas.", "Search for its title in the box above."
)

FAULT = Problem(
    error=None,
    code="fault",
    status=500,
    title=Wording("Ada yang salah di pihak kami", "Something went wrong on our side"),
    text=Wording(
        "Pencarian Anda tidak keliru; program kamilah yang gagal menjawabnya.",
        "Your search was fine; our program failed to answer it.",
    ),
    advice=Wording(
        "Coba sekali lagi. Kalau tetap gagal, beri tahu pengelola arsip apa yang Anda cari.",
        "Try once more. If it fails again, tell whoever runs this archive what you searched for.",
    ),
)
"""The row of every error that has no other; the server's log has the trace."""

BAD_REQUEST = Problem(
    error=None,
    code="bad_request",
    status=400,
    title=Wording("Permintaan ini keliru", "The request is wrong"),
    text=Wording("Permintaan ini tidak bisa kami baca.", "We cannot make sense of this request."),
    advice=Wording(
        "Mulai lagi dari kotak pencarian di atas.", "Start again from the search box above."
    ),
)
"""The row of every 4xx status that has no other."""

PROBLEMS = (
    _wrong_request(
        "unknown_sort",
        Wording(
            "Urutan “{value}” tidak ada. Yang ada: {known}.",
            "There is no order “{value}”. There are: {known}.",
        ),
        Wording("Pilih salah satu urutan itu.", "Choose one of these orders."),
    ),
    _wrong_request(
        "page_range",
        Wording("Halaman berkisar dari {low} sampai {high}.", "Pages run from {low} to {high}."),
        Wording("Pilih halaman di antaranya.", "Choose a page between them."),
    ),
    _wrong_request(
        "number_range",
        Wording(
            "“{parameter}” berada di luar batasnya, yaitu {low} sampai {high}.",
            "“{parameter}” is out of its range, which is {low} to {high}.",
        ),
        Wording("Tulis angka di antaranya.", "Write a number between them."),
    ),
    _wrong_request(
        "not_a_number",
        Wording("“{parameter}” bukan angka.", "“{parameter}” is not a number."),
        Wording("Tulis angka bulat, misalnya 2.", "Write a whole number, for example 2."),
    ),
    _wrong_request(
        "date_order",
        Wording(
            "Tanggal awal ({start}) jatuh setelah tanggal akhir ({end}).",
            "The first day ({start}) comes after the last ({end}).",
        ),
        Wording("Tukar kedua tanggal itu.", "Swap the two dates."),
    ),
    _wrong_request(
        "bad_date",
        Wording("“{parameter}” bukan tanggal yang sah.", "“{parameter}” is not a valid date."),
        Wording(
            "Tulis tahun-bulan-hari, misalnya 2024-08-28.",
            "Write year-month-day, for example 2024-08-28.",
        ),
    ),
    _wrong_request(
        "bad_month",
        Wording("“{value}” bukan bulan.", "“{value}” is not a month."),
        Wording(
            "Tulis tahun dan bulan di “{parameter}”, misalnya 2024-08.",
            "Write year and month in “{parameter}”, for example 2024-08.",
        ),
    ),
    _wrong_request(
        "unknown_facet",
        Wording(
            "Tidak ada saringan bernama “{value}”. Yang ada: {known}.",
            "There is no filter named “{value}”. There are: {known}.",
        ),
        Wording("Pakai salah satu saringan itu.", "Use one of these filters."),
    ),
    _wrong_request(
        "unknown_parameter",
        Wording(
            "Kami tidak mengenal “{parameter}” di alamat ini. Yang kami kenal: {known}.",
            "We do not know “{parameter}” in this address. We know: {known}.",
        ),
        Wording(
            "Hapus bagian itu, atau betulkan namanya.", "Take that part out, or correct its name."
        ),
    ),
    _wrong_request(
        "repeated_parameter",
        Wording(
            "“{parameter}” disebut lebih dari sekali.", "“{parameter}” is given more than once."
        ),
        Wording("Sisakan satu saja.", "Keep one of them."),
    ),
    _wrong_request(
        "too_many_parameters",
        Wording(
            "Alamat ini berisi lebih dari {high} bagian.",
            "This address has more than {high} parts.",
        ),
        Wording("Mulai lagi dari kotak pencarian.", "Start again from the search box."),
    ),
    _wrong_request(
        "too_many_values",
        Wording(
            "Terlalu banyak pilihan untuk “{parameter}”.",
            "There are too many choices for “{parameter}”.",
        ),
        Wording("Pilih paling banyak {high}.", "Choose at most {high}."),
    ),
    _wrong_request(
        "value_too_long",
        Wording("Isi “{parameter}” terlalu panjang.", "The value of “{parameter}” is too long."),
        Wording("Tulis paling banyak {high} huruf.", "Write at most {high} characters."),
    ),
    _wrong_request(
        "unknown_lang",
        Wording(
            "Halaman ini tersedia dalam bahasa Indonesia (lang=id) dan Inggris (lang=en).",
            "The page comes in Indonesian (lang=id) and English (lang=en).",
        ),
        Wording("Pilih salah satu bahasa itu.", "Choose one of these languages."),
    ),
    _wrong_request(
        "bad_value",
        Wording(
            "Isi “{parameter}” tidak bisa kami pakai.", "We cannot use the value of “{parameter}”."
        ),
        Wording("Perbaiki atau hapus bagian itu.", "Correct that part or take it out."),
    ),
    Problem(
        error=DocumentMissingError,
        code="document_missing",
        status=404,
        title=_NOT_THERE,
        text=Wording(
            "Tidak ada artikel di alamat ini. Mungkin sudah dihapus dari arsip.",
            "There is no article at this address. It may have left the archive.",
        ),
        advice=_SEARCH_THE_TITLE,
    ),
    Problem(
        error=QueryTimeoutError,
        code="query_timeout",
        status=503,
        title=Wording("Pencarian ini terlalu lama", "This search takes too long"),
        text=Wording(
            "Pencarian ini belum selesai dalam {seconds} detik, jadi kami hentikan.",
            "This search was not done within {seconds} seconds, so we stopped it.",
        ),
        advice=Wording(
            "Pakai kata yang lebih sedikit atau lebih jarang, atau persempit tanggalnya.",
            "Use fewer or rarer words, or narrow the dates.",
        ),
    ),
    Problem(
        error=IndexMissingError,
        code="no_index",
        status=503,
        title=_CANNOT_ANSWER,
        text=Wording("Indeks arsip ini belum dibuat.", "This archive has no index yet."),
        advice=Wording(
            "Kembalilah nanti. Anda mengelola arsip ini? Buat indeksnya dengan scripts/reindex.py.",
            "Come back later. Do you run this archive? Build its index with scripts/reindex.py.",
        ),
    ),
    Problem(
        error=SchemaMismatchError,
        code="old_index",
        status=503,
        title=_CANNOT_ANSWER,
        text=Wording(
            "Indeks arsip ini dibuat oleh versi lain dari program kami.",
            "The index of this archive was built by another version of our program.",
        ),
        advice=Wording(
            "Kembalilah nanti. Anda mengelola arsip ini? Buat lagi indeksnya dengan "
            "scripts/reindex.py.",
            "Come back later. Do you run this archive? Build its index again with "
            "scripts/reindex.py.",
        ),
    ),
    Problem(
        error=IndexDamagedError,
        code="damaged_index",
        status=503,
        title=_CANNOT_ANSWER,
        text=Wording(
            "Ada berkas indeks arsip ini yang rusak atau hilang.",
            "A file of this archive's index is damaged or missing.",
        ),
        advice=Wording(
            "Kembalilah nanti. Anda mengelola arsip ini? Pakai indeks sebelumnya dengan "
            "scripts/reindex.py --rollback, atau buat lagi indeksnya.",
            "Come back later. Do you run this archive? Go back to the index before with "
            "scripts/reindex.py --rollback, or build it again.",
        ),
    ),
    Problem(
        error=EngineUnavailableError,
        code="index_unavailable",
        status=503,
        title=_CANNOT_ANSWER,
        text=Wording(
            "Indeks arsip ini sedang tidak bisa dibuka.",
            "The index of this archive cannot be opened now.",
        ),
        advice=Wording(
            "Coba lagi dalam beberapa menit. Pengelola arsip bisa melihat sebabnya di catatan "
            "server.",
            "Try again in a few minutes. If you run this archive, the server's log has the cause.",
        ),
    ),
    BAD_REQUEST,
    Problem(
        error=None,
        code="not_found",
        status=404,
        title=_NOT_THERE,
        text=Wording("Tidak ada apa-apa di alamat ini.", "There is nothing at this address."),
        advice=_SEARCH_THE_TITLE,
    ),
    Problem(
        error=None,
        code="wrong_method",
        status=405,
        title=Wording("Cara ini tidak berlaku", "That does not work here"),
        text=Wording(
            "Halaman ini hanya bisa dibaca; tidak ada yang bisa dikirim ke sini.",
            "This page can only be read; nothing can be sent to it.",
        ),
        advice=Wording(
            "Buka alamat yang sama di peramban seperti biasa.",
            "Open the same address in a browser in the usual way.",
        ),
    ),
    Problem(
        error=None,
        code="body_too_large",
        status=413,
        title=Wording("Permintaan terlalu besar", "The request is too large"),
        text=Wording(
            "Yang dikirim lebih besar daripada yang bisa kami terima.",
            "What was sent is larger than we can take.",
        ),
        advice=Wording(
            "Tulis pencarian di alamatnya; tidak ada yang perlu dikirim.",
            "Put the search into the address; there is nothing to send.",
        ),
    ),
    FAULT,
)
"""Every row."""

_BY_REQUEST_CODE = {row.code: row for row in PROBLEMS if row.error is RequestError}
_BY_ERROR: dict[type[Exception] | None, Problem] = {
    row.error: row for row in PROBLEMS if row.error not in {None, RequestError}
}
_BY_STATUS = {row.status: row for row in PROBLEMS if row.error is None}


def problem_of(error: ArchiveError) -> Problem:
    """Return the row of an error; an index that cannot be opened has the row of the cause."""
    if isinstance(error, RequestError):
        return _BY_REQUEST_CODE.get(error.code, FAULT)
    if isinstance(error, EngineUnavailableError) and error.cause in _BY_ERROR:
        return _BY_ERROR[error.cause]
    return _BY_ERROR.get(type(error), FAULT)


def problem_with_status(status: int) -> Problem:
    """Return the row of a request that the server itself refuses with this HTTP status."""
    other = BAD_REQUEST if status < FAULT.status else FAULT
    return _BY_STATUS.get(status, other)
