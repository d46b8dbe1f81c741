"""The document: one news article as it is indexed, stored and shown; or why there is none.

A `Document` is complete and frozen. A `Rejection` stands for an article that could not be read or
is not indexed; a build lists every one of them, so nothing is lost in silence.

>>> Document(doc_id="a1", title="Harga beras turun", body="Harga beras turun.").date_source
'unknown'
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

DateSource = Literal["stated", "date_line", "inferred", "unknown"]
"""Where a date comes from.

stated: a field of its own or a full date line; date_line: a date line in the text with day, month
and year; inferred: a date line without a year, which follows from months that the body names;
unknown: there is no date.
"""

REJECTION_REASONS = {
    "empty": "the file holds nothing",
    "binary": "the file is no text",
    "too_large": "the file or the row is larger than the limit",
    "encoding": "the text is neither UTF-8 nor one of the usual legacy encodings",
    "unreadable": "the system would not open or read the file",
    "outside": "a link leads out of the files and folders that were named",
    "too_slow": "reading took longer than the limit",
    "correction": "a row of corrections.csv cannot be used",
    "takedown": "a line of taken_down.txt names no article",
    "not_supported": "no reader exists for this kind of file",
    "malformed": "the file or the row is not what its format asks for",
    "no_article": "the page is a front page, a list, a gallery or a player, no article",
    "no_column": "no column of the table, or key of the object, is known as the text",
    "no_title": "there is no title",
    "no_body": "there is a title, but no article text",
    "duplicate": "another article with the same id was already read",
    "copy": "the same address, or outlet, day and text, was already read, so it is indexed once",
    "taken_down": "the article was taken down, and is kept out of every build",
}
"""Why an article is rejected: each code, and what it means."""

PASSING_REASONS = frozenset({"unreadable", "too_slow"})
"""Faults of a moment, which say nothing of the file: the next update reads it again."""

REJECTION_ADVICE = {
    "empty": "fetch the file again, or delete it",
    "binary": "keep photos and programs in another folder",
    "too_large": "divide the file, or cut the row",
    "encoding": "save the file as UTF-8",
    "unreadable": "check who may read it",
    "outside": "name the folder that it leads to, too, or put the file itself here",
    "too_slow": "read the file alone with a larger --item-seconds, or divide it",
    "correction": "correct or delete the row",
    "takedown": "write the id alone, or a tab behind it; delete the line if it is no longer needed",
    "not_supported": "the list below says what to do instead",
    "malformed": "scripts/explain.py FILE shows what is read, and where it stops",
    "no_article": "nothing if it is a list; scripts/explain.py FILE shows why",
    "no_column": "name the column of the text: --map COLUMN=body",
    "no_title": "name the column of the headline: --map COLUMN=title",
    "no_body": "get the texts; a headline or a summary alone is no article",
    "duplicate": "give each article an id or an address of its own",
    "copy": "nothing: the article is indexed once",
    "taken_down": "nothing: it stays away while it is listed in taken_down.txt",
}
"""What can be done about a rejection, by its code."""

CUT_RULES = {
    "link": "announces another article",
    "media": "stands for a video, a photo or a post",
    "advert": "is an advert, or stands around one",
    "share": "asks to share or follow",
    "origin": "tells where the article was published before",
    "copyright": "is a copyright line",
    "initials": "gives a writer's initials",
    "list": "is a list of other articles",
    "below": "stands below the lists at the foot of the page",
    "frame": "is a part of the page that belongs to the site",
    "repeated": "stands under everything of its outlet",
}
"""Why a line of a text is cut: each rule, and what the line does."""


class Correction(NamedTuple):
    """A field of an article that was corrected by hand.

    Attributes:
        field: its name in a document.
        value: the text that was given.
        who: who corrected it.
        when: the day, as YYYY-MM-DD.
        was: the values before, which are never shown to readers.
    """

    field: str
    value: str
    who: str
    when: str
    was: tuple[str, ...] = ()


class CutLine(NamedTuple):
    """A line that was cut from a text, and the rule of `CUT_RULES` by which it was."""

    rule: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One news article, as it is indexed, stored and shown.

    Attributes:
        doc_id: stable from rebuild to rebuild; see `index.ingest.fields.identity`.
        title: the headline.
        body: paragraphs and subheads, each on a line, without blank lines.
        subheads: the lines of the body that are subheads, in order.
        caption: the text under the photo.
        credit: who took the photo.
        place: where the story was written, as the date line spells it.
        date: the day in Asia/Jakarta on which the article appeared.
        date_source: where that day comes from.
        date_doubtful: whether the text names a weekday that the date is not.
        authors: the names of the writers, without words for their role.
        editors: the same for the editors.
        tags: the newsroom's tags, each once, in order.
        category: the section or channel.
        source: the outlet.
        url: the address of the article at its outlet.
        notes: what was noticed while reading and not acted on, a sentence each.
        extras: values of the file under names that Kliping does not know, as text.
        corrections: what was corrected by hand, the last one first.
        origins: by field, the part of the file that it was read from; not stored.
        cut_lines: the lines that were cut from the text; not stored.
        former_id: the id that it had by the rules of older versions, "" if that is its id or not
            known; not stored.
    """

    doc_id: str
    title: str
    body: str
    subheads: tuple[str, ...] = ()
    caption: str = ""
    credit: str = ""
    place: str = ""
    date: dt.date | None = None
    date_source: DateSource = "unknown"
    date_doubtful: bool = False
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    category: str = ""
    source: str = ""
    url: str = ""
    notes: tuple[str, ...] = ()
    extras: dict[str, str] = field(default_factory=dict)
    corrections: tuple[Correction, ...] = ()
    origins: dict[str, str] = field(default_factory=dict, compare=False)
    cut_lines: tuple[CutLine, ...] = field(default=(), compare=False)
    former_id: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Rejection:
    """An article that is not indexed.

    Attributes:
        path: the file, as it is shown.
        line: the row within the file, from 1; 0 for the whole file.
        reason: a key of `REJECTION_REASONS`.
        detail: what was found, for the person who will correct it.
    """

    path: str
    line: int
    reason: str
    detail: str
