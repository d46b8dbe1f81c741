"""The front page of an archive: its newest articles, its subjects, this day of other years."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from search import QueryTimeoutError, SearchRequest, SearchResults, today_in_jakarta
from search.columnar_engine import ColumnarEngine
from search.engine import open_engine
from web import create_app
from web.settings import read_settings


def row(doc_id: str, day: dt.date, source: str, *tags: str) -> dict[str, Any]:
    """Return an article."""
    title = f"Kabar {doc_id}"
    own = " ".join(f"{doc_id}x{number}" for number in range(30))  # or it is a near duplicate
    body = f"Berita {' dan '.join(tags) or 'desa politik'}. {own}"
    return {
        "id": doc_id,
        "title": title,
        "body": body,
        "date": f"{day}",
        "source": source,
        "tags": list(tags),
    }


def rows() -> Iterator[dict[str, Any]]:
    """Yield a year of one outlet with a last month of its own, and two articles of this day."""
    for number in range(120):
        day = dt.date(2019, 1, 1) + dt.timedelta(days=3 * number)
        yield row(f"a{number}", day, "satu.example", *["politik"] * (number % 3 == 0))
    for number in range(12):
        yield row(f"b{number}", dt.date(2020, 1, 20), "dua.example", "banjir")
    today = today_in_jakarta()
    for year in (2012, 2016):
        day = dt.date(year, today.month, today.day)
        yield row(f"hari-{year}", day, "satu.example")


@pytest.fixture(scope="module")
def front(
    build_archive: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[FlaskClient]:
    """Return a client of such an archive."""
    index_path = build_archive(list(rows()), index_path=tmp_path_factory.mktemp("front"))
    engine = open_engine(str(index_path), 10)
    yield create_app(read_settings({}), engine=engine).test_client()
    engine.close()


def test_this_day_of_other_years_has_an_article_a_year(
    front: FlaskClient, read_page: Callable[..., Any]
) -> None:
    """The last year first, each a link to the article."""
    (days,) = read_page(front.get("/").text).all("ul", "other-years")
    assert [year.text for year in days.all("span", "year")] == ["2016", "2012"]
    links = [link.attributes["href"] for link in days.all("a")]
    assert links == ["/articles/hari-2016", "/articles/hari-2012"]
    assert all(front.get(link).status_code == 200 for link in links)


def test_subjects_of_the_newest_month_lead_to_their_articles(
    front: FlaskClient, read_page: Callable[..., Any]
) -> None:
    """The count is that of the results."""
    (subjects,) = read_page(front.get("/").text).all("ul", "subjects")
    assert subjects.text == "banjir 12"
    assert read_page(front.get(subjects.all("a")[0].attributes["href"]).text).total() == 12


def test_newest_articles_are_of_several_outlets(
    front: FlaskClient, read_page: Callable[..., Any]
) -> None:
    """Though one outlet has the newest twelve; each has its rank among all."""
    hits = read_page(front.get("/").text).all("li", "hit")
    outlets = [hit.all("p", "byline")[0].text.rpartition(" · ")[2] for hit in hits]
    assert outlets == ["dua.example"] * 6 + ["satu.example"] * 4
    assert hits[6].attributes["id"] == "hit-13"


@pytest.mark.parametrize("lang", ["id", "en"])
def test_examples_find_something(
    front: FlaskClient, read_page: Callable[..., Any], lang: str
) -> None:
    """They are made of the archive's own words where it has some."""
    (examples,) = read_page(front.get(f"/?lang={lang}").text).all("p", "examples")
    links = examples.all("a")
    assert 1 <= len(links) <= 3
    assert links[0].text == "politik"
    assert all(read_page(front.get(link.attributes["href"]).text).total() for link in links)


def test_front_page_follows_the_index(
    build_archive: Callable[..., Path], tmp_path: Path, read_page: Callable[..., Any]
) -> None:
    """What was kept of one index is not shown of the next."""
    day = dt.date(2020, 1, 20)
    old = [row(f"a{number}", day, "satu.example", "banjir") for number in range(30)]
    index_path = build_archive(old, index_path=tmp_path)
    engine = open_engine(str(index_path), 10)
    client = create_app(read_settings({}), engine=engine).test_client()
    assert read_page(client.get("/").text).all("li", "hit")[0].attributes["id"] == "hit-1"
    build_archive([*old, row("baru", dt.date(2020, 2, 1), "dua.example")], index_path=index_path)
    assert "Kabar baru" in read_page(client.get("/").text).all("ol", "hits")[0].text
    engine.close()


class LateEngine(ColumnarEngine):
    """An engine that has no time for requests of a day, as long as it is told so."""

    is_late = True

    def search(self, request: SearchRequest) -> SearchResults:
        """Answer, or say that time is over."""
        if self.is_late and request.from_date:
            raise QueryTimeoutError(10)
        return super().search(request)


def test_what_was_left_out_for_time_is_kept_by_nobody(
    build_archive: Callable[..., Path], tmp_path: Path, read_page: Callable[..., Any]
) -> None:
    """Neither by a browser nor here: the next reader gets all of it."""
    engine = LateEngine(build_archive(list(rows()), index_path=tmp_path), 10)
    client = create_app(read_settings({}), engine=engine).test_client()
    answer = client.get("/")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert "ETag" not in answer.headers
    assert len(read_page(answer.text).all("li", "hit")) == 10
    engine.is_late = False
    assert read_page(client.get("/").text).all("ul", "other-years")
    engine.close()


class SwappingEngine(ColumnarEngine):
    """An engine whose index changes after its first answer."""

    swap: Callable[[], object] | None = None

    def search(self, request: SearchRequest) -> SearchResults:
        """Answer, then open the next index."""
        found = super().search(request)
        if self.swap:
            swap, self.swap = self.swap, None
            swap()
            self.refresh()
        return found


def test_article_taken_down_meanwhile_is_not_kept(
    build_archive: Callable[..., Path], tmp_path: Path
) -> None:
    """Answers of two indexes are not taken for those of the second."""
    day = dt.date(2020, 1, 20)
    old = [row(f"a{number}", day, "satu.example", "banjir") for number in range(20)]
    down = row("turun", dt.date(2020, 2, 1), "dua.example")
    engine = SwappingEngine(build_archive([*old, down], index_path=tmp_path), 10)
    engine.swap = lambda: build_archive(old, index_path=tmp_path)
    client = create_app(read_settings({}), engine=engine).test_client()
    for _ in range(3):
        client.get("/")
    assert "Kabar turun" not in client.get("/").text
    engine.close()
