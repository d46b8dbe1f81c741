"""Limits on the size of an article and its fields, and the order of day and month in dates.

>>> trimmer = Trimmer()
>>> trimmer.trim_text("title", "Harga beras turun", 11), trimmer.notes
('Harga beras', ['The title was cut from 17 to 11 characters.'])
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

DateOrder = Literal["day", "month"]
"""What comes first in a date of numbers alone, such as 03/04/2024."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The most that is read of anything.

    Attributes:
        file_bytes: bytes of a saved page.
        line_bytes: bytes of one row, or of one item of an export.
        column_count: columns of a table.
        depth: how deep lists and objects nest in a row of a JSON list.
        contents_bytes: bytes of an archive's table of contents; 32 MB name some 300,000 members.
        expansion_factor: how many times its own size a packed file may unpack to, in addition to
            `expansion_free_bytes`. News as JSON packs to a third or a tenth, a bomb to a
            thousandth.
        expansion_free_bytes: bytes that any packed file may unpack to.
        workbook_bytes: bytes of an Excel workbook, packed and unpacked: it is held in memory.
        workbook_tags: tags of its parts together, and cells of a sheet; an article of ten columns
            has some 20.
        element_count: tags of an HTML page; a long page of news has some 4,000.
        element_depth: how deep tags nest; a page of news nests some 40 deep.
        title_chars: characters of a headline.
        caption_chars: characters of the caption of a photo.
        value_chars: characters of one name, tag, section or outlet.
        url_chars: characters of an address. A longer one is left out: a cut one leads nowhere.
        tag_count: tags of an article.
        person_count: authors of an article; the same for editors.
        extra_count: values under unknown keys that are kept.
        extra_chars: characters of each of them.
        item_seconds: seconds of reading from one article of a file to the next.
        date_order: whether 03/04/2024 has its day or its month first; None where it is not known,
            so that such dates are read day first, with a note.
    """

    file_bytes: int = 5_000_000
    line_bytes: int = 5_000_000
    column_count: int = 500
    depth: int = 100
    contents_bytes: int = 32_000_000
    expansion_factor: int = 100
    expansion_free_bytes: int = 64_000_000
    workbook_bytes: int = 200_000_000
    workbook_tags: int = 5_000_000
    element_count: int = 30_000
    element_depth: int = 200
    title_chars: int = 1_000
    caption_chars: int = 2_000
    value_chars: int = 200
    url_chars: int = 2_000
    tag_count: int = 100
    person_count: int = 50
    extra_count: int = 20
    extra_chars: int = 1_000
    item_seconds: int = 60
    date_order: DateOrder | None = None


LIMITS = Limits()
"""The default limits."""

NOTES_MOST = 20
"""Most notes of one article: a page with a thousand faults needs no thousand notes."""


@dataclass(slots=True)
class Trimmer:
    """Shortens the values of one article to their limits, and keeps a note of each cut."""

    notes: list[str] = field(default_factory=list)

    def add_note(self, sentence: str) -> None:
        """Keep a note, unless there are `NOTES_MOST` already."""
        if len(self.notes) < NOTES_MOST:
            self.notes.append(sentence)

    def trim_text(self, name: str, text: str, most: int) -> str:
        """Return at most `most` characters of the text."""
        if len(text) <= most:
            return text
        self.add_note(f"The {name} was cut from {len(text)} to {most} characters.")
        return text[:most].rstrip()

    def trim_values(
        self, name: str, values: Iterable[str], most: int, chars: int
    ) -> tuple[str, ...]:
        """Return at most `most` values of at most `chars` characters, without duplicates.

        Two values are duplicates when they differ in case alone; the first is kept.
        """
        unique: dict[str, str] = {}
        for value in values:
            unique.setdefault(value.casefold(), value)
        kept = list(unique.values())
        if len(kept) > most:
            self.add_note(f"Of {len(kept)} {name}s the first {most} were kept.")
        return tuple(self.trim_text(name, value, chars) for value in kept[:most])
