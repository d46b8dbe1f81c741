"""What starts a cluster: a missing tool is named, what Maven brings is known or refused."""

from pathlib import Path

import pytest
from clusters import jars, java
from clusters.errors import ClusterError


def make_program(path: Path, script: str) -> None:
    """Write a shell script that may be run."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Return the environment of a machine with nothing but an empty cache."""
    monkeypatch.setattr(java, "JAVA_FOLDERS", ())
    return {"PATH": str(tmp_path / "bin"), jars.CACHE_VARIABLE: str(tmp_path / "cache")}


def maven_that_brings(tmp_path: Path, text: str) -> None:
    """Install a Maven that writes one jar, with a text in it."""
    folder = '"${*##*-DoutputDirectory=}"'
    make_program(tmp_path / "bin" / "mvn", f'folder={folder}; printf "{text}" > "$folder/a.jar"')


def test_machine_without_java_is_told_what_to_install(environment: dict[str, str]) -> None:
    """In one sentence, with the version and the variable."""
    missing = java.missing_tool(environment)
    assert missing == (
        "Java 21 or newer was not found. Install it, or set JAVA_HOME to its folder."
    )


def test_machine_without_maven_is_told_what_to_install(
    environment: dict[str, str], tmp_path: Path
) -> None:
    """When Java is there."""
    make_program(tmp_path / "bin" / "java", "echo 'openjdk version \"21.0.1\"' >&2")
    missing = java.missing_tool(environment)
    assert missing == "Maven (mvn) was not found. Install it: apt-get install maven."


def test_java_of_the_environment_goes_before_an_old_one_on_the_path(
    environment: dict[str, str], tmp_path: Path
) -> None:
    """JAVA_HOME chooses it; one that is too old is passed by."""
    make_program(tmp_path / "bin" / "java", "echo 'openjdk version \"17.0.1\"' >&2")
    make_program(tmp_path / "new" / "bin" / "java", "echo 'openjdk version \"25.0.1\"' >&2")
    chosen = java.find_java(environment | {"JAVA_HOME": str(tmp_path / "new")})
    assert chosen == tmp_path / "new" / "bin" / "java"
    with pytest.raises(ClusterError, match="Java 21"):
        java.find_java(environment)


def test_known_jars_are_fetched_once(
    environment: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second time needs no Maven."""
    maven_that_brings(tmp_path, "known")
    (tmp_path / "known").mkdir()
    (tmp_path / "known" / "a.jar").write_text("known", encoding="utf-8")
    monkeypatch.setattr(jars, "JARS_CHECKSUM", jars.checksum_of(tmp_path / "known"))
    folder = jars.fetch_jars(environment)
    assert [path.name for path in folder.iterdir()] == ["a.jar"]
    (tmp_path / "bin" / "mvn").unlink()
    assert jars.fetch_jars(environment) == folder
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


def test_jars_that_are_not_known_are_refused(environment: dict[str, str], tmp_path: Path) -> None:
    """And none is kept."""
    maven_that_brings(tmp_path, "other")
    with pytest.raises(ClusterError, match="checksum"):
        jars.fetch_jars(environment)
    assert list((tmp_path / "cache").iterdir()) == []


def test_maven_that_fails_is_cited(environment: dict[str, str], tmp_path: Path) -> None:
    """The first line of what it said has the reason."""
    make_program(tmp_path / "bin" / "mvn", "echo '[ERROR] no network'; echo more; exit 1")
    with pytest.raises(ClusterError, match=r"It said: \[ERROR\] no network$"):
        jars.fetch_jars(environment)
