"""The people of a row: by their roles, in their own column or within the text."""

from index.document import Document
from index.ingest.rows.record import to_document


def read(**values: object) -> Document:
    """Read a plain row with other values put in."""
    return to_document({"title": "Panen Garam", "body": "Garam naik.", **values}, "a.csv#1")


def test_people_are_told_apart_by_their_roles() -> None:
    """A role that is no label of a byline says nothing."""
    people = [{"name": "Ani Lestari", "role": "Reporter"}, {"name": "Budi", "role": "editor"}]
    document = read(author=people)
    assert (document.authors, document.editors) == (("Ani Lestari",), ("Budi",))
    assert read(author=[{"name": "Ani", "role": "subscriber"}]).authors == ("Ani",)


def test_byline_in_the_text_goes_where_the_row_names_its_author() -> None:
    """The row is right where they differ; a colon in a sentence makes no byline."""
    document = read(author="Ani Lestari", body="Garam naik.\nReporter: Budi Santoso")
    assert (document.authors, document.body) == (("Ani Lestari",), "Garam naik.")
    body = "Garam naik, kata Editor: Garam Dunia itu."
    assert read(author="Ani Lestari", body=body).body == body


def test_desk_before_a_name_and_path_from_the_front_page_are_left_out() -> None:
    """RSS has the one, breadcrumbs the other; a slash in a section's own name stays."""
    document = read(author="redaksi@pagi.example (Ani Lestari)", category="Home / Desa / Panen")
    assert (document.authors, document.category) == (("Ani Lestari",), "Panen")
    assert read(category="Hukum/Kriminal").category == "Hukum/Kriminal"
