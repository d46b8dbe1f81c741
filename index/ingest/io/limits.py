"""Limits on the size of an article and its fields, and the order of day and month in dates.

>>> trimmer = Trimmer()
>>> trimmer.trim_text("title", "Harga beras turun", 11), trimmer.notes
('Harga beras', ['The title was cut from 17 to 11 characters.'])
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

DateOrder = Literal["day", "month"]
"""What stands first in a date of numbers alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The most that is read of anything.

    Attributes:
        file_bytes: a saved page.
        line_bytes: one row of a file of rows.
        column_count: columns of a table.
        depth: lists and objects within one another in a row of a JSON list.
        contents_bytes: the table of contents of an archive; 32 MB name some 300,000 members.
        expansion_factor: how many times its own size a compressed file may unpack to, beyond
            `expansion_free_bytes`. News as JSON packs to a third or a tenth; a bomb to a
            thousandth. expansion_free_bytes: what any compressed file may unpack to.
        element_count: tags of a page of HTML, and element_depth how deep they nest; a long page of
            news has some 4,000, nested 40 deep.
        title_chars: a headline.
        caption_chars: the words under a photo.
        value_chars: one name, tag, section or outlet.
        url_chars: an address; a longer one is left out, because a cut one leads nowhere.
        tag_count: tags of an article.
        person_count: authors of an article; the same for editors.
        extra_count: unknown names that are kept.
        extra_chars: the text under one of them.
        date_order: what stands first in 03/04/2024, if whoever reads knows it; without, such dates
            are read day first, and noted.
    """

    file_bytes: int = 5_000_000
    line_bytes: int = 5_000_000
    column_count: int = 500
    depth: int = 100
    contents_bytes: int = 32_000_000
    expansion_factor: int = 100
    expansion_free_bytes: int = 64_000_000
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
    date_order: DateOrder | None = None


LIMITS = Limits()

NOTES_MOST = 20
"""Notes that are kept of one article; a page of a thousand faults needs no thousand notes."""


@dataclass(slots=True)
class Trimmer:
    """Cuts what is too long or too many, and keeps a note of each cut."""

    notes: list[str] = field(default_factory=list)

    def add_note(self, sentence: str) -> None:
        """Keep a note, unless there are already enough."""
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
        """Return at most `most` values, each once (whatever its case) and cut to `chars`."""
        unique: dict[str, str] = {}
        for value in values:
            unique.setdefault(value.casefold(), value)
        kept = list(unique.values())
        if len(kept) > most:
            self.add_note(f"Of {len(kept)} {name}s the first {most} were kept.")
        return tuple(self.trim_text(name, value, chars) for value in kept[:most])
