"""Values of a row in every form that exporters write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.ingest.rows.values import NAMES_OF_ADDRESSES, find_texts, is_nothing


@pytest.mark.parametrize(
    ("value", "texts"),
    [
        ("Panen", ["Panen"]),
        (["Ani", None, ["Budi"]], ["Ani", "Budi"]),
        ({"year": 2024, "month": 3, "day": 5}, ["2024-3-5"]),
        ({"id": None, "name": "Kabar Pagi"}, ["Kabar Pagi"]),
        ([{"name": "Ani"}, {"name": "Budi"}], ["Ani", "Budi"]),
        ({"rendered": "<p>Panen</p>", "protected": False}, ["<p>Panen</p>"]),
        ({"$date": {"$numberLong": "1709607600000"}}, ["1709607600000"]),
        ("['Ani', \"Budi's\", None]", ["Ani", "Budi's"]),
        ('["Ani", "Budi \\u00e9"]', ["Ani", "Budi é"]),
        ("['Panen.\\nTurun.']", ["Panen.\nTurun."]),
        ("{'name': 'Ani'}", ["Ani"]),
        ("[Foto] Panen", ["[Foto] Panen"]),
        ({"sections": [{"head": "A", "lines": ["b"]}]}, ["A", "b"]),
        (True, []),
    ],
)
def test_texts_are_found(value: object, texts: list[str]) -> None:
    """In lists, objects and what Python or JSON print of them."""
    assert list(find_texts(value)) == texts


def test_address_is_found_where_a_name_stands_beside_it() -> None:
    """An object of a link has both."""
    link = {"name": "Panen", "href": "https://pagi.example/1"}
    assert list(find_texts(link, NAMES_OF_ADDRESSES)) == ["https://pagi.example/1"]


@pytest.mark.parametrize(
    "value",
    [
        *("", " ", "nan", "None", "NULL", "N/A", "NA", "[]", "{}", "-", "Tidak ditemukan", None),
        *("unknown", "n.a.", "(null)", "\\N", "False"),
        *("Penulis tidak ditemukan", "Tanggal tidak tersedia", "not found", [], [None, ""], {}),
    ],
)
def test_stand_in_is_nothing(value: object) -> None:
    """Whatever a program writes where it has no value."""
    assert is_nothing(value)


@pytest.mark.parametrize(
    "value", ["Nana", "Ada", "Kapal tidak ditemukan setelah tiga hari", "0", "-5"]
)
def test_value_that_resembles_a_stand_in_is_kept(value: str) -> None:
    """A headline may tell that something was not found."""
    assert not is_nothing(value)


@given(
    st.recursive(
        st.none() | st.booleans() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_any_value_gives_texts(value: object) -> None:
    """Nothing raises, and no text is blank."""
    assert all(text.strip() for text in find_texts(value))


def test_value_without_end_is_read_to_a_depth() -> None:
    """A bomb of lists gives nothing."""
    value: object = "Panen"
    for _ in range(10_000):
        value = [value]
    assert list(find_texts(value)) == []


@pytest.mark.parametrize(
    ("value", "texts"),
    [
        ({"first_name": "Ani", "last_name": "Lestari"}, ["Ani Lestari"]),
        ({"first_name": "Ani", "last_name": None, "id": "4"}, ["Ani"]),
        ({"id": "3", "displayName": "Ani", "url": "https://a.example"}, ["Ani"]),
        ([{"term": "garam", "scheme": None, "label": None}], ["garam"]),
        ([{"_type": "block", "style": "normal", "children": [{"text": "Garam."}]}], ["Garam."]),
        (
            [{"rel": "replies", "href": "a"}, {"rel": "alternate", "href": "b"}],
            ["b"],
        ),
        ([{"rel": "replies", "href": "a"}, {"href": "b"}], ["a", "b"]),
    ],
)
def test_object_gives_the_text_that_it_stands_for(value: object, texts: list[str]) -> None:
    """A person in two parts, a tag of Atom, a block of an editor, the address among links."""
    assert list(find_texts(value)) == texts
