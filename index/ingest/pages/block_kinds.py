"""Block kinds: what each line of a page is: text, link, date, line of the site, or something short.

>>> from index.ingest.pages.html_blocks import read_blocks
>>> from index.ingest.pages.html_tree import parse_tree
>>> page = parse_tree("<p>Harga beras turun sejak panen raya dimulai, kata kepala pasar.</p>"
...     "<p>28/8/2024 10:30</p><p><a href=x>Panen raya dimulai di tiga desa</a></p><p>Komentar</p>")
>>> [find_kind(block).name for block in read_blocks(page).blocks]
['TEXT', 'DATE', 'LINK', 'SITE']
"""

import enum
import re

from index.ingest.fields import find_date
from index.ingest.pages.html_blocks import Block
from index.ingest.pages.text_page_lines import is_list_heading
from index.ingest.text import find_rule

TEXT_CHARS_LEAST = 25
"""A shorter line is no paragraph, even if it ends as a sentence does."""
LONG_CHARS_LEAST = 120
"""A line as long is a paragraph, even if it does not end as a sentence does."""
DATE_CHARS_MOST = 150
"""A longer line with a date in it is more than a date."""
HEADLINE_CHARS_LEAST = 24
"""A link beside a date with fewer characters is a name."""
LINK_SHARE_LEAST = 0.8
"""A line with such a share of links is a link."""

SENTENCE_END_CHARS = 60
"""The end of a line that is looked at for the end of a sentence."""

_WORDS = re.compile(r"[^\W\d_]{2,} [^\W\d_]{2,}|[^\W\d_]{8,}")
_SENTENCE_END = re.compile(r"[.!?…][\"”'’»)\]]*(?:\s*\([^()]{2,40}\))?$")
_DATE_SIGNS = re.compile(
    r"\d[ ./-]{1,3}(?:\d|[a-z])|\b[a-z]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|"
    r"\b\d+ (?:detik|menit|jam|hari|minggu|bulan|min|minutes?|hours?|days?)\b",
    re.IGNORECASE,
)
_AGO = re.compile(
    r"(?:\W*\d+ (?:detik|menit|jam|hari|minggu|bulan|minutes?|hours?|days?)"
    r"(?: yang)? (?:lalu|ago)\W*|kemarin|baru saja|hari ini)",
    re.IGNORECASE,
)
_SITE = re.compile(
    r"(?:\W*\d+ )?(?:komentar|comments?|tulis komentar|beri(?:kan)? komentar|kirim komentar|"
    r"tinggalkan (?:komentar|balasan)|leave a (?:comment|reply)|kolom komentar|berlangganan|"
    r"newsletter|you may also like|related (?:articles|posts|news)|just in|most read|"
    r"jangan lewatkan|berita (?:sebelumnya|selanjutnya|pilihan|foto|video)|baca (?:lainnya|lagi)|"
    r"selanjutnya|sebelumnya|terkini lainnya|video pilihan|kumpulan berita terkait)\W*(?:\(\d+\))?",
    re.IGNORECASE,
)


class Kind(enum.Enum):
    """What a line of a page is."""

    TEXT = enum.auto()
    LINK = enum.auto()
    DATE = enum.auto()
    SITE = enum.auto()
    NOISE = enum.auto()
    SHORT = enum.auto()


def find_kind(block: Block) -> Kind:
    """Return the kind of a block."""
    text, length = block.text, len(block.text)
    if find_rule(text):
        return Kind.NOISE
    if is_site_heading(text):
        return Kind.SITE
    is_link = block.link_chars >= LINK_SHARE_LEAST * length
    is_worded = length >= TEXT_CHARS_LEAST and _WORDS.search(text) is not None
    is_sentence = is_worded and _SENTENCE_END.search(text[-SENTENCE_END_CHARS:]) is not None
    if is_link and not (is_sentence and length >= LONG_CHARS_LEAST and not block.is_heading):
        return Kind.LINK
    if length <= DATE_CHARS_MOST and not is_sentence and is_date_line(text):
        # A headline with its date is a teaser; a link as short as a name is a byline with a date.
        return Kind.LINK if block.link_chars >= HEADLINE_CHARS_LEAST else Kind.DATE
    is_long = is_worded and length >= LONG_CHARS_LEAST and block.link_chars * 2 < length
    return Kind.TEXT if is_sentence or (is_long and not block.is_heading) else Kind.SHORT


def is_site_heading(line: str) -> bool:
    """Tell whether a line stands above what the site adds to its pages: lists, comments, forms."""
    return _SITE.fullmatch(line[:80]) is not None or is_list_heading(line)


def is_date_line(line: str) -> bool:
    """Tell whether a line is the date of something, with little around it."""
    if _AGO.fullmatch(line):
        return True
    return _DATE_SIGNS.search(line) is not None and find_date(line) is not None
