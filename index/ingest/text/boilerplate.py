"""Boilerplate removal: lines of a text that are not the article, cut by one table of rules.

One table of rules serves every kind of file. A rule cuts whole lines of at most 250 characters, so
a sentence that only begins like an advert stays:

>>> kept, cut = remove_boilerplate(["Harga turun.", "Baca juga: Panen raya", "Baca buku itu."])
>>> kept, cut
(['Harga turun.', 'Baca buku itu.'], [CutLine(rule='link', text='Baca juga: Panen raya')])
"""

import re
from collections.abc import Iterable

from index.document import CutLine

LINE_CHARS_MOST = 250
"""A longer line is a paragraph that begins like boilerplate."""
DISCLAIMER_CHARS_MOST = 800
"""The longest disclaimer."""
LINK_CHARS_MOST = 130
"""A longer line is the headline of a link with a paragraph of the article behind it."""

_NO_SENTENCE = r"(?!.*[a-z]{3}\.$)"
"""Matches where the line does not end as a sentence does. An address such as detik.com is none.
It reads the whole line, so it stands behind the words of a rule."""

RULES: tuple[tuple[str, str], ...] = (
    (
        "link",
        (
            r"[\[(*•▪ -]*(?:baca|lihat|simak|tonton|saksikan|dengarkan|cek)(?: \w+){0,2}? "
            r"(?:juga|pula|selengkapnya|video|halaman)\b.*\w.*"
        ),
    ),
    ("link", r"[\[(*•▪ -]*(?:baca|lihat|simak|tonton)(?: juga)? ?[:;].*\w.*"),
    ("link", rf"video (?:terpopuler|pilihan|terkait)\b{_NO_SENTENCE}.*"),
    ("link", rf"(?:pilihan editor|cek berita dan artikel)\b{_NO_SENTENCE}.*\w.*"),
    ("link", rf"(?:also read|read also|berita terkait|artikel terkait)\b{_NO_SENTENCE}.*\w.*"),
    ("media", r"\[(?:gambas|video|foto|embed|halaman|instagram|twitter)\b.*\]"),
    (
        "advert",
        (
            r"(?:advertisement|iklan|sponsored|promoted|pariwara|"
            r"scroll (?:to|for|untuk|ke bawah) .*|geser untuk .*|lanjutkan membaca.*|"
            r"konten promosi.*|pilihan redaksi|baca berita dengan sedikit iklan.*)"
        ),
    ),
    (
        "share",
        (
            r"\(?(?:(?:ayo|yuk|mari),? )?"
            r"(?:bagikan|share|sebarkan|ikuti|follow|dapatkan|gabung|bergabung|download|unduh)\b"
            r".{0,80}"
            r"(?:saluran|channel|google news|whatsapp|telegram|aplikasi|instagram|twitter|facebook|"
            r"link)\b.*"
        ),
    ),
    ("share", r"(?:dapatkan|simak) (?:update |breaking news|berita pilihan).{0,200}"),
    ("share", r"(?:bagikan|share|sebarkan) (?:artikel|berita|tautan)\b.{0,20}"),
    ("share", r"(?:facebook|twitter|whatsapp|telegram|copy link|salin tautan|share|bagikan)"),
    (
        "origin",
        r"artikel ini (?:telah |sudah )?(?:tayang|terbit|dimuat|ditayangkan|diterbitkan)\b.*",
    ),
    (
        "copyright",
        (
            r"(?:copyright|©|\(c\) ?\d{4}).*|hak cipta(?: dilindungi.*| ©.*|)|dilarang (?:keras )?"
            r"(?:mengambil|meng(?:utip|opi|gandakan)|mereproduksi|menyalin).*"
        ),
    ),
    (
        "frame",
        r"(?:kebijakan privasi|privacy policy|terima semua|accept all|tolak semua|reject all)",
    ),
    ("initials", r"\([a-z]{2,6}(?:[/-][a-z]{2,8}){0,3}\)|[a-z]{2,6}(?:/[a-z]{2,8}){1,3}"),
)
_ANY = re.compile(
    "|".join(f"(?P<{name}_{number}>{pattern})" for number, (name, pattern) in enumerate(RULES)),
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"[\[(*•▪ -]*(?:baca|lihat|simak|tonton) juga ?[:;]?[\])*]*|(?:berita|artikel) terkait ?:?",
    re.IGNORECASE,
)
_DISCLAIMER = re.compile(
    r"(?:disclaimer|penafian|sanggahan) ?: ?.*|"
    r"the issuer is solely responsible for the content of this announcement.*|"
    r"hashtag ?: ?#.*|(?:alamat )?(?:kantor )?redaksi ?: ?(?:jl|jalan|gedung|lantai|telp?)\b.*|"
    r"(?:telp|telepon|phone|fax|faks)\.? ?:? ?[(+\d].*|"
    r"(?:dapatkan|join us|follow us|ikuti kami|sign up|berlangganan)\b.{0,160}"
    r"(?:channel|newsletter|instagram|whatsapp|telegram|email|inbox|kotak masuk)\b.{0,300}|"
    r"dapatkan berita (?:up ?to ?date|terbaru|terkini|pilihan)\b.{0,300}|"
    r"(?:tulisan|artikel|opini|kolom) ini (?:merupakan|adalah) (?:pendapat|opini|pandangan|"
    r"tanggung jawab|sikap) (?:pribadi )?(?:penulis|pribadi)\b.{0,200}",
    re.IGNORECASE,
)
"""What the site says in its own name: disclaimers, addresses, invitations."""
_SITE = r"\b(?:kami|situs|website|site|we|anda|you|laman|kebijakan)\b"
_COOKIES = re.compile(
    rf".*(?:{_SITE}.*\b(?:cookies?|kuki)\b|\b(?:cookies?|kuki)\b.*{_SITE}).*", re.IGNORECASE
)
_COMMENTS = re.compile(r".{0,40}\bkomentar (?:adalah|merupakan) tanggapan pribadi.*", re.IGNORECASE)
_SCRIPT = re.compile(r".*(?:googletag\.|adsbygoogle \|\|).*")
_NOTICE_BY_WORD = {
    "ookie": _COOKIES,
    "uki": _COOKIES,
    "anggapan pribadi": _COMMENTS,
    "googletag": _SCRIPT,
    "adsbygoogle": _SCRIPT,
}
"""The same in any part of a line, by the end of a word that each has. A pattern that may begin
anywhere costs as much as all others together, and hardly any line has the word."""
_FIRST_WORDS = (
    "accept advertisement alamat also artikel baca bagikan berita berlangganan cek copy copyright "
    "dapatkan dengarkan dilarang disclaimer download facebook faks fax follow gabung geser hak "
    "hashtag iklan ikuti join kantor kebijakan konten lanjutkan lihat pariwara penafian phone "
    "pilihan privacy promoted read redaksi reject saksikan salin sanggahan scroll sebarkan share "
    "sign simak sponsored telegram telepon telp terima the tolak tonton twitter unduh video "
    "whatsapp ayo yuk mari bergabung tulisan opini kolom"
)
"""What the lines of all rules above begin with, but for notices and for initials."""
_FIRST_SIGNS = "[(*•▪ -©"
_STARTS = frozenset(word[:3] for word in _FIRST_WORDS.split())
_SHORT_CHARS_MOST = 40
"""Longest line that may be initials."""
_INITIALS = re.compile(r"\s*\([a-z0-9]{2,10}(?:/[a-z0-9]{2,10}){1,3}\)$")
"""The initials of writer and agency behind the last sentence, as in (abc/ant)."""


def remove_boilerplate(
    lines: Iterable[str], *, headings: bool = False
) -> tuple[list[str], list[CutLine]]:
    """Return the lines of the article, and the lines that were cut with the rule for each.

    Args:
        lines: the text.
        headings: cut a heading without a list, such as "Baca Juga", as well. False where a list
            may stand below it: `index.ingest.pages.text_page_lines` finds the list by its heading.
    """
    kept: list[str] = []
    cut: list[CutLine] = []
    lines = list(lines)
    notices = _notices_in("\n".join(lines))
    for line in lines:
        is_suspect = notices or _may_be_cut(line)
        rule = _rule_of(line, notices, headings=headings) if is_suspect else ""
        if rule:
            cut.append(CutLine(rule, line))
        else:
            kept.append(_INITIALS.sub("", line) if line.endswith(")") else line)
    return kept, cut


def find_rule(line: str, *, headings: bool = False) -> str:
    """Return the rule that cuts a line, or "" if no rule does; for `headings` see above."""
    return _rule_of(line, _notices_in(line), headings=headings)


def _rule_of(line: str, notices: Iterable[re.Pattern[str]], *, headings: bool) -> str:
    is_short = len(line) <= DISCLAIMER_CHARS_MOST
    if is_short and any(form.fullmatch(line) for form in notices):
        return "frame"
    if not _may_be_cut(line):
        return ""
    if is_short and _DISCLAIMER.fullmatch(line):
        return "frame"
    found = _ANY.fullmatch(line) if len(line) <= LINE_CHARS_MOST else None
    rule = (found.lastgroup or "").partition("_")[0] if found else ""
    if rule == "link" and len(line) > LINK_CHARS_MOST:
        rule = ""
    return "link" if headings and not rule and _HEADING.fullmatch(line) else rule


def _notices_in(text: str) -> list[re.Pattern[str]]:
    """Return the forms of the notices that a text may hold; hardly any text has their words."""
    return [form for word, form in _NOTICE_BY_WORD.items() if word in text]


def _may_be_cut(line: str) -> bool:
    """Tell whether a line begins as those that rules cut: a quick test that few lines pass."""
    start = line[:3].lower()
    if start in _STARTS or len(line) <= _SHORT_CHARS_MOST:
        return True
    return start[:1] in _FIRST_SIGNS or not start.isascii()
