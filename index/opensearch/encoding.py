r"""Encode documents for OpenSearch: tokens by the one analyzer, values by the schema's tables.

Some hundred documents are encoded at once. Their tokens come as bytes from the tokenizer,
separators are put between them, and no token becomes an object of its own but for its stem.

>>> from index.document import Document
>>> article = Document(doc_id="a1", title="Harga beras", body="Beras naik.\nHarganya juga.")
>>> (raw,) = DocumentEncoder().encode([article], [Role()])
>>> value = json.loads(raw)
>>> value["body"], value["body_stem"], value["title"]
(['beras naik', 'harganya juga'], 'beras naik harga juga', ['harga beras'])
>>> read_document(value["document"]) == article
True
"""

import hashlib
import json
import re
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, NamedTuple

import msgspec

from index.analysis import tokenize_batch
from index.corpus import sample_keys
from index.document import Document
from index.opensearch.mapping import FACETS
from index.opensearch.token_lines import StemLines, join_tokens
from index.schema import FACET_FIELDS, FIELDS, LAYOUT, from_stored, to_stored

ID_BYTES = 16
"""Bytes of a hashed id: OpenSearch's own ids end at 512 bytes, an article's need not."""

_ESCAPE, _SHIFT = "\U0010f000", 0x10F001 - 0xD800
"""Half of a surrogate pair, which no UTF-8 holds, becomes a code point for private use behind an
escape; the escape itself is doubled."""
_TO_ESCAPE = re.compile(f"[\ud800-\udfff{_ESCAPE}]")
_ESCAPED = re.compile(f"{_ESCAPE}(.)", re.DOTALL)


class Role(NamedTuple):
    """The part of a document in its group of near duplicates, and the ids that lead to it.

    Attributes:
        representative: the id of its group's representative, on every member; "" for a document
            alone.
        copy_count: how many near duplicates it represents.
        is_copy: whether another document represents it.
        former_ids: hashes (`index.corpus.hash_text`) of former ids and of ids of its copies.
    """

    representative: str = ""
    copy_count: int = 0
    is_copy: bool = False
    former_ids: tuple[int, ...] = ()


def document_key(doc_id: str) -> str:
    """Return the id of a document in OpenSearch: a hash of its own.

    >>> document_key("a1")
    '564cb76e2b3a0695ba760a0ba263d8bf'
    """
    raw = doc_id.encode("utf-8", "surrogatepass")
    return hashlib.blake2b(raw, digest_size=ID_BYTES).hexdigest()


def to_keyword(text: str) -> str:
    r"""Return a value as a keyword holds it: half of a surrogate pair is escaped.

    >>> from_keyword(to_keyword("a\ud800")) == "a\ud800", to_keyword("Ekonomi")
    (True, 'Ekonomi')
    """
    return _TO_ESCAPE.sub(lambda found: _ESCAPE + _shifted(found[0], _SHIFT), text)


def from_keyword(text: str) -> str:
    """Return the value that `to_keyword` encoded."""
    return _ESCAPED.sub(lambda found: _shifted(found[1], -_SHIFT), text)


def _shifted(char: str, shift: int) -> str:
    return char if char == _ESCAPE else chr(ord(char) + shift)


def write_document(document: Document) -> str:
    """Return a document as the JSON text that is stored of it."""
    with suppress(UnicodeError):
        return to_stored(document).decode()
    text = to_stored(document).decode("utf-8", "surrogatepass")
    return json.dumps(json.loads(text), separators=(",", ":"))  # in ASCII, so escaped


def read_document(text: str) -> Document:
    """Return the document that `write_document` wrote."""
    with suppress(msgspec.DecodeError):
        return from_stored(text)
    raw = json.dumps(json.loads(text), ensure_ascii=False)
    return from_stored(raw.encode("utf-8", "surrogatepass"))


class DocumentEncoder:
    """Encodes documents; used by one thread at a time, since it remembers stems."""

    def __init__(self) -> None:
        self._stems = StemLines()
        self._sources = {derived.name: derived.source for derived in LAYOUT.derived}

    def encode(self, documents: Sequence[Document], roles: Sequence[Role]) -> list[bytes]:
        """Return the JSON of each document, as a bulk has it.

        Args:
            documents: some hundred.
            roles: of each.
        """
        samples = sample_keys([document.doc_id for document in documents])
        values: list[dict[str, Any]] = [
            _common(*triple) for triple in zip(documents, roles, samples, strict=True)
        ]
        for row in FIELDS:
            if row.kind == "words":
                texts = [str(row.value_of(document) or "") for document in documents]
                self._add_tokens(values, row.name, texts)
            elif row.kind not in {"stems", "stored"}:
                for value, document in zip(values, documents, strict=True):
                    _add(value, row.name, row.value_of(document))
        return [msgspec.json.encode(value) for value in values]

    def _add_tokens(self, values: list[dict[str, Any]], name: str, texts: list[str]) -> None:
        """Add the tokens of a field of words, and their stems where the schema has them."""
        tokens = tokenize_batch(texts)
        for value, text in zip(values, join_tokens(tokens), strict=True):
            if text:
                value[name] = text.split("\n")
        for derived in (derived for derived, source in self._sources.items() if source == name):
            for value, stems in zip(values, self._stems.join(tokens), strict=True):
                if stems:
                    value[derived] = stems


def _common(document: Document, role: Role, sample: int) -> dict[str, Any]:
    """Return what is sent of a document beside its fields of words, keys and numbers."""
    value: dict[str, Any] = {
        "document": write_document(document),
        "sample": sample,
        "is_copy": role.is_copy,
        "copy_count": role.copy_count,
    }
    facets = ((row.name, row.values_of(document)) for row in FACET_FIELDS)
    value[FACETS] = {name: [*map(to_keyword, values)] for name, values in facets if values}
    _add(value, "representative", role.representative or None)
    if role.former_ids:
        value["former_ids"] = role.former_ids
    return value


def _add(value: dict[str, Any], name: str, entry: str | int | None) -> None:
    if entry is not None:
        value[name] = to_keyword(entry) if isinstance(entry, str) else entry
