"""One row of any kind of file -> a numbered document, or its refusal.

>>> row = {"title": "Harga turun", "body": "Harga beras turun."}
>>> read_row(lambda: row, 3, Origin(path="a.csv", location="a.csv"))[1].title
'Harga turun'
"""

from collections.abc import Callable

from index.errors import SourceError
from index.ingest.io.source import NumberedItem, Origin
from index.ingest.rows.record import Row, to_document


def read_row(parse: Callable[[], Row], number: int, origin: Origin) -> NumberedItem:
    """Read one row; its own errors refuse it alone.

    Args:
        parse: returns the row's values, or raises SourceError.
        number: which row of the file it is, from 1; its id is made of it if it has none.
        origin: the file.
    """
    try:
        return number, to_document(parse(), f"{origin.location}#{number}", origin.limits)
    except SourceError as error:
        return origin.refused(number, error)
