"""Trials: each file with a truth times each change, read and judged.

A change is tried on a file where it makes sense, and a field that the change has taken away is left
out of account. All is drawn from a seed, so a trial can be made again.
"""

import gzip
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from reading.changes.files import FILE_CHANGES
from reading.changes.noise import KEEP_OUT
from reading.changes.page_parts import Page, find_parts
from reading.changes.pages import PAGE_CHANGES
from reading.changes.rows import ROW_CHANGES, Row, RowFile
from reading.changes.tables import make_tables
from reading.changes.told import still_told
from reading.judging import Judgment, judge_file
from reading.truths import Case, Truth, plain_path

_PAGE = (".html", ".htm")
_TEXTS = (*_PAGE, ".txt", ".csv", ".tsv", ".json", ".jsonl", ".ndjson", ".jl", ".xml", ".rss")


class Trial(NamedTuple):
    """A changed file.

    Attributes:
        change: the name of the change.
        name: the name of the changed file.
        content: its bytes.
        case: the file that was changed, with what its truth still tells.
    """

    change: str
    name: str
    content: bytes
    case: Case


class Options(NamedTuple):
    """How trials are chosen.

    Attributes:
        seed: what everything is drawn from.
        sample: the most files that one change is tried on; 0 for all.
    """

    seed: int = 1
    sample: int = 0


ALL = Options()
"""Every change on every file."""


def try_changes(cases: Sequence[Case], options: Options) -> Iterator[tuple[Trial, list[Judgment]]]:
    """Yield each trial with its judgments."""
    with TemporaryDirectory() as folder:
        for trial in make_trials(cases, options):
            path = Path(folder) / trial.name
            path.write_bytes(trial.content)
            yield trial, list(judge_file(trial.case, path))
            path.unlink()


def make_trials(cases: Sequence[Case], options: Options) -> Iterator[Trial]:
    """Yield each file with each change that makes sense for it."""
    texts = [(case, _text_of(case)) for case in cases if _suffix(case) in _TEXTS]
    pages = [(case, text) for case, text in texts if _suffix(case) in _PAGE]
    tables = list(make_tables(texts))
    kinds: tuple[tuple[Iterable[str], Sequence[Any], Callable[..., Iterator[Trial]]], ...] = (
        (PAGE_CHANGES, pages, _page_trial),
        (ROW_CHANGES, tables, _row_trial),
        (FILE_CHANGES, texts, _file_trial),
    )
    for changes, files, make in kinds:
        for change in changes:
            made = chain.from_iterable(
                make(change, *file, _draw(options, file[0], change))
                for file in _shuffled(files, options, change)
            )
            yield from islice(made, options.sample or None)


def _shuffled(files: Sequence[Any], options: Options, change: str) -> Sequence[Any]:
    """Return files in an order drawn for a change, so that the first are a sample."""
    draw = _seeded(f"{options.seed} {change}")
    return draw.sample(files, len(files)) if options.sample else files


def _page_trial(change: str, case: Case, html: str, draw: Random) -> Iterator[Trial]:
    """Yield the trial of a page; nothing where the change makes no sense."""
    if len(case.truths) != 1 or "match_title" in case.truths[0]:
        return  # a feed that was saved as a page
    page = find_parts(html, case.truths[0])
    changed = PAGE_CHANGES[change].make(page, draw)
    if changed is not None:
        left = find_parts(changed, page.truth)
        truth = _left_of(left, removes=PAGE_CHANGES[change].removes)
        left_case = replace(case, truths=(truth,))
        yield Trial(change, plain_path(case.path).name, changed.encode(), left_case)


def _left_of(page: Page, *, removes: bool) -> Truth:
    """Return what a changed page still tells, and that nothing of the noise belongs to it."""
    if "refused" in page.truth:
        return {"refused": True}
    kept = {
        name: value
        for name, value in page.truth.items()
        if not removes or still_told(name, value, page)
    }
    return {**kept, "keep_out": [*page.truth.get("keep_out", ()), *KEEP_OUT]}


def _row_trial(change: str, case: Case, rows: Sequence[Row], draw: Random) -> Iterator[Trial]:
    made = ROW_CHANGES[change](rows, draw)
    truths = tuple(_left_of_row(truth, made) for truth in case.truths)
    yield Trial(change, f"rows{made.suffix}", made.text.encode(), replace(case, truths=truths))


def _file_trial(change: str, case: Case, text: str, _draw: Random) -> Iterator[Trial]:
    name, content = FILE_CHANGES[change](plain_path(case.path).name, text)
    yield Trial(change, name, content, case)


def _left_of_row(truth: Truth, made: RowFile) -> Truth:
    """Return what a changed row still tells; a truth with a whole text tells what is empty, too."""
    empty: Truth = {name: [] for name in made.empty} if "body" in truth else {}
    return {**empty, **{name: value for name, value in truth.items() if name not in made.lost}}


def _draw(options: Options, case: Case, change: str) -> Random:
    return _seeded(f"{options.seed} {case.name} {change}")


def _seeded(seed: str) -> Random:
    return Random(seed)  # noqa: S311 - a trial, no secret


def _suffix(case: Case) -> str:
    return "" if case.path.is_dir() else plain_path(case.path).suffix.lower()


def _text_of(case: Case) -> str:
    content = case.path.read_bytes()
    if case.path.suffix == ".gz":
        content = gzip.decompress(content)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")
