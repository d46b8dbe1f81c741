"""Trials: each file with a truth times each change, read and judged.

A change is tried on a file where it makes sense, and a field that the change has taken away is left
out of account. All is drawn from a seed, so a trial can be made again.
"""

import gzip
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import NamedTuple

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
            yield trial, judge_file(trial.case, path)
            path.unlink()


def make_trials(cases: Sequence[Case], options: Options) -> Iterator[Trial]:
    """Yield each file with each change that makes sense for it."""
    texts = [(case, _text_of(case)) for case in cases if _suffix(case) in _TEXTS]
    pages = [(case, text) for case, text in texts if _suffix(case) in _PAGE]
    for change in PAGE_CHANGES:
        yield from _sampled(
            (t for each in pages for t in _page_trial(change, *each, options)), options
        )
    tables = list(make_tables(texts))
    for change in ROW_CHANGES:
        yield from _sampled((_row_trial(change, *each, options) for each in tables), options)
    for change, make in FILE_CHANGES.items():
        made = ((case, make(plain_path(case.path).name, text)) for case, text in texts)
        yield from _sampled((Trial(change, *file, case) for case, file in made), options)


def _sampled(trials: Iterable[Trial], options: Options) -> list[Trial]:
    made = list(trials)
    if not 0 < options.sample < len(made):
        return made
    return _seeded(f"{options.seed} {made[0].change}").sample(made, options.sample)


def _page_trial(change: str, case: Case, html: str, options: Options) -> Iterator[Trial]:
    """Yield the trial of a page; nothing where the change makes no sense."""
    if len(case.truths) != 1 or "match_title" in case.truths[0]:
        return  # a feed that was saved as a page
    page = find_parts(html, case.truths[0])
    changed = PAGE_CHANGES[change].make(page, _draw(options, case, change))
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


def _row_trial(change: str, name: str, case: Case, rows: Sequence[Row], options: Options) -> Trial:
    made = ROW_CHANGES[change](rows, _draw(options, case, change))
    truths = tuple(_left_of_row(truth, made) for truth in case.truths)
    changed = replace(case, name=name, truths=truths)
    return Trial(change, f"rows{made.suffix}", made.text.encode(), changed)


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
    return content.decode("utf-8-sig", "replace")
