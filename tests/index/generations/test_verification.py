"""The check of a new generation: what was put in must be found in it, or readers never see it."""

import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from index.document import Document
from index.errors import BuildCheckError, IndexDamagedError
from index.generations.verification import ExpectedIndex, check_generation, check_update
from index.generations.writer import GenerationWriter

FIRST = Document(doc_id="a", title="Satu", body="Harga beras.", tags=("pangan", "pangan"))
SECOND = Document(doc_id="b", title="Dua", body="Harga gula.", tags=("pangan", "gula"))
SAMPLES = {0: FIRST, 1: SECOND}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with an index of `FIRST` and `SECOND`."""
    folder = tmp_path_factory.mktemp("check")
    with GenerationWriter(folder) as writer:
        writer.add(FIRST)
        writer.add(SECOND)
        writer.commit()
    return folder


@pytest.fixture
def check(written: Path, tmp_path: Path) -> Callable[..., None]:
    """Return what checks the index against what was put in, but for what is changed of that."""

    def run(**changes: object) -> None:
        expected = ExpectedIndex()
        for document in SAMPLES.values():
            expected.add(document)
        check_generation(written, replace(expected, **changes), tmp_path)

    return run


def test_generation_as_it_was_written_passes(check: Callable[..., None]) -> None:
    """Each document under its number; a tag that was given twice counts once."""
    check()
    check(samples=SAMPLES)


def test_samples_are_few_and_from_the_whole_archive() -> None:
    """To look for every document would take as long as the build."""
    expected = ExpectedIndex()
    for number in range(1_000):
        expected.add(replace(FIRST, doc_id=str(number)))
    assert (expected.doc_count, len(expected.samples)) == (1_000, 11)
    assert all(document.doc_id == str(n) for n, document in expected.samples.items())
    assert max(expected.samples) > 500


@pytest.mark.parametrize(
    ("samples", "what"),
    [
        ({0: SECOND}, "article b is not found by its id"),
        ({0: replace(FIRST, doc_id="c")}, "article c is not found by its id"),
        ({0: replace(FIRST, title="Tiga")}, "article a is not stored as it was read"),
        ({1: replace(SECOND, date_source="stated")}, "article b is not stored as it was read"),
        ({0: FIRST, 1: replace(SECOND, doc_id="a")}, "article a is not found by its id"),
    ],
)
def test_document_that_is_not_there_as_it_was_read_is_named(
    check: Callable[..., None], samples: dict[int, Document], what: str
) -> None:
    """The message says that readers still have the old index."""
    with pytest.raises(BuildCheckError, match=rf"\({what}\); the live one was not touched"):
        check(samples=samples)


def test_number_of_documents_is_compared(check: Callable[..., None]) -> None:
    """A document that was lost on the way to the disk is missed."""
    for doc_count in (1, 3):
        with pytest.raises(BuildCheckError, match="number of documents"):
            check(doc_count=doc_count)


@pytest.mark.parametrize("counts", [{"pangan": 2}, {"pangan": 3}, {"gula": 2, "pangan": 1}, {}])
def test_facets_are_compared(check: Callable[..., None], counts: dict[str, int]) -> None:
    """Both the values and how many documents have each."""
    facets = {**ExpectedIndex().facet_counts, "tag": Counter(counts)}
    with pytest.raises(BuildCheckError, match="counts of facet tag"):
        check(facet_counts=facets)


def test_index_that_whoosh_cannot_read_is_refused(written: Path, tmp_path: Path) -> None:
    """An error of Whoosh becomes one of ours."""
    (tmp_path / "bare").mkdir()
    with pytest.raises(IndexDamagedError, match="Whoosh cannot read"):
        check_generation(tmp_path / "bare", ExpectedIndex(), tmp_path)
    shutil.copy(written / "MAIN_000001.col", tmp_path / "bare" / "_MAIN_1.toc")
    with pytest.raises(IndexDamagedError, match="Whoosh cannot read"):
        check_generation(tmp_path / "bare", ExpectedIndex(), tmp_path)


def test_index_whose_segment_is_lost_is_refused(written: Path, tmp_path: Path) -> None:
    """The table of contents alone is no index."""
    shutil.copy(written / "_MAIN_1.toc", tmp_path)
    with pytest.raises(IndexDamagedError, match="Whoosh cannot read"):
        check_generation(tmp_path, ExpectedIndex(doc_count=2), tmp_path)


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        (({}, 3, []), "the number of documents is wrong"),
        (({}, 2, ["c", "b"]), "article b is still there"),
        (({0: replace(FIRST, doc_id="c")}, 2, []), "article c is not found by its id"),
        (({5: replace(SECOND, title="Tiga")}, 2, []), "article b is not stored as it was read"),
    ],
)
def test_update_that_went_wrong_is_not_served(
    written: Path, tmp_path: Path, wrong: tuple[dict[int, Document], int, list[str]], what: str
) -> None:
    """Its documents have other numbers than in the base; the rest is checked as in a build."""
    check_update(written, ExpectedIndex(samples=SAMPLES), 2, ["c"], tmp_path)
    samples, doc_count, dropped = wrong
    with pytest.raises(BuildCheckError, match=rf"\({what}\)"):
        check_update(written, ExpectedIndex(samples=samples), doc_count, dropped, tmp_path)
