r"""Read JSON, CSV and Excel workbooks: each row becomes a document.

`read_json_lines` reads an object a line, `read_json` any other JSON with articles in it,
`read_table` a table with a header (CSV, TSV), and `read_workbook` the sheets of an .xlsx. All of
them turn a row into values by the keys of `KEYS` (see `index.ingest.rows.column_names`), and
`to_document` makes a document of these.

>>> import io
>>> from index.ingest.io import Origin
>>> table = io.BytesIO(b"Judul;Tanggal;Isi\nPanen Garam;28/8/2024;Panen membaik.")
>>> [(_, document)] = read_table(table, Origin(path="a.csv", location="a.csv"))
>>> document.title, document.date.isoformat()
('Panen Garam', '2024-08-28')

The words: a row is one article; a key is the name by which Kliping knows a value of it; a column
is what the file calls that value; a piece is some lines of a file, read apart from the others.

Left out: old binary spreadsheets (.xls) and databases.
"""

from index.ingest.rows.column_names import parse_column_map
from index.ingest.rows.csv_table import count_known_columns, read_table
from index.ingest.rows.json_file import read_json, starts_as_json
from index.ingest.rows.json_lines import Piece, cut_json_lines, read_json_lines, read_piece
from index.ingest.rows.keys import KEYS, Row
from index.ingest.rows.record import KEPT_ASIDE, to_document
from index.ingest.rows.row_date import UNKNOWN_DATE
from index.ingest.rows.workbook import OLD_MARK, ZIP_MARK, is_workbook, read_workbook
