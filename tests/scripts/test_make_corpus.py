"""The invented archive for load tests: repeatable, complete rows, spread like a newspaper's."""

import gzip
import hashlib
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.hang_guard import HANG_SECONDS

SCRIPT = Path(__file__).parents[2] / "scripts" / "make_corpus.py"
PAGE = """Harga Beras Naik
Foto: Dok. BulogSEMARANG - Harga beras medium naik di Pasar Johar, kata pedagang di sana.
Menurut pedagang, harga beras medium naik karena panen di Demak mundur dan kiriman tersendat.
Tag Terkait: beras
"""


def make_corpus(*arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    """Run the script and return what it left behind."""
    command = [sys.executable, str(SCRIPT), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False, timeout=HANG_SECONDS)


def read_rows(samples: Path, documents: int, seed: int = 1) -> list[dict[str, Any]]:
    """Make an archive and return its rows."""
    made = make_corpus("--documents", str(documents), "--seed", str(seed), "--samples", samples)
    return [json.loads(line) for line in made.stdout.splitlines()]


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with one sample page, a folder further down."""
    folder = tmp_path_factory.mktemp("samples")
    (folder / "ekonomi").mkdir()
    (folder / "ekonomi" / "beras.txt").write_text(PAGE, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def rows(samples: Path) -> list[dict[str, Any]]:
    """Return an archive of 2,000 articles, which is more than one batch."""
    return read_rows(samples, 2_000)


def test_same_seed_gives_the_same_bytes(samples: Path) -> None:
    """A load test can be repeated elsewhere."""
    asked = ("--documents", "1200", "--seed", "7", "--samples", samples)
    assert make_corpus(*asked).stdout == make_corpus(*asked).stdout


def test_another_seed_gives_other_articles(samples: Path) -> None:
    """Two archives of different seeds share neither ids nor texts."""
    first, second = read_rows(samples, 5, seed=1), read_rows(samples, 5, seed=2)
    assert not {row["id"] for row in first} & {row["id"] for row in second}
    assert not {row["body"] for row in first} & {row["body"] for row in second}


def test_bytes_are_those_of_every_machine(samples: Path) -> None:
    """A Python or NumPy that gave another archive would be noticed here."""
    made = make_corpus("--documents", "50", "--seed", "7", "--samples", samples).stdout
    assert hashlib.sha256(made).hexdigest().startswith("086ce0dad2500cca")


def test_archive_has_as_many_articles_as_asked(rows: list[dict[str, Any]]) -> None:
    """The count is exact, beyond one batch too, and every id comes once."""
    assert len({row["id"] for row in rows}) == len(rows) == 2_000


def test_archive_may_be_empty(samples: Path) -> None:
    """No article is a fair wish: an empty file."""
    assert read_rows(samples, 0) == []


def test_ids_do_not_depend_on_the_size_of_the_archive(
    samples: Path, rows: list[dict[str, Any]]
) -> None:
    """A smaller archive of the same seed has the first ids of a larger one."""
    small = [row["id"] for row in read_rows(samples, 10)]
    assert small == [row["id"] for row in rows[:10]]


def test_every_row_has_all_keys(rows: list[dict[str, Any]]) -> None:
    """Missing values are empty lists or null, never missing keys."""
    keys = "id title body date author editor tags category source url".split()
    assert all(list(row) == keys for row in rows)
    assert all(row["title"] and row["body"] for row in rows)


def test_some_articles_lack_tags_authors_or_a_date(rows: list[dict[str, Any]]) -> None:
    """About 5, 15 and 1 percent do, as in real archives."""
    share = {key: sum(not row[key] for row in rows) / len(rows) for key in rows[0]}
    assert 0.03 < share["tags"] < 0.07
    assert 0.12 < share["author"] < 0.18
    assert 0 < share["date"] < 0.03


def test_a_tag_comes_once_an_article(rows: list[dict[str, Any]]) -> None:
    """Tags and authors of one article are all different."""
    assert all(len(set(row["tags"])) == len(row["tags"]) for row in rows)
    assert all(len(set(row["author"])) == len(row["author"]) for row in rows)


def test_dates_are_real_and_grow_over_the_months(rows: list[dict[str, Any]]) -> None:
    """The last five years have more articles than the first five."""
    years = Counter(int(row["date"][:4]) for row in rows if row["date"])
    assert sorted(years) == list(range(2010, 2025))
    assert sum(years[year] for year in range(2020, 2025)) > 2 * sum(
        years[year] for year in range(2010, 2015)
    )


def test_few_tags_have_most_articles(rows: list[dict[str, Any]]) -> None:
    """The commonest of many tags is far commoner than the tenth."""
    counts = Counter(tag for row in rows for tag in row["tags"]).most_common()
    assert len(counts) > 500
    assert counts[0][1] > 2 * counts[9][1]


def test_articles_have_about_250_words_in_paragraphs(rows: list[dict[str, Any]]) -> None:
    """Bodies are several lines, each of whole sentences."""
    lengths = [len(row["body"].split()) for row in rows]
    assert 235 < sum(lengths) / len(lengths) < 265
    lines = [line for row in rows for line in row["body"].split("\n")]
    assert len(lines) > 3 * len(rows)
    assert all(line.endswith(".") and line[0].isupper() for line in lines)


def test_neighbours_of_the_samples_stay_neighbours(rows: list[dict[str, Any]]) -> None:
    """A phrase of the samples is found in many articles, so phrase queries have hits."""
    assert sum("beras medium" in row["body"].lower() for row in rows) > 100


def test_vocabulary_grows_with_the_archive(samples: Path, rows: list[dict[str, Any]]) -> None:
    """Ten times the articles have more words, but not ten times as many."""
    few = {word for row in read_rows(samples, 200) for word in row["body"].lower().split()}
    many = {word for row in rows for word in row["body"].lower().split()}
    assert 2 * len(few) < len(many) < 6 * len(few)


def test_packed_file_carries_no_time(samples: Path, tmp_path: Path) -> None:
    """Two runs to a .gz file give equal files, with the same text as standard output."""
    asked = ("--documents", "20", "--seed", "3", "--samples", samples)
    first, second = tmp_path / "a.jsonl.gz", tmp_path / "b.jsonl.gz"
    make_corpus(*asked, "--out", first)
    make_corpus(*asked, "--out", second)
    assert first.read_bytes() == second.read_bytes()
    assert gzip.decompress(first.read_bytes()) == make_corpus(*asked).stdout


def test_plain_file_holds_the_same_text_as_standard_output(samples: Path, tmp_path: Path) -> None:
    """--out changes where the archive goes, not what it holds."""
    asked = ("--documents", "20", "--seed", "3", "--samples", samples)
    make_corpus(*asked, "--out", tmp_path / "a.jsonl")
    assert (tmp_path / "a.jsonl").read_bytes() == make_corpus(*asked).stdout


def test_folder_without_articles_is_refused_with_advice(tmp_path: Path) -> None:
    """A wrong --samples ends in one sentence that says what to do."""
    ran = make_corpus("--documents", "1", "--seed", "1", "--samples", tmp_path)
    assert ran.returncode == 1
    assert b"Name a folder of articles with --samples." in ran.stderr


def test_file_that_cannot_be_written_is_refused(samples: Path, tmp_path: Path) -> None:
    """A wrong --out ends in one sentence, not in a trace."""
    out = tmp_path / "missing" / "corpus.jsonl"
    ran = make_corpus("--documents", "1", "--seed", "1", "--samples", samples, "--out", out)
    assert ran.returncode == 1
    assert b"cannot be written" in ran.stderr
    assert b"Traceback" not in ran.stderr


@pytest.mark.parametrize("count", ["-1", "10000001", "ten", "1e9", "9" * 5_000, "²"])
def test_count_out_of_bounds_is_refused(count: str) -> None:
    """A count is a plain whole number up to ten million."""
    ran = make_corpus(f"--documents={count}", "--seed", "1")
    assert ran.returncode == 2
    assert b"not a whole number from 0 to 10000000" in ran.stderr
