"""The example for Caddy, started before the real server: prefix, packing, ETags, bodies."""

import gzip
import json
import shutil
from collections.abc import Iterator
from http import HTTPStatus

import pytest

from tests.deploy.proxies import ask, example, free_port, running, site_behind_a_proxy, wait_for

GLOBAL = "{\n\tadmin off\n\tauto_https off\n}\n"
"""No certificates, and no service that listens on a port which is the same for all."""

pytestmark = [
    pytest.mark.caddy,
    pytest.mark.skipif(not shutil.which("caddy"), reason="caddy is not installed"),
]


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Return the port of Caddy, with the example as it is but for ports and certificates."""
    folder = tmp_path_factory.mktemp("caddy")
    own = free_port()
    with site_behind_a_proxy(folder) as behind:
        changes = {
            "127.0.0.1:8000": f"127.0.0.1:{behind}",
            "arsip.example {": f"http://127.0.0.1:{own} {{",
        }
        (folder / "Caddyfile").write_text(GLOBAL + example("Caddyfile", changes))
        home = {"XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
        run = ("caddy", "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile"))
        with running(*run, **home) as caddy:
            wait_for(own, caddy)
            yield own


def test_site_stands_below_its_prefix(port: int) -> None:
    """Pages, links and files; robots.txt at the root of the host."""
    page = ask(port, "/arsip/search?q=beras").body.decode()
    assert 'action="/arsip/search"' in page
    assert 'href="/arsip/articles/a' in page
    assert ask(port, "/arsip").headers["Location"] == "/arsip/"
    robots = ask(port, "/robots.txt", {"X-Forwarded-Prefix": "/evil"}).body.decode()
    assert "Disallow: /arsip/search" in robots
    style = page.split('rel="stylesheet" href="')[1].partition('"')[0].replace("&amp;", "&")
    assert ask(port, style).status == HTTPStatus.OK


def test_what_a_client_claims_is_replaced(port: int) -> None:
    """No link leads to a host or a path of a stranger's."""
    claims = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Prefix": "/evil"}
    answer = ask(port, "/arsip/articles/a1", claims)
    assert answer.status == HTTPStatus.OK
    assert b"evil" not in answer.body
    assert "evil" not in str(answer.headers)


def test_answers_are_packed_and_keep_their_tag(port: int) -> None:
    """A cache that sends the tag back gets 304 and no body."""
    asks_packed = {"Accept-Encoding": "gzip"}
    packed = ask(port, "/arsip/api/search?q=beras", asks_packed)
    assert json.loads(gzip.decompress(packed.body))["total"] == 20
    tag = {**asks_packed, "If-None-Match": packed.headers["Etag"]}
    again = ask(port, "/arsip/api/search?q=beras", tag)
    assert (again.status, again.body) == (HTTPStatus.NOT_MODIFIED, b"")


def test_monitors_of_this_machine_reach_the_health_check(port: int) -> None:
    """The path is below the prefix."""
    assert json.loads(ask(port, "/arsip/healthz").body)["status"] == "ok"


def test_body_that_is_too_large_is_refused(port: int) -> None:
    """By whichever of the two sees it first; the site answers after it."""
    answer = ask(port, "/arsip/search", body=b"x" * 70_000)
    assert answer.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert ask(port, "/arsip/").status == HTTPStatus.OK
