"""The spool: a document comes back as it was added."""

import datetime as dt
from pathlib import Path

from index.document import Correction, Document
from index.indexer.spool import Packer, Spool


def test_document_comes_back_with_its_day_and_its_corrections(tmp_path: Path) -> None:
    """A corrected article of a cluster waits here as well, with what stood there before."""
    row = Correction("authors", "Ani", "Budi", "2024-08-28", ("Any", "Budi"))
    documents = [
        Document(doc_id="a", title="Harga", body="Naik.", corrections=(row,)),
        Document(doc_id="b", title="Gula", body="Turun.", date=dt.date(2024, 8, 28)),
    ]
    packer, spool = Packer(), Spool(tmp_path)
    for document in documents:
        packer.add(document)
    packer.pack()
    spool.add(packer.blocks)
    found = list(spool.documents([True, True]))
    spool.close()
    assert found == list(enumerate(documents))
    assert isinstance(found[0][1].corrections[0], Correction)
