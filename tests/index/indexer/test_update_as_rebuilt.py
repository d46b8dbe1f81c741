"""Whatever happens to the files of an archive, an updated index holds what a rebuilt one holds."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import hypothesis.strategies as st
from hypothesis import HealthCheck, example, given, settings

from index.corpus.duplicate_groups import read_groups
from index.generations.catalog import Catalog
from index.generations.generation import open_current
from index.indexer.build import build_index
from index.indexer.preview import preview_update
from index.indexer.removal import find_removal
from index.indexer.report import BuildPreview
from index.indexer.update import update_index
from index.schema import from_stored
from tests.index.taking_down import take_down

LONG = " ".join(f"kata{number}" for number in range(40))
NAMES = ("a.jsonl", "b.jsonl", "c.jsonl", "z.jsonl")


class Row(NamedTuple):
    """An article: its id, and the number of its text; few, so that some are copies.

    The last id is that of another outlet, with the same texts.
    """

    doc_id: int
    text: int

    def json(self, name: str) -> str:
        """Return it as a row of a file; texts differ in a word, so that most are near copies."""
        head = {
            "id": f"{name[0]}{self.doc_id}",
            "title": f"Judul {self.text}",
            "date": "2024-08-28",
        }
        # Which of two articles with one address is there first decides its outlet, and so what is
        # grouped with it: the other outlet has no addresses.
        url = f"https://a.example/{self.text}" if self.text < 3 and self.doc_id < 3 else ""
        source = f"harian {self.text if self.doc_id < 3 else 'lain'}"
        name = "Menteri Keuangan" if self.text % 2 else "Bank Sentral"
        body = f"{LONG} akhir{self.text}\n{name} tiba."
        return json.dumps({**head, "body": body, "source": source, "url": url})


rows = st.builds(Row, st.integers(0, 3), st.integers(0, 5))
contents_of_a_file = st.lists(rows, min_size=1, max_size=4, unique_by=lambda row: row.doc_id)
files = st.dictionaries(st.sampled_from(NAMES[:3]), contents_of_a_file)
COPY_OF_ONE_TAKEN_DOWN = [
    ({"a.jsonl": [Row(0, 1)], "b.jsonl": [Row(1, 1)]}, []),
    ({"a.jsonl": [Row(1, 1)], "b.jsonl": [Row(1, 1)]}, ["a0"]),
]
"""The first is taken down, its copy with it, and goes; the copy in a file that did not change stays
down, and so does the one that comes."""
downs = st.lists(st.sampled_from(["a0", "a1", "b0", "c0"]), max_size=1)


def write(folder: Path, contents: Mapping[str, list[Row]], time: int) -> None:
    """Make the folder hold just these files; those that do not change keep their time."""
    for name in NAMES:
        path = folder / name
        if name not in contents:
            path.unlink(missing_ok=True)
            continue
        text = "\n".join(row.json(name) for row in contents[name])
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            os.utime(path, ns=(time, time))


def texts_of(index_path: Path) -> dict[str, str]:
    """Return the headline of every article in an index, by its id."""
    with open_current(index_path).whoosh.searcher() as searcher:
        reader = searcher.reader()
        numbers = (number for number in range(reader.doc_count_all()))
        kept = (reader.stored_fields(n) for n in numbers if not reader.is_deleted(n))
        documents = [from_stored(stored["document"]) for stored in kept]
    return {document.doc_id: document.title for document in documents}


def state(index_path: Path) -> dict[str, Any]:
    """Return what does not hang on which of exact copies was there first."""
    generation = open_current(index_path)
    with Catalog.opened(generation.folder) as catalog:
        known = sorted(catalog.signatures()[0])
    texts = texts_of(index_path)
    assert known == sorted(texts)
    return {
        "texts": sorted(texts.values()),
        "copies": len(read_groups(generation.folder).members),
        "phrases": generation.phrases,
    }


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.tuples(files.filter(bool), downs), min_size=2, max_size=4))
@example(COPY_OF_ONE_TAKEN_DOWN)
def test_updated_index_holds_what_a_rebuilt_one_holds(
    history: list[tuple[dict[str, list[Row]], list[str]]],
) -> None:
    """After each change: files written, changed, removed; articles moved, copied, taken down.

    Each update reports what its preview did.
    """
    with TemporaryDirectory() as name:
        folder = Path(name) / "archive"
        folder.mkdir()
        write(folder, {"z.jsonl": [Row(100, 100)], **history[0][0]}, 1)
        build_index([folder], Path(name) / "index", allow_shrink=True)
        for time, (contents, down) in enumerate(history[1:], 2):
            kept = {"z.jsonl": [Row(100, 100)], **contents}
            write(folder, kept, time)
            removed = find_removal(Path(name) / "index", down).evidence
            take_down(Path(name) / "index", removed, removed)
            preview = preview_update([folder], Path(name) / "index", prune=True)
            report = update_index([folder], Path(name) / "index", prune=True, allow_shrink=True)
            assert all(getattr(report, n) == getattr(preview, n) for n in BuildPreview.__slots__)
        updated = state(Path(name) / "index")
        build_index([folder], Path(name) / "index", allow_shrink=True)
        rebuilt = state(Path(name) / "index")
    assert updated == rebuilt, history
