"""Java for the Lucene peer: a new enough `java`, and Lucene's jars with known checksums."""

import hashlib
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from clusters import java
from clusters.errors import ClusterError

from bench.peer import CannotRunError

LUCENE_VERSION = "10.5.0"
JAR_CHECKSUMS = {
    "lucene-core": "ec05ee432860dc6116765fc6bd9ffccf65311cb0430a42a3a90f09fffcd310b1",
    "lucene-facet": "4f0ac2dceccdf523f36e8073bf148be8dc921fc814124eed0e82134bf5573f2b",
    "lucene-highlighter": "40b1edc9b66beff2b840ae14b0abcccd3e517cb7bc3c00c617982cfc85232294",
    "lucene-memory": "e8c7a566b1f21e859272831cc5cfc738f59287ee1457f600754690cb24855807",
    "lucene-queries": "8775e15d84923ae1bcfef6ff7000a695bacd7b6c1c3b2674aad66bf1d37404f6",
}
"""SHA-256 of this version's jars on Maven Central."""


def find_java(environment: Mapping[str, str] = os.environ) -> Path:
    """Return the path of a `java` that is new enough.

    Raises:
        CannotRunError: when there is none.
    """
    try:
        return java.find_java(environment)
    except ClusterError as error:
        raise CannotRunError(str(error)) from error


def fetch_jars(folder: Path) -> list[Path]:
    """Return Lucene's jars, fetched by Maven where they are missing.

    Raises:
        CannotRunError: when a jar cannot be fetched, or has another checksum.
    """
    folder.mkdir(parents=True, exist_ok=True)
    jars = {name: folder / f"{name}-{LUCENE_VERSION}.jar" for name in JAR_CHECKSUMS}
    for name, jar in jars.items():
        if not jar.exists():
            _fetch(name, folder)
        if not jar.exists() or _checksum(jar) != JAR_CHECKSUMS[name]:
            jar.unlink(missing_ok=True)
            raise CannotRunError(
                f"{jar.name} could not be fetched with its known checksum. Try again."
            )
    return list(jars.values())


def _fetch(name: str, folder: Path) -> None:
    maven = shutil.which("mvn")
    if not maven:
        raise CannotRunError(
            f"Maven (mvn) was not found to fetch {name}. Install it, or put the jar into {folder}."
        )
    artifact = f"org.apache.lucene:{name}:{LUCENE_VERSION}"
    for goal in (["get", "-Dtransitive=false"], ["copy", f"-DoutputDirectory={folder.resolve()}"]):
        command = [maven, "-q", "-B", f"dependency:{goal[0]}", goal[1], f"-Dartifact={artifact}"]
        ran = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own arguments
        if ran.returncode:
            last = (ran.stdout.strip() or ran.stderr.strip() or "no output").splitlines()[0]
            raise CannotRunError(f"Maven could not fetch {artifact}: {last}")


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
