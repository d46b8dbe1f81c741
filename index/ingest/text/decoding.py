r"""Text decoding: from bytes to clean characters, whatever the encoding.

The encodings are tried in this order: UTF-16 if a byte order mark says so, UTF-8 with or without a
mark, cp1252 as old Windows machines wrote it. A text that is UTF-8 except for a few bytes, such as
a file that was cut inside a character, stays UTF-8, with U+FFFD for those bytes; so has a text in
cp1252 for the few bytes that mean nothing there.

A cleaned text is in NFC, its only line breaks are line feeds, and it has no control, zero-width or
bidirectional characters and no lone surrogates, so it can stand in HTML, XML and JSON.

>>> split_paragraphs(clean_text(decode_text(b"Harga\xc2\xa0beras  \r\n\r\n turun")))
['Harga beras', 'turun']
"""

import re
import unicodedata

from index.analysis import INVISIBLE_CHARACTERS
from index.errors import SourceError
from index.ingest.text.hyphens import join_broken_lines
from index.ingest.text.mojibake import mend_encoding

_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_CONTROL_BYTES = bytes(byte for byte in range(32) if byte not in b"\t\n\v\f\r\x1b") + b"\x7f"
_CONTROL_SHARE = 20
"""Data with more than one control character in this many bytes is no text."""
_REPLACEMENT = "\ufffd"
_GOOD_TO_BAD = 4
"""Data with more than this many good characters beyond ASCII for each bad byte is damaged UTF-8;
with fewer it is cp1252."""

_LINE_BREAK = re.compile("\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")

_NOT_LATIN_RUN = re.compile("[^\x00-\u02ff]{31,}")
_MARKS_MOST = 30
"""Combining marks on one letter: the bound of Unicode's stream-safe text format (UAX 15)."""


def decode_text(data: bytes) -> str:
    """Decode the bytes of a file or of a row.

    Raises:
        SourceError: empty, binary or encoding.
    """
    if not data.strip():
        raise SourceError("empty", "there is nothing but white space")
    if data.startswith(_UTF_16_MARKS):
        return _decode_utf_16(data)
    control_count = len(data) - len(data.translate(None, _CONTROL_BYTES))
    if b"\0" in data or control_count * _CONTROL_SHARE > len(data):
        raise SourceError("binary", "there are zero bytes or many control characters")
    return _decode_bytes(data)


def clean_text(text: str) -> str:
    """Return the text in NFC, with mojibake mended, plain line feeds, no invisible characters."""
    if text.isascii() and text.isprintable():  # as most values of one line are
        return text
    text = mend_encoding(text)
    # A printable text holds no invisible character; asking takes a twentieth of the time.
    if not text.replace("\n", "").isprintable():
        text = INVISIBLE_CHARACTERS.sub("", _LINE_BREAK.sub("\n", text))
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return text
    # NFC sorts the marks of one letter in quadratic time: 40,000 of them would take a second.
    return unicodedata.normalize("NFC", _NOT_LATIN_RUN.sub(_with_fewer_marks, text))


def split_paragraphs(text: str) -> list[str]:
    """Split a clean text into lines: single spaces inside, none around, no blank lines.

    Words that were broken at line ends are joined; see `index.ingest.text.hyphens`.
    """
    is_plain = text.isascii() and "  " not in text and "\t" not in text  # as most texts are
    lines = map(str.strip if is_plain else to_one_line, text.split("\n"))
    return join_broken_lines([line for line in lines if line])


def to_one_line(text: str) -> str:
    """Return a clean text as a single line with single spaces."""
    return " ".join(text.split())


def _decode_utf_16(data: bytes) -> str:
    try:
        text = data.decode("utf-16")
    except UnicodeDecodeError as error:
        raise SourceError(
            "encoding", "it begins as UTF-16 and goes on as something else"
        ) from error
    if "\0" in text:
        raise SourceError("binary", "there are zero characters")
    if not text.strip():
        raise SourceError("empty", "there is nothing but white space")
    return text


def _decode_bytes(data: bytes) -> str:
    text = data.decode("utf-8-sig", errors="replace")
    bad_count = text.count(_REPLACEMENT)
    if not bad_count or _wide_count(text) > (_GOOD_TO_BAD + 1) * bad_count:
        return text
    text = data.decode("cp1252", errors="replace")
    bad_count = text.count(_REPLACEMENT)
    if bad_count * 2 > _wide_count(text):
        raise SourceError("encoding", f"{bad_count} of its bytes fit no known encoding")
    return text


def _wide_count(text: str) -> int:
    return len(text) - len(text.encode("ascii", errors="ignore"))


def _with_fewer_marks(run: re.Match[str]) -> str:
    kept: list[str] = []
    mark_count = 0
    for char in run.group():
        mark_count = mark_count + 1 if unicodedata.combining(char) else 0
        if mark_count <= _MARKS_MOST:
            kept.append(char)
    return "".join(kept)
