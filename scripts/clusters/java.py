"""Java and Maven, looked for where they are usually installed."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

from clusters.errors import ClusterError

JAVA_LEAST = 21
"""OpenSearch 3 and Lucene 10 need it."""

JAVA_FOLDERS = ("/usr/lib/jvm", "/usr/java", "/opt/java", "/Library/Java/JavaVirtualMachines")
"""Where Linux distributions and macOS install Java; the one on the PATH may be older."""

_VERSION_PATTERN = re.compile(r'version "(\d+)')


def find_java(environment: Mapping[str, str] = os.environ) -> Path:
    """Return the path of a `java` that is new enough.

    Raises:
        ClusterError: when there is none.
    """
    for java in _installed(environment):
        if _java_version(java) >= JAVA_LEAST:
            return java
    raise ClusterError(
        f"Java {JAVA_LEAST} or newer was not found. Install it, or set JAVA_HOME to its folder."
    )


def find_maven(environment: Mapping[str, str] = os.environ) -> Path:
    """Return the path of Maven.

    Raises:
        ClusterError: when there is none.
    """
    if found := shutil.which("mvn", path=environment.get("PATH")):
        return Path(found)
    raise ClusterError("Maven (mvn) was not found. Install it: apt-get install maven.")


def missing_tool(environment: Mapping[str, str] = os.environ) -> str | None:
    """Return the sentence about what a cluster lacks here, Java or Maven; None if it can run."""
    try:
        find_java(environment)
        find_maven(environment)
    except ClusterError as error:
        return str(error)
    return None


def _installed(environment: Mapping[str, str]) -> Iterator[Path]:
    if home := environment.get("JAVA_HOME"):
        yield Path(home) / "bin" / "java"
    for folder in map(Path, JAVA_FOLDERS):
        for pattern in ("*/bin/java", "*/Contents/Home/bin/java"):
            yield from sorted(folder.glob(pattern), key=_java_version, reverse=True)
    if beside := shutil.which("java", path=environment.get("PATH")):
        yield Path(beside)


def _java_version(java: Path) -> int:
    try:
        ran = subprocess.run(  # noqa: S603 - a Java of this machine
            [str(java), "-version"], capture_output=True, text=True, check=False, timeout=60
        )
    except OSError:
        return 0
    found = _VERSION_PATTERN.search(ran.stderr)
    return int(found[1]) if found else 0
