"""A tiny invented archive behind a test client, and a parser for its pages."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient

from index.indexer.build import build_index
from search.engine import Engine, open_engine
from web import create_app
from web.settings import read_settings

SAMPLES = Path(__file__).parents[2] / "samples"
ARTICLE_COUNT = 24
ADDRESS_NAMES = ("href", "src", "action", "srcset", "data", "formaction", "poster")
PAGE_QUERIES = [
    "",
    "q=beras",
    "q=beras&tag=pangan&not_author=Budi+Laksana&lang=en",
    "q=harga&tag=pangan&tag=ekspor&tag_size=3&size=20&sort=oldest",
    "not_tag=ekspor&month=2024-01&from=2024-01-05&to=2024-12-31",
    "q=beras+kopi&any=1&page=2",
    "without=tag&without=month&author_match=rina",
    "tag=tak-ada&q=beras",
    "tag=pangan&not_tag=pangan",
    "tag=%22%3E%3Cb%3E&month=1999-12&source=%26amp%3B",
]
"""Query strings of pages, with every kind of choice among them."""

JSON_QUERIES = [
    "",
    "q=beras",
    "q=harga&tag=pangan&tag=ekspor&not_author=Budi+Laksana",
    "month=2024-01&month=2024-02&without=tag&size=20",
    "from=2024-03-10&to=2024-05-10&sort=oldest&lang=en",
    "q=tak+ada+apa-apa",
]
"""Query strings of the JSON, over the same tiny archive."""

VOID_TAGS = frozenset({"meta", "link", "input", "br", "img", "hr", "wbr"})


def tiny_rows() -> list[dict[str, Any]]:
    """Return 24 articles whose facets can be counted by hand.

    Half are about beras, half about kopi; every third has the tag pangan, every fourth ekspor, each
    its own tag too, but for the last four, which have none. The last two have no date, the first no
    author.
    """
    return [_tiny_row(number) for number in range(ARTICLE_COUNT)]


def _tiny_row(number: int) -> dict[str, Any]:
    word = "beras" if number % 2 == 0 else "kopi"
    shared = [tag for tag, every in (("pangan", 3), ("ekspor", 4)) if number % every == 0]
    return {
        "id": f"a{number}",
        "title": f"Kabar {word} ke-{number}",
        "body": f"🌾🌾 Harga {word} berubah lagi.\nPedagang {word} menunggu kabar berikutnya.",
        "date": f"2024-{number % 12 + 1:02}-10" if number < 22 else None,
        "author": ["Rina Sastra", "Budi Laksana"][number % 2] if number else None,
        "editor": "Lidya Kartasasmita",
        "tags": [*shared, f"tag {number}"] if number < 20 else [],
        "category": "ekonomi" if number % 5 else "budaya",
        "source": "Harian Satu" if number % 2 else "Harian Dua",
        "url": f"https://example.com/{number}",
    }


@dataclass(slots=True, eq=False)
class Element:
    """One element of a page."""

    tag: str
    attributes: dict[str, str]
    children: list["Element"] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All text inside, with single spaces."""
        return " ".join("".join(self.pieces).split())

    @property
    def rel(self) -> list[str]:
        """The relations of a link to its target."""
        return self.attributes.get("rel", "").split()

    def all(self, tag: str = "", css_class: str = "") -> list["Element"]:
        """Return the elements inside, in order, with this tag and this class if they are given."""
        return [
            element
            for element in self.below()
            if tag in {"", element.tag}
            and (not css_class or css_class in element.attributes.get("class", "").split())
        ]

    def below(self) -> Iterator["Element"]:
        """Yield every element inside, in order."""
        for child in self.children:
            yield child
            yield from child.below()


class Page(HTMLParser):
    """A page as a browser without scripts sees it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.root = Element("", {})
        self._open = [self.root]
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Add an element below the one that is open."""
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(element)
        if tag not in VOID_TAGS:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Add an element that closes itself."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID_TAGS:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost element; a page that closes another one is not well formed."""
        closed = self._open.pop()
        assert closed.tag == tag, f"<{closed.tag}> is closed by </{tag}>"

    def handle_data(self, data: str) -> None:
        """Add text to every open element."""
        for element in self._open:
            element.pieces.append(data)

    def all(self, tag: str = "", css_class: str = "") -> list[Element]:
        """Return the page's elements of a tag and a class."""
        return self.root.all(tag, css_class)

    def hrefs(self) -> list[str]:
        """Return the targets of the page's links, each once, in order."""
        links = (element.attributes["href"] for element in self.all("a"))
        return list(dict.fromkeys(links))

    def addresses(self) -> list[tuple[str, Element]]:
        """Return every URL that a browser might load or follow, with its element."""
        return [
            (element.attributes[name], element)
            for element in self.all()
            for name in ADDRESS_NAMES
            if name in element.attributes
        ]

    def shown(self, name: str) -> list[tuple[str, int]]:
        """Return the values of a facet that have a checkbox, with their counts."""
        labels = self.all("label", "bucket-choice")
        boxes = [(label.all("input")[0].attributes, label) for label in labels]
        return [
            (box["value"], int(label.all("span", "bucket-count")[0].text))
            for box, label in boxes
            if box["name"] == name
        ]

    def form_fields(self) -> list[tuple[str, str]]:
        """Return what the search form sends when it is submitted as it stands."""
        form = next(element for element in self.all("form") if element.attributes["id"] == "search")
        controls = [element for element in self.all() if element.attributes.get("form") == "search"]
        return [pair for control in (*form.all(), *controls) for pair in _sent(control)]

    def submitted(self, fields: list[tuple[str, str]]) -> str:
        """Return the URL that the form leads to with these fields."""
        form = next(element for element in self.all("form") if element.attributes["id"] == "search")
        return f"{form.attributes['action']}?{urlencode(fields)}"

    def total(self) -> int:
        """Return the number of articles in the heading."""
        heading = self.all("div", "results-count")[0].all("h1")[0].text
        found = re.match(r"([0-9.,]+) (artikel|articles?)\b", heading)
        return int(re.sub("[.,]", "", found[1])) if found else 0


def _sent(control: Element) -> list[tuple[str, str]]:
    sent = control.attributes
    if control.tag == "select":
        chosen = [option for option in control.all("option") if "selected" in option.attributes]
        return [(sent["name"], chosen[0].attributes["value"])]
    if control.tag != "input" or (sent["type"] == "checkbox" and "checked" not in sent):
        return []
    return [(sent["name"], sent["value"])]


@pytest.fixture(scope="session")
def read_page() -> Callable[[str], Page]:
    """Return a function that parses a page."""
    return Page


@pytest.fixture(scope="session")
def build_archive(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Return a function that builds an index of rows and of saved text pages."""

    def build(
        rows: list[dict[str, Any]], pages: tuple[str, ...] = (), index_path: Path | None = None
    ) -> Path:
        folder = tmp_path_factory.mktemp("archive")
        lines = "\n".join(json.dumps(row) for row in rows)
        (folder / "rows.jsonl").write_text(lines, encoding="utf-8")
        for number, text in enumerate(pages):
            (folder / f"page-{number}.txt").write_text(text, encoding="utf-8")
        index_path = index_path or tmp_path_factory.mktemp("index")
        build_index([folder], index_path, allow_shrink=True)
        return index_path

    return build


@pytest.fixture(scope="session")
def tiny_index(build_archive: Callable[..., Path]) -> Path:
    """Return the index of the tiny archive."""
    return build_archive(tiny_rows())


@pytest.fixture(scope="session")
def tiny_engine(tiny_index: Path) -> Iterator[Engine]:
    """Return an engine over the tiny archive."""
    engine = open_engine(str(tiny_index), 10)
    yield engine
    engine.close()


@pytest.fixture(scope="session")
def tiny_app(tiny_engine: Engine) -> Flask:
    """Return the application over the tiny archive."""
    return create_app(read_settings({}), engine=tiny_engine)


@pytest.fixture
def client(tiny_app: Flask) -> FlaskClient:
    """Return a client of the tiny archive."""
    return tiny_app.test_client()


@pytest.fixture(scope="session")
def sample_engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Return an engine over the sample articles."""
    index_path = tmp_path_factory.mktemp("samples")
    build_index([SAMPLES], index_path)
    engine = open_engine(str(index_path), 10)
    yield engine
    engine.close()


@pytest.fixture
def sample_client(sample_engine: Engine) -> FlaskClient:
    """Return a client of the sample articles."""
    return create_app(read_settings({}), engine=sample_engine).test_client()


@pytest.fixture
def empty_client(tmp_path: Path) -> FlaskClient:
    """Return a client of an archive without an index."""
    engine = open_engine(str(tmp_path / "none"), 10)
    return create_app(read_settings({}), engine=engine).test_client()


@pytest.fixture(scope="session")
def open_page(tiny_app: Flask) -> Callable[[str], Page]:
    """Return a function that opens a page of the tiny archive; each is read once."""
    client = tiny_app.test_client()

    @cache
    def open_it(url: str) -> Page:
        response = client.get(url)
        assert response.status_code == 200, url
        return Page(response.text)

    return open_it


@pytest.fixture
def ask(client: FlaskClient) -> Callable[..., dict[str, Any]]:
    """Return a function that reads JSON of the tiny archive."""

    def ask_it(query_string: str = "", url: str = "") -> dict[str, Any]:
        response = client.get(url or f"/api/search?{query_string}")
        assert response.status_code == 200, response.text
        answer: dict[str, Any] = response.get_json()
        return answer

    return ask_it


@pytest.fixture(params=PAGE_QUERIES)
def page_query(request: pytest.FixtureRequest) -> str:
    """Return each of `PAGE_QUERIES` in turn."""
    return str(request.param)


@pytest.fixture(params=JSON_QUERIES)
def json_query(request: pytest.FixtureRequest) -> str:
    """Return each of `JSON_QUERIES` in turn."""
    return str(request.param)
