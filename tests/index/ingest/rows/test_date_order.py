"""The order of day and month: learned from a column, where it tells."""

import io

import pytest

from index.document import Document
from index.ingest.io.source import Origin, read_items
from index.ingest.rows.csv_table import read_table


@pytest.mark.parametrize(
    ("dates", "first"),
    [
        (("3/5/2024", "2/27/2024"), "2024-03-05"),
        (("3/5/2024", "27/2/2024"), "2024-05-03"),
        (("3/5/2024", "4/5/2024"), "2024-05-03"),
        (("3/5/2024", "2/27/2024", "27/2/2024"), "2024-05-03"),
    ],
)
def test_number_above_twelve_tells_the_order_of_its_column(
    dates: tuple[str, ...], first: str
) -> None:
    """Where none is, or they disagree, dates are read day first."""
    table = "judul,isi,tanggal,halaman\n" + "".join(
        f"Panen {at},Garam naik.,{date},2/28/2024\n" for at, date in enumerate(dates)
    )
    items = read_items(io.BytesIO(table.encode()), Origin(path="a", location="a"), read_table)
    documents = [item for _, item in items if isinstance(item, Document)]
    assert str(documents[0].date) == first
    assert len(documents) == len(dates)
