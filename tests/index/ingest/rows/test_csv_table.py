"""Tables as CSV and TSV: what is read, and what is refused with its line."""

import csv
import io
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.document import REJECTION_REASONS, Document, Rejection
from index.ingest.io.limits import LIMITS, Limits
from index.ingest.io.source import NumberedItem, Origin, read_items
from index.ingest.io.streams import RawStream, buffer_stream
from index.ingest.rows.csv_table import read_table

TABLE = (
    b'title,publish_date,author,content,keyword,link\r\n"Panen ""Garam""",2024-08-28,'
    b'"Rosmini, Hanafi","PALU - Membaik.\r\n\r\nHarga; turun.",garam,https://pagi.example/1\r\n'
    b'Kapal Baru,28/8/2024,Tirta,"Kapal tiba.",kapal,https://pagi.example/2\r\n'
)


def read(data: bytes, limits: Limits = LIMITS, **key_by_column: str) -> list[NumberedItem]:
    """Read a table from memory."""
    origin = Origin(path="a.csv", location="a.csv", limits=limits, key_by_column=key_by_column)
    return list(read_items(io.BytesIO(data), origin, read_table))


def outcomes(items: list[NumberedItem]) -> list[tuple[int, str]]:
    """Return each row's line with its title or the reason why it was refused."""
    return [
        (line, item.title if isinstance(item, Document) else item.reason) for line, item in items
    ]


def rejection_of(items: list[NumberedItem]) -> Rejection:
    """Return the only item, which is a rejection."""
    ((_, item),) = items
    assert isinstance(item, Rejection)
    return item


def test_quoted_cells_hold_quotes_delimiters_and_line_breaks() -> None:
    """A row is numbered by the line on which it begins."""
    (first, document), (second, _) = read(TABLE)
    assert (first, second) == (2, 5)
    assert isinstance(document, Document)
    assert document.title == 'Panen "Garam"'
    assert document.body == "PALU - Membaik.\nHarga; turun."
    assert (document.authors, document.url) == (("Rosmini", "Hanafi"), "https://pagi.example/1")
    assert document.extras == {"keyword": "garam"}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiter_is_found_in_the_header(delimiter: str) -> None:
    """Whatever the name of the file says; the others may stand in the cells."""
    cells = [["judul, asli", "Judul", "isi"], ["-", "Panen; \tGaram, Kapal", "Membaik."]]
    table = io.StringIO()
    csv.writer(table, delimiter=delimiter).writerows(cells)
    assert outcomes(read(table.getvalue().encode())) == [(2, "Panen; Garam, Kapal")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_are_those_of_all_texts(encoding: str) -> None:
    """The mark at the beginning is no part of the first column's name."""
    data = '"Judul"\tIsi\nKafé “Garam”\tMembaik.\n'.encode(encoding)
    assert outcomes(read(data)) == [(2, "Kafé “Garam”")]


@pytest.mark.parametrize(
    ("row", "reason", "detail"),
    [
        (b"a;b", "malformed", "the row has 2 of 3 cells"),
        (b"a;b;c;d", "malformed", "the row has more than 3 cells"),
        (b"a;b\x00;c", "binary", "zero bytes"),
        (b'a;"b;c', "malformed", "the quote that opens cell 2 is never closed"),
        (b'"a"b;c;d', "malformed", "text follows the quote that closes cell 1"),
        (b"a;" + b"x" * 300 + b";c", "too_large", "more than 200 bytes"),
        (b";b;c", None, ""),
        (b"a;;c", "no_body", ""),
        (b";;", "no_title", ""),
    ],
)
def test_bad_row_is_refused_alone(row: bytes, reason: str | None, detail: str) -> None:
    """With its line and its reason; the rows around it are read."""
    data = b"judul;isi;tag\nSatu;x;\n" + row + b"\nDua;y;\n"
    first, (line, item), last = read(data, Limits(line_bytes=200))
    assert outcomes([first, last]) == [(2, "Satu"), (4, "Dua")]
    assert line == 3
    if reason is None:
        assert isinstance(item, Document)
        return
    assert isinstance(item, Rejection)
    assert (item.path, item.line, item.reason) == ("a.csv", 3, reason)
    assert detail in item.detail


def test_unclosed_quote_does_not_swallow_rows_with_quotes() -> None:
    """Reading goes on at the next line."""
    data = b'judul,isi\n"Satu,x\n"Dua","y"\nTiga,z\n'
    assert outcomes(read(data)) == [(2, "malformed"), (3, "Dua"), (4, "Tiga")]


def test_quote_within_a_cell_is_a_letter() -> None:
    """Only at its beginning it means anything; spaces before it do not matter."""
    data = b'judul,isi\nLayar 5" "murah", "a, b" \n'
    ((_, document),) = read(data)
    assert isinstance(document, Document)
    assert (document.title, document.body) == ('Layar 5" "murah"', "a, b")


def test_header_without_body_refuses_the_file_and_names_the_remedy() -> None:
    """The columns that were found are named, so that one can be chosen."""
    item = rejection_of(read(b"Kepala\x0b\xe2\x80\x8b Kabar,Uraian\nPanen,Membaik.\n"))
    assert (item.line, item.reason) == (2, "no_column")
    assert "known as title or body among Kepala Kabar, Uraian;" in item.detail
    assert "--map COLUMN=body" in item.detail


def test_columns_that_are_told_are_read() -> None:
    """As the remedy says."""
    data = b"Kepala Berita,Uraian\nPanen,Membaik.\n"
    assert outcomes(read(data, uraian="body", kepalaberita="title")) == [(2, "Panen")]


def test_table_without_titles_is_known_by_the_texts() -> None:
    """As rows of JSON are."""
    assert outcomes(read(b"tanggal,isi\n2024-08-28,Panen membaik.\n")) == [(2, "Panen membaik.")]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"judul,isi\n", "empty"),
        (b'judul,"isi\n', "malformed"),
        (b"\x00judul,isi\nPanen,Membaik.", "binary"),
        (b"isi," * 501 + b"\nx", "malformed"),
        (b"isi," + b"x" * 6_000_000, "too_large"),
    ],
)
def test_file_without_a_header_and_rows_is_refused(data: bytes, reason: str) -> None:
    """One sentence, whatever its size."""
    assert rejection_of(read(data)).reason == reason


class Endless(RawStream):
    """A stream of a header, then of one letter, 2 GB of it."""

    def __init__(self) -> None:
        super().__init__()
        self._left = 2_000_000_000
        self._next = b"judul,isi\n"

    def take(self, size: int) -> bytes:
        """Return the header first."""
        data, self._next = self._next[: min(size, self._left)], b"x" * size
        self._left -= len(data)
        return data


def test_line_of_two_gigabytes_is_refused_in_bounded_memory() -> None:
    """What is too long is skipped without being kept."""
    origin = Origin(path="a.csv", location="a.csv")
    tracemalloc.start()
    try:
        items = list(read_items(buffer_stream(Endless()), origin, read_table))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert outcomes(items) == [(2, "too_large")]
    assert peak < 10 * LIMITS.line_bytes


def test_quotes_that_close_and_open_again_do_not_take_enormous_time() -> None:
    """Each line could begin a row of as many lines as there are columns; the last ones are lost."""
    data = b"isi" + b",lain" * 400 + b"\n" + b'x","y\n' * 3000
    items = read(data)
    lost = [item.detail for _, item in items if isinstance(item, Rejection)]
    assert len(lost) == len(items) < 3000
    assert lost[-1].endswith("lines below it are passed over")


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(TABLE)))
def test_table_cut_anywhere_is_read_or_refused(cut: int) -> None:
    """What stands before the cut is the same article as before."""
    titles = [item.title for _, item in read(TABLE) if isinstance(item, Document)]
    for _, item in read(TABLE[:cut]):
        if isinstance(item, Rejection):
            assert item.reason in REJECTION_REASONS
        else:
            assert titles[0].startswith(item.title) or titles[1].startswith(item.title)


PIECES = st.sampled_from([b"judul", b"isi", b",", b";", b"\t", b'"', b'""', b"\n", b"\r", b"\x00"])


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES | st.binary(max_size=4), max_size=40).map(b"".join))
def test_any_bytes_are_a_table_or_are_refused(data: bytes) -> None:
    """Quotes, delimiters and line breaks in any disorder do no harm."""
    for _, item in read(data) + read(b"judul,isi\n" + data):
        assert isinstance(item, Document) or item.reason in REJECTION_REASONS


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(",;\t"),
    st.lists(
        st.tuples(*[st.text(st.sampled_from('ab ",;\t\r\né'), max_size=8)] * 2),
        min_size=1,
        max_size=5,
    ),
)
def test_what_the_standard_library_writes_is_read_back(
    delimiter: str, texts: list[tuple[str, str]]
) -> None:
    """Cell by cell what the same values are as JSON."""
    rows = [{"title": f"t{title}", "body": f"b{body}"} for title, body in texts]
    table = io.StringIO(newline="")
    writer = csv.DictWriter(table, ["title", "body"], delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    documents = [item for _, item in read(table.getvalue().encode())]
    assert all(isinstance(document, Document) for document in documents)
    lines = [" ".join(row["title"].split()) for row in rows]
    assert [document.title for document in documents if isinstance(document, Document)] == lines


@pytest.mark.parametrize(
    "above",
    ["sep=;\r\n", '"sep=;"\n', "# Ekspor 2024; dua baris\n# v2\n", "Rekap Berita 2024;;\n;;\n"],
)
def test_lines_above_the_header_are_passed_over(above: str) -> None:
    """Excel says there what divides the cells, programs and people what the table is."""
    table = "Judul;Tanggal;Isi\nPanen;28/8/2024;Membaik.\n"
    assert [title for _, title in outcomes(read((above + table).encode()))] == ["Panen"]


def test_header_that_is_repeated_is_no_row() -> None:
    """Tables are put together whose headers differ in case."""
    table = b"judul,isi\nPanen,Membaik.\nJudul,Isi\nKapal,Tiba.\njudul,isi\n"
    assert [title for _, title in outcomes(read(table))] == ["Panen", "Kapal"]


def test_header_with_a_line_break_is_the_first_line() -> None:
    """Its second line is no header, though it has the names of more columns."""
    data = b'Judul,"Waktu\n(WIB)",Penulis,Isi\nPanen,28/8/2024,Ani,Membaik.\n'
    assert outcomes(read(data)) == [(3, "Panen")]


@pytest.mark.parametrize(
    ("cell", "body"),
    [
        ('Ia berkata "baik" saja.', 'Ia berkata "baik" saja.'),
        ('"Baik," katanya.', None),
        ('Kata dia "Baik," lalu pergi.', 'Kata dia "Baik," lalu pergi.'),
        (r"Ia berkata \"baik\" saja.", 'Ia berkata "baik" saja.'),
        ('Ini ("baik") saja.', 'Ini ("baik") saja.'),
    ],
)
def test_quotes_that_were_not_doubled_are_letters(cell: str, body: str | None) -> None:
    """Where the cell cannot end there; the quote at a cell's beginning is doubtful."""
    ((_, item), (_, last)) = read(f'judul,isi\nSatu,"{cell}"\nDua,y\n'.encode())
    assert isinstance(last, Document)
    assert (item.body if isinstance(item, Document) else None) == body


def test_empty_cells_too_many_and_missing_ones_cost_no_row() -> None:
    """Spreadsheets leave both; a row without its text is malformed."""
    data = b"judul,isi,views,likes\nSatu,x\nDua,y,1,2,,,\nTiga\n"
    assert outcomes(read(data)) == [(2, "Satu"), (3, "Dua"), (4, "malformed")]


def test_first_row_of_a_table_without_header_may_have_line_breaks() -> None:
    """All its lines are read again as a row."""
    text = "Panen garam membaik di pesisir utara, kata ketua koperasi. " * 6
    data = f'"{text}\nAkhir.",https://pagi.example/1\n"{text}",https://pagi.example/2\n'.encode()
    assert [isinstance(item, Document) for _, item in read(data)] == [True, True]
