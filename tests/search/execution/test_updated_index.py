"""An index that was updated: small segments, deleted articles, merges; as if it were built anew."""

import datetime as dt
import random
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pytest

from index.document import Document
from index.generations.directory import generation_path, point_to
from index.generations.generation import open_generation
from index.generations.manifest import make_manifest, write_manifest
from index.generations.updater import GenerationUpdate
from index.generations.writer import GenerationWriter
from search.columnar_engine import ColumnarEngine
from search.engine import Engine
from search.request import FacetChoice, SearchRequest

WORDS = ("beras", "berasnya", "harga", "naik", "gempa", "panen")
OpenAt = Callable[..., ColumnarEngine]


def _article(doc_id: str, text: str, day: int = 1) -> Document:
    tag = text.split(" ", maxsplit=1)[0]
    date = dt.date(2024, 1, 1) + dt.timedelta(days=day)
    return Document(doc_id=doc_id, title="Berita", body=text, tags=(tag,), date=date)


def _vouch(folder: Path, index_path: Path, number: int) -> None:
    write_manifest(make_manifest(folder, 0), folder)
    point_to(index_path, number)


def _write(index_path: Path, documents: Iterable[Document]) -> None:
    folder = generation_path(index_path, 1)
    folder.mkdir(parents=True)
    with GenerationWriter(folder) as writer:
        for document in documents:
            writer.add(document)
        writer.commit()
    _vouch(folder, index_path, 1)


def _update(
    index_path: Path, number: int, added: Iterable[Document], deleted: Iterable[str] = ()
) -> None:
    folder = generation_path(index_path, number)
    folder.mkdir(parents=True)
    with GenerationUpdate(folder, open_generation(index_path, number - 1)) as update:
        for doc_id in deleted:
            update.delete(doc_id)
        for document in added:
            update.add(document)
        update.commit()
    _vouch(folder, index_path, number)


def _found(engine: Engine, request: SearchRequest) -> tuple[object, ...]:
    """Return what no statistics decide: they count deleted articles until a merge."""
    results = engine.search(request)
    return sorted(hit.doc_id for hit in results.hits), results.total, results.facets, results.months


@pytest.mark.parametrize("seed", range(3))
def test_updated_index_finds_what_a_rebuilt_one_finds(
    tmp_path: Path, open_engine_at: OpenAt, seed: int
) -> None:
    """After several updates that add, replace and delete, for words, phrases and filters.

    So does an engine that was open all the time, and shares what it had with each update.
    """
    rng = random.Random(seed)
    draw = lambda: " ".join(rng.choices(WORDS, k=6))  # noqa: E731 - a draw, not a function
    articles = {f"a{n}": _article(f"a{n}", draw(), n) for n in range(40)}
    _write(tmp_path / "updated", articles.values())
    serving = open_engine_at(tmp_path / "updated")  # takes up each update, from what it has open
    for number in range(2, 6):
        gone = rng.sample(sorted(articles), 6)
        new = [_article(doc_id, draw(), number) for doc_id in (*gone[:3], f"b{number}")]
        _update(tmp_path / "updated", number, new, gone)
        serving.refresh()
        articles = {k: v for k, v in articles.items() if k not in gone} | {d.doc_id: d for d in new}
    _write(tmp_path / "rebuilt", articles.values())
    updated, rebuilt = open_engine_at(tmp_path / "updated"), open_engine_at(tmp_path / "rebuilt")
    choices = ((), (("tag", FacetChoice(include=("beras", "gempa"))),))
    for text in ("", "beras", "harga ATAU gempa", "harga naik", '"beras naik"', "ber*", "-panen"):
        for choice in choices:
            request = SearchRequest(query_text=text, choices=choice, size=100)
            assert _found(updated, request) == _found(rebuilt, request)
            assert serving.search(request).hits == updated.search(request).hits
            assert _found(serving, request) == _found(rebuilt, request)


def test_everything_can_be_deleted_and_added_again(tmp_path: Path, open_engine_at: OpenAt) -> None:
    """An index without a segment is one like any other."""
    _write(tmp_path, [_article("a", "beras")])
    _update(tmp_path, 2, [], ["a"])
    assert open_engine_at(tmp_path).search(SearchRequest(query_text="beras")).total == 0
    _update(tmp_path, 3, [_article("b", "beras")])
    hits = open_engine_at(tmp_path).search(SearchRequest(query_text="beras")).hits
    assert [hit.doc_id for hit in hits] == ["b"]


def _ids(engine: Engine, query_text: str) -> Sequence[str]:
    return [hit.doc_id for hit in engine.search(SearchRequest(query_text=query_text)).hits]


def test_equal_articles_of_two_segments_are_in_the_order_of_their_dates(
    tmp_path: Path, open_engine_at: OpenAt
) -> None:
    """Also where a word and its stem are one stream in one segment, and two in the other."""
    text = "harga beras naik " + "kata " * 4
    _write(tmp_path, [_article("old", text, 1), _article("x", "pasarnya berasnya mahal", 2)])
    _update(tmp_path, 2, [_article("new", text, 9)])
    assert [name for name in _ids(open_engine_at(tmp_path), "beras") if name != "x"] == [
        "new",
        "old",
    ]
