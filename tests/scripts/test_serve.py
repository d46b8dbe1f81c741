"""The server as its operator runs it: started, used, given new generations, stopped."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from index.indexer.build import build_index
from tests.hang_guard import HANG_SECONDS

SCRIPT = Path(__file__).parents[2] / "scripts" / "serve.py"

ASKED_MOST = 10_000
"""Requests to a worker that never takes up a generation."""


class Server(NamedTuple):
    """A running server."""

    process: subprocess.Popen[str]
    host: str
    port: int
    welcome: str


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _build(index_path: Path, folder: Path, count: int) -> None:
    rows = [{"id": str(n), "title": f"Kabar {n}", "body": "Harga beras."} for n in range(count)]
    (folder / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    build_index([folder / "rows.jsonl"], index_path, allow_shrink=True)


def _environment(**variables: str) -> dict[str, str]:
    kept = {name: v for name, v in os.environ.items() if not name.startswith("KLIPING_")}
    return {**kept, "PYTHONUNBUFFERED": "1", **variables}


def _refusal(*options: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the script with settings that it must refuse."""
    return subprocess.run(
        [sys.executable, str(SCRIPT), *options],
        capture_output=True,
        text=True,
        check=False,
        timeout=HANG_SECONDS,
        env=_environment(**variables),
    )


@contextmanager
def _serving(
    index_path: Path, *options: str, host: str = "127.0.0.1", **variables: str
) -> Iterator[Server]:
    port = _free_port()
    where = ["--index", str(index_path), "--host", host, "--port", str(port)]
    command = [sys.executable, str(SCRIPT), *where, *options]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env=_environment(**variables)
    ) as process:
        try:
            assert process.stdout
            # The line is printed when the port listens, so whoever has read it can ask.
            yield Server(process, host, port, process.stdout.readline())
        finally:
            process.terminate()
            process.communicate(timeout=HANG_SECONDS)


def _ask(server: Server, path: str) -> tuple[int, Any]:
    """Return status and JSON of an answer over a connection of its own."""
    connection = http.client.HTTPConnection(server.host, server.port, timeout=HANG_SECONDS)
    with closing(connection):
        connection.request("GET", path, headers={"Connection": "close"})
        answer = connection.getresponse()
        content = answer.read()
        is_json = "json" in answer.headers["Content-Type"]
        return answer.status, json.loads(content) if is_json else content.decode()


def _workers(server: Server) -> list[int]:
    listed = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid="],  # noqa: S607 - wherever the system keeps it
        capture_output=True,
        text=True,
        check=True,
    )
    pairs = (line.split() for line in listed.stdout.splitlines())
    return [int(pid) for pid, parent in pairs if int(parent) == server.process.pid]


@contextmanager
def _suspended(workers: list[int]) -> Iterator[None]:
    """Suspend workers, so that another one answers."""
    for pid in workers:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in workers:
            os.kill(pid, signal.SIGCONT)


def _both_workers(server: Server) -> list[int]:
    """Return both workers: they start one after the other, and the first may be there alone."""
    _ask(server, "/healthz")
    started = _workers(server)
    if len(started) == 1:
        with _suspended(started):
            _ask(server, "/healthz")  # answered by the other one, when it has started
    first, second = _workers(server)
    return [first, second]


def _health_of(server: Server, generation: int) -> Any:
    """Return the health of the one worker that runs, once it has taken up a generation."""
    reports = (_ask(server, "/healthz")[1] for _ in range(ASKED_MOST))
    return next(report for report in reports if report["generation"] == generation)


@pytest.fixture(scope="module")
def index_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an index of three articles."""
    path = tmp_path_factory.mktemp("index")
    _build(path, tmp_path_factory.mktemp("articles"), 3)
    return path


def test_server_says_where_it_is_and_answers(index_path: Path) -> None:
    """One line names the address and what to do next; the page and the JSON are there."""
    with _serving(index_path, "--workers", "1") as server:
        assert f"http://127.0.0.1:{server.port}" in server.welcome
        assert "3 articles" in server.welcome
        assert "scripts/reindex.py" in server.welcome
        assert _ask(server, "/api/search?q=beras")[1]["total"] == 3
        status, page = _ask(server, "/search?q=beras")
        assert (status, "3 artikel" in page) == (200, True)
        assert _ask(server, "/tak-ada")[0] == 404


def test_slow_client_keeps_nobody_waiting(index_path: Path) -> None:
    """One process answers others while three requests are only half sent."""
    with _serving(index_path, "--workers", "1") as server:
        slow = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(3)]
        for connection in slow:
            connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n")
        assert [_ask(server, "/api/search")[0] for _ in range(5)] == [200] * 5
        for connection in slow:
            connection.settimeout(HANG_SECONDS)
            connection.sendall(b"Connection: close\r\n\r\n")
            assert connection.recv(1000).startswith(b"HTTP/1.1 200")
            connection.close()


def test_every_request_has_one_line_in_the_log(index_path: Path) -> None:
    """Client, request, status, bytes and time; refused requests too."""
    paths = [f"/search?q=kata{number}" for number in range(5)] + ["/tak-ada", "/search?page=0"]
    with _serving(index_path, "--workers", "2") as server:
        for path in paths:
            _ask(server, path)
        server.process.terminate()
        log, _ = server.process.communicate(timeout=HANG_SECONDS)
    lines = log.splitlines()
    for path, status in zip(paths, [200] * 5 + [404, 400], strict=True):
        (line,) = [line for line in lines if f'"GET {path} HTTP/1.1" {status} ' in line]
        assert line.startswith("127.0.0.1 ")
        assert line.endswith("ms")


def test_access_log_may_be_json(index_path: Path) -> None:
    """An object on each line, whatever was asked for."""
    with _serving(index_path, "--workers", "1", KLIPING_ACCESS_LOG="json") as server:
        _ask(server, "/search?q=%22\\%0A")
        server.process.terminate()
        log, _ = server.process.communicate(timeout=HANG_SECONDS)
    (row,) = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    assert (row["client"], row["method"], row["status"]) == ("127.0.0.1", "GET", 200)
    assert row["target"] == "/search?q=%22\\%0A"
    assert row["ms"] >= 0


def test_metrics_are_those_of_all_processes(index_path: Path) -> None:
    """Whichever process answers; one alone would know a part of the requests."""
    name = 'kliping_requests_total{endpoint="api.search",status="2xx"}'
    with _serving(index_path, "--workers", "2", KLIPING_METRICS_FROM="127.0.0.1") as server:
        for worker in _both_workers(server):
            with _suspended([worker]):
                _ask(server, "/api/search")
        assert f"{name} 2\n" in _ask(server, "/metrics")[1]


def test_work_of_a_client_is_counted_by_all_processes_together(index_path: Path) -> None:
    """One that is refused by a process is refused by the other, and by one that takes its place."""
    limits = {"KLIPING_LIMITS": "on", "KLIPING_CLIENT_MS": "1"}
    with _serving(index_path, "--workers", "2", **limits) as server:
        first, second = _both_workers(server)
        with _suspended([second]):
            statuses = (_ask(server, "/api/search?q=beras")[0] for _ in range(ASKED_MOST))
            assert next(status for status in statuses if status != 200) == 429
        with _suspended([first]):
            assert _ask(server, "/api/search?q=beras")[0] == 429
        for worker in (first, second):
            os.kill(worker, signal.SIGKILL)
        assert _ask(server, "/api/search?q=beras")[0] == 429
        assert _ask(server, "/healthz")[0] == 200


def test_every_worker_takes_up_a_new_generation(tmp_path: Path) -> None:
    """Built while the server runs: from no index to one, and from one to the next."""
    index_path = tmp_path / "index"
    with _serving(index_path, "--workers", "2") as server:
        assert "nothing to show yet" in server.welcome
        assert _ask(server, "/healthz")[0] == 503
        workers = _both_workers(server)
        for generation, count in enumerate([2, 5], 1):
            _build(index_path, tmp_path, count)
            for worker in workers:
                with _suspended([worker]):
                    assert _health_of(server, generation)["documents"] == count
                    assert _ask(server, "/api/search?q=beras")[1]["total"] == count


def _removed_files_held(server: Server, index_path: Path) -> list[str]:
    """Return the files of removed generations that a process of the server has mapped."""
    processes = (server.process.pid, *_workers(server))
    maps = (Path(f"/proc/{pid}/maps").read_text(encoding="utf-8") for pid in processes)
    lines = (line for text in maps for line in text.splitlines())
    return [line for line in lines if str(index_path) in line and line.endswith("(deleted)")]


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="needs /proc to see mapped files")
def test_no_process_keeps_a_generation_that_was_replaced(tmp_path: Path) -> None:
    """Neither the workers nor their parent, though readers ask all the time."""
    index_path = tmp_path / "index"
    _build(index_path, tmp_path, 1)
    with _serving(index_path, "--workers", "2") as server:
        workers = _both_workers(server)
        for generation in range(2, 6):
            _build(index_path, tmp_path, generation)
            for worker in workers:
                with _suspended([worker]):
                    assert _health_of(server, generation)["documents"] == generation
                    assert _ask(server, "/search?q=beras")[0] == 200
        held = (_removed_files_held(server, index_path) for _ in range(ASKED_MOST // 100))
        assert [] in held


def test_sigterm_ends_the_server_cleanly(index_path: Path) -> None:
    """Exit code 0, no worker left, and the port is free again."""
    with _serving(index_path, "--workers", "2") as server:
        _both_workers(server)
        server.process.send_signal(signal.SIGTERM)
        # Workers hold the server's output open, so that it ends only when the last of them has.
        server.process.communicate(timeout=HANG_SECONDS)
        assert server.process.returncode == 0
        with pytest.raises(ConnectionRefusedError):
            _ask(server, "/healthz")


def test_running_request_is_finished_after_sigterm(index_path: Path) -> None:
    """A request that began before the signal is answered."""
    with _serving(index_path, "--workers", "1") as server:
        with socket.create_connection(("127.0.0.1", server.port)) as connection:
            connection.settimeout(HANG_SECONDS)
            connection.sendall(b"GET /api/search?q=beras HTTP/1.1\r\nHost: x\r\n")
            assert _ask(server, "/healthz")[0] == 200  # by now the worker reads the half request
            server.process.send_signal(signal.SIGTERM)
            connection.sendall(b"Connection: close\r\n\r\n")
            assert connection.recv(1000).startswith(b"HTTP/1.1 200")
        assert server.process.wait(timeout=HANG_SECONDS) == 0


def test_port_in_use_is_refused_in_one_sentence(index_path: Path) -> None:
    """The sentence has the address and what to do next; exit code 1."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ended = _refusal("--index", str(index_path), "--port", str(port))
    assert ended.returncode == 1
    assert len(ended.stderr.splitlines()) == 1
    assert f"127.0.0.1:{port}" in ended.stderr
    assert "--port 8001" in ended.stderr


@pytest.mark.parametrize("host", ["tak.ada.invalid", "ü" * 80, "a..b"])
def test_host_that_does_not_exist_is_refused_in_one_sentence(host: str) -> None:
    """There is no traceback, whatever was typed."""
    ended = _refusal("--host", host, "--port", str(_free_port()))
    assert (ended.returncode, ended.stdout) == (1, "")
    assert len(ended.stderr.splitlines()) == 1
    assert "cannot be used" in ended.stderr


@pytest.mark.parametrize(
    ("options", "variables", "said"),
    [
        (["--port", "99999"], {}, "1 to 65535"),
        (["--workers", "0"], {}, "1 to 64"),
        (["--workers", "dua"], {}, "1 to 64"),
        ([], {"KLIPING_THREADS": "x"}, "KLIPING_THREADS"),
        ([], {"KLIPING_QUERY_SECONDS": "0.5"}, "1 to 300"),
        ([], {"KLIPING_RECENCY": "101"}, "0 to 100"),
        ([], {"KLIPING_PROXIES": "-1"}, "0 to 9"),
        ([], {"KLIPING_LANGUAGE": "fr"}, "must be id or en, not 'fr'"),
        ([], {"KLIPING_FACETS": "tag,mood"}, "tag, author, month, source, category, date_source"),
    ],
)
def test_setting_that_cannot_be_used_is_refused(
    options: list[str], variables: dict[str, str], said: str
) -> None:
    """One sentence with the range, and nothing is started."""
    ended = _refusal(*options, **variables)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert len(ended.stderr.splitlines()) == 1
    assert said in ended.stderr


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"AS\tAmerika Serikat\nKPK\n", ":2: a group needs two names"),
        (b"AS\tAmerika Serikat\n\nKPK\t\xff\n", ":3: this is not UTF-8"),
        (None, "cannot be read: No such file or directory"),
    ],
    ids=["group of one", "other encoding", "no file"],
)
def test_synonyms_that_cannot_be_used_are_refused(
    content: bytes | None, said: str, index_path: Path, tmp_path: Path
) -> None:
    """One sentence with the file, the line and what is wrong; exit code 1, nothing is started."""
    path = tmp_path / "nama.tsv"
    if content:
        path.write_bytes(content)
    where = ("--index", str(index_path), "--port", str(_free_port()))
    ended = _refusal(*where, KLIPING_SYNONYMS=str(path))
    assert (ended.returncode, ended.stdout) == (1, "")
    assert len(ended.stderr.splitlines()) == 1
    assert f"{path}" in ended.stderr
    assert said in ended.stderr


def test_unknown_option_is_wrong_usage() -> None:
    """Exit code 2, as everywhere."""
    ended = _refusal("--colour", "red")
    assert ended.returncode == 2
    assert "usage: serve.py" in ended.stderr


def test_ipv6_address_is_served(index_path: Path) -> None:
    """The host is in brackets before the port."""
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        pytest.skip("this machine has no IPv6")
    with _serving(index_path, "--workers", "1", host="::1") as server:
        assert f"http://[::1]:{server.port} " in server.welcome
        assert _ask(server, "/healthz")[0] == 200
