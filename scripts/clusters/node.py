"""A node of OpenSearch: one Java process, which ends when this process does."""

import json
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from clusters.errors import ClusterError

HOST = "127.0.0.1"
SOURCE = Path(__file__).parent / "Node.java"
JAVA_OPTIONS = (
    "-Xmx700m",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "--enable-native-access=ALL-UNNAMED",
)
"""A small heap, and the quick compiler alone: a node is up sooner, and answers more slowly."""

START_SECONDS, STOP_SECONDS = 180.0, 60.0
"""The longest that a node may take on a machine with much else to do."""
ANSWER_SECONDS, PAUSE_SECONDS = 30.0, 0.1
LAST_LINES = 5
OK = 200


@dataclass(slots=True)
class Node:
    """A node: where it listens, where its data is, and its process if it runs.

    It runs as the user who starts it, root too, which OpenSearch's own start refuses: the jars and
    the data may lie in folders that nobody else can read. So it listens on 127.0.0.1 alone, and is
    meant for data of tests.

    Attributes:
        name: by which its cluster knows it.
        port: of HTTP.
        folder: its data and its log, `node.log`.
        java: the `java` that runs it.
        jars: the folder of OpenSearch.
        settings: of OpenSearch.
        options: more options of Java.
    """

    name: str
    port: int
    folder: Path
    java: Path
    jars: Path
    settings: Mapping[str, str]
    options: tuple[str, ...] = ()
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def log(self) -> Path:
        """All that the node said."""
        return self.folder / "node.log"

    @property
    def is_running(self) -> bool:
        """Whether its process lives."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start the process, on the data that it had before; `wait` until it answers."""
        self.folder.mkdir(parents=True, exist_ok=True)
        pairs = [f"{key}={value}" for key, value in self.settings.items()]
        options = (*JAVA_OPTIONS, *self.options, "-cp", f"{self.jars}/*")
        with self.log.open("ab") as log:
            # Its standard input closes when this process ends, however that happens. In a session
            # of its own, it does not end by the Ctrl-C that is meant for what asks it.
            self._process = subprocess.Popen(  # noqa: S603 - a Java of this machine, our own source
                [str(self.java), *options, str(SOURCE), str(self.folder.resolve()), *pairs],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def wait(self) -> None:
        """Wait until the node answers.

        Raises:
            ClusterError: when it ended instead, or did not answer in time.
        """
        end = time.monotonic() + START_SECONDS
        while not self.answers():
            if not self.is_running or time.monotonic() > end:
                raise ClusterError(f"{self.name} did not start: {self._last_words()}")
            time.sleep(PAUSE_SECONDS)

    def answers(self) -> bool:
        """Whether the node answers a request now."""
        return self.get("/")[0] == OK

    def get(self, path: str) -> tuple[int, Any]:
        """Return status and JSON of an answer; 0 and None if there was none."""
        connection = HTTPConnection(HOST, self.port, timeout=ANSWER_SECONDS)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        except (OSError, HTTPException, ValueError):
            return 0, None
        finally:
            connection.close()

    def kill(self) -> None:
        """End the node at once, as kill -9 does."""
        if self._process:
            self._process.kill()
            self._ended(self._process)

    def stop(self) -> bool:
        """Let the node leave its cluster and end; return whether it was not killed for its time."""
        if self._process:
            self._process.terminate()
            try:
                self._ended(self._process)
            except subprocess.TimeoutExpired:
                self.kill()
                return False
        return True

    def restart(self) -> None:
        """Start the node again where it was, and wait until it answers.

        Raises:
            ClusterError: when it does not.
        """
        self.stop()
        self.start()
        self.wait()

    def _ended(self, process: subprocess.Popen[bytes]) -> None:
        process.wait(timeout=STOP_SECONDS)
        if process.stdin:
            process.stdin.close()
        self._process = None

    def _last_words(self) -> str:
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return " ".join((*lines[-LAST_LINES:], f"({self.log} has all)"))
