"""Read files of articles into documents.

Input: what crawlers and newsrooms leave behind, packed or not. Saved pages (HTML or plain text),
JSON, CSV and TSV, feeds (RSS, Atom), WordPress exports and crawls (WARC).
Output: a `Document` for each article, or a `Rejection` that says why there is none. No article is
lost in silence, and whatever bytes a file holds, reading needs bounded memory and raises nothing.

>>> from pathlib import Path
>>> documents = list(read_paths([Path("samples/sains")]))
>>> documents[0].title, documents[0].date.isoformat()
('Bekas Ladang Bom Ikan di Wakatobi Mulai Ditumbuhi Karang', '2022-07-14')

The steps, from the outside in; each package imports only what stands below it:

- `read`: walk the paths, read file after file;
- `zip_archives`: read the members of a .zip like files;
- `registry`: the table of format readers, by the end of a file's name;
- `exports`: feeds, WordPress exports and crawls, which hold many articles;
- `rows`: JSON and CSV, a row an article; `pages`: one saved page, one article;
- `fields`: what one value says, such as a date, a byline or an address;
- `io`: files, unpacking, limits; `text`: bytes to clean characters.

The words used here:

- format reader: a function that reads one kind of file, item by item;
- origin: the file (or archive member) that is read, and how it is to be read;
- row: one article of a file that holds many, with its number; key: what a row calls a field;
- limits: the most that is read of anything; what is longer is trimmed with a note, or rejected;
- boilerplate: lines of a text that are no article, such as adverts and links;
- opening: place and outlet at the start of a text; date line: the day that a text names there.

Left out: comments of readers, pictures, PDF, and pages behind a password. An index is unknown
here: the walk asks its caller which folders are one.
"""

from index.ingest.fields import (
    WHOLE,
    address_id,
    find_page_mark,
    hash_id,
    normalize_url,
    story_of,
    without_page_number,
)
from index.ingest.io import LIMITS, Limits, SourceFile, check_paths, find_files, without_links
from index.ingest.read import (
    READ_OPTIONS,
    ReadOptions,
    can_be_cut,
    cut_file,
    read_file,
    read_paths,
    read_piece,
)
from index.ingest.registry import describe_kinds
from index.ingest.rows import KEPT_ASIDE, KEYS, UNKNOWN_DATE, Piece, parse_column_map
from index.ingest.zip_archives import PlacedItem
