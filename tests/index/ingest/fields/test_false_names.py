"""What scrapers take for authors and are none."""

import pytest

from index.ingest.fields.false_names import remove_false_names


@pytest.mark.parametrize(
    "name",
    [
        *(
            "Https",
            "Www.Facebook.Com Pagi",
            "https://www.facebook.com/pagi",
            "@pagi",
            "a@pagi.example",
        ),
        *(
            "Feb",
            "Senin",
            "Diterbitkan Januari",
            "14:06 WIB",
            "Penulis",
            "Senior Editor",
            "Reuters",
        ),
        *("Getty Images", "Foto Istimewa", "10 Februari 2024", "Share"),
    ],
)
def test_piece_of_a_page_is_no_name(name: str) -> None:
    """Addresses, months, job titles, photo agencies, words of the page."""
    assert remove_false_names([name, "Ani"]) == ["Ani"]


@pytest.mark.parametrize("name", ["Mei Lan", "Agus Salim", "Juni Ardi", "Tim Redaksi"])
def test_name_that_has_such_a_word_stays(name: str) -> None:
    """People are called after months, and newsrooms sign."""
    assert remove_false_names([name]) == [name]


def test_outlet_before_a_name_goes() -> None:
    """As newspaper3k glues them."""
    assert remove_false_names(["Pagi.Com Ani Lestari"]) == ["Ani Lestari"]


def test_address_of_mail_behind_a_name_goes() -> None:
    """The name before it stays."""
    assert remove_false_names(["Ani Lestari <ani@pagi.example>"]) == ["Ani Lestari"]
