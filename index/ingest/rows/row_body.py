"""Row body: the text of an article in a row, in lines, without what is not the article.

>>> read_body({"body": "<p>Harga turun.</p><p>Baca juga: Panen raya</p>"})[0]
['Harga turun.']
"""

import html
import re

from index.document import CutLine
from index.ingest.fields import is_opening_alone
from index.ingest.rows.keys import Row
from index.ingest.rows.row_texts import drop_numbers
from index.ingest.rows.values import find_texts
from index.ingest.text import (
    clean_text,
    cut_inline_links,
    drop_commas,
    remove_boilerplate,
    split_paragraphs,
    strip_markdown,
    strip_markup,
)

_NUMBER_CHARS_MOST = 40
"""Longest number that stands for a text in the line of totals below a table."""
_PRINTED_BREAK = re.compile(r"(?:\\r)?\\n")
"""A line break as programs print it: a backslash and a letter."""


def read_body(row: Row) -> tuple[list[str], list[CutLine]]:
    """Return the lines of the text, and what was cut from it."""
    given = "\n".join(drop_numbers(find_texts(row.get("body"))))
    if len(given) < _NUMBER_CHARS_MOST and not any(map(str.isalpha, given)):
        return [], []
    if "\\n" in given and "\n" not in given:
        given = _PRINTED_BREAK.sub("\n", given)
    lines = drop_commas(
        split_paragraphs(clean_text(html.unescape(strip_markdown(strip_markup(given)))))
    )
    lines, cut = cut_inline_links(lines)
    body, boilerplate = remove_boilerplate(lines, headings=True)
    if len(body) == 1 and is_opening_alone(body[0]):
        body = []
    return body, [*cut, *boilerplate]
