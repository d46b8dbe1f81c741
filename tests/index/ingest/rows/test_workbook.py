"""Excel workbooks: sheets as tables, and what hostile ones may cost."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable

import openpyxl
import pytest

from index.document import PASSING_REASONS, Document, Rejection
from index.ingest.io import LIMITS, Limits, NumberedItem, Origin, make_budget, read_items
from index.ingest.registry import find_reader
from index.ingest.zip_archives import read_archive

ROW = ("Panen Garam", "Garam dipanen di pesisir.")
HEADER = ("Judul", "Isi")
SHEET = "xl/worksheets/sheet1.xml"


def workbook(**sheets: list[tuple[object, ...]]) -> bytes:
    """Return a workbook with the rows of each sheet."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def edited(packed: bytes, name: str, edit: Callable[[bytes], bytes]) -> bytes:
    """Return a workbook with one of its parts changed."""
    changed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(packed)) as old,
        zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            new.writestr(part, edit(old.read(part)) if part == name else old.read(part))
    return changed.getvalue()


def add_rows(xml: bytes) -> Callable[[bytes], bytes]:
    """Return what puts rows below those of a sheet."""
    return lambda part: part.replace(b"</sheetData>", xml + b"</sheetData>")


def items_of(
    data: bytes, name: str = "a.xlsx", limits: Limits = LIMITS, **columns: str
) -> list[NumberedItem]:
    """Return what is read of a file."""
    reader = find_reader(name)
    assert reader is not None
    origin = Origin(path=name, location=name, limits=limits, key_by_column=columns)
    return list(read_items(io.BytesIO(data), origin, reader))


def read(data: bytes, name: str = "a.xlsx", **columns: str) -> list[tuple[int, str]]:
    """Return the numbers of rows with their headlines, or with why they were refused."""
    return [(number, outcome(item)) for number, item in items_of(data, name, **columns)]


def outcome(item: Document | Rejection) -> str:
    """Return an article's headline, or the reason of a refusal."""
    return item.title if isinstance(item, Document) else item.reason


def document(*cells: object, header: tuple[str, ...]) -> Document:
    """Return the article of a row."""
    ((_, item),) = items_of(workbook(Berita=[header, cells]))
    assert isinstance(item, Document)
    return item


@pytest.mark.parametrize("name", ["a.xlsx", "A.XLSM", "a.xls", "a.csv", "a.json"])
def test_rows_of_a_sheet_are_articles_whatever_the_file_is_called(name: str) -> None:
    """The number of a row is the one that Excel shows."""
    data = workbook(Berita=[("Rekap Agustus",), (), HEADER, ROW, (), ("Kapal", "Kapal tiba.")])
    assert read(data, name) == [(4, "Panen Garam"), (6, "Kapal")]


@pytest.mark.parametrize(
    "cell",
    [dt.datetime(2024, 8, 28, 10, 5), dt.date(2024, 8, 28), 45532, 1724803200.0],  # noqa: DTZ001 - Excel knows no zone
)
def test_cells_with_a_date_are_days(cell: object) -> None:
    """And so are numbers that count days or seconds."""
    assert document(*ROW, cell, header=(*HEADER, "Tanggal")).date == dt.date(2024, 8, 28)


@pytest.mark.parametrize(
    ("cell", "text"), [(17.0, "17"), (2.5, "2.5"), ("#N/A", None), (True, "True")]
)
def test_values_are_as_they_are_written(cell: object, text: str | None) -> None:
    """A whole number has no point, and a formula that failed no value."""
    article = document(*ROW, cell, header=(*HEADER, "Catatan"))
    assert dict(article.extras).get("Catatan") == text


def test_text_with_quotes_delimiters_and_lines_stays_whole() -> None:
    """Nothing of a cell is taken for its end, and Excel's escapes are line breaks."""
    body = 'Kata "dia", lalu; "pergi\nke pasar",\n""dan"" pulang.'
    cell = body.replace("\n", "_x000D_\n")
    assert document("Panen", cell, header=HEADER).body == body


def test_every_sheet_with_articles_is_read_and_others_are_named() -> None:
    """Empty sheets are left out; a header that is repeated is no row."""
    data = workbook(
        Januari=[HEADER, ROW, ("judul", "isi")],
        Grafik=[("Bulan", "Jumlah"), ("Januari", 1)],
        Kosong=[],
        Februari=[("isi", "judul", "url"), ("Kapal tiba.", "Kapal", None), (None, "Tanpa Isi")],
    )
    items = [item for _, item in items_of(data)]
    assert list(map(outcome, items)) == ["Panen Garam", "no_column", "Kapal", "no_body"]
    details = [item.detail for item in items if isinstance(item, Rejection)]
    assert ["Grafik" in details[0], "Februari" in details[1]] == [True, True]


def test_columns_may_be_mapped() -> None:
    """As those of any table."""
    data = workbook(Lain=[("a", "b")], Berita=[("kepala", "uraian"), ROW])
    assert (2, "Panen Garam") in read(data, kepala="title", uraian="body")


def test_workbook_in_an_archive_or_called_one_is_read() -> None:
    """The archive of articles stays one."""
    book, packed = workbook(Berita=[HEADER, ROW]), io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("2024/a.xlsx", book)
        archive.writestr("b.txt", "Kapal\nPALU - Kapal tiba.")
    for data, titles in ((packed.getvalue(), ["Panen Garam", "Kapal"]), (book, ["Panen Garam"])):
        origin, budget = Origin(path="a.zip", location="a.zip"), make_budget(len(data), LIMITS)
        items = read_archive(io.BytesIO(data), origin, budget, lambda _: None)
        assert [outcome(item) for *_, item in items] == titles


def test_table_of_text_may_be_called_a_workbook() -> None:
    """Many exporters call CSV so."""
    assert read(b"Judul\tIsi\nPanen\tMembaik.", "a.xls") == [(2, "Panen")]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "not_supported"),
        (b"<html><table><tr><td>Judul</td></tr></table></html>", "not_supported"),
        (b"PK\x03\x04" + bytes(500), "malformed"),
        (workbook(Berita=[HEADER, ROW])[:-400], "malformed"),
        (workbook(Satu=[], Dua=[]), "empty"),
    ],
)
def test_what_cannot_be_read_is_refused(data: bytes, reason: str) -> None:
    """Old binary files, passwords, pages, damage."""
    assert read(data) == [(0, reason)]


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        (add_rows(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "too_large"),
        (add_rows(b'<row r="99999999999"><c><v>1</v></c></row>'), "too_large"),
        (add_rows(b'<row><c r="XFD9"><v>1</v></c></row>' * 400), "too_large"),
        (add_rows(b"<row/>" * 300_000), "too_large"),
        (add_rows(b"<row><c/><c/></row>" * 20_000), "too_large"),
        (add_rows(b"<row><c r='A-1'><v>1</v></c></row>"), "malformed"),
        (lambda xml: b"<!DOCTYPE a [<!ENTITY b 'c'>]>" + xml, "malformed"),
        (lambda xml: xml.decode().encode("utf-16"), "malformed"),
        (lambda xml: xml + b" " * 70_000_000, "too_large"),
        (lambda xml: xml[: len(xml) // 2], "malformed"),
    ],
)
def test_hostile_sheet_costs_no_more_than_the_limits(
    edit: Callable[[bytes], bytes], reason: str
) -> None:
    """Cells in the last corner, tags without end, entities, blanks that pack to nothing."""
    data = edited(workbook(Berita=[HEADER, ROW]), SHEET, edit)
    limits = Limits(workbook_tags=50_000, expansion_free_bytes=30_000_000)
    assert outcome(items_of(data, limits=limits)[-1][1]) == reason


def test_want_of_memory_is_no_damage(monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is refused for the moment, and an update reads it again."""

    def run_out(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr(openpyxl, "load_workbook", run_out)
    ((_, item),) = items_of(workbook(Berita=[HEADER, ROW]))
    assert isinstance(item, Rejection)
    assert item.reason in PASSING_REASONS
    assert "memory" in item.detail


def test_what_stands_in_memory_at_once_is_bounded() -> None:
    """A row of many cells, or links below the rows, in a workbook with few tags for its limit."""
    for many in (b"<row>" + b"<c/>" * 300_000 + b"</row>", b"<row/>" * 300_000):
        data = edited(workbook(Berita=[HEADER, ROW]), SHEET, add_rows(many))
        assert read(data) == [(0, "too_large")]


def test_row_that_is_too_wide_costs_only_itself() -> None:
    """A cell that was left far to the right, as sheets have them."""
    data = workbook(Berita=[HEADER, ROW, (*ROW, *[None] * 600, "x"), ("Kapal", "Kapal tiba.")])
    assert read(data) == [(2, "Panen Garam"), (3, "malformed"), (4, "Kapal")]
