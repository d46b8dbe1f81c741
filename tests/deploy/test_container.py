"""The container: what its file promises, and that it runs where containers can be built."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.hang_guard import HANG_SECONDS

PROJECT = Path(__file__).parents[2]
FILE = PROJECT / "deploy" / "Containerfile"


def instructions() -> list[tuple[str, str]]:
    """Return the instructions of the file with their arguments, joined over lines."""
    text = re.sub(r"(?m)^#.*\n", "", FILE.read_text()).replace("\\\n", " ")
    lines = filter(None, map(str.strip, text.splitlines()))
    return [(name, rest.strip()) for name, _, rest in (line.partition(" ") for line in lines)]


def test_server_runs_as_a_user_without_rights() -> None:
    """By number, so that a cluster can see it is not root; nothing runs after that as root."""
    users = [rest for name, rest in instructions() if name == "USER"]
    assert [int(user) > 0 for user in users] == [True]
    names = [name for name, _ in instructions()]
    assert "RUN" not in names[names.index("USER") :]


def test_packages_are_those_of_the_lock() -> None:
    """With their hashes; the image has a fixed Python, and nothing of the tests."""
    text = FILE.read_text()
    assert "--require-hashes -r requirements.lock" in text
    assert "requirements-dev" not in text
    assert re.search(r"^FROM \S+/python:3\.1\d-\S+$", text, re.MULTILINE)


def test_copied_files_exist_and_are_not_ignored() -> None:
    """Whatever is copied is let through by .containerignore, and the rest is kept out."""
    ignored = (PROJECT / ".containerignore").read_text().splitlines()
    assert "*" in ignored
    copied = [word for name, rest in instructions() if name == "COPY" for word in rest.split()[:-1]]
    assert all((PROJECT / word).exists() and f"!{word}" in ignored for word in copied)


def test_commands_are_lists() -> None:
    """A shell between would keep SIGTERM from the server."""
    for name, rest in instructions():
        if name in {"ENTRYPOINT", "CMD"}:
            assert all(isinstance(word, str) for word in json.loads(rest))


def test_image_serves_on_a_read_only_root() -> None:
    """Built and run where podman or docker can; elsewhere the tests above must do."""
    tool = next((name for name in ("podman", "docker") if can_run(name, "info")), None)
    if tool is None:
        pytest.skip("neither podman nor docker runs here")
    base = dict(instructions())["FROM"]
    if not can_run(tool, "pull", base):
        pytest.skip(f"{base} cannot be had here")
    run(tool, "build", "-f", str(FILE), "-t", "kliping-test", str(PROJECT))
    options = ("--rm", "--read-only", "--tmpfs", "/tmp", "--network", "none")  # noqa: S108 - in there
    done = run(tool, "run", *options, "kliping-test", "scripts/reindex.py", "--help")
    assert "reindex.py" in done


def can_run(tool: str, *arguments: str) -> bool:
    """Return whether a tool for containers is there and does what is asked of it."""
    if not shutil.which(tool):
        return False
    asked = subprocess.run(
        [tool, *arguments], capture_output=True, check=False, timeout=HANG_SECONDS
    )
    return asked.returncode == 0


def run(*command: str) -> str:
    """Run a command that must succeed; return what it prints."""
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=HANG_SECONDS)
    return done.stdout
