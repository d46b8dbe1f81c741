"""Show what is read from a file: every field of each article, its notes, and what is refused.

    .venv/bin/python scripts/explain.py FILE... [--map COLUMN=KEY]... [--date-order ORDER] [--all]
        [--index DIR|ADDRESS]

Nothing is written, and no index is opened: only its corrections are read, which are shown with what
stood there before. Exit codes: 0 every article was read; 1 a file does not exist, or the
corrections cannot be read; 2 wrong usage; 3 some articles are refused.
"""

if __name__ == "__main__":  # before what takes time to load
    from indexing.start import LOADING_MB, start

    start("explain", LOADING_MB)


import argparse
import os
import sys
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from indexing.index_setting import warn
from indexing.outcome import FAILURES, tell
from indexing.start import run

from index.document import CUT_RULES, REJECTION_REASONS, Document, Rejection
from index.errors import ColumnMapError
from index.generations import is_index
from index.indexer import name_pages, open_store
from index.ingest import LIMITS, ReadOptions, parse_column_map, read_paths
from web import read_settings

EXIT_SOME_REFUSED = 3
ARTICLES_SHOWN = 5
"""Articles that are shown without --all."""
WIDTH = 100
"""Characters of a line."""
LABEL_WIDTH = 12
"""Characters of the column of labels."""
FIELD_NAMES = (
    *("title", "date", "authors", "editors", "tags", "category", "source", "url", "place"),
    *("caption", "credit", "subheads"),
)
"""The fields in the order in which they are shown; the notes and the body come last."""
DATE_SOURCES = {
    "stated": "stated",
    "date_line": "from the date line in the text",
    "inferred": "the year is inferred from the months that the text names",
    "unknown": "no date was found",
}
"""Each source of a date, in words."""


def main(arguments: list[str] | None = None) -> int:
    """Explain the files that the command line names; return the exit code."""
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        how = ReadOptions(
            key_by_column=parse_column_map(options.map),
            limits=replace(LIMITS, date_order=options.date_order),
        )
        settings = read_settings(os.environ, index=options.index)
        warn("explain", settings)
        store, index_path = open_store(settings.index, settings.cluster_options())
        corrections = store.corrections(index_path)
        items = (
            item if isinstance(item, Rejection) else corrections.apply(item)
            for item in read_paths(options.paths, how, is_index)
        )
        return _explain(items, None if options.all else ARTICLES_SHOWN)
    except ColumnMapError as error:
        parser.error(f"--map: {error}")
    except BrokenPipeError:  # `explain.py FILE | head` has read enough
        sys.stdout = None
        return 0
    except FAILURES as error:
        return tell("explain", error, "nothing was changed")


def _explain(items: Iterable[Document | Rejection], most: int | None) -> int:
    remaining = iter(items)
    refused: list[Rejection] = []
    for first, pages in name_pages(_print_each(islice(remaining, most), refused)).items():
        print(f"PAGES {', '.join(pages)}\n  an index puts them together with {first}", end="\n\n")
    rest = Counter(isinstance(item, Rejection) for item in remaining)
    if rest:
        print(f"{rest.total():,} more, {rest[True]:,} of them refused; --all shows them")
    return EXIT_SOME_REFUSED if len(refused) + rest[True] else 0


def _print_each(
    items: Iterable[Document | Rejection], refused: list[Rejection]
) -> Iterator[Document]:
    """Print items; yield the articles, and add the others to `refused`."""
    for item in items:
        print("\n".join(_lines_of(item)), end="\n\n")
        if isinstance(item, Rejection):
            refused.append(item)
        else:
            yield item


def _lines_of(item: Document | Rejection) -> Iterator[str]:
    if isinstance(item, Rejection):
        where = f"{item.path}:{item.line}" if item.line else item.path
        yield f"REFUSED {where}"
        yield from _labelled("reason", f"{item.reason}: {REJECTION_REASONS[item.reason]}")
        yield from _labelled("detail", item.detail)
        return
    yield f"ARTICLE {item.doc_id}"
    for name in FIELD_NAMES:
        yield from _labelled(name, _field_text(item, name))
    for key, value in item.extras.items():
        yield from _labelled("kept aside", f"{key}: {value}")
    for each in item.corrections:
        was = " · ".join(each.was)
        yield from _labelled("corrected", f"{each.field} by {each.who} on {each.when}; was: {was}")
    for note in item.notes:
        yield from _labelled("note", note)
    for cut in item.cut_lines:
        yield from _labelled("cut", f"{cut.text} (it {CUT_RULES[cut.rule]})")
    for line in item.body.splitlines():
        yield from _labelled("body", line)


def _field_text(document: Document, name: str) -> str:
    value = getattr(document, name)
    text = " · ".join(value) if isinstance(value, tuple) else str(value or "")
    if name == "date":
        text = f"{text} ({DATE_SOURCES[document.date_source]})".strip()
    is_corrected = any(each.field == name for each in document.corrections)
    origin = "a correction by hand" if is_corrected else document.origins.get(name)
    return f"{text} <- {origin}" if text and origin else text


def _labelled(label: str, text: str) -> Iterator[str]:
    """Yield the lines of a text behind its label; nothing for an empty text."""
    lines = textwrap.wrap(text, WIDTH - LABEL_WIDTH - 2)
    for number, line in enumerate(lines):
        yield f"  {'' if number else label:{LABEL_WIDTH}}{line}"


def _parser() -> argparse.ArgumentParser:
    summary = (__doc__ or "").partition("\n")[0]
    parser = argparse.ArgumentParser(prog="explain.py", description=summary)
    parser.add_argument("paths", nargs="+", type=Path, metavar="FILE", help="files or folders")
    parser.add_argument(
        "--map", action="append", default=[], metavar="COLUMN=KEY", help="as in reindex.py"
    )
    parser.add_argument("--date-order", choices=("day", "month"), help="as in reindex.py")
    parser.add_argument("--index", metavar="DIR", help="whose corrections count, as in reindex.py")
    parser.add_argument("--all", action="store_true", help="show every article of a long file")
    return parser


if __name__ == "__main__":
    run("explain", main)
