"""Serve the page and the JSON with gunicorn: several processes, several requests at once in each.

    .venv/bin/python scripts/serve.py [--index DIR] [--host H] [--port P] [--workers N]

SIGTERM lets running requests finish, then ends. A new generation of the index is taken up without a
restart. The settings of README.md apply; an option here goes before them.
"""

import argparse
import gc
import os
import socket
import sys
from typing import Any

from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]  # ships no types

from index.errors import ArchiveError
from search.engine import open_engine
from search.preferences import load_preferences
from web import create_app
from web.settings import Settings, read_settings

REQUEST_LINE_MOST = 8190
"""Longest first line of a request, in bytes: gunicorn's own limit, room for a long URL."""

GARBAGE_LEAST = 50_000
"""Objects that are made before Python looks for circles among them: those of some ten answers. With
its own 700, each answer is looked through ten times before it is sent."""

GRACE_SECONDS = 10
"""How long running requests may take to finish after SIGTERM."""


class Server(BaseApplication):  # type: ignore[misc]  # for the same reason
    """Gunicorn with Kliping's settings; each worker opens the index for itself."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        """Tell gunicorn the settings."""
        settings = self._settings
        told = {
            "bind": _where(settings),
            "workers": settings.workers,
            "threads": settings.threads,
            "worker_class": "gthread",
            "accesslog": "-",
            "access_log_format": '%(h)s "%(r)s" %(s)s %(b)s %(M)sms',
            "errorlog": "-",
            "loglevel": "warning",
            "limit_request_line": REQUEST_LINE_MOST,
            "graceful_timeout": GRACE_SECONDS,
            "timeout": settings.query_seconds * 3 + GRACE_SECONDS,
            "control_socket_disable": True,
        }
        for name, value in told.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Return the application of one worker."""
        app = create_app(self._settings)
        # What is there now stays; to look through it again and again would hold up a request, now
        # and then, for a tenth of a second. What an answer is made of goes when it is sent.
        gc.collect()
        gc.freeze()
        gc.set_threshold(GARBAGE_LEAST)
        return app


def main(arguments: list[str] | None = None) -> int:
    """Check that serving is possible, say where, and serve until told to stop."""
    options = vars(_parser().parse_args(arguments))
    try:
        settings = read_settings(os.environ, **options)
        _check_port(settings)
    except (ArchiveError, OSError) as error:
        print(f"serve: {error}", file=sys.stderr)
        return 1
    print(_welcome(settings), flush=True)
    Server(settings).run()
    return 0


def _check_port(settings: Settings) -> None:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise OSError(_refusal(settings, error.strerror or "")) from error
        except TypeError as error:  # how Python refuses a name that no host can have
            raise OSError(_refusal(settings, "no name of a host")) from error


def _refusal(settings: Settings, reason: str) -> str:
    advice = "Name another port or host, for example: --port 8001."
    return f"{_where(settings)} cannot be used ({reason}). {advice}"


def _where(settings: Settings) -> str:
    """Return host and port as they stand in an address; an IPv6 host stands in brackets."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"{host}:{settings.port}"


def _welcome(settings: Settings) -> str:
    preferences = load_preferences(settings.synonyms, settings.recency)  # or it would fail later
    engine = open_engine(settings.index, settings.query_seconds, preferences)
    status = engine.status()
    engine.close()
    url = f"http://{_where(settings)}"
    if not status.is_open:
        return f"Kliping is at {url}, but has nothing to show yet: {status.problem}"
    return (
        f"Kliping serves {status.doc_count:,} articles at {url} - for your own: "
        ".venv/bin/python scripts/reindex.py YOUR_FOLDER, then .venv/bin/python scripts/serve.py"
    )


def _parser() -> argparse.ArgumentParser:
    summary = (__doc__ or "").partition("\n")[0]
    parser = argparse.ArgumentParser(prog="serve.py", description=summary)
    parser.add_argument("--index", metavar="DIR", help="index directory (default: var/index)")
    parser.add_argument("--host", help="address to listen on (default: 127.0.0.1)")
    parser.add_argument("--port", help="TCP port (default: 8000)")
    parser.add_argument("--workers", help="server processes (default: 2)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
