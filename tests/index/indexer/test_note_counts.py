"""Notes are counted by kind, and columns that were not understood come with what would help."""

import pytest

from index.document import Document, Rejection
from index.indexer.note_counts import EXAMPLES_MOST, KINDS_MOST, NoteCounts, note_kind
from index.indexer.staging import FilePosition

UNKNOWN = "No column is known as the date among {}; if one is: --map COLUMN=date."


def count(*notes: str, **extras: str) -> NoteCounts:
    """Count an article for each note."""
    counts = NoteCounts()
    for row, note in enumerate(notes, 1):
        document = Document(
            doc_id=f"a{row}", title="Judul", body="Isi.", notes=(note,), extras=extras
        )
        counts.add_document(document, FilePosition("a.csv", row))
    return counts


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "The title was cut from 812 to 500 characters.",
            "The title was cut from 9 to 5 characters.",
        ),
        (
            "Another photo credit was left out: Budi.",
            "Another photo credit was left out: Siti (ant).",
        ),
        ("A name has (Team1) behind it.", "A name has (x) behind it."),
    ],
)
def test_notes_that_differ_in_names_and_numbers_are_of_one_kind(one: str, other: str) -> None:
    """The kind is the note without them."""
    assert note_kind(one) == note_kind(other) != one


def test_first_articles_of_each_kind_are_named() -> None:
    """With file and row, commonest kind first."""
    counts = count("B.", *(f"A {n}." for n in range(5)))
    first, second = counts.list_notes()
    assert (first["note"], first["count"], len(first["examples"])) == ("A ….", 5, EXAMPLES_MOST)
    assert first["examples"][0] == {"id": "a2", "file": "a.csv", "row": 2, "note": "A 0."}
    assert (second["note"], second["count"]) == ("B.", 1)


@pytest.mark.parametrize(
    ("columns", "option"),
    [("waktu muat", "--map 'waktu muat=date'"), ("waktu, kapan", "--map COLUMN=date")],
)
def test_column_of_a_date_comes_with_its_option(columns: str, option: str) -> None:
    """It can be pasted where there is but one."""
    (entry,) = count(*[UNKNOWN.format(columns)] * 2).list_columns()
    assert (entry["columns"], entry["map"]) == (columns.split(", "), [option])
    assert (entry["missing"], entry["count"]) == (["date"], 2)


def test_columns_of_refused_rows_come_with_their_options() -> None:
    """One option for the text, and one for the headline."""
    counts = NoteCounts()
    detail = (
        "no column is known as title or body among x, y and 3 more; "
        "say which one is: --map COLUMN=body --map COLUMN=title"
    )
    counts.add_rejection(Rejection("a.csv", 2, "no_column", detail))
    (entry,) = counts.list_columns()
    assert entry["columns"] == ["x", "y"]
    assert entry["map"] == ["--map COLUMN=body", "--map COLUMN=title"]
    assert entry["examples"] == [{"file": "a.csv", "row": 2}]


def test_column_that_is_kept_aside_is_told() -> None:
    """But no value that stands aside because it could not be read."""
    counts = count("The date could not be read.", oplah="3", date="kemarin dulu")
    (entry,) = counts.list_columns()
    assert (entry["columns"], entry["map"]) == (["oplah"], ["--map oplah=KEY"])


def test_kinds_are_bounded() -> None:
    """What is counted may come from strangers."""
    names = [f"x{chr(0x4E00 + n)}" for n in range(KINDS_MOST + 5)]
    assert len(count(*names).list_notes()) == KINDS_MOST
