"""The access log as JSON: an object on each line, for programs that read logs."""

import datetime as dt
import json
from typing import Any

from gunicorn.glogging import Logger  # type: ignore[import-untyped]


class JsonLogger(Logger):  # type: ignore[misc]  # gunicorn ships no types
    """Gunicorn's logs, with an access log of JSON."""

    def access(self, resp: Any, req: Any, environ: Any, request_time: dt.timedelta) -> None:
        """Write the line of a request."""
        row = {
            "time": dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds"),
            "client": environ.get("REMOTE_ADDR", ""),
            "method": req.method,
            "target": req.uri,
            "status": int(str(resp.status).split(" ", 1)[0]),
            "bytes": getattr(resp, "sent", 0),
            "ms": round(request_time.total_seconds() * 1000, 1),
            "agent": environ.get("HTTP_USER_AGENT", ""),
        }
        self.access_log.info("%s", json.dumps(row, ensure_ascii=False))
