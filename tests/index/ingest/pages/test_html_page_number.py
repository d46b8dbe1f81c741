"""The number of a further page, whose stated address is that of the first page."""

import pytest

from index.ingest.pages.html_index import parse_page
from index.ingest.pages.html_page_number import number_address

URL = "https://pagi.example/read/kisah"


@pytest.mark.parametrize(
    ("page", "fetched", "address"),
    [
        ("<title>Kisah Garam Halaman 2 - Kabar Pagi</title>", "", f"{URL}?page=2"),
        ("<title>Kisah Garam Halaman all - Kabar Pagi</title>", "", URL),
        ("<title>Kisah Garam di Halaman 2 Koran Kemarin Siang</title>", "", URL),
        ("<title>Kisah</title>", f"{URL}?page=3", f"{URL}?page=3"),
        ("<title>Kisah</title>", "https://pagi.example/lain?page=3", URL),
        (
            f"<div class=paging><a href='{URL}?halaman=2' class='link link--active'>2</a></div>",
            "",
            f"{URL}?halaman=2",
        ),
        ("<div class=pagination><b class=current>1</b><a href=x>2</a></div>", "", URL),
        ("<div class=score><b class=active>2</b></div>", "", URL),
    ],
)
def test_further_page_has_an_address_of_its_own(page: str, fetched: str, address: str) -> None:
    """The address that was fetched, the title or the marked number tell; other numbers do not."""
    assert number_address(parse_page(page), URL, fetched) == address


def test_address_that_has_a_number_stays() -> None:
    """An outlet that states it is believed."""
    page = parse_page("<title>Kisah Halaman 3</title>")
    assert number_address(page, f"{URL}?page=2", "") == f"{URL}?page=2"
