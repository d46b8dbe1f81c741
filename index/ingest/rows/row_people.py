"""Row people: the authors and the editors of a row, from its values or from its text.

>>> from index.ingest.io import LIMITS, Trimmer
>>> row = {"author": "Ani Lestari, Editor: Budi Santoso"}
>>> read_people(row, "", "", Trimmer(), LIMITS)
(('Ani Lestari',), ('Budi Santoso',))
"""

from index.document import CutLine
from index.ingest.fields import (
    PeopleKind,
    find_behind_names,
    find_people,
    is_newsroom,
    remove_false_names,
    remove_outlets,
    take_bylines,
)
from index.ingest.io import Limits, Trimmer
from index.ingest.rows.keys import Row
from index.ingest.rows.row_texts import read_texts
from index.ingest.rows.values import is_nothing


def take_people(row: Row, body: list[str]) -> tuple[Row, list[str], list[CutLine]]:
    """Take the bylines at the ends of a text: return the row with their people, and the text."""
    signed = take_bylines(body)
    if not (signed.cut and signed.lines):
        return row, body, []
    named = {"editor": signed.editors} | row | {"author": signed.authors}
    return named, signed.lines, signed.cut


def read_people(
    row: Row, source: str, url: str, trimmer: Trimmer, limits: Limits
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the authors and the editors; a byline of authors may name editors as well."""
    author_bylines, editor_bylines = read_texts(row, "author"), read_texts(row, "editor")
    if not author_bylines and not editor_bylines:
        return (), ()
    author_bylines = remove_false_names(author_bylines)
    for text in (*author_bylines, *editor_bylines):
        for behind in remove_outlets(find_behind_names(text), source=source, url=url):
            trimmer.add_note(f"A name has ({behind}) behind it, which was left out.")

    def people(name: str, kind: PeopleKind) -> tuple[str, ...]:
        names = [each for text in author_bylines for each in find_people(text, kind, "authors")]
        names += [each for text in editor_bylines for each in find_people(text, kind, "editors")]
        names = [each for each in names if not is_nothing(each)]
        kept = remove_outlets(remove_false_names(names), source=source, url=url)
        if len(remove_false_names(names)) < len(names):  # so is the desk a piece of the page
            kept = [each for each in kept if not is_newsroom(each)] or kept
        return trimmer.trim_values(name, kept, limits.person_count, limits.value_chars)

    return people("author", "authors"), people("editor", "editors")
