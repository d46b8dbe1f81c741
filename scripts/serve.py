"""Serve the page and the JSON with gunicorn: several processes, several requests at once in each.

    .venv/bin/python scripts/serve.py [--index DIR|ADDRESS] [--host H] [--port P] [--workers N]

On SIGTERM the server finishes its running requests and ends. It takes up a new index generation
without a restart. The settings of docs/operating.md apply; an option given here overrides them. A
setting that cannot be used is one sentence and exit code 1.
"""

if __name__ == "__main__":  # before what takes time to load
    from indexing.start import BUILDING_MB, start

    start("serve", BUILDING_MB)


import argparse
import gc
import os
import socket
import sys
from typing import Any

from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]  # ships no types
from gunicorn.glogging import Logger  # type: ignore[import-untyped]  # the same
from indexing.index_setting import warn
from indexing.start import run

from index.errors import ArchiveError
from search import Engine
from web import Counters, Limits, Settings, create_app, open_engine_of, read_settings
from web.language import load_texts
from web.server import REQUEST_LINE_MOST, BufferedWorker, JsonLogger

CONNECTIONS_MOST = 500
"""Connections of a process at once: less than half the files that a process may mostly open."""

GARBAGE_THRESHOLD = 50_000
"""New objects after which Python looks for garbage: those of some ten answers. With its default,
700, it would look through each answer ten times before the answer is sent."""

GRACE_SECONDS = 10
"""How long running requests may take to finish after SIGTERM."""


class Server(BaseApplication):  # type: ignore[misc]  # for the same reason
    """Gunicorn with Kliping's settings; each worker opens the index for itself."""

    def __init__(self, settings: Settings, welcome: str) -> None:
        self._settings = settings
        self._welcome = welcome
        self._counters = Counters(settings.workers)
        self._limits = Limits(settings.client_ms)
        super().__init__()

    def load_config(self) -> None:
        """Set gunicorn's own settings."""
        settings = self._settings
        gunicorn_settings: dict[str, Any] = {
            "bind": _host_and_port(settings),
            "workers": settings.workers,
            "threads": settings.threads,
            "worker_class": BufferedWorker,
            "worker_connections": CONNECTIONS_MOST,
            "sendfile": False,  # no thread sends anything itself
            # Nothing outside may say which path or scheme this is; see web.http.proxies.
            "forwarded_allow_ips": "",
            "forwarder_headers": "",
            "secure_scheme_headers": {},
            "accesslog": "-",
            "access_log_format": '%(h)s "%(r)s" %(s)s %(b)s %(M)sms',
            "errorlog": "-",
            "loglevel": "warning",
            "logger_class": JsonLogger if settings.access_log == "json" else Logger,
            "limit_request_line": REQUEST_LINE_MOST,
            "graceful_timeout": GRACE_SECONDS,
            "timeout": settings.query_seconds * 3 + GRACE_SECONDS,
            "control_socket_disable": True,
            "when_ready": self._say_welcome,
            "post_fork": self._take_slot,
        }
        for name, value in gunicorn_settings.items():
            self.cfg.set(name, value)

    def _say_welcome(self, _: Any) -> None:
        """Print the line of welcome once the port listens: whoever reads it can ask at once."""
        print(self._welcome, flush=True)

    def _take_slot(self, _: Any, worker: Any) -> None:
        """Let a new process count in the place of the one that it replaces."""
        self._counters.take_slot(worker.age)

    def _open_engine(self) -> Engine:
        """Open the index, and watch for new generations of it: no reader waits for one."""
        engine = open_engine_of(self._settings)
        engine.watch()
        return engine

    def load(self) -> Any:
        """Return the application of one worker."""
        app = create_app(self._settings, self._open_engine(), self._counters, self._limits)
        # All objects made so far stay as long as the worker. To look through them again and again
        # would hold up a request for a tenth of a second now and then.
        gc.collect()
        gc.freeze()
        gc.set_threshold(GARBAGE_THRESHOLD)
        return app


def main(arguments: list[str] | None = None) -> int:
    """Check the settings, print the address, and serve until a signal ends the server."""
    options = vars(_parser().parse_args(arguments))
    try:
        settings = read_settings(os.environ, **options)
        warn("serve", settings)
        _check_address(settings)
        load_texts()
        welcome = _welcome(settings)
    except (ArchiveError, OSError) as error:
        print(f"serve: {error}", file=sys.stderr)
        return 1
    Server(settings, welcome).run()
    return 0


def _check_address(settings: Settings) -> None:
    """Listen on host and port for a moment.

    Raises:
        OSError: when that is not possible, with a sentence that says why.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise OSError(_refusal(settings, error.strerror or "")) from error
        except TypeError as error:  # Python's way to refuse a name that no host can have
            raise OSError(_refusal(settings, "not the name of a host")) from error


def _refusal(settings: Settings, reason: str) -> str:
    advice = "Name another port or host, for example: --port 8001."
    return f"{_host_and_port(settings)} cannot be used ({reason}). {advice}"


def _host_and_port(settings: Settings) -> str:
    """Return host and port as in a URL, an IPv6 host in brackets."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"{host}:{settings.port}"


def _welcome(settings: Settings) -> str:
    """Open the index as each worker will, and return the line that says what is served where.

    Raises:
        SynonymsError: for a file of synonyms that cannot be used.
    """
    engine = open_engine_of(settings)
    status = engine.status()
    engine.close()
    url = f"http://{_host_and_port(settings)}"
    if not status.is_open:
        return f"Kliping is at {url}, but has nothing to show yet: {status.problem}"
    return (
        f"Kliping serves {status.doc_count:,} articles at {url} - for your own: "
        ".venv/bin/python scripts/reindex.py YOUR_FOLDER, then .venv/bin/python scripts/serve.py"
    )


def _parser() -> argparse.ArgumentParser:
    summary = (__doc__ or "").partition("\n")[0]
    parser = argparse.ArgumentParser(prog="serve.py", description=summary)
    parser.add_argument(
        "--index",
        metavar="DIR",
        help="index directory, or address on a cluster (default: var/index)",
    )
    parser.add_argument("--host", help="address to listen on (default: 127.0.0.1)")
    parser.add_argument("--port", help="TCP port (default: 8000)")
    parser.add_argument("--workers", help="server processes (default: 2)")
    return parser


if __name__ == "__main__":
    run("serve", main)
