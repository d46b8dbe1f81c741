"""The example for nginx, started before the real server: prefix, packing, ETags, limits."""

import gzip
import json
import os
import shutil
from collections.abc import Iterator
from http import HTTPStatus

import pytest

from tests.deploy.proxies import ask, example, free_port, running, site_behind_a_proxy, wait_for

MAIN = """
{user}
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/kliping.conf;
}}
"""
"""What Debian's nginx.conf has around our file, in a folder of the test."""

pytestmark = [
    pytest.mark.nginx,
    pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not installed"),
]


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Return the port of nginx, with the example as it is but for ports and folders."""
    folder = tmp_path_factory.mktemp("nginx")
    folder.chmod(0o755)
    own = free_port()
    # Its workers could not enter a folder of root's; for anyone else the line is none.
    user = "" if os.geteuid() else "user root root;"
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder, user=user))
    with site_behind_a_proxy(folder) as behind:
        changes = {
            "127.0.0.1:8000": f"127.0.0.1:{behind}",
            "listen 80;": f"listen 127.0.0.1:{own};",
            "/var/cache/nginx": str(folder),
        }
        (folder / "kliping.conf").write_text(example("nginx.conf", changes))
        with running("nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")) as nginx:
            wait_for(own, nginx)
            yield own


def test_site_stands_below_its_prefix(port: int) -> None:
    """Pages, links and files; robots.txt at the root of the host."""
    page = ask(port, "/arsip/search?q=beras").body.decode()
    assert 'action="/arsip/search"' in page
    assert 'href="/arsip/articles/a' in page
    assert ask(port, "/arsip").headers["Location"].endswith("/arsip/")
    robots = ask(port, "/robots.txt").body.decode()
    assert "Disallow: /arsip/search" in robots
    style = page.split('rel="stylesheet" href="')[1].partition('"')[0].replace("&amp;", "&")
    assert ask(port, style).status == HTTPStatus.OK


def test_what_a_client_claims_is_replaced(port: int) -> None:
    """No link leads to a host or a path of a stranger's."""
    claims = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Prefix": "/evil"}
    answer = ask(port, "/arsip/articles/a1", claims)
    assert b"evil" not in answer.body
    assert "evil" not in str(answer.headers)


def test_answers_are_packed_and_keep_their_tag(port: int) -> None:
    """A cache that sends the tag back gets 304 and no body."""
    packed = ask(port, "/arsip/api/search?q=beras", {"Accept-Encoding": "gzip"})
    assert json.loads(gzip.decompress(packed.body))["total"] == 20
    again = ask(port, "/arsip/api/search?q=beras", {"If-None-Match": packed.headers["ETag"]})
    assert (again.status, again.body) == (HTTPStatus.NOT_MODIFIED, b"")


def test_monitors_of_this_machine_reach_the_health_check(port: int) -> None:
    """The path is below the prefix."""
    assert json.loads(ask(port, "/arsip/healthz").body)["status"] == "ok"


def test_body_that_is_too_large_is_refused(port: int) -> None:
    """Before it reaches the server."""
    answer = ask(port, "/arsip/search", body=b"x" * 70_000)
    assert answer.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE


def test_address_that_asks_too_often_is_told_so(port: int) -> None:
    """The last test, since it uses the limit up; static files have no limit."""
    statuses = {ask(port, "/arsip/help").status for _ in range(200)}
    assert statuses == {HTTPStatus.OK, HTTPStatus.TOO_MANY_REQUESTS}
    assert ask(port, "/arsip/static/favicon.svg").status == HTTPStatus.OK
