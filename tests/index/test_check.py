"""The check of a new generation: what was put in must be found in it, or readers never see it."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from index.check import check_generation
from index.columns import Columns, FacetColumn, write_columns
from index.document import Document
from index.errors import BuildCheckError, IndexDamagedError
from index.whoosh_writer import GenerationWriter

FIRST = Document(doc_id="a", title="Satu", body="Harga beras.", tags=("pangan",))
SECOND = Document(doc_id="b", title="Dua", body="Harga gula.", tags=("pangan", "gula"))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Columns]:
    """Return a folder with an index of `FIRST` and `SECOND`, and its columns."""
    folder = tmp_path_factory.mktemp("check")
    with GenerationWriter(folder) as writer:
        writer.add(FIRST)
        writer.add(SECOND)
        return folder, writer.commit()


@pytest.fixture
def check(
    written: tuple[Path, Columns], tmp_path: Path
) -> Callable[[dict[int, Document], Columns | None], None]:
    """Return what checks the index for these documents, and columns if they are others."""

    def run(samples: dict[int, Document], columns: Columns | None = None) -> None:
        check_generation(written[0], columns or written[1], samples, tmp_path)

    return run


def test_generation_as_it_was_written_passes(check: Callable[..., None]) -> None:
    """Each document under its number."""
    check({0: FIRST, 1: SECOND})


@pytest.mark.parametrize(
    ("samples", "what"),
    [
        ({0: SECOND}, "article b is not found by its id"),
        ({0: replace(FIRST, doc_id="c")}, "article c is not found by its id"),
        ({0: replace(FIRST, title="Tiga")}, "article a is not stored as it was read"),
        ({1: replace(SECOND, date_source="stated")}, "article b is not stored as it was read"),
    ],
)
def test_document_that_is_not_there_as_it_was_read_is_named(
    check: Callable[..., None], samples: dict[int, Document], what: str
) -> None:
    """The message says that readers still have the old index."""
    with pytest.raises(BuildCheckError, match=rf"\({what}\); the live one was not touched"):
        check(samples)


def test_number_of_documents_is_compared(
    check: Callable[..., None], written: tuple[Path, Columns]
) -> None:
    """A document that was lost on the way to the disk is missed."""
    more = replace(written[1], days=written[1].days.repeat(2))
    with pytest.raises(BuildCheckError, match="number of documents"):
        check({}, more)


@pytest.mark.parametrize("lost", ["value", "entry"])
def test_facets_are_compared(
    check: Callable[..., None], written: tuple[Path, Columns], lost: str
) -> None:
    """Both the values and how many documents have each."""
    tags = written[1].facets["tag"]
    changed = (
        FacetColumn(("pangan",), tags.offsets, tags.ordinals * 0)
        if lost == "value"
        else FacetColumn(tags.values, tags.offsets, tags.ordinals * 0)
    )
    with pytest.raises(BuildCheckError, match="counts of facet tag"):
        check({}, replace(written[1], facets={**written[1].facets, "tag": changed}))


def test_index_that_whoosh_cannot_read_is_refused(
    written: tuple[Path, Columns], tmp_path: Path
) -> None:
    """An error of Whoosh becomes one of ours."""
    (tmp_path / "bare").mkdir()
    write_columns(written[1], tmp_path / "bare")
    with pytest.raises(IndexDamagedError, match="Whoosh cannot read"):
        check_generation(tmp_path / "bare", written[1], {}, tmp_path)
    shutil.copy(written[0] / "days.npy", tmp_path / "bare" / "_MAIN_1.toc")
    with pytest.raises(IndexDamagedError, match="Whoosh cannot read"):
        check_generation(tmp_path / "bare", written[1], {}, tmp_path)
