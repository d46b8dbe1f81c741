r"""Menus above a page that was saved as text with all that stood on it.

Whoever copies a whole page, or prints it with a text browser, has the menus above the headline.
The headline is then the last line that reads as one above the date; what is above it is cut, and
below it, up to the first paragraph, stay the date, the names beside it, labels and credits.

>>> menu = ["Kabar Pagi", "Beranda", "Ekonomi", "Olahraga", "Video", "Indeks"]
>>> page = ["Panen Garam Membaik di Sampang", "Ani Lestari - kabarpagi.com"]
>>> text = "Panen garam di Sampang membaik sejak hujan berhenti, kata ketua kelompok tani itu."
>>> kept, cut = cut_menu([*menu, *page, "Selasa, 10 Jun 2025 15:15 WIB", "0 komentar", text])
>>> kept[:3], len(cut)
(['Panen Garam Membaik di Sampang', 'Penulis: Ani Lestari', '2025-06-10'], 7)
"""

import re

from index.document import CutLine
from index.ingest.fields import find_date, has_photo_credit, is_credit, reads_as_name, split_people
from index.ingest.pages.text_page_lines import is_labelled, is_paragraph

MENU_LINES_LEAST = 6
"""Fewer lines above the first paragraph hold no menu."""
PARAGRAPH_CHARS_LEAST = 80
"""A shorter sentence may be a caption or the name of a section."""
DATE_CHARS_MOST = 80
"""A longer line with a date in it is more than a date."""
BESIDE_MOST = 4
"""So many lines may stand between the headline and the date."""
HEADLINE_WORDS_LEAST = 4
"""A line with fewer words is a section or a button."""

_BEFORE_OUTLET = re.compile(r"(?P<name>[^|–—,-]{3,60}?) [-–—|] [\w.]{4,30}")

_DAY = re.compile(r"(?:\b[A-Za-z]{4,6}, ?)?\b\d{1,2}[ /-](?:\d{1,2}|[A-Za-z]{3,9})[ /-]\d{4}")


def cut_menu(lines: list[str]) -> tuple[list[str], list[CutLine]]:
    """Return the lines of a page from its headline on, and the lines of menus that were cut."""
    first = next((at for at, line in enumerate(lines) if _is_text(line)), 0)
    dates = (at for at, line in enumerate(lines[:first]) if _is_date(line))
    date = next(dates, None)
    if date is None or first < MENU_LINES_LEAST:
        return lines, []
    above = range(date - 1, max(-1, date - BESIDE_MOST - 1), -1)
    top = next((at for at in above if _is_headline(lines[at])), 0)
    if top == 0:
        return lines, []
    beside = (date - 1, date + 1)
    below = {
        at: _read_names(lines[at]) if at in beside and _names_in(lines[at]) else _kept(lines[at])
        for at in range(top + 1, first)
    }
    cut = [*lines[:top], *(lines[at] for at, kept in below.items() if not kept)]
    kept = [line for each in below.values() for line in each]
    return [lines[top], *kept, *lines[first:]], [CutLine("frame", line) for line in cut]


def _is_text(line: str) -> bool:
    return len(line) >= PARAGRAPH_CHARS_LEAST and is_paragraph(line)


def _is_date(line: str) -> bool:
    return len(line) <= DATE_CHARS_MOST and find_date(line) is not None


def _is_headline(line: str) -> bool:
    is_own = not (is_labelled(line) or is_credit(line) or _names_in(line))
    return is_own and len(line.split()) >= HEADLINE_WORDS_LEAST


def _kept(line: str) -> list[str]:
    """Return a line between headline and text as `text_page` reads it, [] for one of the site."""
    if _is_date(line):
        byline = _DAY.split(line)[0].strip(" |,-")
        return [*([byline] if is_labelled(byline) else []), str(find_date(line))]
    is_field = is_labelled(line) or is_credit(line) or has_photo_credit(line)
    return [line] if is_field or is_paragraph(line) else []


def _read_names(line: str) -> list[str]:
    return [f"Penulis: {', '.join(_names_in(line))}"]


def _names_in(line: str) -> list[str]:
    """Return the people of a line that holds nothing but names, or one before the outlet's."""
    match = _BEFORE_OUTLET.fullmatch(line)
    names = split_people(match["name"] if match else line)
    is_brief = match or all(len(name.split()) < HEADLINE_WORDS_LEAST for name in names)
    return names if is_brief and all(map(reads_as_name, names)) else []
