"""Measure how well files are read: compare each file with a truth that was written by hand.

    .venv/bin/python scripts/measure_reading.py [FOLDER] [--wrong]

The truth of `page.html` is `page.json` beside it: one object for one article, a list for several.
An object has any of title, date, authors, editors, tags and body (a list of lines), or is
{"refused": REASON} for a page that is no article. The table shows how many fields are right, word
for word, and F1 over the words of the text. Exit codes: 0 all shares are 95 % or more; 1 some are
less.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from index.analysis import tokenize
from index.document import Document, Rejection
from index.ingest import read_paths

DEFAULT_FOLDER = Path("tests/fixtures/reading")
LEAST = 0.95
"""The share of fields, and the F1, that must be reached."""
FIELDS = ("title", "date", "authors", "editors", "tags")
KINDS = {
    **dict.fromkeys((".html", ".htm"), "pages (HTML)"),
    ".txt": "pages (text)",
    **dict.fromkeys((".jsonl", ".csv", ".tsv"), "rows"),
    **dict.fromkeys((".xml", ".rss", ".atom"), "feeds and exports"),
    ".warc": "crawls",
}
"""The row of the table that a file belongs to, by its suffix."""

Truth = Mapping[str, Any]
"""What was written by hand about one article."""


@dataclass(slots=True)
class Score:
    """The measures of one kind of file.

    Attributes:
        article_count: the number of articles, and of pages that are none.
        right: by field, whether it is right in each article.
        body_f1: the F1 of each text.
    """

    article_count: int = 0
    right: dict[str, list[bool]] = field(
        default_factory=lambda: {name: [] for name in (*FIELDS, "refusal")}
    )
    body_f1: list[float] = field(default_factory=list)


def main(arguments: list[str] | None = None) -> int:
    """Print the table; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=DEFAULT_FOLDER, metavar="FOLDER")
    parser.add_argument("--wrong", action="store_true", help="print each field that is wrong")
    options = parser.parse_args(arguments)
    scores = measure(options.folder, print if options.wrong else lambda _: None)
    print("\n".join(table_of(scores)))
    return (
        0 if all(share >= LEAST for score in scores.values() for share in shares_of(score)) else 1
    )


def measure(folder: Path, on_wrong: Callable[[str], None]) -> dict[str, Score]:
    """Read every file of a folder that has a truth; return the scores by kind of file."""
    scores: dict[str, Score] = {}
    for path in sorted(folder.iterdir()):
        truth_path = path.with_suffix(".json")
        if path.suffix not in KINDS or not truth_path.exists():
            continue
        truth = json.loads(truth_path.read_text(encoding="utf-8"))
        truths = truth if isinstance(truth, list) else [truth]
        items = [*read_paths([path]), *[None] * len(truths)]
        score = scores.setdefault(KINDS[path.suffix], Score())
        for expected, item in zip(truths, items, strict=False):
            for wrong in _compare(expected, item, score):
                on_wrong(f"{path.name}: {wrong}")
    return scores


def shares_of(score: Score) -> list[float]:
    """Return the share that is right of each field that the truths have, and the mean F1."""
    shares = [sum(right) / len(right) for right in score.right.values() if right]
    return [*shares, sum(score.body_f1) / len(score.body_f1)] if score.body_f1 else shares


def table_of(scores: Mapping[str, Score]) -> Iterable[str]:
    """Yield the lines of a table in Markdown, a row a kind of file."""
    yield f"| files | articles | {' | '.join(FIELDS)} | text (F1) | no article |"
    yield "|---|" + "---:|" * (len(FIELDS) + 3)
    for kind, score in scores.items():
        cells = [_share(score.right[name]) for name in FIELDS]
        f1 = f"{sum(score.body_f1) / len(score.body_f1):.3f}" if score.body_f1 else ""
        refusal = _share(score.right["refusal"])
        yield f"| {kind} | {score.article_count} | {' | '.join(cells)} | {f1} | {refusal} |"


def body_f1(truth: Iterable[str], body: str) -> float:
    """Return F1 over the words of a text, each counted as often as it occurs."""
    expected = Counter(token.text for line in truth for token in tokenize(line))
    actual = Counter(token.text for token in tokenize(body))
    shared = (expected & actual).total()
    return 2 * shared / max(expected.total() + actual.total(), 1)


def _compare(truth: Truth, item: Document | Rejection | None, score: Score) -> Iterator[str]:
    """Add an article to the score; yield what is wrong in it."""
    score.article_count += 1
    refused = truth.get("refused")
    if refused is not None or not isinstance(item, Document):
        is_right = isinstance(item, Rejection) and item.reason == refused
        score.right["refusal"].append(is_right)
        if not is_right:
            yield f"refused for {refused} was expected, there is {item}"
        return
    for name in FIELDS:
        if name in truth:
            value = _plain(getattr(item, name))
            score.right[name].append(value == truth[name])
            if value != truth[name]:
                yield f"{name} is {value!r}, in truth {truth[name]!r}"
    if "body" in truth:
        score.body_f1.append(body_f1(truth["body"], item.body))
        if score.body_f1[-1] < LEAST:
            yield f"F1 of the text is {score.body_f1[-1]:.3f}"


def _plain(value: Any) -> Any:
    """Return a field's value as JSON has it."""
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


def _share(right: list[bool]) -> str:
    return f"{sum(right)} of {len(right)}" if right else ""


if __name__ == "__main__":
    sys.exit(main())
