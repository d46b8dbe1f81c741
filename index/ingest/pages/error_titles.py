"""Error titles: the headlines of pages that stand where an article should: errors, logins, checks.

Crawlers save what a server sends, also when the article is gone, when readers have to log in, or
when the server wants to see a human first. Only a title that is nothing else counts:

>>> is_error_title("404 - Halaman tidak ditemukan!"), is_error_title("Just a moment...")
(True, True)
>>> is_error_title("Halaman Tidak Ditemukan, Warga Keluhkan Situs Sekolah")
False
"""

import re

TITLE_CHARS_MOST = 120
"""A longer title is a headline."""

_PAGE = (
    r"(?:halaman|laman|page|artikel|berita|konten)(?: (?:yang )?(?:anda|kamu) (?:cari|minta|tuju))?"
)
_MISSING = r"(?:tidak|tak|belum) (?:dapat |bisa )?(?:ditemukan|tersedia)|not found|hilang"
_FORMS = (
    r"(?:error )?(?:40[034]|410|429|50[0-4])(?: (?:error|not found|forbidden))?",
    rf"(?:maaf|sorry|oops|ups|waduh)?[,.!]* ?{_PAGE} (?:ini )?(?:{_MISSING})",
    r"(?:bad gateway|service unavailable|gateway time-?out|internal server error|forbidden)",
    r"(?:access denied|akses ditolak|situs ditolak|permission denied)",
    r"just a moment|one moment,? please|attention required|checking your browser|are you human",
    r"(?:silakan|silahkan|please) (?:masuk|login|log in|sign in|daftar)(?: dulu)?",
    r"(?:halaman )?(?:log ?in|sign ?in|register|registrasi|lupa (?:kata sandi|password))",
    r"(?:situs|website) (?:ini )?(?:sedang )?(?:dalam perbaikan|maintenance)|under construction",
)
_BEFORE_OUTLET = re.compile(r" [|–—-] (?!.* [|–—-] )")
_ERROR = re.compile(rf"\W*(?:(?:{'|'.join(_FORMS)})\W*){{1,2}}", re.IGNORECASE)


def is_error_title(title: str) -> bool:
    """Tell whether a title is that of an error, a login or a check, and nothing else."""
    name = _BEFORE_OUTLET.split(title[: TITLE_CHARS_MOST + 1])[0]
    return len(title) <= TITLE_CHARS_MOST and any(map(_ERROR.fullmatch, (title, name)))
