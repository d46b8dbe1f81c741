"""SQLite FTS5, with facets by SQL: a Python program has it without installing anything."""

import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

from bench.in_process import InProcessSearcher
from bench.peer import (
    FACET_SIZES,
    FIELDS,
    HIT_COUNT,
    Answer,
    BenchDocument,
    BenchQuery,
    BuildFigures,
    Corpus,
    Mode,
)

FILE_NAME = "articles.sqlite"
SNIPPET_TOKENS = 32
"""FTS5 counts the length of a snippet in tokens, 64 at most; 32 are some 240 characters."""

CACHE_KILOBYTES = 256_000

_Rows = tuple[list[tuple[object, ...]], int, dict[str, list[tuple[str, int]]]]

_TABLES = """
CREATE VIRTUAL TABLE words USING fts5({columns}, tokenize = 'unicode61 remove_diacritics 0');
CREATE TABLE documents (number INTEGER PRIMARY KEY, id TEXT, title TEXT, month TEXT, author TEXT);
CREATE TABLE tags (number INTEGER, value TEXT);
"""
_INDEXES = "CREATE INDEX tags_by_number ON tags (number, value);"


class SqlitePeer:
    """SQLite FTS5 as a peer."""

    name = "sqlite"
    version = f"SQLite {sqlite3.sqlite_version}, FTS5"
    documents_most = 20_000

    def __init__(self, work: Path) -> None:
        """Nothing to prepare in the working folder."""

    def build(self, corpus: Corpus, folder: Path, mode: Mode) -> BuildFigures:
        """Insert all documents in one transaction, then merge the index of words."""
        started = time.perf_counter()
        folder.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(folder / FILE_NAME)
        connection.executescript(_TABLES.format(columns=", ".join(_columns(mode))))
        doc_count = 0
        for document in corpus.documents():
            _insert(connection, document, mode)
            doc_count += 1
        connection.executescript(_INDEXES)
        connection.commit()
        seconds = time.perf_counter() - started
        connection.execute("INSERT INTO words(words) VALUES ('optimize')")
        connection.commit()
        connection.close()
        return BuildFigures(doc_count, seconds, time.perf_counter() - started, "one thread")

    def open(self, folder: Path, mode: Mode) -> "SqliteSearcher":
        """Open the file."""
        return SqliteSearcher(folder, mode)


def _columns(mode: Mode) -> list[str]:
    return list(FIELDS[mode])


def _insert(connection: sqlite3.Connection, document: BenchDocument, mode: Mode) -> None:
    columns = _columns(mode)
    words = [
        "\n".join(document.tags) if name == "tags" else getattr(document, name) for name in columns
    ]
    parameters = ", ".join("?" * (len(columns) + 1))
    # The column names come from our own table.
    connection.execute(
        f"INSERT INTO words(rowid, {', '.join(columns)}) VALUES ({parameters})",  # noqa: S608
        (document.number, *words),
    )
    connection.execute(
        "INSERT INTO documents VALUES (?, ?, ?, ?, ?)",
        (document.number, document.id, document.title, document.month, document.author),
    )
    pairs = [(document.number, tag) for tag in document.tags]
    connection.executemany("INSERT INTO tags VALUES (?, ?)", pairs)


class SqliteSearcher(InProcessSearcher[_Rows]):
    """An open SQLite file."""

    def __init__(self, folder: Path, mode: Mode) -> None:
        self._connection = sqlite3.connect(folder / FILE_NAME)
        self._connection.executescript(
            f"PRAGMA cache_size = -{CACHE_KILOBYTES}; PRAGMA temp_store = memory;"
            "CREATE TEMP TABLE matches (number INTEGER PRIMARY KEY, score REAL);"
        )
        self._fields = FIELDS[mode]

    def ask(self, query: BenchQuery, *, snippets: bool) -> _Rows:
        """Put all matches into a table, then count them by each facet."""
        self._match(query)
        conditions, values = _conditions(query, None)
        hits = self._connection.execute(
            f"SELECT number FROM matches m {conditions} ORDER BY score, number LIMIT {HIT_COUNT}",  # noqa: S608 - conditions are ours
            values,
        ).fetchall()
        (total,) = self._connection.execute(
            f"SELECT count(*) FROM matches m {conditions}",  # noqa: S608 - the same
            values,
        ).fetchone()
        facets = {facet: self._counts(query, facet) for facet in FACET_SIZES}
        if snippets and query.words:
            hits = list(self._shown(query, [number for (number,) in hits]))
        return hits, total, facets

    def read(self, raw: _Rows) -> Answer:
        """Convert the rows to an answer."""
        hits, total, facets = raw
        numbers = tuple(int(str(hit[0])) for hit in hits)
        snippets = tuple(str(hit[2]) for hit in hits if len(hit) > 1)
        return Answer(total, numbers, {name: dict(rows) for name, rows in facets.items()}, snippets)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _match(self, query: BenchQuery) -> None:
        self._connection.execute("DELETE FROM matches")
        if query.shape == "all":
            self._connection.execute("INSERT INTO matches SELECT number, 0 FROM documents")
            return
        weights = ", ".join(map(str, self._fields.values()))
        self._connection.execute(
            "INSERT INTO matches "  # noqa: S608 - the weights are numbers
            f"SELECT rowid, bm25(words, {weights}) FROM words WHERE words MATCH ?",
            (self._expression(query),),
        )

    def _expression(self, query: BenchQuery) -> str:
        exact = " ".join(name for name in self._fields if not name.endswith("_stem"))
        stems = " ".join(name for name in self._fields if name.endswith("_stem"))
        if query.shape in {"phrase", "prefix"}:
            words = " ".join(query.words)
            return f'{{{exact}}} : "{words}"{"*" if query.shape == "prefix" else ""}'
        words_anywhere = [
            f'({{{exact}}} : "{word}"' + (f' OR {{{stems}}} : "{stem}")' if stems else ")")
            for word, stem in zip(query.words, query.stems, strict=True)
        ]
        return (" AND " if query.shape == "and" else " OR ").join(words_anywhere)

    def _counts(self, query: BenchQuery, facet: str) -> list[tuple[str, int]]:
        conditions, values = _conditions(query, facet)
        if facet == "tag":
            source, value = "JOIN tags t ON t.number = m.number", "t.value"
        else:
            source, value = "JOIN documents d ON d.number = m.number", f"d.{facet}"
        return self._connection.execute(
            f"SELECT {value}, count(*) FROM matches m {source} {conditions} "  # noqa: S608 - ours
            f"GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {FACET_SIZES[facet]}",
            values,
        ).fetchall()

    def _shown(self, query: BenchQuery, numbers: list[int]) -> Iterator[tuple[object, ...]]:
        column = list(self._fields).index("body")
        statement = (
            f"SELECT d.number, d.title, snippet(words, {column}, '[', ']', '…', {SNIPPET_TOKENS}) "  # noqa: S608 - ours
            "FROM words JOIN documents d ON d.number = words.rowid "
            "WHERE words MATCH ? AND words.rowid = ?"
        )
        expression = self._expression(query)
        for number in numbers:
            yield from self._connection.execute(statement, (expression, number))


def _conditions(query: BenchQuery, without: str | None) -> tuple[str, list[str]]:
    """Return the filters, less the facet's own, as a WHERE clause and its values."""
    kept = [(facet, value) for facet, value in query.filters if facet != without]
    clauses = [
        "m.number IN (SELECT number FROM tags WHERE value = ?)"
        if facet == "tag"
        else f"m.number IN (SELECT number FROM documents WHERE {facet} = ?)"  # noqa: S608 - a facet's name
        for facet, _ in kept
    ]
    where = "WHERE " + " AND ".join(clauses) if clauses else ""
    return where, [value for _, value in kept]
