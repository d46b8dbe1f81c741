"""The form for readers who know no syntax, over HTTP."""

from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient


def sent(client: FlaskClient, parameters: str) -> dict[str, list[str]]:
    """The parameters of the results to which the form leads."""
    answer = client.get(f"/advanced?{parameters}")
    assert answer.status_code == 303
    target = urlsplit(answer.headers["Location"])
    assert (target.scheme, target.netloc) == ("", "")
    return parse_qs(target.query)


def test_form_leads_to_the_results_of_the_query_it_writes(client: FlaskClient) -> None:
    """Filters, dates and the language stay; any=1 and the page do not."""
    parameters = "w_all=harga+beras&w_phrase=pasar+induk&w_none=impor&w_near=a&w_reach=9"
    found = sent(client, f"{parameters}&tag=pangan&from=2024&lang=en&any=1&page=4")
    assert found == {
        "q": ['harga beras "pasar induk" a -impor'],
        "tag": ["pangan"],
        "from": ["2024"],
        "lang": ["en"],
    }
    assert client.get("/search", query_string=found).status_code == 200


def test_empty_form_leads_to_the_archive(client: FlaskClient) -> None:
    """Nothing filled in is the front page."""
    assert client.get("/advanced?w_all=&w_any=").headers["Location"] == "/"


@pytest.mark.parametrize("reach", ["", "x", "-1", "9" * 400, "²"])
def test_distance_that_is_none_is_the_usual_one(client: FlaskClient, reach: str) -> None:
    """Whatever was typed, the query is one."""
    found = sent(client, f"w_near=harga+beras&w_reach={reach}")
    assert found["q"] == ['"harga beras"~5']


def test_query_is_read_back_into_the_fields(client: FlaskClient) -> None:
    """What no field holds is told and kept."""
    page = client.get("/advanced?q=harga+-impor+judul:panen+penulis:sari&tag=pangan").text
    for name, value in (("w_all", "harga"), ("w_none", "impor"), ("w_title", "panen")):
        assert f'name="{name}" value="{value}"' in page
    assert '<input type="hidden" name="w_rest" value="penulis:sari">' in page
    assert "tetap ikut dicari: penulis:sari" in page
    assert '<input type="hidden" name="tag" value="pangan">' in page


def test_every_page_leads_to_the_form_with_its_query(client: FlaskClient) -> None:
    """Beside the search box."""
    assert (
        'href="/advanced?q=harga&amp;tag=pangan"' in client.get("/search?q=harga&tag=pangan").text
    )
    assert 'href="/advanced"' in client.get("/").text


def test_markup_in_fields_stays_text(client: FlaskClient) -> None:
    """A query is shown, and is no markup."""
    page = client.get("/advanced", query_string={"q": '"<script>alert(1)</script>"'}).text
    assert "<script>alert" not in page
