"""An entry of a feed or export: to a numbered document, or a rejection.

The text is a fragment of HTML, and goes through the rules for saved pages: links to other articles,
adverts and share lines are cut and counted; bylines and tags inside the text are read.

>>> entry = Entry({"title": "Harga Turun"}, "<p>Harga beras turun.</p><p>Baca juga: Panen</p>")
>>> item = read_entry(lambda: entry, 1, Origin(path="a.rss", location="a.rss"))[1]
>>> item.body, item.notes
('Harga beras turun.', ('Lines of adverts and links that were cut from the text: 1.',))
"""

import html
from collections.abc import Callable
from dataclasses import dataclass, replace

from index.document import CutLine, Document
from index.errors import SourceError
from index.ingest.io import Limits, NumberedItem, Origin
from index.ingest.pages import PageParts, parse_tree, read_fragment, sort_lines
from index.ingest.rows import Row, to_document


@dataclass(frozen=True, slots=True)
class Entry:
    """The values of an entry, by the keys of `index.ingest.rows.KEYS`, and its text as HTML."""

    values: Row
    content: str


def read_entry(parse: Callable[[], Entry], number: int, origin: Origin) -> NumberedItem:
    """Make a document of one entry, or its rejection if the entry has an error.

    Args:
        parse: returns the entry, or raises SourceError.
        number: the number of the entry in its file, from 1.
        origin: the file.
    """
    try:
        return number, _to_document(parse(), f"{origin.location}#{number}", origin.limits)
    except SourceError as error:
        return origin.reject(number, error)
    except RecursionError:
        return origin.reject(number, SourceError("malformed", "its text is nested too deeply"))


def make_too_large_error(origin: Origin) -> SourceError:
    """Return the error of an entry that was dropped while it was read, because of its size."""
    return SourceError("too_large", f"it has more than {origin.limits.line_bytes} characters")


def _to_document(entry: Entry, location: str, limits: Limits) -> Document:
    parts, cut = _read_text(entry.content, limits)
    values = {key: value for key, value in entry.values.items() if value}
    # `to_document` decodes entities, and those of this text were decoded with its HTML.
    values["body"] = html.escape("\n".join(parts.article), quote=False)
    values.setdefault("author", list(parts.authors))
    values.setdefault("editor", list(parts.editors))
    values.setdefault("tags", list(parts.tags))
    if not parts.article:
        raise SourceError("no_body", f"the title is: {str(entry.values.get('title', ''))[:80]}")
    document = to_document(values, location, limits)
    if not cut:
        return document
    note = f"Lines of adverts and links that were cut from the text: {len(cut)}."
    cut_lines = (*cut, *document.cut_lines)
    return replace(document, notes=(note, *document.notes), cut_lines=cut_lines)


def _read_text(content: str, limits: Limits) -> tuple[PageParts, list[CutLine]]:
    """Return the lines of a text, sorted by what they are, and the lines that were cut."""
    if not content.strip():
        return sort_lines([]), []
    body = read_fragment(parse_tree(f"<div>{content}</div>", limits))
    parts = sort_lines(body.lines)
    return parts, [*body.cut_lines, *parts.cut_lines]
