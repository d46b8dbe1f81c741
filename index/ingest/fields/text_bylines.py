"""Bylines within a text: who wrote it, where a scraper joined the byline with the text.

>>> found = take_bylines(["Reporter: Ani Lestari | Editor: Budi Raharja PAGI.CO.ID - Panen naik."])
>>> found.lines, found.authors, found.editors
(['PAGI.CO.ID - Panen naik.'], ['Ani Lestari'], ['Budi Raharja'])
>>> take_bylines(["Panen naik. Pewarta: Ani LestariEditor: Budi Copyright © PAGI 2026"]).authors
['Ani Lestari']
"""

import re
from typing import NamedTuple

from index.document import CutLine

_NAME = r"[A-Z][\w.'’-]*(?: (?!Editor\b)[A-Z][\w.'’-]*){0,5}?"
_WRITER = r"(?:Reporter|Pewarta|Penulis|Jurnalis|Wartawan|Laporan)"
_HEAD = re.compile(
    rf"{_WRITER} ?: ?(?P<author>{_NAME})(?: ?\| ?| ?/ ?| )?"
    r"Editor ?: ?(?P<editor>[A-Z][a-z.'’-]*(?: [A-Z](?:[a-z'’-]+|\.)(?![\w.])){0,4}) ?"
)
_TAIL = re.compile(
    rf"\(?(?:{_WRITER} ?: ?(?P<author>{_NAME}))? ?[|/]? ?"
    rf"(?:Editor ?: ?(?P<editor>{_NAME}))? ?(?:(?i:copyright|©|\(c\)) .{{0,300}})?\)?"
)
_LABEL = re.compile(rf"\(?(?:{_WRITER}|Editor) ?: ?[A-Z]")
_WRITTEN_BY = re.compile(rf"\(?(?i:ditulis oleh|laporan wartawan) ?:? ?(?P<author>{_NAME})\)?\.?")
_TAIL_CHARS = 400
"""Characters at the end of a text in which its byline is looked for."""


class TextBylines(NamedTuple):
    """The lines of a text without its bylines, the people of these, and what was cut."""

    lines: list[str]
    authors: list[str]
    editors: list[str]
    cut: list[CutLine]


def take_bylines(lines: list[str]) -> TextBylines:
    """Take the bylines from the beginning of the first line and the end of the last one."""
    found = TextBylines(list(lines), [], [], [])
    if found.lines and (head := _HEAD.match(found.lines[0])):
        _take(found, 0, head)
    if found.lines:
        line = found.lines[-1]
        start = max(0, len(line) - _TAIL_CHARS)
        labels = _LABEL.finditer(line, start) if ":" in line else ()  # as each label has
        for label in labels:
            if tail := _TAIL.fullmatch(line, label.start()):
                _take(found, -1, tail)
                break
        else:
            if signed := _WRITTEN_BY.fullmatch(line):
                _take(found, -1, signed)
    return found


def _take(found: TextBylines, position: int, byline: re.Match[str]) -> None:
    """Move a byline from its line to the people."""
    groups = byline.groupdict()
    found.authors.extend(name for name in [groups.get("author")] if name)
    found.editors.extend(name for name in [groups.get("editor")] if name)
    line = found.lines[position]
    rest = (line[: byline.start()] + line[byline.end() :]).strip()
    found.cut.append(CutLine("frame", byline.group().strip()))
    found.lines[position : position + 1 or None] = [rest] if rest else []
