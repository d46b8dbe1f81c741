"""Row date: the date of a row, from its own value, else from its address, else from its text.

>>> from index.ingest.io import LIMITS, Trimmer
>>> read_date({"date": "28/8/2024"}, "", "", Trimmer(), LIMITS)[0].date
datetime.date(2024, 8, 28)
"""

from index.ingest.fields import DateLine, find_address_date, find_date_line, find_stated_date
from index.ingest.io import Limits, Trimmer
from index.ingest.rows.keys import KEYS, Row
from index.ingest.rows.name_words import is_foreign
from index.ingest.rows.row_texts import read_texts
from index.ingest.text import clean_text, to_one_line

UNREAD_CHARS = 80
"""Characters that are kept of a date that could not be read."""

UNKNOWN_DATE = "No column is known as the date among"
"""How the note begins that tells of columns without a known name."""


def read_date(
    row: Row, url: str, body: str, trimmer: Trimmer, limits: Limits
) -> tuple[DateLine, dict[str, str]]:
    """Return the date; a text that could not be read as one comes second, as an extra."""
    texts = read_texts(row, "date")
    found = [find_stated_date(text, limits.date_order, changes=True) for text in texts]
    stated = next((each for each in found if each.date), next(iter(found), None))
    for note in stated.notes if stated else ():
        trimmer.add_note(note)
    if stated and stated.date:
        return DateLine(stated.date, "stated"), {}
    if stated and not stated.notes:
        trimmer.add_note("The date could not be read.")
    unread = {"date": texts[0][:UNREAD_CHARS]} if texts else {}
    addressed = find_address_date(url)
    if addressed:
        return DateLine(addressed, "stated"), unread
    return _dated_by_text(body, trimmer), unread


def note_unknown_date(row: Row, trimmer: Trimmer) -> None:
    """Note the columns of an undated row that may hold the date under a name that nobody knows."""
    unknown = [name for name in row if name not in KEYS and not is_foreign(name)]
    if unknown:
        shown = ", ".join(to_one_line(clean_text(name))[:40] for name in unknown[:10])
        trimmer.add_note(f"{UNKNOWN_DATE} {shown}; if one is: --map COLUMN=date.")


def _dated_by_text(body: str, trimmer: Trimmer) -> DateLine:
    """Return the date line of the text, and note what is doubtful in it."""
    found = find_date_line(body) or DateLine(None, "unknown")
    for note in found.notes:
        trimmer.add_note(note)
    return found
