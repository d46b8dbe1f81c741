"""Row address: the address of a row and its outlet; a source may be written as an address.

>>> from index.ingest.io import LIMITS, Trimmer
>>> read_source_and_url({"source": "https://pagi.example/panen"}, Trimmer(), LIMITS)
('', 'https://pagi.example/panen')
"""

from index.ingest.fields import normalize_url
from index.ingest.io import Limits, Trimmer
from index.ingest.rows.keys import Row
from index.ingest.rows.row_texts import read_text, read_texts
from index.ingest.rows.values import NAMES_OF_ADDRESSES


def read_source_and_url(row: Row, trimmer: Trimmer, limits: Limits) -> tuple[str, str]:
    """Return the outlet that the row names and the address of the article, "" for none."""
    source, url = read_text(row, "source"), _url(row, trimmer, limits)
    return ("", url or source) if _is_address(source) else (source, url)


def _url(row: Row, trimmer: Trimmer, limits: Limits) -> str:
    texts = read_texts(row, "url", NAMES_OF_ADDRESSES)
    fitting = next(filter(_is_address, texts), "") if len(texts) > 1 else ""
    url = (fitting or next(iter(texts), "")).strip()
    if len(url) <= limits.url_chars:
        return url
    trimmer.add_note(f"The url has {len(url)} characters and was left out.")
    return ""


def _is_address(text: str) -> bool:
    """Tell whether a text is the address of a page below a front page."""
    return text.startswith(("http://", "https://")) and normalize_url(text) != ""
