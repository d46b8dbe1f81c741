"""What is installed: a file that is missing, cut or cannot be read now is told in a sentence."""

import resource
from pathlib import Path

import pytest

from index.errors import PackageError
from index.installed import installed_version, read_packaged
from web.language import messages


def test_missing_file_is_told_with_the_command_that_mends_it() -> None:
    """A package that was installed by half."""
    with pytest.raises(PackageError, match=r"no-such\.tsv of the package index .*make setup"):
        read_packaged("index", "no-such.tsv")


def test_file_that_is_no_text_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that was cut in the midst of a letter."""
    (tmp_path / "a_cut_package").mkdir()
    (tmp_path / "a_cut_package" / "__init__.py").touch()
    (tmp_path / "a_cut_package" / "words.txt").write_bytes(b"kata\xff")
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(PackageError, match=r"words\.txt of the package a_cut_package"):
        read_packaged("a_cut_package", "words.txt")


def test_shortage_is_not_called_a_broken_package() -> None:
    """The reason is told, and nobody installs anything anew."""
    read_packaged("search.query", "synonyms.tsv")  # its package is loaded
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, hard))
    try:
        with pytest.raises(PackageError, match=r"files open as it may.*ulimit -n") as of_file:
            read_packaged("search.query", "synonyms.tsv")
        with pytest.raises(PackageError) as of_version:
            installed_version("whoosh3")
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert "make setup" not in str(of_file.value)
    assert "whoosh3" in str(of_version.value)


def test_file_of_texts_of_another_form_is_told() -> None:
    """A server says so when it starts."""
    with pytest.raises(PackageError, match=r"messages\.toml of the package web\.language: "):
        messages.read_texts("messages.toml", dict[str, int])
