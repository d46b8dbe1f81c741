"""Small archives to search: written in a moment, opened like any other."""

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pytest

from index.document import Document
from index.generations.directory import generation_path, point_to
from index.generations.manifest import make_manifest, write_manifest
from index.generations.writer import GenerationWriter
from index.indexer.build import build_index
from search.columnar_engine import ColumnarEngine
from search.engine import Engine

Row = dict[str, object]

QUERY_SECONDS = 30.0


@pytest.fixture(scope="session")
def archive_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Iterable[Document]], Path]:
    """Write documents as they are into an index of their own; return its directory."""

    def write(documents: Iterable[Document]) -> Path:
        index_path = tmp_path_factory.mktemp("archive")
        folder = generation_path(index_path, 1)
        folder.mkdir(parents=True)
        doc_count = 0
        with GenerationWriter(folder) as writer:
            for doc_count, document in enumerate(documents, 1):  # noqa: B007 - used behind it
                writer.add(document)
            writer.commit()
        write_manifest(make_manifest(folder, doc_count), folder)
        point_to(index_path, 1)
        return index_path

    return write


@pytest.fixture(scope="session")
def engine_of(
    archive_of: Callable[[Iterable[Document]], Path], request: pytest.FixtureRequest
) -> Callable[[Iterable[Document]], Engine]:
    """Write documents into an index and open it; closed when all tests are done."""

    def write_and_open(documents: Iterable[Document]) -> Engine:
        engine = ColumnarEngine(archive_of(documents), QUERY_SECONDS)
        request.addfinalizer(engine.close)
        return engine

    return write_and_open


@pytest.fixture
def build(tmp_path: Path) -> Callable[[Sequence[Row]], Path]:
    """Build a generation from rows into the test's index, as a newsroom would; return its path."""

    def build_rows(rows: Sequence[Row]) -> Path:
        source = tmp_path / "articles.jsonl"
        source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        build_index([source], tmp_path / "index", allow_shrink=True)
        return tmp_path / "index"

    return build_rows


@pytest.fixture
def open_engine_at(request: pytest.FixtureRequest) -> Callable[[Path], ColumnarEngine]:
    """Open an engine over an index directory; closed when the test is done."""

    def open_at(index_path: Path, seconds: float = QUERY_SECONDS) -> ColumnarEngine:
        engine = ColumnarEngine(index_path, seconds)
        request.addfinalizer(engine.close)
        return engine

    return open_at
