"""The jars of OpenSearch, fetched once by Maven into a cache, with a known checksum."""

import hashlib
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from tempfile import mkdtemp

from clusters.errors import ClusterError
from clusters.java import find_maven

POM = Path(__file__).parent / "pom.xml"
CACHE = Path(__file__).parents[2] / ".cluster"
CACHE_VARIABLE = "KLIPING_CLUSTER_CACHE"
"""Names another folder, which several checkouts can share."""

JARS_CHECKSUM = "50297a7651b47c210bc88129d4693c0a09b7db19e4ec96fadd81ef97dbfb2be2"
"""SHA-256 over the names and checksums of all jars of pom.xml: `checksum_of`."""

FETCH_SECONDS = 600
"""The longest that Maven may take."""


def fetch_jars(environment: Mapping[str, str] = os.environ) -> Path:
    """Return the folder of the jars; they are fetched where they are missing.

    The folder's name is a hash of pom.xml, so another version is another folder. It gets its name
    when it is complete: whoever fetches at the same time, or is killed, leaves no half of it.

    Raises:
        ClusterError: when Maven is missing or fails, or the jars are others than those known.
    """
    cache = Path(environment.get(CACHE_VARIABLE) or CACHE)
    folder = cache / hashlib.sha256(POM.read_bytes()).hexdigest()[:16]
    if folder.is_dir():
        return folder
    maven = find_maven(environment)
    cache.mkdir(parents=True, exist_ok=True)
    fetched = Path(mkdtemp(prefix="fetching-", dir=cache))
    try:
        _fetch(maven, fetched)
        _keep(fetched, folder)
    finally:
        shutil.rmtree(fetched, ignore_errors=True)
    return folder


def checksum_of(folder: Path) -> str:
    """Return one SHA-256 for all files of a folder: of a line with name and SHA-256 for each."""
    lines = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        with path.open("rb") as file:
            checksum = hashlib.file_digest(file, "sha256").hexdigest()
        lines.update(f"{path.name} {checksum}\n".encode())
    return lines.hexdigest()


def _fetch(maven: Path, folder: Path) -> None:
    goal = ("dependency:copy-dependencies", f"-DoutputDirectory={folder.resolve()}")
    command = [str(maven), "-q", "-B", "-C", "-f", str(POM), *goal]
    try:
        ran = subprocess.run(  # noqa: S603 - our own arguments
            command, capture_output=True, text=True, check=False, timeout=FETCH_SECONDS
        )
    except subprocess.TimeoutExpired as error:
        raise ClusterError(
            f"Maven did not fetch OpenSearch within {FETCH_SECONDS} seconds. Try again."
        ) from error
    if ran.returncode:
        first = (ran.stdout.strip() or ran.stderr.strip() or "no output").splitlines()[0]
        raise ClusterError(f"Maven could not fetch OpenSearch; try again. It said: {first}")


def _keep(fetched: Path, folder: Path) -> None:
    """Give the fetched jars their name, if they are the known ones."""
    checksum = checksum_of(fetched)
    if checksum != JARS_CHECKSUM:
        raise ClusterError(
            f"The jars that Maven fetched have the checksum {checksum}, and not that of"
            " clusters/jars.py. Look at what pom.xml asks for, and where Maven fetches it from."
        )
    try:
        fetched.rename(folder)
    except OSError:
        if not folder.is_dir():  # somebody else may have been faster
            raise
