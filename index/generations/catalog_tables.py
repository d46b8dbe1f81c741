"""The tables of the catalogue of a generation, and the rows that they hold."""

from typing import NamedTuple

CATALOG_NAME = "catalog.sqlite"
PIPED = b"-"
"""The path of standard input, which cannot be read again."""

TABLES = """
CREATE TABLE file (
    number INTEGER PRIMARY KEY, path BLOB, location BLOB, size INTEGER, changed_at INTEGER);
CREATE TABLE article (
    doc_id TEXT, file INTEGER, digest BLOB, text INTEGER, story INTEGER, address INTEGER,
    base INTEGER, is_down INTEGER, signature BLOB);
CREATE TABLE copy (file INTEGER, doc_id TEXT, original TEXT, is_page INTEGER);
CREATE TABLE former_id (hash INTEGER, doc_id TEXT);
CREATE TABLE repeated_line (hash INTEGER);
"""
INDEXES = """
CREATE UNIQUE INDEX IF NOT EXISTS article_by_id ON article (doc_id);
CREATE INDEX IF NOT EXISTS article_by_file ON article (file);
CREATE INDEX IF NOT EXISTS article_by_text ON article (text);
CREATE INDEX IF NOT EXISTS article_by_story ON article (story);
CREATE INDEX IF NOT EXISTS article_by_address ON article (address) WHERE address != 0;
CREATE INDEX IF NOT EXISTS article_by_base ON article (base) WHERE base != 0;
CREATE INDEX IF NOT EXISTS copy_by_id ON copy (doc_id);
CREATE INDEX IF NOT EXISTS copy_by_original ON copy (original);
CREATE INDEX IF NOT EXISTS copy_by_file ON copy (file);
CREATE INDEX IF NOT EXISTS former_id_by_hash ON former_id (hash);
CREATE INDEX IF NOT EXISTS former_id_by_id ON former_id (doc_id);
"""


class KnownFile(NamedTuple):
    """A file as it was when it was read.

    Attributes:
        number: by which articles refer to it.
        path: the absolute path, as the system's bytes.
        location: the end of the path, below the folder that was given; ids may be made of it.
        size: in bytes.
        changed_at: the time of the last change, in nanoseconds.
    """

    number: int
    path: bytes
    location: bytes
    size: int
    changed_at: int

    @property
    def root(self) -> bytes:
        """The folder that was given: the beginning of the path."""
        return self.path.removesuffix(self.location)


class Article(NamedTuple):
    """What is kept of an article.

    Attributes:
        doc_id: its id.
        file: the number of its file.
        digest: of the document as it was read.
        text: a hash of headline and text.
        story: a hash of outlet, day, headline and text.
        address: a hash of the address; 0 for no address.
        base: a hash of the address without the number of a page; 0 if it has none.
        is_down: whether it was taken down, so it is not in the index.
        signature: an `index.corpus.near_duplicates.SIGNATURE`, as bytes.
    """

    doc_id: str
    file: int
    digest: bytes
    text: int
    story: int
    address: int
    base: int
    is_down: bool
    signature: bytes


class Trace(NamedTuple):
    """What an earlier generation, of this version or an older one, tells of an article.

    Attributes:
        doc_id: its id.
        text, address: as of an `Article`.
    """

    doc_id: str
    text: int
    address: int


class Copy(NamedTuple):
    """An article that is not in the index, since `original` has its story or address.

    With `is_page`, it is a page of that one.
    """

    file: int
    doc_id: str
    original: str
    is_page: bool
