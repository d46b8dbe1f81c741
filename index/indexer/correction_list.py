r"""The list of corrections, changed by a command: a row more, or the rows of a field taken out.

The list is changed under the lock of its index, and applied by an update before that is let go. In
an index directory it is a file, which stays if the update fails. On a cluster it is a file of each
generation, so that a failed update leaves the one of what is served.

>>> text = "article,field,value,who,when\na,title,Harga,Ani,2024-08-28\n"
>>> without_rows(text, lambda key, name: (key, name) == ("a", "title"))
'article,field,value,who,when\n'
"""

import csv
import io
from collections.abc import Callable
from pathlib import Path

from index.document import Correction
from index.errors import CorrectionError
from index.generations import Catalog, list_path, write_atomically
from index.indexer.corrections import (
    COLUMNS,
    CORRECTIONS_NAME,
    Corrections,
    find_corrected,
    parse_corrections,
    read_corrections,
    to_key,
    to_row,
)
from index.indexer.report import BuildReport
from index.indexer.store import DIRECTORY, Store
from index.indexer.update import update_index

_HEAD = ",".join(COLUMNS) + "\n"


def correct_article(
    index_path: Path, article: str, correction: Correction, store: Store = DIRECTORY
) -> BuildReport:
    """Add a correction to the list of an index, and apply it.

    Args:
        index_path: the index directory.
        article: an id or an address.
        correction: what is corrected.
        store: where generations are kept.

    Raises:
        CorrectionError: when the row could not be used, or the index has no such article.
    """

    def add(catalog: Catalog) -> Corrections:
        return add_correction(index_path, article, correction, catalog)

    return update_index((), index_path, allow_shrink=True, store=store, change_corrections=add)


def undo_correction(
    index_path: Path, article: str, field: str, store: Store = DIRECTORY
) -> BuildReport:
    """Take the corrections of a field of an article out of the list, and apply that.

    Raises:
        CorrectionError: when the list has none.
    """

    def remove(catalog: Catalog) -> Corrections:
        return remove_correction(index_path, article, field, catalog)

    return update_index((), index_path, allow_shrink=True, store=store, change_corrections=remove)


def add_correction(
    index_path: Path, article: str, correction: Correction, catalog: Catalog
) -> Corrections:
    """Add a row to the list of an index directory that is locked; return the new list."""
    cells = [article, correction.field, correction.value, correction.who, correction.when]
    key, _ = to_row(cells)
    if find_corrected(key, catalog) is None:
        raise CorrectionError(f"no article of the index has the id or address {article}")
    before = read_corrections(index_path).text or _HEAD
    line_end = "" if before.endswith("\n") else "\n"
    row = ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)
    return _write(index_path, f"{before}{line_end}{row}\n")


def remove_correction(index_path: Path, article: str, field: str, catalog: Catalog) -> Corrections:
    """Take rows out of the list of an index directory that is locked; return the new list.

    Rows of the article by id and by address go, for one that stays would count then.
    """
    asked = to_key(article)
    doc_id = find_corrected(asked, catalog)

    def goes(key: str, name: str) -> bool:
        is_same = key == asked or (doc_id is not None and find_corrected(key, catalog) == doc_id)
        return is_same and name == field

    before = read_corrections(index_path).text
    after = without_rows(before, goes)
    if after == before:
        raise CorrectionError(f"the list has none of {field} for {article}")
    return _write(index_path, after)


def without_rows(text: str, goes: Callable[[str, str], bool]) -> str:
    """Return the text of a list without some rows, by key and field; all others stay as they are.

    The line of columns stays in any case: a list without it would be taken for a lost one.
    """
    lines = list(io.StringIO(text, newline=""))
    reader, first, kept = csv.reader(lines, strict=True), 0, []
    for cells in reader:
        is_row = len(cells) == len(COLUMNS)
        if not (is_row and goes(to_key(cells[0].strip()), cells[1].strip())):
            kept += lines[first : reader.line_num]
        first = reader.line_num
    return "".join(kept) if "".join(kept).strip() else _HEAD


def _write(index_path: Path, text: str) -> Corrections:
    """Write the list in one step; a link in its place is followed, not replaced."""
    path = list_path(index_path, CORRECTIONS_NAME).resolve()
    write_atomically(path, text)
    return parse_corrections(text, path)
