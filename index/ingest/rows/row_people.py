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
    is_label,
    is_newsroom,
    remove_false_names,
    remove_outlets,
    take_bylines,
)
from index.ingest.io import Limits, Trimmer
from index.ingest.rows.keys import Row
from index.ingest.rows.row_texts import read_texts
from index.ingest.rows.values import find_texts, is_nothing

_ROLES = ("role", "jabatan", "peran", "type")
"""Where an object of a person has what that person did."""


def take_people(row: Row, body: list[str]) -> tuple[Row, list[str], list[CutLine]]:
    """Take the bylines at the ends of a text: return the row with their people, and the text.

    Authors whom the row itself names are those of the article.
    """
    signed = take_bylines(body)
    if not (signed.cut and signed.lines):
        return row, body, []
    authors = row["author"] if read_texts(row, "author") else signed.authors
    named = {"editor": signed.editors} | row | {"author": authors}
    return named, signed.lines, signed.cut


def read_people(
    row: Row, source: str, url: str, trimmer: Trimmer, limits: Limits
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the authors and the editors; a byline of authors may name editors as well."""
    author_bylines = read_texts({"author": _with_roles(row.get("author"))}, "author")
    editor_bylines = read_texts(row, "editor")
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


def _with_roles(value: object) -> object:
    """Return the people of a list of objects with their roles as labels.

    >>> _with_roles([{"name": "Ani", "role": "Editor"}, {"name": "Budi", "role": "Penulis buku"}])
    ['Editor: Ani', {'name': 'Budi', 'role': 'Penulis buku'}]
    """
    return [_with_role(each) for each in value] if isinstance(value, list) else value


def _with_role(person: object) -> object:
    if not isinstance(person, dict):
        return person
    role = next((person[name] for name in _ROLES if isinstance(person.get(name), str)), "")
    name = next(iter(find_texts(person)), "")
    return f"{role}: {name}" if role and is_label(role) else person
