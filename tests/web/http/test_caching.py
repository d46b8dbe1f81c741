"""ETag and 304: an answer is sent again only if it may have changed."""

import datetime as dt
import math
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from search.columnar_engine import ColumnarEngine
from search.engine import open_engine
from search.execution import Deadline, RequestReader
from search.served_generation import OpenGeneration
from web import create_app
from web.http.response_headers import make_tag
from web.settings import read_settings

PATHS = ["/", "/search?q=beras", "/articles/a1?q=beras", "/api/search?q=beras", "/api/articles/a1"]


def _row(number: int) -> dict[str, Any]:
    return {"id": f"a{number}", "title": f"Beras {number}", "body": "Harga beras naik."}


@pytest.fixture
def growing(
    build_archive: Callable[..., Path], tmp_path: Path
) -> Iterator[tuple[FlaskClient, Callable[[int], None]]]:
    """Return a client of an archive, and a function that builds its next generation."""
    index_path = build_archive([_row(1)], index_path=tmp_path)
    engine = open_engine(str(index_path), 10)

    def grow(count: int) -> None:
        build_archive([_row(number) for number in range(count)], index_path=index_path)

    yield create_app(read_settings({}), engine=engine).test_client(), grow
    engine.close()


class TickingEngine(ColumnarEngine):
    """An engine whose requests may look at their clock so often; each look is a second."""

    limit = 0

    @contextmanager
    def _reader(self, opened: OpenGeneration, most: float = math.inf) -> Iterator[RequestReader]:
        ticks = count()
        deadline = Deadline(min(self.limit, most), lambda: float(next(ticks)))
        yield RequestReader(1, opened.snapshot, deadline)


def _again(client: FlaskClient, url: str, tag: str) -> int:
    return client.get(url, headers={"If-None-Match": tag}).status_code


@pytest.mark.parametrize("path", PATHS)
def test_same_address_and_generation_is_not_sent_again(path: str, client: FlaskClient) -> None:
    """304 without a body, with the ETag and the security headers."""
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert "Content-Security-Policy" in again.headers


@pytest.mark.parametrize("path", PATHS)
def test_browser_asks_each_time(path: str, client: FlaskClient) -> None:
    """A cached answer is checked first: the archive may have grown."""
    assert client.get(path).headers["Cache-Control"] == "no-cache"


def test_tag_among_others_is_found(client: FlaskClient) -> None:
    """A cache may have several answers of one URL."""
    tag = client.get("/").headers["ETag"]
    assert _again(client, "/", f'"other", {tag}') == 304
    assert _again(client, "/", '"other"') == 200


@pytest.mark.parametrize(
    "other",
    ["/search?q=beras&lang=en", "/search?q=kopi", "/search?q=beras&page=2", "/api/search?q=beras"],
)
def test_other_parameter_language_or_form_is_another_answer(
    other: str, client: FlaskClient
) -> None:
    """An ETag belongs to one URL."""
    tag = client.get("/search?q=beras").headers["ETag"]
    assert _again(client, other, tag) == 200


def test_other_path_of_the_site_is_another_answer(client: FlaskClient) -> None:
    """Its links have another prefix."""
    tag = client.get("/search?q=beras").headers["ETag"]
    answer = client.get(
        "/search?q=beras", base_url="http://localhost/arsip", headers={"If-None-Match": tag}
    )
    assert answer.status_code == 200


def test_new_generation_is_another_answer(
    growing: tuple[FlaskClient, Callable[[int], None]],
) -> None:
    """After a rebuild every answer is sent again, from the new generation."""
    client, grow = growing
    tags = {path: client.get(path).headers["ETag"] for path in PATHS}
    grow(5)
    assert [_again(client, path, tags[path]) for path in PATHS] == [200] * len(PATHS)
    assert client.get("/api/search?q=beras").get_json()["total"] == 5
    assert client.get("/api/search?q=beras").get_json()["generation"] == 2


def test_head_has_the_headers_of_get(client: FlaskClient) -> None:
    """Without the body."""
    head, body = client.head("/search?q=beras"), client.get("/search?q=beras")
    assert head.data == b""
    assert head.headers["ETag"] == body.headers["ETag"]
    assert _again(client, "/search?q=beras", head.headers["ETag"]) == 304


def test_health_is_not_cached(client: FlaskClient) -> None:
    """/healthz is never cached."""
    assert client.get("/healthz").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("query_text", ["tanggal:kemarin", "beras"])
def test_tag_changes_with_the_day(client: FlaskClient, query_text: str) -> None:
    """Yesterday's answer to kemarin is wrong today, and so are its links to usual spans of time."""
    days = (dt.date(2024, 3, 8), dt.date(2024, 3, 9))
    with client.application.test_request_context(query_string={"q": query_text}):
        assert make_tag(days[0]) != make_tag(days[1])


@pytest.mark.parametrize(
    "path",
    [
        *("/search?q=beraz", "/api/search?q=beraz", "/api/search?q=mengapa+beras+naik+gula+turun"),
        *(
            "/articles/a1?q=beras",
            "/articles/a0?q=beras&rank=1",
            "/api/articles/a1",
            "/api/articles/a1/similar",
        ),
        *("/api/suggest?q=be", "/api/coverage"),
    ],
)
def test_answer_that_lacks_something_for_want_of_time_is_not_kept(
    path: str, build_archive: Callable[..., Path]
) -> None:
    """Whenever time ends: an answer with an ETag is whole, and every other one may not be kept."""
    bodies = ("Harga beras naik tajam di pasar.", "Harga gula turun.", "Warga menanam beras.") * 9
    rows = [{**_row(number), "body": body} for number, body in enumerate(bodies)]
    engine = TickingEngine(build_archive(rows), 10)
    client = create_app(read_settings({}), engine=engine).test_client()
    engine.limit = 10**6
    whole = client.get(path)
    seen = set()
    for engine.limit in range(-1, 400):
        answer = client.get(path)
        seen.add(kept := "ETag" in answer.headers)
        assert answer.headers["Cache-Control"] == ("no-cache" if kept else "no-store")
        assert not kept or _without_times(answer.text) == _without_times(whole.text)
    # Nothing is searched for the one, and nothing found that is like so short a text.
    assert seen == ({True} if path.endswith(("coverage", "similar")) else {False, True})
    engine.close()


def _without_times(text: str) -> str:
    """Return an answer without how long it took."""
    return re.sub(r'"took_ms":[0-9.]+|dalam (kurang dari )?[0-9.,]+ detik', "", text)
