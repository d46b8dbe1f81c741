"""The list of articles that were taken down: written by the program, or by hand."""

from pathlib import Path

from index.generations.takedowns import LIST_NAME, Evidence
from tests.index.taking_down import read_taken_down, take_down


def test_line_keeps_id_address_and_hash(tmp_path: Path) -> None:
    """Whatever becomes of the id, the article is known by the rest."""
    take_down(tmp_path, ["a1"], {"a1": Evidence("https://pagi.example/x", 0xABC)})
    (line,) = read_taken_down(tmp_path)
    assert (line.doc_id, line.evidence) == ("a1", Evidence("https://pagi.example/x", 0xABC))
    take_down(tmp_path, ["a2"], {"a2": Evidence("", 0xDEF)})
    assert [each.evidence.address for each in read_taken_down(tmp_path)][1:] == [""]


def test_list_edited_by_hand_is_read(tmp_path: Path) -> None:
    """An id alone, blank lines, comments, a hash that is none; and what stands there stays."""
    text = "# Catatan kami\nsatu\n\n  dua  \t2024-08-28\ntiga\t\thttps://x.example/y\tzz\n"
    (tmp_path / LIST_NAME).write_text(text, encoding="utf-8")
    lines = read_taken_down(tmp_path)
    assert [line.doc_id for line in lines] == ["satu", "dua", "tiga"]
    assert [line.evidence.text for line in lines] == [0, 0, 0]
    take_down(tmp_path, ["empat"], {"dua": Evidence("", 1)})
    after = (tmp_path / LIST_NAME).read_text(encoding="utf-8")
    assert after.startswith("# Catatan kami\nsatu\t")
    assert [line.evidence.text for line in read_taken_down(tmp_path)] == [0, 1, 0, 0]


def test_nothing_to_take_down_makes_no_list(tmp_path: Path) -> None:
    """A build without takedowns leaves no file behind."""
    take_down(tmp_path, [])
    assert list(tmp_path.iterdir()) == []


def test_id_is_listed_once_and_keeps_what_it_was_known_by(tmp_path: Path) -> None:
    """Whether it is named twice, or again later, when its article has another text."""
    first, later = Evidence("https://pagi.example/1", 7), Evidence("https://pagi.example/2", 8)
    take_down(tmp_path, ["a", "a"], {"a": first})
    take_down(tmp_path, ["a"], {"a": later})
    assert [(line.doc_id, line.evidence) for line in read_taken_down(tmp_path)] == [("a", first)]


def test_id_that_begins_like_a_comment_is_an_id(tmp_path: Path) -> None:
    """A comment has a blank behind its mark."""
    (tmp_path / "taken_down.txt").write_text("# catatan\n#7\n", encoding="utf-8")
    assert [line.doc_id for line in read_taken_down(tmp_path)] == ["#7"]
