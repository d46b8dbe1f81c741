"""What the tests of the index share: tiny archives, an index of one, and what a reader sees of it.

Every body holds the word "beras", so that one search must find all that is stored.
"""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from index.generations.generation import open_current
from index.generations.manifest import read_manifest, write_manifest
from index.indexer.build import build_index
from index.schema import from_stored

OLD_IDS = ("lama-1", "lama-2", "lama-3")


def write_rows(path: Path, *doc_ids: str, **changes: Any) -> Path:
    """Write one small article for each id, all with the same changes, and return the file."""
    rows = (
        {"id": doc_id, "title": f"Judul {doc_id}", "body": f"Harga beras {doc_id}.", **changes}
        for doc_id in doc_ids
    )
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def articles(tmp_path: Path) -> Callable[..., Path]:
    """Return what writes an archive of the ids it is given and says where it is."""

    def write(*doc_ids: str, name: str = "articles.jsonl", **changes: Any) -> Path:
        return write_rows(tmp_path / name, *doc_ids, **changes)

    return write


@pytest.fixture(scope="session")
def old_index_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build an index of `OLD_IDS`; tests get copies of it."""
    folder = tmp_path_factory.mktemp("old")
    archive = write_rows(folder / "old.jsonl", *OLD_IDS, date="2024-08-28", tags=["pangan"])
    build_index([archive], folder / "index")
    return folder / "index"


@pytest.fixture
def old_index(old_index_template: Path, tmp_path: Path) -> Path:
    """Return an index directory of one generation, which holds `OLD_IDS`."""
    return Path(shutil.copytree(old_index_template, tmp_path / "index"))


@pytest.fixture
def served() -> Callable[[Path], list[str]]:
    """Return what tells the ids that a reader finds in an index opened this moment."""

    def ids(index_path: Path) -> list[str]:
        generation = open_current(index_path)
        with generation.whoosh.searcher() as searcher:
            rows = [from_stored(stored["document"]) for stored in searcher.documents()]
            matched = list(searcher.document_numbers(body="beras"))
        assert len(matched) == len(rows) == generation.manifest.doc_count
        return sorted(row.doc_id for row in rows)

    return ids


@pytest.fixture
def titles() -> Callable[[Path], dict[str, str]]:
    """Return what tells the headline of every article in an index, by its id."""

    def read(index_path: Path) -> dict[str, str]:
        generation = open_current(index_path)
        with generation.whoosh.searcher() as searcher:
            rows = [from_stored(stored["document"]) for stored in searcher.documents()]
        return {row.doc_id: row.title for row in rows}

    return read


@pytest.fixture
def old_ids() -> list[str]:
    """Return what an untouched old index serves."""
    return list(OLD_IDS)


@pytest.fixture
def snapshot() -> Callable[[Path], dict[str, bytes]]:
    """Return what tells every file of a directory, so that two moments can be compared."""

    def files(root: Path) -> dict[str, bytes]:
        found = sorted(path for path in root.rglob("*") if path.is_file())
        return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}

    return files


@pytest.fixture
def other_schema() -> Callable[[Path], None]:
    """Return what makes a generation look built by a Kliping with another schema."""

    def change(folder: Path) -> None:
        write_manifest(replace(read_manifest(folder), schema="0" * 16), folder)

    return change
