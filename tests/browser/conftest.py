"""A browser, and real servers with the sample archive, for every test of this folder.

The browser is the program that $CHROMIUM names, else the first of `BROWSER_NAMES` on the path.
Without one these tests fail rather than skip: what nobody sees fail, nobody repairs.
"""

import os
import shutil
import socket
import subprocess
import sys
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from index.indexer.build import build_index
from tests.hang_guard import HANG_SECONDS

PROJECT = Path(__file__).parents[2]

BROWSER_NAMES = ("chromium", "chromium-browser", "google-chrome")

BROWSER_ARGUMENTS = (
    "--no-sandbox",  # the tests may run as root, in a container
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

WAIT_MILLISECONDS = 60_000
"""When the browser gives up waiting for what a test expects: a failed test costs so long."""

CONTEXT_OPTIONS: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}, "locale": "id-ID"}
"""A reader at a desk, in Indonesia."""

PAGES = {
    "front": "/",
    "results": "/search?q=harga&tag=desa&tag=ekspor&not_tag=anak&from=2022-01-01",
    "days": "/search?q=harga&from=2022-07&to=2022-07&chart=share",
    "zero hits": "/search?q=beras+pesawat+antariksa&tag=desa",
    "notices": '/search?q=harga+ATAU+"beras&any=1&sort=newest&lang=en',
    "advanced": "/advanced?q=harga+-impor+penulis:sari",
    "help": "/help",
    "coverage": "/coverage",
    "404": "/nowhere",
}
"""Every kind of page but the article, whose address depends on the archive."""

NewPage = Callable[..., Page]


OWN_SITE = {
    "KLIPING_SITE_NAME": "Arsip Harian Satu",
    "KLIPING_SITE_TEXT": "Everything that Harian Satu has printed since 1999.",
    "KLIPING_LANGUAGE": "en",
    "KLIPING_FACETS": "month, tag",
}
"""The settings of a site with a face of its own."""


class Pages:
    """Lends browser pages and reuses them, since opening one takes longer than a test."""

    def __init__(self, browser: Browser, address: str) -> None:
        self._browser = browser
        self._defaults = {**CONTEXT_OPTIONS, "base_url": address}
        self._idle: dict[str, list[Page]] = defaultdict(list)
        self._lent: list[tuple[str, Page]] = []
        self._complaints: list[str] = []

    def lend(self, **options: Any) -> Page:
        """Return an empty page in a browser context with these options."""
        key = repr(sorted(options.items()))
        page = self._idle[key].pop() if self._idle[key] else self._open(self._defaults | options)
        self._lent.append((key, page))
        return page

    def take_back(self) -> list[str]:
        """Empty all lent pages, and return the complaints of their console."""
        lent, self._lent = self._lent, []
        for key, page in lent:
            page.evaluate("sessionStorage.clear()")
            page.goto("about:blank")
            page.emulate_media(color_scheme="null", reduced_motion="null", forced_colors="null")
            page.emulate_media(contrast="null")
            if not key.count("viewport"):
                page.set_viewport_size(CONTEXT_OPTIONS["viewport"])
            self._idle[key].append(page)
        complaints, self._complaints = self._complaints, []
        return complaints

    def _open(self, options: dict[str, Any]) -> Page:
        page = self._browser.new_context(**options).new_page()
        page.set_default_timeout(WAIT_MILLISECONDS)
        page.on("request", lambda request: self._hear_request(request.url, options["base_url"]))
        page.on("console", lambda message: self._hear_console(message.type, message.text))
        page.on("pageerror", lambda error: self._complaints.append(str(error)))
        return page

    def _hear_request(self, url: str, address: str) -> None:
        if not url.startswith(f"{address}/"):
            self._complaints.append(f"asked for {url}")

    def _hear_console(self, kind: str, text: str) -> None:
        is_expected = text.startswith("Failed to load resource") and "status of 4" in text
        if kind in {"error", "warning"} and not is_expected:
            self._complaints.append(text)


@pytest.fixture(scope="session")
def index_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of the sample archive."""
    path = tmp_path_factory.mktemp("served") / "index"
    build_index([PROJECT / "samples"], path)
    return path


@pytest.fixture(scope="session")
def address(index_path: Path) -> Iterator[str]:
    """The root URL of a server, started as an operator starts it."""
    with _serving(index_path) as root:
        yield root


@pytest.fixture(scope="session")
def own_address(index_path: Path) -> Iterator[str]:
    """The root URL of a site with its own name, sentence, language and facets."""
    with _serving(index_path, **OWN_SITE) as root:
        yield root


@contextmanager
def _serving(index_path: Path, **variables: str) -> Iterator[str]:
    port = _free_port()
    command = [sys.executable, "scripts/serve.py", "--index", str(index_path)]
    command += ["--port", str(port), "--workers", "1"]
    with subprocess.Popen(
        command,
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, **variables},
    ) as server:
        try:
            _wait_for_welcome(server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=HANG_SECONDS)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests."""
    path = _browser_path()
    expect.set_options(timeout=WAIT_MILLISECONDS)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=list(BROWSER_ARGUMENTS))
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def pages(browser: Browser, address: str) -> Pages:
    """The pages of all tests."""
    return Pages(browser, address)


@pytest.fixture
def new_page(pages: Pages) -> Iterator[NewPage]:
    """Open pages with options of a context, such as `java_script_enabled` or `viewport`.

    A test fails if one of its pages asked another host for anything, or complained on its console.
    """
    yield pages.lend
    assert pages.take_back() == []


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """A page as wide as a desk's, with JavaScript."""
    return new_page()


@pytest.fixture(scope="session")
def article_path(browser: Browser, address: str) -> str:
    """The path of an article with highlighted words, found by a search."""
    page = browser.new_page(base_url=address)
    page.goto("/search?q=kapal+patroli+natuna")
    path = page.locator(".hit-title a").first.get_attribute("href")
    page.close()
    return path or ""


@pytest.fixture(params=[*PAGES, "article"])
def path(request: pytest.FixtureRequest) -> str:
    """The path of each kind of page in turn."""
    if request.param == "article":
        return str(request.getfixturevalue("article_path"))
    return PAGES[request.param]


def _browser_path() -> str:
    names = (os.environ.get("CHROMIUM"), *BROWSER_NAMES)
    found = next(filter(None, (shutil.which(name) for name in names if name)), None)
    if found is None:
        pytest.fail(
            "No browser was found: install Chromium, or set CHROMIUM to a browser's path.",
            pytrace=False,
        )
    return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for_welcome(server: subprocess.Popen[bytes]) -> None:
    """Read the line that the server prints when its port listens, and drop what it logs later."""
    assert server.stdout
    line = server.stdout.readline()
    if not line.startswith(b"Kliping "):
        said = (line + server.stdout.read()).decode()
        pytest.fail(f"The server did not start:\n{said}", pytrace=False)
    # A pipe that nobody reads fills up, and then the server would wait for ever.
    Thread(target=deque, args=(server.stdout, 0), daemon=True).start()
